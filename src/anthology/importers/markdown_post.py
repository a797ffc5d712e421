"""Markdown posts as static-site generators keep them: Jekyll, Hugo, Zola, Eleventy."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from anthology.importers.model import Dropped, Imported, LineCounts
from anthology.importers.post_fields import read_fields
from anthology.importers.post_tags import Marks, translate
from anthology.model import Origin
from anthology.problems import Problem
from anthology.read.source import decode

if TYPE_CHECKING:
    from anthology.importers import Find
    from anthology.importers.post_fields import Fields

SUFFIXES = (".md", ".markdown", ".mkd", ".mdown", ".mdx")

_DATED = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[-_]+|$)")
_LANGUAGE_SUFFIX = re.compile(r"(?<=.)\.([a-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*)$")
_SEPARATORS = re.compile(r"[-_\s]+")
_SUMMARY_MARK = re.compile(r"\s*<!--\s*(?:more|excerpt|excerpt-separator)\s*-->\s*", re.IGNORECASE)
_HEADING = re.compile(r" {0,3}#[ \t]+\S")
_UNDERLINE = re.compile(r" {0,3}=+[ \t]*$")
_HEADING_ID = re.compile(r" ?\{:? ?#[^{}]*\}$")
# Lengths are bounded: a page made to be slow must not be.
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_PICTURE = re.compile(r"!\[[^\]]{0,1000}\]\(\s*(?:<([^>\n]+)>|([^\s()<>]+(?:\([^\s()]*\)[^\s()<>]*)*))")
_PICTURE_DEFINED = re.compile(
    r"^ {0,3}\[[^\]]+\]:\s*<?(\S+?\.(?:png|jpe?g|gif|webp|svg|avif))>?(?:\s|$)", re.IGNORECASE
)
_PICTURE_TAG = re.compile(r"""<img\b[^>]{0,1000}?\bsrc\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
_POST_LINK = re.compile(
    r"""(?P<before>\]\(<?|^ {0,3}\[[^\]\n]{1,1000}\]:[ \t]*<?|\bhref\s*=\s*["']?)"""
    r"""(?![a-z][a-z0-9+.-]*:|/)(?P<path>[^()\s#?<>"']+?)\.(?:mdx?|markdown)(?P<place>#[^()\s<>"']*)?(?=[\s)>"']|$)""",
    re.IGNORECASE,
)
_CODE_SPAN = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)")
_SCHEME = re.compile(r"(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)


@dataclass(slots=True)
class _Text:
    """The text of a post while it is read: its lines with their numbers, and what became of the others."""

    lines: list[tuple[int, str]]
    dropped: list[Dropped] = field(default_factory=list)
    to_front_matter: int = 0


def recognises(path: str, data: bytes) -> bool:
    """Tell a post by the suffix of its name."""
    return PurePosixPath(path).suffix.lower() in SUFFIXES


def import_markdown_post(path: str, data: bytes, find: Find | None = None) -> Imported:
    """Import a post.

    Arguments: its path as the editor knows it (folders and name tell date, language and draft) and its bytes;
    `find` is for importers that look at what lies beside. The text is kept as it is: only a heading that
    repeats the title and marks for the site generator go, and tags that have a counterpart here are put into
    it. Raises ContentError where the front matter cannot be read.
    """
    source = decode(path, data)
    fields = read_fields(source)
    named = _named(path)
    text = _Text(_lines_behind(source.text, source.body_at))
    title = _take_title(text, fields.title) or fields.title or named.title
    marks = _translated(text, path)
    body = "\n".join(line for _, line in text.lines).strip("\n")
    pictures, remote = _pictures(text.lines, fields.image)
    return Imported(
        "markdown-post",
        title,
        body,
        credits=fields.credits,
        byline=", ".join(credit.printed for credit in fields.credits),
        date=fields.date or named.date,
        section=fields.section,
        standfirst=fields.standfirst,
        language=fields.language or named.language,
        url=fields.url,
        publication=fields.publication,
        image=fields.image,
        tags=fields.tags,
        aliases=_aliases(fields, named.stem),
        draft=fields.draft or named.draft,
        paragraphs=_paragraphs(text.lines),
        lines=_counts(source.text, source.body_at, text, fields),
        dropped=tuple(text.dropped),
        references=fields.references,
        unrecognised=marks.unrecognised,
        pictures=pictures,
        remote_pictures=remote,
        extra=fields.extra,
        problems=(*source.problems, *marks.problems),
    )


@dataclass(frozen=True, slots=True)
class _Named:
    """What folders and name of a file say of the post."""

    stem: str
    title: str
    language: str = ""
    date: dt.date | None = None
    draft: bool = False


def _named(path: str) -> _Named:
    pure = PurePosixPath(path)
    stem, language = pure.stem, ""
    if found := _LANGUAGE_SUFFIX.search(stem):
        stem, language = stem[: found.start()], found.group(1).replace("_", "-")
    if stem in ("index", "_index") and pure.parent.name:
        stem = pure.parent.name
    date = None
    if dated := _DATED.match(stem):
        try:
            date = dt.date(*(int(part) for part in dated.groups()))
        except ValueError:
            dated = None
    if dated:
        stem = stem[dated.end() :] or stem
    words = _SEPARATORS.sub(" ", stem).strip()
    drafts = any(part.lower() in ("_drafts", "drafts") for part in pure.parts[:-1])
    return _Named(stem, words[:1].upper() + words[1:] or "Untitled", language, date, drafts)


def _aliases(fields: Fields, stem: str) -> tuple[str, ...]:
    """Give the names that other posts may use for this one, each once."""
    return tuple(dict.fromkeys(name for name in (*fields.aliases, stem) if name))


def _lines_behind(text: str, body_at: int) -> list[tuple[int, str]]:
    first = text.count("\n", 0, body_at) + 1
    lines = list(enumerate(text[body_at:].split("\n"), first))
    if body_at:
        del lines[0]  # what is left of the line that closes the front matter
    if lines and not lines[-1][1]:
        lines.pop()
    return lines


def _take_title(text: _Text, title: str) -> str:
    """Take a heading at the top away that says the title, or is it where the front matter has none; give it."""
    at = next((at for at, (_, line) in enumerate(text.lines) if line.strip()), None)
    if at is None:
        return ""
    count = 1
    line = text.lines[at][1]
    if _HEADING.match(line):
        heading = line.strip().strip("#")
    elif at + 1 < len(text.lines) and _UNDERLINE.fullmatch(text.lines[at + 1][1]):
        heading, count = line, 2
    else:
        return ""
    heading = _HEADING_ID.sub("", " ".join(heading.split()))
    if title and _folded(heading) != _folded(title):
        return ""
    del text.lines[at : at + count]
    text.to_front_matter += count
    return title or heading


def _folded(text: str) -> str:
    return " ".join(re.sub(r"[*_`\\]", "", text).split()).casefold()


def _translated(text: _Text, path: str) -> Marks:
    """Put tags of generators into Markdown, line by line, and take marks for them away; code is passed over."""
    marks = translate(text.lines)
    text.dropped += marks.dropped
    lines: list[tuple[int, str]] = []
    fence = ""
    for number, line in marks.lines:
        opening = _FENCE.match(line)
        if fence:
            if opening and opening.group(1).startswith(fence) and not line.strip().strip(fence[0]):
                fence = ""
        elif opening:
            fence = opening.group(1)
        elif _SUMMARY_MARK.fullmatch(line):
            text.dropped.append(Dropped(number, "instruction", line.strip()))
            continue
        else:
            line = _outside_code(line)
        lines.append((number, line))
    text.lines = lines
    text.dropped.sort(key=lambda dropped: dropped.line)
    return replace(marks, problems=tuple(_about(path, number, tag) for number, tag in marks.tags))


def _outside_code(line: str) -> str:
    """Let a link to another post's file name the post itself, whose file will have another name."""
    if ".m" not in line:
        return line
    spans = [found.span() for found in _CODE_SPAN.finditer(line)]

    def renamed(found: re.Match[str]) -> str:
        if any(begin <= found.start() < end for begin, end in spans):
            return found.group()
        return found["before"] + _named(found["path"] + ".md").stem + (found["place"] or "")

    return _POST_LINK.sub(renamed, line)


def _about(path: str, line: int, tag: str) -> Problem:
    return Problem(
        "M071",
        "warning",
        f"{tag} is a tag of the site generator; it is kept as text",
        Origin(path, line),
        "write in the article what it stood for",
        fold="{count} tags of the site generator are kept as text",
    )


def _pictures(lines: list[tuple[int, str]], image: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Name the pictures of a text: those that may lie beside it, and those on the web."""
    here: dict[str, None] = {}
    remote: dict[str, None] = {}
    fence = ""
    found = [image] if image else []
    for _, line in lines:
        opening = _FENCE.match(line)
        if opening and (not fence or opening.group(1).startswith(fence)):
            fence = "" if fence else opening.group(1)
        elif not fence:
            spoken = _CODE_SPAN.sub("", line)
            found += [one or other for one, other in _PICTURE.findall(spoken)]
            found += _PICTURE_TAG.findall(spoken) + _PICTURE_DEFINED.findall(spoken)
    for address in found:
        if _SCHEME.match(address):
            if not address.lower().startswith("data:"):
                remote[address] = None
        elif not address.startswith(("/", "#")):
            here[address] = None
    return tuple(here), tuple(remote)


def _paragraphs(lines: list[tuple[int, str]]) -> int:
    """Count the paragraphs of prose: runs of lines that are no heading, list, table, quotation, rule, tag or code."""
    count, within, fence = 0, False, ""
    for _, line in lines:
        opening = _FENCE.match(line)
        if opening and (not fence or opening.group(1).startswith(fence)):
            fence, within = ("" if fence else opening.group(1)), False
            continue
        begins = bool(line.strip()) and not fence
        if begins and not within:
            marked = re.match(
                r" {4}|\t| {0,3}(?:#|[-+*][ \t]|\d{1,9}[.)][ \t]|[>|<]|(?:[-*_][ \t]*){3,}$)", line
            )
            count += not marked
        within = begins
    return count


def _counts(whole: str, body_at: int, text: _Text, fields: Fields) -> LineCounts:
    lines = whole.removesuffix("\n").split("\n") if whole else []
    behind = whole.count("\n", 0, body_at) + 1 if body_at else 0
    front = sum(bool(line.strip()) for line in lines[:behind])
    kept = sum(1 for number, line in text.lines if lines[number - 1].strip())
    related = sum(
        bool(line.strip()) for number in fields.related_lines for line in lines[number - 1 : number]
    )
    dropped = sum(1 for each in text.dropped if lines[each.line - 1].strip())
    blank = sum(not line.strip() for line in lines)
    return LineCounts(len(lines), blank, kept, front - related + text.to_front_matter, related, dropped)
