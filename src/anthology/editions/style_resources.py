"""What the styles of an edition lead to: taken in where it lies in `styles/`, left out where no edition may have it.

An e-book holds all that its styles name (EPUB 3.3, 3.5 and 3.6), but for remote faces, which most reading systems
refuse, and takes its direction from its documents alone (EPUB 3.3, 6.3.1.2). Paper opens nothing outside the book.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote, urlsplit

from anthology.digests import digest_of_file
from anthology.editions.style_media import E_BOOK
from anthology.model import Origin
from anthology.problems import Problem, RefusedFile, shortened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from anthology.editions.style_media import Medium

# Functions whose own strings are addresses.
_ADDRESSED = frozenset({"url", "src", "image", "image-set", "-webkit-image-set"})
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)

_BRING_IT = "copy the file into styles/ and give its name there"


class StyleFile(NamedTuple):
    """A file that style sheets name: its name in the edition, its bytes as they are taken in, its media type."""

    name: str
    data: bytes
    media_type: str


class StyleResources(NamedTuple):
    """Style sheets that name only what is in the book, in the order they came in; what they name; what was left out."""

    layers: tuple[str, ...]
    files: tuple[StyleFile, ...]
    problems: tuple[Problem, ...]


class _LostError(Exception):
    """An address that cannot be followed in an e-book: why, and what to do."""

    def __init__(self, why: str, hint: str) -> None:
        super().__init__(why)
        self.why, self.hint = why, hint


def gather_resources(
    layers: Mapping[str, str], folder: str, find: Callable[[str], bytes | None], medium: Medium = E_BOOK
) -> StyleResources:
    """Find what style sheets name, and take out of them what an edition cannot hold.

    Arguments: the sheets by path within `folder` of the project, in the order of the cascade; `find` reads a file of
    the project; `medium` is what they are made ready for. A sheet in which there is nothing to change comes back as
    it was.
    """
    found = _Found(folder, find, medium)
    sheets = tuple(_Sheet(folder, name, found).written(text) for name, text in layers.items())
    return StyleResources(sheets, tuple(found.files.values()), tuple(found.problems))


class _Found:
    """What has been found so far, for all the sheets of a book; each file is made ready once."""

    def __init__(self, folder: str, find: Callable[[str], bytes | None], medium: Medium) -> None:
        self.folder = folder
        self.medium = medium
        self.files: dict[str, StyleFile] = {}
        self.problems: list[Problem] = []
        self._find = find
        self._names: dict[str, str] = {}

    def address(self, written: str, below: str) -> str:
        """Give the address that a file has in the book, from the style sheet's folder; raises _LostError.

        It is `written` in a sheet that lies in the folder `below` that of all styles.
        """
        if written.lower().startswith("data:"):
            return written
        shown = shortened(written)
        if _ELSEWHERE.match(written):
            why = f'"{shown}" lies outside the book, and {self.medium.opens} no such address'
            raise _LostError(why, _BRING_IT)
        path = posixpath.normpath(posixpath.join(below, unquote(urlsplit(written).path) or "."))
        if path.startswith(("/", "../")) or "\\" in path:
            raise _LostError(f'"{shown}" lies outside {self.folder}/', _BRING_IT)
        try:
            data = self._find(f"{self.folder}/{path}")
        except RefusedFile as refused:
            raise _LostError(f'"{shown}" cannot be taken: {refused.why}', refused.hint) from refused
        if data is None:
            hint = f"put it into {self.folder}/, or correct its name: small and large letters are different"
            raise _LostError(f'there is no file "{shown}" in {self.folder}/', hint)
        if path not in self._names:
            self._names[path] = self._packed(data, shown)
        return self.medium.prefix + self._names[path]

    def _packed(self, data: bytes, shown: str) -> str:
        try:
            suffix, media_type, data = self.medium.ready(data)
        except Exception as error:  # whatever a picture can make Pillow fail with
            hint = "save pictures as JPEG, PNG, GIF or SVG, and typefaces as OTF, TTF, WOFF or WOFF2"
            why = f'"{shown}" is neither a picture nor a typeface that {self.medium.knows}'
            raise _LostError(why, hint) from error
        # Its own name may hold what a name in a book may not.
        name = f"{digest_of_file(data)[:16]}.{suffix}"
        self.files[name] = StyleFile(name, data, media_type)
        return name


class _Sheet:
    """One style sheet, as the tokens of CSS Syntax 3, which are changed in place."""

    def __init__(self, folder: str, name: str, found: _Found) -> None:
        self._path = f"{folder}/{name}"
        self._below = posixpath.dirname(name)
        self._found = found
        self._medium = found.medium
        self._changed = False

    def written(self, text: str) -> str:
        """Write the sheet with what it names as it is named in the book, and without what is left out."""
        import tinycss2  # type: ignore[import-untyped]  # it ships no types

        nodes = tinycss2.parse_component_value_list(text)
        kept = self._kept(nodes, told=True)
        return str(tinycss2.serialize(kept)) if self._changed else text

    def _kept(self, nodes: Sequence[Any], *, told: bool) -> list[Any]:
        """Give what is kept of the statements of a block; `told` is False where it does not speak to the medium."""
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
            last.content[:] = self._kept(last.content, told=told and not self._is_for_another(said))
            return True
        if first.type != "ident":
            return True
        if first.lower_value in self._medium.without:
            why = f'"{first.lower_value}" is left out of the e-book: its documents say how they run'
            hint = "the language of the book decides it; what is meant for paper alone goes into @media print"
            self._tell(first, why, hint, told=told)
            return False
        return self._follows(statement, f'"{shortened(first.value)}"', told=told)

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
                        address = self._found.address(part.value, self._below)
                        if address != part.value:
                            self._changed = True
                            node.arguments[at] = tinycss2.ast.StringToken(
                                part.source_line, part.source_column, address, f'"{address}"'
                            )
            except _LostError as lost:
                self._tell(
                    node,
                    f"{what} is left out of the {self._medium.edition}: {lost.why}",
                    lost.hint,
                    told=told,
                )
                return False
            below = getattr(node, "arguments", None) or getattr(node, "content", None)
            if below and not self._follows(below, what, told=told):
                return False
        return True

    def _rename(self, nodes: list[Any], place: int, node: Any, written: str) -> None:
        import tinycss2

        address = self._found.address(written, self._below)
        if address != written:
            self._changed = True
            nodes[place] = tinycss2.ast.URLToken(
                node.source_line, node.source_column, address, f"url({address})"
            )

    def _tell_import(self, said: Sequence[Any], *, told: bool) -> None:
        address = next((_address_of(node) for node in said[1:2]), "")
        edition = self._medium.edition
        why = f'@import "{shortened(address)}" is left out of the {edition}, whose styles are one file'
        self._tell(said[0], why, f"copy the rules of that file into {self._path}", told=told)

    def _tell(self, node: Any, why: str, hint: str, *, told: bool) -> None:
        if told:
            origin = Origin(self._path, node.source_line)
            self._found.problems.append(Problem(self._medium.code, "warning", why, origin, hint))

    def _is_for_another(self, said: Sequence[Any]) -> bool:
        """Tell whether a statement is an `@media` that speaks to other media alone, of which this one loses nothing."""
        import tinycss2

        if said[0].type != "at-keyword" or said[0].lower_value != "media":
            return False
        return str(tinycss2.serialize(said[1:-1])).strip().lower() in self._medium.other


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


def _address_of(node: Any) -> str:
    if node.type == "function":
        return next((part.value for part in node.arguments if part.type == "string"), "")
    return str(getattr(node, "value", ""))
