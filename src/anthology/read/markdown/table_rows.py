"""Tables with rows that are longer than their heads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markdown.extensions.tables import TableProcessor

if TYPE_CHECKING:
    from collections.abc import Sequence
    from xml.etree.ElementTree import Element


class TableRows(TableProcessor):
    """Keep the cells of a row that is longer than the head of its table, as kramdown does."""

    def _build_row(self, row: str, parent: Element, align: Sequence[str | None]) -> None:
        # Both are private to Python-Markdown, and its types do not tell of them.
        beyond = len(self._split_row(row)) - len(align)  # type: ignore[attr-defined]
        super()._build_row(row, parent, (*align, *(None,) * beyond))  # type: ignore[misc]
