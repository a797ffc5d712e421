"""The structure tree of a book (ISO 32000-1, 14.7): one element for each leaf, and what finds elements by content."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from anthology.bind.file import File, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from anthology.bind.file import Version

_NAMESPACE = "http://iso.org/pdf2/ssn"


class Structure:
    """Takes the structure of leaf after leaf; keys of the parent tree are given out in their order."""

    def __init__(self, file: File, version: Version) -> None:
        self._file = file
        self._root = file.reserve()
        self._document = file.reserve()
        self._kids: list[int] = []
        self._nodes: list[int] = []
        self._keys = 0
        self._namespace = file.add(b"<</Type/Namespace/NS%s>>" % text(_NAMESPACE)) if version == "2.0" else 0

    def begin(self) -> int:
        """Begin a leaf: give the number that its element will have."""
        self._kids.append(self._file.reserve())
        return self._kids[-1]

    def reserve(self, count: int) -> int:
        """Give the first of so many keys in a row."""
        first = self._keys
        self._keys += count
        return first

    def put(
        self, element: int, role: Literal["Art", "Sect"], language: str, title: str, tops: Sequence[int]
    ) -> None:
        """Write the element of a leaf over its topmost ones."""
        kids = b" ".join(b"%d 0 R" % top for top in tops)
        self._file.put(
            element,
            b"<</Type/StructElem/S/%s/P %d 0 R/T%s/Lang%s/K[%s]>>"
            % (role.encode(), self._document, text(title), text(language), kids),
        )

    def put_parents(self, first: int, count: int, parents: bytes) -> None:
        """Write a leaf's part of the parent tree, with keys from `first` on."""
        if count:
            self._nodes.append(
                self._file.add(b"<</Limits[%d %d]/Nums[%s]>>" % (first, first + count - 1, parents))
            )

    def write(self) -> bytes:
        """Write the rest of the tree; give the entry of the catalog that leads to it."""
        kids = b" ".join(b"%d 0 R" % kid for kid in self._kids)
        space = b"/NS %d 0 R" % self._namespace if self._namespace else b""
        self._file.put(
            self._document,
            b"<</Type/StructElem/S/Document/P %d 0 R%s/K[%s]>>" % (self._root, space, kids),
        )
        nodes = self._file.add(b"<</Kids[%s]>>" % b" ".join(b"%d 0 R" % node for node in self._nodes))
        spaces = b"/Namespaces[%d 0 R]" % self._namespace if self._namespace else b""
        self._file.put(
            self._root,
            b"<</Type/StructTreeRoot/K[%d 0 R]/ParentTree %d 0 R/ParentTreeNextKey %d%s>>"
            % (self._document, nodes, self._keys, spaces),
        )
        return b"/StructTreeRoot %d 0 R" % self._root
