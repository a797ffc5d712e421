"""What the styles of an e-book lead to: packed where it lies in `styles/`, left out where no e-book may have it.

An e-book holds all that its styles name (EPUB 3.3, 3.5 and 3.6), but for remote faces, which most reading systems
refuse, and takes its direction from its documents alone (EPUB 3.3, 6.3.1.2).
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote, urlsplit

from anthology.digests import digest_of_file
from anthology.drawings import clean_drawing, is_drawing
from anthology.images import fit
from anthology.model import Origin
from anthology.problems import Problem, shortened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from anthology.exporters.epub import Part

# The faces that are core media types (EPUB 3.3, 3.2), by what their files begin with.
_FACES = {b"OTTO": "otf", b"\0\1\0\0": "ttf", b"true": "ttf", b"wOFF": "woff", b"wOF2": "woff2"}

_DIRECTION = frozenset({"direction", "unicode-bidi"})
# Functions whose own strings are addresses.
_ADDRESSED = frozenset({"url", "src", "image", "image-set", "-webkit-image-set"})
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)

_BRING_IT = "copy the file into styles/ and give its name there"


class StyleResources(NamedTuple):
    """Style sheets that name only what is in the book, in the order they came in; what they name; what was left out."""

    layers: tuple[str, ...]
    parts: tuple[Part, ...]
    problems: tuple[Problem, ...]


class _LostError(Exception):
    """An address that cannot be followed in an e-book: why, and what to do."""

    def __init__(self, why: str, hint: str) -> None:
        super().__init__(why)
        self.why, self.hint = why, hint


def gather_resources(
    layers: Mapping[str, str], folder: str, find: Callable[[str], bytes | None]
) -> StyleResources:
    """Find what style sheets name, and take out of them what an e-book cannot hold.

    Arguments: the sheets by name, in the order of the cascade, all of which lie in `folder` of the project; `find`
    reads a file of the project. A sheet in which there is nothing to change comes back as it was.
    """
    found = _Found(folder, find)
    sheets = tuple(_Sheet(f"{folder}/{name}", found).written(text) for name, text in layers.items())
    return StyleResources(sheets, tuple(found.parts.values()), tuple(found.problems))


class _Found:
    """What has been found so far, for all the sheets of a book; each file is made ready once."""

    def __init__(self, folder: str, find: Callable[[str], bytes | None]) -> None:
        self.folder = folder
        self.parts: dict[str, Part] = {}
        self.problems: list[Problem] = []
        self._find = find
        self._names: dict[str, str] = {}

    def address(self, written: str) -> str:
        """Give the address that a file has in the book, from the style sheet's folder; raises _LostError."""
        if written.lower().startswith("data:"):
            return written
        shown = shortened(written)
        if _ELSEWHERE.match(written):
            raise _LostError(
                f'"{shown}" lies outside the book, and an e-book opens no such address', _BRING_IT
            )
        path = posixpath.normpath(unquote(urlsplit(written).path) or ".")
        if path.startswith(("/", "../")) or "\\" in path:
            raise _LostError(f'"{shown}" lies outside {self.folder}/', _BRING_IT)
        data = self._find(f"{self.folder}/{path}")
        if data is None:
            hint = f"put it into {self.folder}/, or correct its name: small and large letters are different"
            raise _LostError(f'there is no file "{shown}" in {self.folder}/', hint)
        if path not in self._names:
            self._names[path] = self._packed(data, shown)
        return self._names[path]

    def _packed(self, data: bytes, shown: str) -> str:
        from anthology.exporters.epub import Part

        try:
            suffix, media_type, data = _made_ready(data)
        except Exception as error:  # whatever a picture can make Pillow fail with
            hint = "save pictures as JPEG, PNG, GIF or SVG, and typefaces as OTF, TTF, WOFF or WOFF2"
            raise _LostError(
                f'"{shown}" is neither a picture nor a typeface that e-readers know', hint
            ) from error
        # Its own name may hold what a name in a book may not.
        stem = digest_of_file(data)[:16]
        name = f"{stem}.{suffix}"
        self.parts[name] = Part(f"{self.folder}/{name}", data, media_type, f"style-{stem}")
        return name


def _made_ready(data: bytes) -> tuple[str, str, bytes]:
    """Give suffix, media type and bytes of a file as it is packed, by what is in it; raises for what is unknown."""
    if data[:4] in _FACES:
        suffix = _FACES[data[:4]]
        return suffix, f"font/{suffix}", data
    if is_drawing(data):
        return "svg", "image/svg+xml", clean_drawing(data)
    made = fit(data)
    return made.suffix, made.media_type, made.data


