"""Text captures: pages of a web magazine that were kept as plain text, every line accounted for."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from anthology.importers.capture_problems import problems_of
from anthology.importers.line_account import Account, article_parts, pull_quotes_of, settle
from anthology.importers.lines import MAX_BYTES, NotText, decode, read_lines
from anthology.importers.markdown_text import markdown_text, pull_quote
from anthology.importers.model import Imported
from anthology.importers.page_head import read_head, without_full_stop
from anthology.importers.related_list import find_related_lists
from anthology.importers.tongue import language_of
from anthology.model import Origin
from anthology.problems import Problem

SUFFIXES = ("", ".txt", ".text")

_MARKUP = re.compile(r"\s*<(?:!doctype|\?xml|html|head|body|!--|div|article|p|meta)\b", re.IGNORECASE)
_FRONT_MATTER = re.compile(r"(---|\+\+\+)[ \t]*\n(?:.*\n)*?\1[ \t]*(?:\n|$)")
_SEPARATORS = re.compile(r"[-_\s]+")


def recognises(path: str, data: bytes) -> bool:
    """Tell a text capture: named `.txt` or without a suffix, textual, no HTML and no front matter."""
    if PurePosixPath(path).suffix.lower() not in SUFFIXES:
        return False
    try:
        text, _ = decode(data[: 64 * 1024])
    except NotText:
        return False
    return not _MARKUP.match(text) and not _FRONT_MATTER.match(text.replace("\r\n", "\n"))


def import_text_capture(path: str, data: bytes) -> Imported:
    """Import a page that was captured as text.

    Arguments: its path, for problems, and its bytes. Returns the article's parts and what became of each
    line; a file that holds no article comes back with an error among its problems. Raises nothing that a
    file could cause.
    """
    if len(data) > MAX_BYTES:
        return _refused(
            path, "M002", f"the file is longer than {MAX_BYTES // 1_000_000} MB", "import one page a file"
        )
    try:
        read = read_lines(path, data)
    except NotText as kind:
        return _refused(
            path,
            "M002",
            f"not a captured page: this is {kind}",
            "capture the page as text, or save it as HTML",
        )
    account = Account()
    parts, share_bar_before = article_parts(read.lines, account)
    lines = [part.line for part in parts]
    # The first line of a page is never the heading of its list.
    lists = find_related_lists(lines, min(1, len(lines)))
    head = read_head(
        lines[: min(lists.used, default=len(lines))], share_bar_before, {stub.section for stub in lists.stubs}
    )
    text = settle(parts, head, lists, account)
    quotes = pull_quotes_of(text)
    problems = [*read.problems, *problems_of(path, read.lines, head, lists, text, quotes)]
    title = without_full_stop(head.title.plain) if head.title else ""
    if not title and text:
        title = _title_from_name(path)
        problems.append(
            Problem("M003", "warning", f'no title: the file name gives it one, "{title}"', Origin(path, 1))
        )
    return Imported(
        "text-capture",
        title,
        "\n\n".join(
            pull_quote(part.line.text) if part.is_quote else markdown_text(part.line.text) for part in text
        ),
        credits=head.credits,
        byline=head.byline,
        date=head.date,
        reading_minutes=head.minutes,
        section=head.section.plain if head.section else "",
        standfirst=head.standfirst.plain if head.standfirst else "",
        language=language_of(part.line.plain for part in text),
        paragraphs=sum(not part.is_quote for part in text),
        pull_quotes=quotes,
        lines=account.counts(read.lines),
        dropped=tuple(sorted(account.dropped, key=lambda dropped: dropped.line)),
        related=lists.stubs,
        unrecognised=tuple(sorted(account.unrecognised)),
        problems=tuple(problems),
    )


def _refused(path: str, code: str, message: str, hint: str) -> Imported:
    return Imported("text-capture", "", "", problems=(Problem(code, "error", message, Origin(path), hint),))


def _title_from_name(path: str) -> str:
    words = _SEPARATORS.sub(" ", PurePosixPath(path).stem).strip()
    return words[:1].upper() + words[1:] or "Untitled"
