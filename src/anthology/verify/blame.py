"""Whose fault it is that a document holds what no e-book may: a template's of the project, or an article's."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from anthology.model import Origin
from anthology.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from anthology.model import Anthology, Document
    from anthology.problems import Severity

# The sort of fault that an article cannot cause.
TWICE = "id twice"


class Fault(NamedTuple):
    """What is wrong: in words, what of them stands in the template as it is, of which sort, and what to do."""

    words: str
    written: str
    sort: str
    hint: str


@dataclass(slots=True)
class _Place:
    """Where a fault was found: the template or article, and the documents."""

    fault: Fault
    origin: Origin
    document: str
    others: set[str] = field(default_factory=set)


class Blame:
    """Finds out which file of the project a fault comes from, and puts together what has one cause."""

    def __init__(self, anthology: Anthology, templates: Mapping[str, str]) -> None:
        self._anthology = anthology
        self._templates = templates
        self._origins: dict[str, Origin] | None = None
        self._places: dict[tuple[str, str], _Place] = {}

    def note(self, document: Document, element: Any, fault: Fault) -> None:
        """Take down a fault, and of whom it is."""
        own = self._article(element)
        if own and fault.sort == TWICE:
            return  # the template has put the article there twice, which is told of its blocks
        origin = own or self._template(document, fault.written)
        # What the template wrote out itself is one fault each; what it put together from values is one of its sort.
        is_written = any(fault.written in text for text in self._templates.values())
        key = (origin.path, fault.words if own or is_written else fault.sort)
        place = self._places.setdefault(key, _Place(fault, origin, document.name))
        if document.name != place.document:
            place.others.add(document.name)

    def problems(self) -> Iterator[Problem]:
        """Give one problem for each fault."""
        for place in self._places.values():
            more = f", and of {len(place.others)} more," if place.others else ""
            made = f"what it makes of {place.document}{more}"
            hint = place.fault.hint
            if not place.origin.path.startswith("templates/"):
                made, hint = (
                    "what is made of it",
                    "this is a fault of the program, not yours: please report it",
                )
            # A book is not stopped by what its editor cannot mend.
            severity: Severity = "error" if place.origin.path.startswith("templates/") else "warning"
            message = f"{made} is not what an e-book may hold: {place.fault.words}"
            yield Problem("S006", severity, message, place.origin, hint)

    def _article(self, element: Any) -> Origin | None:
        """Name the article in one of whose blocks the element stands."""
        if self._origins is None:
            self._origins = {
                block.id: piece.origin for piece in self._anthology.pieces for block in piece.blocks
            }
        for around in (element, *element.iterancestors()):
            if origin := self._origins.get(around.get("id", "")):
                return Origin(origin.path)
        return None

    def _template(self, document: Document, written: str) -> Origin:
        """Name the project's template that has this in it, with its line, else the one that the document is of."""
        kind = f"{document.kind}.html"
        names = sorted(self._templates, key=lambda name: (name != kind, name))
        # A name is not found within a longer one.
        form = re.compile(
            (r"(?<![\w-])" if written[:1].isalnum() else "") + re.escape(written) + r"(?![\w-])"
        )
        for name in names:
            found = form.search(self._templates[name])
            if found and written:
                return Origin(f"templates/{name}", self._templates[name].count("\n", 0, found.start()) + 1)
        return Origin(f"templates/{kind}")
