"""What an editor should look at in a captured page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anthology.model import Origin
from anthology.problems import Problem, shortened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from anthology.importers.line_account import Part
    from anthology.importers.lines import Line
    from anthology.importers.model import PullQuote
    from anthology.importers.page_head import PageHead
    from anthology.importers.related_list import RelatedLists


def problems_of(
    path: str,
    lines: Sequence[Line],
    head: PageHead,
    lists: RelatedLists,
    text: Sequence[Part],
    quotes: Sequence[PullQuote],
) -> list[Problem]:
    """Say what an editor should look at: an empty page, missing data, doubtful bylines and pull quotes.

    Arguments: the page's path, its lines, and what was made of them. An error tells that it holds no article.
    """
    if not any(line.text for line in lines):
        return [Problem("M001", "error", "the file is empty", Origin(path), "capture the page again")]
    if not text and not head.title:
        message = (
            "no article: all that the page holds is litter"
            if not lists.used
            else "no article: a list of others is all"
        )
        return [Problem("M001", "error", message, Origin(path), "capture the page again")]
    problems = [*_about_head(path, head), *_about_quotes(path, text, quotes)]
    if not any(not part.is_quote for part in text):
        problems.append(
            Problem("M006", "warning", "the page has a title and no text", Origin(path), "capture it again")
        )
    problems += [
        Problem(
            "M010",
            "warning",
            "a related article is named without its date",
            Origin(path, stub.line),
            "only its standfirst can find it",
            fold="{count} related articles are named without their dates",
        )
        for stub in lists.stubs
        if stub.date is None
    ]
    return problems


def _about_head(path: str, head: PageHead) -> list[Problem]:
    has = {
        "title": head.title,
        "section": head.section,
        "standfirst": head.standfirst,
        "byline": head.credits,
        "date": head.date,
    }
    missing = [name for name, found in has.items() if not found and name != "title"]
    problems = []
    if missing:
        problems.append(
            Problem(
                "M007",
                "warning",
                f"the page names no {' and no '.join(missing)}",
                Origin(path, head.title.number if head.title else 1),
                "add what is missing to the front matter",
                fold="{count} pages lack a section, standfirst, byline or date: the report names them",
            )
        )
    for line, data in head.data:
        if data.byline and data.byline.is_uploader:
            problems.append(
                Problem(
                    "M008",
                    "warning",
                    f'"{data.byline.text}" may name who put the page up, and not who wrote it',
                    Origin(path, line.number),
                    "look at the original, and correct authors",
                    fold='{count} bylines say "Published by", which may name who put the page up',
                )
            )
    return problems


def _about_quotes(path: str, text: Sequence[Part], quotes: Sequence[PullQuote]) -> list[Problem]:
    instructions = {part.line.number: part.instruction for part in text if part.is_quote}
    problems = []
    for quote in quotes:
        if quote.in_text:
            continue
        said = f'the article does not say its pull quote in so many words: "{shortened(quote.text, 80)}"'
        if instruction := instructions[quote.line]:
            said += f' (the instruction "{instruction}" beside it was left out)'
        problems.append(
            Problem(
                "M009",
                "warning",
                said,
                Origin(path, quote.line),
                "quote what the author wrote, or take it out",
                fold="{count} pull quotes are not what their articles say",
            )
        )
    return problems
