"""The account of an import: as JSON for machines, as tables for people."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, get_args

from anthology.importers.model import Reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rich.table import Table

    from anthology.importers.model import Imported, Stub

# What became of a source, in the words of the table.
_WORDS = {
    "new": "new",
    "unchanged": "as it was",
    "changed": "brought up to date",
    "merged": "merged with edits",
    "stays": "stays as edited",
    "replaced": "replaced",
    "deleted": "left out: deleted since",
    "earlier": "left out: an earlier capture",
    "doubled": "left out: the same as another",
    "": "names the section",
}

_COLUMNS: dict[str, Callable[[Imported], int]] = {
    "lines": lambda made: made.lines.total,
    "kept": lambda made: made.lines.kept,
    "front matter": lambda made: made.lines.front_matter,
    "related": lambda made: made.lines.related,
    "blank": lambda made: made.lines.blank,
    "dropped": lambda made: made.lines.dropped,
    "not recognised": lambda made: len(made.unrecognised),
}
_WHERE_ANY = ("blank", "not recognised")
# More rows than a person reads, where most say that nothing happened.
_MOST_ROWS = 30


@dataclass(frozen=True, slots=True)
class Match:
    """The article that a captured related entry means, by its path; None where it means none, and why."""

    article: str | None
    why: str


@dataclass(frozen=True, slots=True)
class Account:
    """What was made of one source.

    `source` is the path of the capture or post, `article` that of the article ("" where there is none),
    `became` what happened to it, `section` the title of the section it is in; `matches` belong to the captured
    related entries, in their order.
    """

    source: str
    article: str
    imported: Imported
    became: str
    section: str
    matches: tuple[Match, ...] = ()


def report_json(accounts: Iterable[Account]) -> str:
    """Write the report as JSON."""
    return json.dumps([_entry(account) for account in accounts], indent=2, ensure_ascii=False) + "\n"


def report_schema() -> dict[str, Any]:
    """Give the JSON Schema (2020-12) of the report."""
    text, number = {"type": "string"}, {"type": "integer", "minimum": 0}
    perhaps = {"type": ["string", "null"]}
    day = {"type": ["string", "null"], "format": "date"}
    counts = ("total", "blank", "kept", "front_matter", "related", "dropped")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "import report",
        "description": "What `anthology import --report` writes: one entry a source, every line accounted for.",
        "type": "array",
        "items": _closed(
            {
                "source": text,
                "article": perhaps,
                "kind": {
                    "type": "string",
                    "description": "text-capture, web-page, markdown-post, or a plug-in's.",
                },
                "title": text,
                "authors": {"type": "array", "items": text},
                "date": day,
                "reading_minutes": {"type": ["integer", "null"]},
                "section": text,
                "standfirst": text,
                "paragraphs": number,
                "pull_quotes": _list({"text": text, "line": number, "in_text": {"type": "boolean"}}),
                "lines": _closed(dict.fromkeys(counts, number)),
                "dropped": _list({"line": number, "reason": {"enum": list(get_args(Reason))}, "text": text}),
                "related": _list(
                    {"section": text, "standfirst": text, "date": day, "article": perhaps, "why": text}
                ),
                "unrecognised": _list({"line": number, "text": text}),
            }
        ),
    }


def _closed(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": _closed(properties)}


def _entry(account: Account) -> dict[str, Any]:
    made = account.imported
    lines = made.lines
    return {
        "source": account.source,
        "article": account.article or None,
        "kind": made.kind,
        "title": made.title,
        "authors": [credit.name for credit in made.credits],
        "date": made.date.isoformat() if made.date else None,
        "reading_minutes": made.reading_minutes,
        "section": account.section,
        "standfirst": made.standfirst,
        "paragraphs": made.paragraphs,
        "pull_quotes": [
            {"text": quote.text, "line": quote.line, "in_text": quote.in_text} for quote in made.pull_quotes
        ],
        "lines": {
            "total": lines.total,
            "blank": lines.blank,
            "kept": lines.kept,
            "front_matter": lines.front_matter,
            "related": lines.related,
            "dropped": lines.dropped,
        },
        "dropped": [{"line": each.line, "reason": each.reason, "text": each.text} for each in made.dropped],
        "related": [_stub(stub, match) for stub, match in zip(made.related, account.matches, strict=False)],
        "unrecognised": [{"line": line, "text": text} for line, text in made.unrecognised],
    }


def _stub(stub: Stub, match: Match) -> dict[str, Any]:
    return {
        "section": stub.section,
        "standfirst": stub.standfirst,
        "date": stub.date.isoformat() if stub.date else None,
        "article": match.article,
        "why": match.why,
    }


def account_table(accounts: Sequence[Account]) -> Table:
    """Make the table of what became of the lines: a row a source, and totals.

    Of many sources, those whose articles are as they were have no rows; the totals count them. Blank lines and
    those not recognised have a column only where there are any.
    """
    from rich.table import Table

    table = Table(
        box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold", show_footer=len(accounts) > 1
    )
    totals = {heading: sum(count(each.imported) for each in accounts) for heading, count in _COLUMNS.items()}
    shown = [heading for heading, total in totals.items() if total or heading not in _WHERE_ANY]
    # Of a narrow window the paths get what the numbers leave.
    table.add_column("source", "total", overflow="ellipsis", min_width=16)
    for heading in shown:
        lines = heading.replace(" ", "\n")
        table.add_column(lines, str(totals[heading]), justify="right", vertical="bottom", no_wrap=True)
    table.add_column("article", _tally(accounts), min_width=9, vertical="bottom")
    for account in accounts:
        if len(accounts) <= _MOST_ROWS or account.became != "unchanged":
            numbers = [str(_COLUMNS[heading](account.imported)) for heading in shown]
            table.add_row(_plain(account.source), *numbers, _WORDS[account.became])
    return table


def _tally(accounts: Iterable[Account]) -> str:
    counts = Counter(account.became for account in accounts)
    return ", ".join(f"{counts[became]} {words}" for became, words in _WORDS.items() if counts[became])


def dropped_lines(accounts: Iterable[Account]) -> Iterator[str]:
    """Say how many lines were dropped for each reason, the commonest first, and which were not recognised."""
    told = tuple(accounts)
    reasons = Counter(each.reason for account in told for each in account.imported.dropped)
    if reasons:
        yield "dropped: " + ", ".join(f"{count} {reason}" for reason, count in reasons.most_common())
    odd = [account for account in told if account.imported.unrecognised and account.became != "unchanged"]
    if odd:
        yield "not recognised, so kept in the text:"
    for account in odd[:_MOST_ROWS]:
        lines = ", ".join(str(line) for line, _ in account.imported.unrecognised)
        yield f"    {_plain(account.source)}:{lines}"
    if len(odd) > _MOST_ROWS:
        yield f"    and in {len(odd) - _MOST_ROWS} more sources: --report names them"


def contents_table(accounts: Sequence[Account], sections: Sequence[str]) -> Table:
    """Make the table of contents of what was imported, section by section in the given order."""
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("title", "authors", "date"):
        table.add_column(heading, no_wrap=heading == "date", overflow="fold")
    in_order = dict.fromkeys([*sections, *(account.section for account in accounts)])
    for section in in_order:
        held = [account for account in accounts if account.section == section and account.article]
        if not held:
            continue
        table.add_row(f"[bold]{_plain(section)}[/bold]")
        for account in held:
            made = account.imported
            authors = ", ".join(credit.printed for credit in made.credits)
            table.add_row(
                f"  {_plain(made.title)}", _plain(authors), made.date.isoformat() if made.date else ""
            )
    return table


def _plain(text: str) -> str:
    from rich.markup import escape

    return escape(text)