class _Sheet:
    """One style sheet, as the tokens of CSS Syntax 3, which are changed in place."""

    def __init__(self, path: str, found: _Found) -> None:
        self._path = path
        self._found = found
        self._changed = False

    def written(self, text: str) -> str:
        """Write the sheet with what it names as it is named in the book, and without what is left out."""
        import tinycss2  # type: ignore[import-untyped]  # it ships no types

        nodes = tinycss2.parse_component_value_list(text)
        kept = self._kept(nodes, told=True)
        return str(tinycss2.serialize(kept)) if self._changed else text

    def _kept(self, nodes: Sequence[Any], *, told: bool) -> list[Any]:
        """Give what is kept of the statements of a block; `told` is False where it does not speak to e-books."""
        kept: list[Any] = []
        for statement in _statements(nodes):
            if self._keeps(statement, told=told):
                kept += statement
            else:
                self._changed = True
        return kept

    def _keeps(self, statement: list[Any], *, told: bool) -> bool:
        said = [node for node in statement if node.type not in {"whitespace", "comment"}]
        if not said:
            return True
        first, last = said[0], said[-1]
        if first.type == "at-keyword" and first.lower_value == "import":
            self._tell_import(said, told=told)
            return False
        if last.type == "{} block":
            if first.type == "at-keyword" and first.lower_value == "font-face":
                return self._keeps_face(last, told=told)
            last.content[:] = self._kept(last.content, told=told and not _is_for_print(said))
            return True
        if first.type != "ident":
            return True
        if first.lower_value in _DIRECTION:
            why = f'"{first.lower_value}" is left out of the e-book: its documents say how they run'
            hint = "the language of the book decides it; what is meant for paper alone goes into @media print"
            self._tell(first, why, hint, told=told)
            return False
        return self._follows(statement, f'"{first.value}"', told=told)

    def _keeps_face(self, block: Any, *, told: bool) -> bool:
        """Keep of a face those of its files that can be packed; without any it is no face."""
        kept: list[Any] = []
        has_source = False
        for statement in _statements(block.content):
            said = [node for node in statement if node.type not in {"whitespace", "comment"}]
            if not said or said[0].type != "ident" or said[0].lower_value != "src":
                kept += statement
                continue
            colon = next((place for place, node in enumerate(statement) if node == ":"), 0) + 1
            ended = statement[-1] == ";"
            files = _parted(statement[colon : len(statement) - ended])
            left = [file for file in files if self._follows(file, "a file of @font-face", told=told)]
            if left:
                has_source = True
                kept += statement[:colon]
                for number, file in enumerate(left):
                    kept += [*([_comma(file[0])] if number else []), *file]
                kept += statement[-1:] if ended else []
            self._changed |= left != files
        block.content[:] = kept
        return has_source

    def _follows(self, nodes: list[Any], what: str, *, told: bool) -> bool:
        """Write the addresses in a value as they are in the book; False where one cannot be followed."""
        import tinycss2

        for place, node in enumerate(nodes):
            try:
                if node.type == "url":
                    self._rename(nodes, place, node, node.value)
                elif node.type == "function" and node.lower_name in _ADDRESSED:
                    strings = [(at, part) for at, part in enumerate(node.arguments) if part.type == "string"]
                    if node.lower_name == "url" and strings:
                        self._rename(nodes, place, node, strings[0][1].value)
                        continue
                    for at, part in strings:
                        address = self._found.address(part.value)
                        if address != part.value:
                            self._changed = True
                            node.arguments[at] = tinycss2.ast.StringToken(
                                part.source_line, part.source_column, address, f'"{address}"'
                            )
            except _LostError as lost:
                self._tell(node, f"{what} is left out of the e-book: {lost.why}", lost.hint, told=told)
                return False
            below = getattr(node, "arguments", None) or getattr(node, "content", None)
            if below and not self._follows(below, what, told=told):
                return False
        return True

    def _rename(self, nodes: list[Any], place: int, node: Any, written: str) -> None:
        import tinycss2

        address = self._found.address(written)
        if address != written:
            self._changed = True
            nodes[place] = tinycss2.ast.URLToken(
                node.source_line, node.source_column, address, f"url({address})"
            )

    def _tell_import(self, said: Sequence[Any], *, told: bool) -> None:
        address = next((_address_of(node) for node in said[1:2]), "")
        why = f'@import "{shortened(address)}" is left out of the e-book, whose styles are one file'
        self._tell(said[0], why, f"copy the rules of that file into {self._path}", told=told)

    def _tell(self, node: Any, why: str, hint: str, *, told: bool) -> None:
        if told:
            origin = Origin(self._path, node.source_line)
            self._found.problems.append(Problem("S007", "warning", why, origin, hint))


def _statements(nodes: Sequence[Any]) -> Iterator[list[Any]]:
    """Part the tokens of a sheet or a block after each semicolon and each block in braces."""
    statement: list[Any] = []
    for node in nodes:
        statement.append(node)
        if node == ";" or node.type == "{} block":
            yield statement
            statement = []
    if statement:
        yield statement


def _parted(nodes: Sequence[Any]) -> list[list[Any]]:
    """Part a value at its commas."""
    parts: list[list[Any]] = [[]]
    for node in nodes:
        if node == ",":
            parts.append([])
        else:
            parts[-1].append(node)
    return [part for part in parts if part]


def _comma(beside: Any) -> Any:
    import tinycss2

    return tinycss2.ast.LiteralToken(beside.source_line, beside.source_column, ",")


def _is_for_print(said: Sequence[Any]) -> bool:
    """Tell whether a statement is the `@media` of print alone, of which an e-book loses nothing."""
    import tinycss2

    if said[0].type != "at-keyword" or said[0].lower_value != "media":
        return False
    return str(tinycss2.serialize(said[1:-1])).strip().lower() in {"print", "only print", "onlyprint"}


def _address_of(node: Any) -> str:
    if node.type == "function":
        return next((part.value for part in node.arguments if part.type == "string"), "")
    return str(getattr(node, "value", ""))
