"""What stands in a table and belongs in no cell of it, which the HTML Living Standard (13.2.6.1) puts in front of it.

tinyhtml5 puts it there in the tree that it gives out, but forgets it in its own list of what an element holds. When a
tag closes across the table (`<b><h3><ol><table><s>words</table></b>`), it moves what is in the list and drops the rest.
"""

from __future__ import annotations

from functools import cache
from typing import Any


@cache
def keep_misnested() -> None:
    """Have tinyhtml5 remember, from now on, what it puts in front of tables."""
    from tinyhtml5.treebuilder import Element  # type: ignore[import-untyped]  # it publishes no types

    insert_before = Element.insert_before

    def insert_and_remember(self: Any, node: Any, reference: Any) -> None:
        insert_before(self, node, reference)
        if node not in self.children:
            self.children.insert(self.children.index(reference), node)

    Element.insert_before = insert_and_remember
