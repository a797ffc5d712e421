"""House styles: told what is wrong with them, led to their files, written without rules in rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

import tinycss2
from making import make_config

from anthology.config import Config
from anthology.editions.style_media import E_BOOK, PAPER
from anthology.editions.style_resources import gather_resources
from anthology.nesting import without_nesting
from anthology.theme import Theme
from anthology.theme_checks import check_theme
from fuzz.choices import document
from fuzz.promises import check_problems
from fuzz.samples import DRAWING, STYLES

TOKENS = (
    *("{", "}", "(", ")", "[", "]", ";", ":", ",", " ", "\n", "\r\n", "\x0c", "\\", "/*", "*/", '"', "'", "<!--", "-->", "&", ">", "+"),
    *("a", ".b", "#c", "*", "p::before", ":is(a, b)", "& .b", "@media print", "@media screen", "@supports (a: b)", "@layer x", "@import"),
    *('@import "x.css";', "@font-face", "@page", "@charset 'x';", "@namespace url(x);", "@container (a)", "@keyframes k", "@unknown"),
    *("display: none", "color: red", "direction: rtl", "src: url(lamp.svg)", "url(lamp.svg)", "url( 'lamp.svg' )", "url(../x)", "url(x y)"),
    *("url(http://x)", "url(//x)", "url(data:,x)", "\\75rl(x)", "url(", "src('lamp.svg')", "image('x')", 'image-set("lamp.svg" 1x, url(x))'),
    *("--v: ;", "--v:{a:b}", "!important", "! important", "%", "1px", "U+26", "#", "@", "\\0", "\\110000 ", "\x00", "é", "\ud800", "a:b;"),
)  # fmt: skip
SEEDS = (STYLES.encode(), b"p { color: red }")
_MEDIA = (E_BOOK, PAPER)


@cache
def _config() -> Config:
    return make_config()


def check(data: bytes) -> None:
    """Check a house style; what is made of it for an edition names only what is in the book, and stays as it is."""
    sheet = document(data, SEEDS, TOKENS).decode("utf-8", "replace").removeprefix("\ufeff")
    lines = len(sheet.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n").split("\n"))
    theme = Theme({}, {}, {"house.css": sheet}, ("house.css",))
    told = check_theme(theme, _config())
    check_problems(told, lines, "styles/house.css")
    alone = without_nesting(sheet)
    assert told or without_nesting(alone).split() == alone.split(), (sheet, alone)
    for medium in _MEDIA:
        found = gather_resources({"house.css": sheet}, "styles", _lamp, medium)
        check_problems(found.problems, lines, "styles/house.css")
        if told:
            # Such a sheet stops a build.
            continue
        files = {file.name: file.data for file in found.files}
        written = found.layers[0]
        again = gather_resources(
            {"house.css": written.replace(medium.prefix, "") if medium.prefix else written},
            "styles",
            _only(files),
            medium,
        )
        assert not [problem for problem in again.problems if "/*" not in written], (
            sheet,
            written,
            again.problems,
        )
        assert again.layers[0] == written, (sheet, written, again.layers[0])
        _check_addresses(tinycss2.parse_stylesheet(written, skip_comments=True), medium.prefix, files)


def _lamp(path: str) -> bytes | None:
    return DRAWING.encode() if path == "styles/lamp.svg" else None


def _only(files: Mapping[str, bytes]) -> Callable[[str], bytes | None]:
    return lambda path: files.get(path.removeprefix("styles/"))


def _check_addresses(nodes: Iterable[Any], prefix: str, files: Mapping[str, bytes]) -> None:
    """Hold the addresses in declarations, however deep they stand, against the files that came along."""
    for node in nodes:
        if node.type == "url":
            address = str(node.value)
            assert address.lower().startswith("data:") or address.removeprefix(prefix) in files, address
        elif node.type == "declaration":
            _check_addresses(node.value, prefix, files)
        elif node.type in ("qualified-rule", "at-rule"):
            _check_addresses(tinycss2.parse_blocks_contents(node.content or ()), prefix, files)
        else:
            _check_addresses(
                getattr(node, "arguments", None) or getattr(node, "content", None) or (), prefix, files
            )
