"""House styles: told what is wrong with them, led to their files, written without rules in rules."""

from __future__ import annotations

from functools import cache

import tinycss2
from fuzz.choices import document
from fuzz.promises import check_problems
from fuzz.samples import DRAWING, STYLES
from making import make_config

from anthology.editions.style_media import E_BOOK, PAPER
from anthology.editions.style_resources import gather_resources
from anthology.nesting import without_nesting
from anthology.theme import Theme
from anthology.theme_checks import check_theme

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
def _config() -> object:
    return make_config()


def check(data: bytes) -> None:
    """Check a house style; what is made of it for an edition names only what is in the book, and stays as it is."""
    sheet = document(data, SEEDS, TOKENS).decode("utf-8", "replace").removeprefix("\ufeff")
    lines = len(sheet.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n").split("\n"))
    theme = Theme({}, {}, {"house.css": sheet}, ("house.css",))
    told = check_theme(theme, _config())  # type: ignore[arg-type]
    check_problems(told, lines, "styles/house.css")
    alone = without_nesting(sheet)
    assert told or without_nesting(alone) == alone, (sheet, alone)
    for medium in _MEDIA:
        found = gather_resources({"house.css": sheet}, "styles", _lamp, medium)
        check_problems(found.problems, lines, "styles/house.css")
        if told:
            # Such a sheet stops a build.
            continue
        files = {file.name: file.data for file in found.files}
        written = found.layers[0]
        again = gather_resources(
            {"house.css": written.replace(medium.prefix, "") if medium.prefix else written}, "styles", _only(files), medium
        )
        assert not [problem for problem in again.problems if "/*" not in written], (sheet, written, again.problems)
        assert again.layers[0] == written, (sheet, written, again.layers[0])
        _check_addresses(tinycss2.parse_component_value_list(written), medium.prefix, files)


def _lamp(path: str) -> bytes | None:
    return DRAWING.encode() if path == "styles/lamp.svg" else None


def _only(files: dict[str, bytes]):  # type: ignore[no-untyped-def]
    return lambda path: files.get(path.removeprefix("styles/"))


def _check_addresses(nodes: list[object], prefix: str, files: dict[str, bytes]) -> None:
    for node in nodes:
        if node.type == "url":  # type: ignore[attr-defined]
            address = str(node.value)  # type: ignore[attr-defined]
            assert address.lower().startswith("data:") or address.removeprefix(prefix) in files, address
