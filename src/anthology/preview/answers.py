"""What the page is told, as values that can be written as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from anthology.model import direction_of
from anthology.plan.record import record_of
from anthology.preview.editors import address_of
from anthology.read.source import decode
from anthology.record import ProblemRecord
from anthology.views import documents_of_introductions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from anthology.model import Article
    from anthology.plan.order import RunningOrder
    from anthology.preview.asking import Asked
    from anthology.preview.book import Book
    from anthology.preview.drawing import DrawnPage
    from anthology.problems import Problem

# The warning that there is a query: whoever sees the query itself needs none.
_OPEN_QUERY = "T023"
# So many lines of a file are shown on either side of the one that is meant.
_AROUND = 2


class Answers:
    """Writes answers; `editor` is the address that opens a file of the project in `root`, if there is one."""

    def __init__(self, root: Path, editor: str) -> None:
        self._root = root
        self._editor = editor

    def book(self, book: Book, order: RunningOrder | None) -> dict[str, Any]:
        """Tell of the whole book: its running order, its problems, and what it can be looked at as."""
        told: dict[str, Any] = {"number": book.number, "failures": self.problems(book.failures)}
        if book.manuscript is None or order is None:
            return told
        config, anthology = book.manuscript.config, book.manuscript.linked.anthology
        plan = record_of(order, config).model_dump(mode="json", exclude={"people", "merges"})
        pieces = [*plan["front"], *plan["back"]]
        for section in plan["sections"]:
            pieces += [section["introduction"]] if section["introduction"] else []
            pieces += section["articles"]
        documents = documents_of_introductions(anthology)
        for piece in pieces:
            piece["document"] = documents.get(piece["id"], piece["id"])
            piece["stale"] = piece["path"] in book.stale
            problems = [problem for problem in piece["problems"] if problem["code"] != _OPEN_QUERY]
            queries = [_query(piece["path"], **query) for query in piece.pop("queries")]
            piece["problems"] = self._with_addresses([*problems, *queries])
        paths = {piece["path"] for piece in pieces}
        elsewhere = (
            problem for problem in order.problems if not problem.origin or problem.origin.path not in paths
        )
        plan["problems"] = self.problems(elsewhere)
        printed = [name for name, edition in config.editions.items() if edition.format == "pdf"]
        return told | {"plan": plan, "direction": direction_of(config.book.language), "editions": printed}

    def problems(self, problems: Iterable[Problem]) -> list[dict[str, Any]]:
        """Tell of problems, each with the address that opens its line in an editor."""
        records = [ProblemRecord.of(problem).model_dump(mode="json") for problem in problems]
        return self._with_addresses(records)

    def queries(self, piece: Article, places: Mapping[int, Asked]) -> list[dict[str, Any]]:
        """Tell of the editor's queries of a piece, with the words round them where their `places` are known."""
        told = (_query(query.origin.path, query.text, query.origin.line) for query in piece.queries)
        around = (places[at]._asdict() if at in places else {} for at, _ in enumerate(piece.queries))
        return self._with_addresses([one | more for one, more in zip(told, around, strict=True)])

    def pages(self, digest: str, pages: Iterable[DrawnPage], problems: Iterable[Problem]) -> dict[str, Any]:
        """Tell of the pages of a piece; those of odd numbers are rectos."""
        told = [
            {
                "label": page.label,
                "recto": (int(page.label) if page.label.isdecimal() else number) % 2 == 1,
                "ratio": page.height / page.width,
                "lines": [[line.text, *(round(part, 4) for part in line[1:])] for line in page.lines],
            }
            for number, page in enumerate(pages, 1)
        ]
        return {"digest": digest, "pages": told, "problems": self.problems(problems)}

    def _with_addresses(self, records: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [
            record | {"address": address_of(self._editor, self._root, record["path"], record["line"])}
            if record["path"]
            else record | {"address": ""}
            for record in records
        ]


def _query(path: str, text: str, line: int | None) -> dict[str, Any]:
    """Tell of a query as of a problem: it has no code, and there is nothing to be done but to answer it."""
    message = text or "(it asks nothing)"
    return {"code": "", "severity": "query", "message": message, "path": path, "line": line, "hint": ""}


def lines_around(data: bytes, line: int) -> list[tuple[int, str]]:
    """Give the lines of a text round one of them, each with its number from 1."""
    lines = decode("", data).text.removesuffix("\n").split("\n")
    first = max(0, line - 1 - _AROUND)
    return list(enumerate(lines[first : line + _AROUND], first + 1))
