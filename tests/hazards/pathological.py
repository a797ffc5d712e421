"""Inputs that make a program slow or deep whose walk through a text is not of one piece; our own, from descriptions.

The first two dozen are of the kinds that cmark's suite of pathological inputs tries; then come those of other formats.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

FRONT = "---\ntitle: {}\n---\n\n"
# What an article shows as a picture, so that its file is looked at.
SHOWN = "Words before it.\n\n![A picture]({})\n"


@dataclass(frozen=True)
class Input:
    """An article by how often its pattern is repeated, and the files beside it, also by that number."""

    text: Callable[[int], str]
    files: Mapping[str, Callable[[int], bytes]] = field(default_factory=dict)
    front: str = FRONT
    # How much smaller than the others it is by itself: what is a square of the number is as large as they are.
    most: int = 1_000_000

    def article(self, name: str, times: int) -> str:
        """Write the article, called `name`, with its pattern repeated so often."""
        return self.front.format(name) + self.text(min(times, self.most)) + "\n"


def again(pattern: str, end: str = "") -> Input:
    """Repeat a pattern."""
    return Input(lambda times: pattern * times + end)


def numbered(pattern: str, between: str = "", other: str = "") -> Input:
    """Repeat a pattern with a number in it, and then another one."""

    def text(times: int) -> str:
        first = "".join(pattern.format(number) for number in range(times))
        return first + between + "".join(other.format(number) for number in range(times))

    return Input(text)


MARKDOWN: dict[str, Input] = {
    "strong in emphasis": Input(lambda times: "*x **x " * times + "y" + " x** x*" * times),
    "closers of emphasis": again("x_ "),
    "openers of emphasis": again("_x "),
    "closers of links": again("x]"),
    "openers of links": again("[x"),
    "openers and closers that differ": again("*x_ "),
    "openers of two kinds": again("*x_"),
    "multiples of three": Input(lambda times: "x**y" + "z* " * times),
    "links open, emphasis closes": again("[ x_"),
    "brackets of two kinds": again("[ (]("),
    "pictures open": again("![[]()"),
    "links in emphasis in links": again("**x [y*y**y*](z) "),
    "brackets in brackets": Input(lambda times: "[" * times + "x" + "]" * times),
    "quotations in quotations": again("> ", "x"),
    "lists in lists": Input(lambda times: "".join("  " * at + "* x\n" for at in range(times)), most=1000),
    "a NUL in every line": again("abc\0def\n"),
    "longer and longer backticks": Input(
        lambda times: "".join("x" + "`" * at for at in range(1, times)), most=1000
    ),
    "an address in angles that is not closed": again("[x](<y"),
    "an address that is not closed": again("[x](y"),
    "comments that are not closed": Input(lambda times: "</" + "<!--" * times),
    "instructions that are not closed": again("<?"),
    "declarations that are not closed": again("<!A "),
    "sections of characters that are not closed": again("<![CDATA["),
    "a table of many columns": Input(
        lambda times: "|" * times + "x\n|" + "-|" * times + "\n" + "|" * times, most=5000
    ),
    "definitions of one label": again("[x]: y\n", "\n[x]"),
    "definitions of many labels": numbered("[{}]: y\n", "\n", "[{}] "),
    "labels without definitions": numbered("[{}] "),
    "notes": numbered("w[^{}] ", "\n\n", "[^{}]: n\n\n"),
    "entities": again("&amp;"),
    "beginnings of entities": again("&#"),
    "beginnings of tags": again("<x "),
    "comments on lines": again("<!-- x -->\n"),
    "quotation marks": again('"'),
    "apostrophes": again("'"),
    "code that closes code": again("`x``"),
    "fences": again("```\n", "x"),
    "scripts": again("<script>"),
    "a table of many rows": Input(lambda times: "|x|\n|-|\n" + "|x|\n" * times),
}

HTML: dict[str, Input] = {
    "a cell across a hundred million columns": Input(
        lambda _: "<table><tr><td colspan=100000000>x</td></tr></table>"
    ),
    "boxes in boxes": Input(lambda times: "<div>" * times + "x" + "</div>" * times, most=3000),
    "attributes": Input(
        lambda times: "<p " + " ".join(f"a{at}=b" for at in range(times)) + ">x</p>", most=50_000
    ),
    "one line": Input(lambda times: "word " * (100 * times)),
    "one word": Input(lambda times: "w" * (50 * times)),
}

FRONT_MATTER: dict[str, Input] = {
    "aliases of aliases": Input(
        lambda _: "x",
        front="---\ntitle: {}\na0: &a0 [x, x]\n"
        + "".join(f"a{at}: &a{at} [*a{at - 1}, *a{at - 1}]\n" for at in range(1, 30))
        + "---\n\n",
    ),
    "TOML in TOML": Input(
        lambda _: "x", front='+++\ntitle = "{}"\na = ' + "[" * 10_000 + "]" * 10_000 + "\n+++\n"
    ),
}


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(side: int) -> bytes:
    """Write a white picture of so many pixels squared, of a few kilobytes."""
    rows = zlib.compressobj(9)
    row = b"\0" + b"\xff" * ((side + 7) // 8)
    data = b"".join(rows.compress(row) for _ in range(side)) + rows.flush()
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")


def gif(side: int) -> bytes:
    """Write the head of a picture of so many pixels squared, and next to nothing of it."""
    size = struct.pack("<HH", side, side)
    return b"GIF89a" + size + b"\0\0\0," + b"\0" * 4 + size + b"\0\2\1\0\0;"


def tiff(side: int) -> bytes:
    """Write the directory of a picture of so many pixels squared, whose one strip is eight bytes."""
    entries = [(256, 4, side), (257, 4, side), (258, 3, 8), (259, 3, 1), (262, 3, 1), (273, 4, 8)]
    entries += [(277, 3, 1), (278, 4, side), (279, 4, 8)]
    directory = b"".join(struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in entries)
    return (
        b"II*\0" + struct.pack("<I", 16) + b"\0" * 8 + struct.pack("<H", len(entries)) + directory + b"\0" * 4
    )


def webp(side: int) -> bytes:
    """Write the head of a lossless picture of so many pixels squared."""
    bits = (side - 1) | ((side - 1) << 14)
    body = b"WEBPVP8L" + struct.pack("<I", 6) + b"\x2f" + struct.pack("<I", bits) + b"\0"
    return b"RIFF" + struct.pack("<I", len(body)) + body


def svg(body: str, attributes: str = 'width="10" height="10"', head: str = "") -> bytes:
    """Write a drawing."""
    return f'{head}<svg xmlns="http://www.w3.org/2000/svg" {attributes}>{body}</svg>'.encode()


def _laughter(_: int) -> bytes:
    entities = '<!ENTITY a0 "ha">' + "".join(
        f'<!ENTITY a{at} "{f"&a{at - 1};" * 10}">' for at in range(1, 10)
    )
    return svg("<text>&a9;</text>", head=f"<!DOCTYPE svg [{entities}]>")


def _uses(_: int) -> bytes:
    body = '<g id="u0"><path d="M0 0h1"/></g>' + "".join(
        f'<g id="u{at}">' + f'<use href="#u{at - 1}"/>' * 10 + "</g>" for at in range(1, 10)
    )
    return svg(f'<defs>{body}</defs><use href="#u9"/>')


def _groups(times: int) -> bytes:
    return svg("<g>" * (50 * times) + "</g>" * (50 * times))


def _filter(_: int) -> bytes:
    region = 'x="-1000000" y="-1000000" width="9000000" height="9000000" filterUnits="userSpaceOnUse"'
    blur = f'<filter id="f" {region}><feGaussianBlur stdDeviation="100000"/></filter>'
    return svg(f'{blur}<rect width="9" height="9" filter="url(#f)"/>')


def _view(_: int) -> bytes:
    return svg('<rect width="1" height="1"/>', 'width="9e9" height="9e9" viewBox="-9e99 0 9e300 9e300"')


def _shown(name: str, data: Callable[[int], bytes]) -> Input:
    return Input(lambda _: SHOWN.format(name), {name: data})


def _of_side(picture: Callable[[int], bytes], side: int, _: int) -> bytes:
    return picture(side)


PICTURES: dict[str, Input] = {
    # 169 million pixels in 20 kB.
    "a PNG of 13,000 squared": _shown("large.png", partial(_of_side, png, 13_000)),
    "a GIF of 65,535 squared": _shown("large.gif", partial(_of_side, gif, 65_535)),
    "a TIFF of 60,000 squared": _shown("large.tif", partial(_of_side, tiff, 60_000)),
    "a WebP of 16,383 squared": _shown("large.webp", partial(_of_side, webp, 16_383)),
    "a drawing of groups in groups": _shown("groups.svg", _groups),
    "a drawing of entities of entities": _shown("laughter.svg", _laughter),
    "a drawing of uses of uses": _shown("uses.svg", _uses),
    "a drawing with a filter as large as a town": _shown("filter.svg", _filter),
    "a drawing that is seen from the moon": _shown("view.svg", _view),
}

INPUTS: dict[str, Input] = MARKDOWN | HTML | FRONT_MATTER | PICTURES
