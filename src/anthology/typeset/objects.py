"""The objects of a leaf's PDF as templates: numbered within the leaf, open where only the binder knows the number."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pydyf  # type: ignore[import-untyped]  # it ships no types

from anthology.layout.base import INSIDE
from anthology.leaves import FIRST_KEY, FIRST_TITLE, FONTS, PARENT, LeafStream, Template
from anthology.typeset.content import operators
from anthology.typeset.faces import is_united

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence

# A string, in which nothing is a reference; a reference, or (K) a key of the parent tree; the sign of templates.
_TOKENS = re.compile(rb"\((?:[^()\\]|\\.)*\)|<[0-9a-fA-F]*>|(-?\d+) 0 ([RK])|%", re.DOTALL)
# Annotations are printed with the page (ISO 32000-1, table 165).
_PRINTED = 4
# What a list item may hold (ISO 32000-1, table 336).
_IN_LIST_ITEMS = ("/Lbl", "/LBody")


@dataclass(frozen=True, slots=True)
class Objects:
    """The objects of a leaf; `annotations` are those of each page, in numbers of the leaf; see `leaves.Leaf`."""

    objects: Template
    streams: tuple[LeafStream, ...]
    annotations: tuple[tuple[int, ...], ...]
    tops: tuple[int, ...]
    parents: Template
    keys: int
    titles: tuple[str, ...]
    resources: Mapping[str, Mapping[str, Template]]
    intents: tuple[Template, ...]


class Collector:
    """Takes from a PDF of the engine what a leaf keeps, and numbers it anew: pages first, then the others as met."""

    def __init__(self, pdf: Any, name: str, pages: Sequence[int] | None = None, linked: bool = True) -> None:
        """Begin with the pages of a PDF, or with some of them, by their numbers in it; `linked` or for paper alone."""
        self._pdf = pdf
        self._linked = linked
        self._name = name
        self._pages = pages or [int(number) for number in pdf.pages["Kids"][::3]]
        self._numbers: dict[int, int] = {number: place for place, number in enumerate(self._pages)}
        # Objects to be written, in the order in which they were met.
        self._waiting: list[int] = []
        self._titles: dict[str, int] = {}

    def collect(self, fonts: Iterable[Any]) -> Objects:
        """Take the pages' annotations, the structure and the resources; `fonts` are the engine's.

        Annotations, structure and resources are mended in place on the way.
        """
        annotations = tuple(tuple(self._annotations(self._pdf.objects[page])) for page in self._pages)
        tops, parents, keys = self._structure()
        resources = self.resources(fonts)
        intents = tuple(self._template(intent.data) for intent in self._pdf.catalog.get("OutputIntents", ()))
        objects, streams = self.write()
        return Objects(
            objects, streams, annotations, tops, parents, keys, tuple(self._titles), resources, intents
        )

    def _number(self, engine_number: int) -> int:
        """Give an object its number within the leaf, and see to it that it will be written."""
        if engine_number < 0:
            return engine_number
        if engine_number not in self._numbers:
            self._numbers[engine_number] = len(self._pages) + len(self._waiting)
            self._waiting.append(engine_number)
        return self._numbers[engine_number]

    def write(self) -> tuple[Template, tuple[LeafStream, ...]]:
        """Write what was met, and what is met by writing it."""
        plain: list[Template] = []
        streams = []
        # The list grows while it is walked.
        for place, number in enumerate(self._waiting):
            thing = self._pdf.objects[number]
            if isinstance(thing, pydyf.Stream):
                plain.append(Template(b"null"))
                streams.append(self._stream(thing, len(self._pages) + place))
            else:
                plain.append(self._template(thing.data))
        text = b"\0".join(template.text for template in plain)
        return Template(text, tuple(chain.from_iterable(template.numbers for template in plain))), tuple(
            streams
        )

    def _stream(self, stream: Any, number: int) -> LeafStream:
        extra = {key: value for key, value in stream.extra.items() if key != "Length"}
        data = b"\n".join(operators(stream))
        if "Filter" not in extra:
            extra["Filter"] = "/FlateDecode"
            data = zlib.compress(data, 9)
        return LeafStream(number, self._template(pydyf.Dictionary(extra).data), data)

    def _template(self, data: bytes) -> Template:
        numbers: list[int] = []

        def opened(found: re.Match[bytes]) -> bytes:
            if found[1] is None:
                return found[0].replace(b"%", b"%%")
            numbers.append(self._number(int(found[1])))
            return b"%d 0 R" if found[2] == b"R" else b"%d"

        return Template(_TOKENS.sub(opened, data), tuple(numbers))

    def _annotations(self, page: Any) -> Iterable[int]:
        for reference in page.get("Annots", ()):
            annotation = self._pdf.objects[_referred(reference)]
            target = ""
            if "Dest" in annotation:
                target = annotation["Dest"].string
            elif "A" in annotation and (uri := annotation["A"]["URI"].string).startswith(INSIDE):
                # The engine writes addresses with percent signs where they are not ASCII.
                target = unquote(uri.removeprefix(INSIDE))
                del annotation["A"]
                annotation["Dest"] = pydyf.String(target)
            annotation["F"] = _PRINTED
            if target:
                # Described by the title of what it leads to, which the binder knows.
                title = self._titles.setdefault(target, len(self._titles))
                annotation["Contents"] = b"%d 0 R" % (FIRST_TITLE - title)
            if self._linked:
                yield self._number(_referred(reference))

    def _structure(self) -> tuple[tuple[int, ...], Template, int]:
        """Take the structure tree apart: the topmost elements, the leaf's part of the parent tree, and its keys."""
        root = self._pdf.catalog.get("StructTreeRoot")
        if root is None:
            return (), Template(b""), 0
        tree = self._pdf.objects[_referred(root)]
        document = self._pdf.objects[_referred(tree["K"][0])]
        self._numbers[document.number] = PARENT
        self._mend_structure()
        tops = [self._pdf.objects[_referred(reference)] for reference in document["K"]]
        for top in tops[1:]:
            # The engine tags a document once on every page; to a reader it is one.
            for reference in top["K"]:
                self._pdf.objects[_referred(reference)]["P"] = tops[0].reference
            tops[0]["K"].extend(top["K"])
        nums = self._pdf.objects[_referred(tree["ParentTree"])]["Nums"]
        entries = []
        for key, value in zip(nums[::2], nums[1::2], strict=True):
            entries.append(
                b"%d 0 K %s" % (FIRST_KEY - key, value if isinstance(value, bytes) else value.data)
            )
        for thing in self._pdf.objects:
            if isinstance(thing, pydyf.Dictionary) and "StructParent" in thing:
                thing["StructParent"] = b"%d 0 K" % (FIRST_KEY - thing["StructParent"])
        first = (self._number(tops[0].number),) if tops else ()
        return first, self._template(b" ".join(entries)), len(nums) // 2

    def _mend_structure(self) -> None:
        """Put right what PDF/UA-1 does not allow: list items that hold blocks, names of cells that other leaves use, heads of nobody knows what."""
        for thing in list(self._pdf.objects):
            if not isinstance(thing, pydyf.Dictionary):
                continue
            if thing.get("S") == "/LI":
                self._mend_list_item(thing)
            elif thing.get("S") == "/TH":
                if "ID" in thing:
                    # The same string stands in the cells that the head belongs to.
                    thing["ID"].string = f"{self._name}-{thing['ID'].string}"
                self._mend_header(thing)

    def _mend_header(self, cell: Any) -> None:
        """Say whether a header cell heads its column or its row: names alone leave the cells below a corner without one.

        The engine never says it (ISO 14289-1, 7.5; ISO 32000-1, table 349).
        """
        row = self._pdf.objects[_referred(cell["P"])]
        part = self._pdf.objects[_referred(row["P"])]
        opens_row = row["K"][:1] == [cell.reference]
        cell["A"]["Scope"] = "/Row" if opens_row and part.get("S") != "/THead" else "/Column"

    def _mend_list_item(self, item: Any) -> None:
        """Put what is neither label nor body of a list item into a body (ISO 14289-1, 7.2; ISO 32000-1, 14.8.4.3.3)."""
        kids = [kid for kid in item["K"] if isinstance(kid, bytes)]
        loose = [
            kid for kid in kids if self._pdf.objects[_referred(kid)].get("S", "/OBJR") not in _IN_LIST_ITEMS
        ]
        if not loose:
            return
        body = pydyf.Dictionary(
            {"Type": "/StructElem", "S": "/LBody", "K": pydyf.Array(loose), "P": item.reference}
        )
        self._pdf.add_object(body)
        for kid in loose:
            self._pdf.objects[_referred(kid)]["P"] = body.reference
        place = item["K"].index(loose[0])
        item["K"][:] = [kid for kid in item["K"] if kid not in loose]
        item["K"].insert(place, body.reference)

    def resources(
        self, fonts: Iterable[Any], used: Container[str] | None = None
    ) -> dict[str, dict[str, Template]]:
        """Take the resources of the pages, which share one dictionary; fonts that the binder unites are left out.

        With `used`, only resources of these names are taken.
        """
        page = self._pdf.objects[self._pages[0]]
        given = self._pdf.objects[_referred(page["Resources"])]
        font_dictionary = self._pdf.objects[_referred(given["Font"])]
        united = {font.hash for font in fonts if is_united(font)}
        self._numbers[font_dictionary.number] = FONTS
        found = {"Font": {key: value for key, value in font_dictionary.items() if key not in united}}
        for kind in ("ExtGState", "XObject", "Pattern", "Shading"):
            found[kind] = given.get(kind, {})
        if self._uses_color_spaces():
            found["ColorSpace"] = self._pdf.objects[_referred(given["ColorSpace"])]
        return {
            kind: {
                str(name): self._template(_data(value))
                for name, value in named.items()
                if used is None or name in used
            }
            for kind, named in found.items()
        }

    def _uses_color_spaces(self) -> bool:
        """Tell whether anything is drawn in a color space with a name (operators `cs` and `CS`)."""
        return any(
            item[-3:] in (b" cs", b" CS")
            for thing in self._pdf.objects
            if isinstance(thing, pydyf.Stream)
            for item in operators(thing)
        )


def _referred(reference: bytes) -> int:
    return int(reference.split(b" ", 1)[0])


def _data(value: Any) -> bytes:
    if isinstance(value, bytes):
        return value
    return value.encode("ascii") if isinstance(value, str) else bytes(value.data)
