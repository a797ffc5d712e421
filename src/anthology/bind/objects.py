"""The objects of leaves and furniture, numbered for the book."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from anthology.bind.file import File
    from anthology.leaves import LeafStream, Template


class Numbers:
    """Turns the numbers of one leaf into those of the book: `table` for its objects, `special` for what is below 0."""

    def __init__(self, table: list[int], special: Callable[[int], int]) -> None:
        self._table = table
        self._special = special

    def __getitem__(self, number: int) -> int:
        return self._table[number] if number >= 0 else self._special(number)

    def fill(self, template: Template) -> bytes:
        """Write a template with the book's numbers."""
        if not template.numbers:
            return template.text % ()
        table, special = self._table, self._special
        return template.text % tuple(
            [table[number] if number >= 0 else special(number) for number in template.numbers]
        )


# What makes a form of its own of what is drawn, before it is drawn; PDF/A-1 knows no such thing (ISO 19005-1, 6.4).
_GROUP = re.compile(rb"/Group\s*<<[^<>]*/S\s*/Transparency[^<>]*>>")


class Streams:
    """Streams that several leaves share, a picture or a colour profile, are written once."""

    def __init__(self, file: File, transparent: bool = True) -> None:
        self._file = file
        self._transparent = transparent
        self._written: dict[bytes, int] = {}

    def put(self, streams: Sequence[LeafStream], table: list[int], special: Callable[[int], int]) -> None:
        """Write the streams of a leaf; in `table`, those that stand in the file already get the number they have there."""
        numbers = Numbers(table, special)
        own = {stream.number for stream in streams}
        # Masks before the pictures that name them.
        for stream in sorted(streams, key=lambda stream: len(stream.dictionary.numbers)):
            entries = numbers.fill(stream.dictionary)
            entries = entries.removeprefix(b"<<").removesuffix(b">>")
            if not self._transparent:
                entries = _GROUP.sub(b"", entries)
            if not own.issuperset(stream.dictionary.numbers):
                # It names objects of the leaf itself, which are no other leaf's.
                self._file.put_stream(table[stream.number], entries, stream.data)
                continue
            key = hashlib.blake2b(entries + b"\0" + stream.data, digest_size=16).digest()
            if key in self._written:
                table[stream.number] = self._written[key]
            else:
                self._written[key] = table[stream.number]
                self._file.put_stream(table[stream.number], entries, stream.data)


def put_objects(file: File, objects: Template, numbers: Numbers, first: int, table: list[int]) -> None:
    """Write the objects of a leaf that are no streams; `first` is the place of the first of them in the leaf."""
    if not objects.text:
        return
    for place, data in enumerate(numbers.fill(objects).split(b"\0"), first):
        if data != b"null":
            file.put(table[place], data)


def written_resources(
    parts: Sequence[tuple[Mapping[str, Mapping[str, Template]], Numbers]],
    fonts: int,
    spaces: Mapping[str, bytes],
) -> bytes:
    """Write a resource dictionary from several.

    `fonts` is the number of the dictionary of fonts, `spaces` are colour spaces that all pages have.
    """
    kinds: dict[str, dict[str, bytes]] = {"ColorSpace": dict(spaces)} if spaces else {}
    for resources, numbers in parts:
        for kind, named in resources.items():
            if kind != "Font":
                for name, template in named.items():
                    kinds.setdefault(kind, {}).setdefault(name, numbers.fill(template))
    entries = [b"/%s<<%s>>" % (kind.encode(), named_entries(named)) for kind, named in sorted(kinds.items())]
    return b"<</Font %d 0 R%s>>" % (fonts, b"".join(entries))


def named_entries(named: Mapping[str, bytes]) -> bytes:
    """Write the entries of a dictionary."""
    return b"".join(b"/%s %s" % (name.encode(), value) for name, value in named.items())
