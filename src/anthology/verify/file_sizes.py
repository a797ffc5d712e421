"""File sizes: documents of an e-book that are longer than reading systems read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anthology.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from anthology.model import Anthology, Document

# Kobo's guidelines for publishers; others become slow long before.
_MOST_BYTES = 10 * 1000 * 1000


def check_file_sizes(
    anthology: Anthology, documents: Iterable[Document], edition: str
) -> tuple[Problem, ...]:
    """Name the articles whose document in the e-book called `edition` some reading systems do not open."""
    origins = {piece.id: piece.origin for piece in anthology.pieces}
    problems = []
    for document in documents:
        if 4 * len(document.html) <= _MOST_BYTES:  # no letter takes more
            continue
        size = len(document.html.encode())
        if size > _MOST_BYTES:
            message = (
                f'"{document.title}" takes {size / 1_000_000:.1f} MB in the edition "{edition}";'
                " some e-readers open no more than 10 MB"
            )
            hint = "make several articles of it" if document.article else "make two books of it"
            problems.append(Problem("P010", "warning", message, origins.get(document.article), hint))
    return tuple(problems)
