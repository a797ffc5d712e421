"""Bind a book: its leaves in order, with all that belongs to the book and to no leaf."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from anthology.bind.faces import Faces
from anthology.bind.file import File, number, text
from anthology.bind.filling import can_write, fill
from anthology.bind.metadata import Metadata, write_intent, write_metadata
from anthology.bind.objects import Numbers, Streams, named_entries, put_objects, written_resources
from anthology.bind.outline import Entry, destination, write_names, write_outline
from anthology.bind.structure import Structure
from anthology.bind.trimming import REGISTRATION, Trimming, registration, written_boxes
from anthology.leaves import FIRST_KEY, FIRST_TITLE, FONTS, PARENT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from anthology.bind.trimming import Box
    from anthology.leaves import Content, Frame, FrameKind, FrameRules, Furniture, Leaf, LeafPage
    from anthology.numbering import Numbering

# Pages to a node of the page tree.
_PAGES = 64
# The page number of what is not in the book.
_NOWHERE = "0"


@dataclass(frozen=True, slots=True)
class BoundLeaf:
    """A leaf with what the book says of its document: title, language, and what it is to the structure tree."""

    leaf: Leaf
    title: str
    language: str
    role: Literal["Art", "Sect"] = "Sect"


@dataclass(frozen=True, slots=True)
class Book:
    """All that is bound.

    `frames` tells which furniture each page has, `furniture` what that is; `rules` where the type area of each kind
    of page lies; `faces` are font files by digest; `places` gives page (from 0) of every name that a link or a slot
    leads to. `trimming` tells how the pages lie on their sheets, of which else the styles decide; `gray` that nothing
    has a colour. What is not `tagged` is for paper alone: it has no structure, links or outline.
    """

    leaves: tuple[BoundLeaf, ...]
    numbering: Numbering
    frames: Mapping[int, Frame]
    furniture: Mapping[Frame, Furniture]
    rules: Mapping[FrameKind, FrameRules]
    faces: Mapping[str, bytes]
    metadata: Metadata
    places: Mapping[str, int]
    trimming: Trimming | None = None
    tagged: bool = True
    gray: bool = False


def bind(book: Book) -> bytes:
    """Bind leaves into one tagged PDF; the same leaves give the same bytes."""
    return _Binder(book).bind()


class _Binder:
    def __init__(self, book: Book) -> None:
        self._book = book
        self._file = File(book.metadata.version)
        self._faces = Faces(book.faces)
        self._streams = Streams(self._file, transparent=book.metadata.version != "1.4")
        self._fonts = self._file.reserve()
        self._structure = Structure(self._file, book.metadata.version)
        nodes = -(-book.numbering.count // _PAGES)
        first = self._file.reserve(nodes)
        # The nodes of the page tree, each of so many pages.
        self._parents = range(first, first + nodes)
        # Numbers in the file of the pages of the book.
        self._pages: dict[int, int] = {}
        self._titles: dict[str, int] = {}
        self._outline: list[Entry] = []
        # Those of the last leaf: blank pages have the same.
        self._boxes: Mapping[str, Box] = {}
        marked = book.trimming is not None and book.trimming.marks
        self._spaces = {REGISTRATION: registration(book.gray)} if marked else {}
        self._named = {bound.leaf.name: bound.title for bound in book.leaves}
        self._furniture: dict[Frame, Numbers] = {}
        self._local_fonts: list[tuple[int, bytes]] = []
        self._intents = b""

    def bind(self) -> bytes:
        for furniture in self._book.furniture.values():
            self._faces.unite(furniture.fonts)
        for frame in sorted(self._book.furniture, key=repr):
            self._put_furniture(frame)
        first = self._book.numbering.begin
        for bound in self._book.leaves:
            begins = self._book.numbering.first[bound.leaf.name]
            for page in range(first, begins):
                self._put_blank(page)
            self._put_leaf(bound, begins)
            first = begins + len(bound.leaf.frames)
        for page in range(first, self._book.numbering.pages):
            self._put_blank(page)
        return self._finish()

    # Leaves

    def _put_leaf(self, bound: BoundLeaf, begins: int) -> None:
        leaf = bound.leaf.open()
        self._faces.unite(leaf.fonts)
        count = len(leaf.pages) + (leaf.objects.text.count(b"\0") + 1 if leaf.objects.text else 0)
        base = self._file.reserve(count)
        table = list(range(base, base + count))
        top = self._structure.begin()
        key = self._structure.reserve(leaf.keys)
        local = leaf.resources.get("Font")
        fonts = self._file.reserve() if local else self._fonts
        titles = [self._title(target) for target in bound.leaf.titles]

        def special(number: int) -> int:
            if number <= FIRST_KEY:
                return key + FIRST_KEY - number
            if number <= FIRST_TITLE:
                return titles[FIRST_TITLE - number]
            return {PARENT: top, FONTS: fonts}[number]

        self._streams.put(leaf.streams, table, special)
        numbers = Numbers(table, special)
        put_objects(self._file, leaf.objects, numbers, len(leaf.pages), table)
        if local:
            # Fonts that cannot be one with those of other leaves: emoji, variable faces.
            self._local_fonts.append(
                (fonts, named_entries({name: numbers.fill(font) for name, font in local.items()}))
            )
        if leaf.intents and not self._intents:
            self._intents = b"/OutputIntents[%s]" % b"".join(map(numbers.fill, leaf.intents))
        tops = [table[place] for place in leaf.tops]
        if self._book.tagged:
            self._structure.put(top, bound.role, bound.language, bound.title, tops)
            self._structure.put_parents(key, leaf.keys, numbers.fill(leaf.parents))
        used = {self._book.frames[begins + place] for place in range(len(leaf.pages))}
        parts = [(leaf.resources, numbers)]
        for frame in sorted(used, key=repr):
            parts.append((self._book.furniture[frame].resources, self._furniture[frame]))
        resources = self._file.add(written_resources(parts, fonts, self._spaces))
        self._boxes = leaf.pages[0].boxes
        for index, (page, as_set) in enumerate(zip(leaf.pages, bound.leaf.frames, strict=True)):
            place = begins + index
            self._pages[place] = table[index]
            entries = b"/Resources %d 0 R" % resources
            if self._book.tagged:
                entries += b"/StructParents %d/Tabs/S" % (key + index)
            if page.annotations:
                entries += b"/Annots[%s]" % _references([table[number] for number in page.annotations])
            self._put_page(page, place, self._shift(as_set, place), entries)
        for mark in leaf.bookmarks:
            self._outline.append(Entry(mark.level, mark.title, table[mark.page], mark.x, mark.y, mark.open))

    def _put_page(self, page: LeafPage, place: int, shift: float, entries: bytes) -> None:
        """Write a page with `entries` of its dictionary; its own origin is moved to the right by `shift`."""
        contents = []
        if page.content.head:
            contents.append(self._file.add_stream(b"/Filter/FlateDecode", page.content.head, compress=False))
        if page.content.tail:
            contents.append(self._file.add_stream(b"", self._filled(page.content, place)))
        self._write_page(place, page.boxes, shift, contents, entries)

    def _write_page(
        self,
        place: int,
        boxes: Mapping[str, Box],
        shift: float,
        contents: list[int],
        entries: bytes,
    ) -> None:
        """Write a page that draws `contents`, with its furniture and, on a larger sheet, its marks."""
        trimming, side = self._book.trimming, self._book.numbering.side(place)
        trim = boxes["TrimBox"]
        written, marks = written_boxes(boxes, shift), b""
        if trimming:
            written, marks = trimming.boxes(trim, side, shift), trimming.marks_of(trim, side, shift)
        for drawn in (self._furniture_content(place, shift), marks):
            if drawn:
                contents.append(self._file.add_stream(b"", drawn))
        self._file.put(
            self._pages[place],
            b"<</Type/Page/Parent %d 0 R%s/Contents[%s]%s>>"
            % (self._parent_of(place), written, _references(contents), entries),
        )

    def _shift(self, as_set: FrameKind, place: int) -> float:
        """Tell how far to the right a page's own origin lies: it was set for the other side, perhaps."""
        rules = self._book.rules
        as_bound = as_set._replace(side=self._book.numbering.side(place))
        return rules[as_set].area[0] - rules[as_bound].area[0]

    def _filled(self, content: Content, place: int) -> bytes:
        folios = []
        for blank in content.blanks:
            page = self._page_of(blank.target) if blank.target else place
            spellings = self._book.numbering.spellings(page) if page >= 0 else (_NOWHERE,)
            folios.append(next((folio for folio in spellings if can_write(blank, folio)), spellings[0]))
        return fill(content, folios, self._faces)

    # Furniture

    def _put_furniture(self, frame: Frame) -> None:
        furniture = self._book.furniture[frame]
        count = furniture.objects.text.count(b"\0") + 1 if furniture.objects.text else 0
        base = self._file.reserve(count)
        # Its objects are numbered behind one page, which is no part of the book.
        table = [0, *range(base, base + count)]

        def special(number: int) -> int:
            return {FONTS: self._fonts}[number]

        self._streams.put(furniture.streams, table, special)
        self._furniture[frame] = Numbers(table, special)
        put_objects(self._file, furniture.objects, self._furniture[frame], 1, table)

    def _furniture_content(self, place: int, shift: float) -> bytes:
        furniture = self._book.furniture[self._book.frames[place]]
        if not furniture.content.tail:
            return b""
        drawn = self._filled(furniture.content, place)
        moved = b"1 0 0 1 %s 0 cm\n" % number(shift) if shift else b""
        return b"/Artifact <</Type/Pagination>> BDC\nq\n%s%sQ\nEMC\n" % (moved, drawn)

    def _put_blank(self, place: int) -> None:
        """Put in a page between two leaves; what the styles print on blank pages stands on it."""
        frame = self._book.frames[place]
        parts = [(self._book.furniture[frame].resources, self._furniture[frame])]
        resources = written_resources(parts, self._fonts, self._spaces)
        self._pages[place] = self._file.reserve()
        tabs = b"/Tabs/S" if self._book.tagged else b""
        self._write_page(place, self._boxes, 0, [], b"/Resources%s%s" % (resources, tabs))

    # The book

    def _page_of(self, target: str) -> int:
        """Find the page of a place, or of its document; what is not in the book has one below 0."""
        places = self._book.places
        return places.get(target, places.get(_document_of(target), -1))

    def _parent_of(self, place: int) -> int:
        return self._parents[(place - self._book.numbering.begin) // _PAGES]

    def _title(self, target: str) -> int:
        """Give the number of the string that says what a link leads to: the title of a document."""
        title = self._named.get(_document_of(target), self._book.metadata.title)
        if title not in self._titles:
            self._titles[title] = self._file.add(text(title))
        return self._titles[title]

    def _finish(self) -> bytes:
        file, book = self._file, self._book
        pages = [self._pages[place] for place in range(book.numbering.begin, book.numbering.pages)]
        root = file.reserve()
        for index, node in enumerate(self._parents):
            kids = pages[index * _PAGES : (index + 1) * _PAGES]
            file.put(
                node,
                b"<</Type/Pages/Parent %d 0 R/Count %d/Kids[%s]>>" % (root, len(kids), _references(kids)),
            )
        file.put(root, b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(pages), _references(self._parents)))
        fonts = self._faces.write(file, book.metadata.version)
        for at, local in ((self._fonts, b""), *self._local_fonts):
            file.put(at, b"<<%s%s>>" % (fonts, local))
        entries = [b"<</Type/Catalog/Pages %d 0 R/PageLabels<</Nums[%s]>>" % (root, self._labels())]
        if book.tagged:
            entries += [self._structure.write(), b"/MarkInfo<</Marked true>>"]
            if outline := write_outline(file, self._outline):
                entries.append(b"/Outlines %d 0 R" % outline)
            if names := write_names(file, self._destinations()):
                entries.append(b"/Names<</Dests %d 0 R>>" % names)
        metadata, info = write_metadata(file, book.metadata)
        direction = b"R2L" if book.metadata.direction == "rtl" else b"L2R"
        entries.append(
            b"/Metadata %d 0 R/Lang%s/PageLayout/TwoPageRight"
            b"/ViewerPreferences<</DisplayDocTitle true/Direction/%s>>"
            % (metadata, text(book.metadata.language), direction)
        )
        intent = book.metadata.intent
        intents = write_intent(file, intent, book.metadata) if intent else self._intents
        return file.finish(file.add(b"".join(entries) + intents + b">>"), info)

    def _labels(self) -> bytes:
        """Number the pages as they are printed (ISO 32000-1, 12.4.2): roman, then arabic from 1."""
        numbering = self._book.numbering
        if numbering.begin:
            return b"0<</S/D/St %d>>" % (numbering.begin + 1)
        labels = [b"0<</S/r>>"] if numbering.front_pages else []
        if numbering.front_pages < numbering.pages:
            labels.append(b"%d<</S/D>>" % numbering.front_pages)
        return b"".join(labels)

    def _destinations(self) -> dict[str, bytes]:
        """Give every place that a link leads to, and every document, its place on a page."""
        book = self._book
        wanted = {target for bound in book.leaves for target in bound.leaf.titles}
        found = {}
        for bound in book.leaves:
            begins = book.numbering.first[bound.leaf.name]
            for name, (page, x, y) in bound.leaf.anchors.items():
                if name in wanted or name == bound.leaf.name:
                    found[name] = destination(self._pages[begins + page], x, y)
        for name in wanted - found.keys():
            # What has no place of its own is found where its document begins.
            if (page := self._page_of(name)) in self._pages:
                found[name] = b"[%d 0 R/Fit]" % self._pages[page]
        return found


def _document_of(target: str) -> str:
    """Name the document of a place: ids begin with it."""
    return target.partition("--")[0]


def _references(numbers: Sequence[int]) -> bytes:
    return b" ".join(b"%d 0 R" % number for number in numbers)
