"""The cover of a printed book: back, spine and front in one piece."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pymupdf
import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from making import write_project
from PIL import Image
from press_profile import cmyk_profile
from pressroom import ThisProcess

from anthology.build import Options
from anthology.config import load_config
from anthology.cover import Panel, WrapGeometry, fan_of, spine_width, turn_of, wrap_geometry
from anthology.cover.fan import layers
from anthology.cover.spine import runs_of
from anthology.editions.workshop import Workshop
from anthology.editions.wrap import MadeWrap, make_wrap
from anthology.installed_fonts import find_face
from anthology.preparing import prepare
from anthology.printers import CoverRules, Profile, Sides, load_profile
from anthology.project import CONFIG, Project

POINTS = 72 / 25.4
# A printer of our own, so that no test depends on what one of this world asks for today.
PRINTER = """
title = "The Copy Shop"
verified-on = 2026-01-31
sources = ["https://copyshop.example/covers"]
colours = ["gray"]
least-pages = 4
most-pages = 900
forbids = ["annotations", "outline", "transparency"]
papers = { thin = "0.05mm", thick = "0.1mm" }

[cover]
bleed = { top = "3mm", outside = "4mm", bottom = "5mm" }
colours = ["rgb", "cmyk"]
safety = "6mm"
spine-text-from = 80
spine-margin = "1.5mm"
barcode = { width = "50mm", height = "30mm" }
"""
BOOK = """
[book]
title = "The River Almanac"
subtitle = "Forty pieces"
editors = ["Miriam Castellane", "Tobias Wren"]
publisher = "Quiet Press"
description = "Ten years of a small magazine, read again."
"""
EDITION = """
[editions.print]
format = "pdf"
trim = "120x180mm"
printer = "shop"
"""
THIN = EDITION + 'paper = "thin"\n'
ISBN = 'isbn = "978-0-306-40615-7"\n'
LONG = "The Great Book of Everything That Flows, Falls, Freezes and Floods, with Remarks on Bridges and on Ferries, "


def shop() -> Profile:
    """Read the printer's profile."""
    return load_profile("shop", {"shop": PRINTER.encode()})


def wrapped(
    root: Path, text: str, pages: int = 200, files: dict[str, bytes] | None = None, **values: Any
) -> MadeWrap | None:
    """Make the cover of a small book of so many pages; `values` are those of its manuscript."""
    article = "---\ntitle: Ferries\n---\n\nA ferry.\n"
    write_project(
        root, {"anthology.toml": text, "content/rivers/ferries.md": article, "printers/shop.toml": PRINTER}
    )
    for name, data in (files or {}).items():
        (root / name).write_bytes(data)
    project = Project(root, None)
    config = load_config(project.config(), CONFIG)
    manuscript, problems = prepare(project, config, Options(jobs=1, cache=None), lambda stage, detail: None)
    assert not problems
    edition = config.editions["print"]
    assert edition.format == "pdf"
    return make_wrap(replace(manuscript, **values), "print", edition, pages, Workshop(ThisProcess(), 1))


def made(root: Path, text: str, *arguments: Any, **values: Any) -> bytes:
    """Make a cover with which nothing is wrong."""
    wrap = wrapped(root, text, *arguments, **values)
    assert wrap is not None
    assert wrap.problems == ()
    return wrap.data


def told(wrap: MadeWrap | None) -> list[tuple[str, ...]]:
    """Give what is said of a cover: code, severity, message, place and hint of each problem."""
    assert wrap is not None
    return [
        (
            one.code,
            one.severity,
            one.message,
            f"{one.origin.path}:{one.origin.line}" if one.origin else "",
            one.hint,
        )
        for one in wrap.problems
    ]


def geometry(pages: int = 200, direction: Any = "ltr") -> WrapGeometry:
    """Lay out the cover of the small book, on thin paper."""
    rules = shop().cover
    assert rules is not None
    return wrap_geometry((120, 180), pages * 0.05, rules, direction)


def box(pdf: bytes, name: str) -> list[float]:
    """Read a box of the one page, in millimetres."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert len(opened.pages) == 1
        return [round(float(side) / POINTS, 2) for side in opened.pages[0][name]]


def drawn(pdf: bytes, dpi: int = 100) -> Image.Image:
    """Draw the page as it is before it is cut."""
    with pymupdf.open(stream=pdf, filetype="pdf") as opened:
        picture = opened[0].get_pixmap(dpi=dpi)
        return Image.frombytes("RGB", (picture.width, picture.height), picture.samples)


def part(picture: Image.Image, panel: Panel, dpi: int = 100) -> Image.Image:
    """Cut a panel out of a page."""
    scale = dpi / 25.4
    return picture.crop(
        (
            round(panel.left * scale),
            round(panel.top * scale),
            round(panel.right * scale),
            round(panel.foot * scale),
        )
    )


def ink(picture: Image.Image) -> tuple[int, int, int, int]:
    """Measure where white letters stand."""
    found = picture.convert("L").point(lambda value: 255 if value > 235 else 0).getbbox()
    assert found is not None
    return found


def words(pdf: bytes) -> list[tuple[float, float, float, float, str]]:
    """Read words with their places in millimetres."""
    with pymupdf.open(stream=pdf, filetype="pdf") as opened:
        return [
            (x0 / POINTS, y0 / POINTS, x1 / POINTS, y1 / POINTS, word)
            for x0, y0, x1, y1, word, *_ in opened[0].get_text("words")
        ]


def text(pdf: bytes) -> str:
    """Read what the page says, as one line."""
    with pymupdf.open(stream=pdf, filetype="pdf") as opened:
        return " ".join(opened[0].get_text().split())


def picture_of(size: tuple[int, int], colour: str = "#00a000", kind: str = "PNG") -> bytes:
    """Make a picture in one colour."""
    target = BytesIO()
    Image.new("RGB", size, colour).save(target, kind)
    return target.getvalue()


# Geometry


@given(
    trim=st.tuples(st.floats(90, 300), st.floats(140, 400)),
    spine=st.floats(0, 60),
    bleed=st.tuples(*[st.floats(0, 10)] * 3),
    safety=st.floats(0, 15),
    barcode=st.tuples(st.floats(0, 60), st.floats(0, 45)),
    direction=st.sampled_from(["ltr", "rtl"]),
)
def test_back_spine_and_front_fill_the_cover(
    trim: tuple[float, float],
    spine: float,
    bleed: tuple[float, float, float],
    safety: float,
    barcode: tuple[float, float],
    direction: Any,
) -> None:
    """Whatever the sizes, the parts lie side by side, each of its size, and the bleed is all round them."""
    top, outside, bottom = bleed
    rules = CoverRules(Sides(top, outside, bottom), safety=safety, barcode=barcode)
    wrap = wrap_geometry(trim, spine, rules, direction)
    panels = sorted((wrap.back, wrap.spine, wrap.front), key=lambda panel: (panel.left, panel.right))
    assert wrap.front == panels[2 if direction == "ltr" else 0] or spine == 0
    assert panels[0].left == pytest.approx(outside)
    assert panels[0].right == pytest.approx(panels[1].left)
    assert panels[1].right == pytest.approx(panels[2].left)
    assert panels[2].right + outside == pytest.approx(wrap.width)
    assert wrap.height == pytest.approx(top + trim[1] + bottom)
    assert sum(field.width for field in wrap.fields) == pytest.approx(wrap.width)
    # The barcode's field keeps off the cuts and lies on the back, beside the spine.
    assert wrap.barcode.width >= max(barcode[0], 29.8)
    assert 0.8 <= wrap.magnification <= 1
    assert wrap.barcode.foot == pytest.approx(wrap.back.foot - safety)
    beside = (
        wrap.back.right - wrap.barcode.right if direction == "ltr" else wrap.barcode.left - wrap.back.left
    )
    assert beside == pytest.approx(safety)


@pytest.mark.parametrize(
    ("paper", "stated", "width"),
    [
        ("thin", None, 10.0),
        ("thick", None, 20.0),
        ("", None, None),
        ("silk", None, None),
        ("thin", 12.4, 12.4),
    ],
)
def test_the_spine_is_known_or_not_made_up(paper: str, stated: float | None, width: float | None) -> None:
    """The spine is what the edition states, else pages by the thickness of its paper; else nobody knows it."""
    assert spine_width(shop(), paper, stated, 200) == (width if width is None else pytest.approx(width))


def test_a_printer_with_one_thickness_needs_no_paper() -> None:
    """Where all papers make a book equally thick, none has to be named; boards are added."""
    one = replace(shop(), papers=shop().papers[:1], cover=CoverRules(Sides(), cover_boards=1.5))
    assert spine_width(one, "", None, 200) == pytest.approx(11.5)


@given(title=st.text(max_size=20), x=st.floats(0, 1600), y=st.floats(0, 2600))
def test_layers_look_as_leaves_one_can_see_through(title: str, x: float, y: float) -> None:
    """Wherever so many leaves lie over one another, as many layers are printed, none of them transparent."""
    fan = fan_of(title, 900)
    over = sum(_inside(leaf, x, y) for leaf in fan.leaves)
    printed = sum(any(_inside(polygon, x, y) for polygon in layer) for layer in layers(fan))
    assert printed == over


def _inside(polygon: tuple[tuple[float, float], ...], x: float, y: float) -> bool:
    ends = zip(polygon, (*polygon[1:], polygon[0]), strict=True)
    return all((bx - ax) * (y - ay) - (by - ay) * (x - ax) >= 0 for (ax, ay), (bx, by) in ends)


# The file


def test_the_page_is_the_cover_with_its_bleed(tmp_path: Path) -> None:
    """One page, cut to back, spine and front; nothing on it but what is printed, with every face embedded."""
    data = made(tmp_path, BOOK + THIN + ISBN)
    assert box(data, "/MediaBox") == [0, 0, 258, 188]
    assert box(data, "/BleedBox") == [0, 0, 258, 188]
    assert box(data, "/TrimBox") == [4, 5, 254, 185]
    with pikepdf.open(BytesIO(data)) as pdf:
        page = pdf.pages[0]
        assert "/Annots" not in page
        assert not {"/Outlines", "/StructTreeRoot", "/OutputIntents"} & set(pdf.Root.keys())
        assert "/ExtGState" not in page.Resources, "nothing is transparent"
        for font in page.Resources.Font.values():
            assert "/FontFile3" in font.DescendantFonts[0].FontDescriptor
    # The colour reaches into the bleed at every corner.
    picture = drawn(data)
    right, foot = picture.width - 3, picture.height - 3
    grounds = {picture.getpixel(place) for place in ((2, 2), (right, 2), (2, foot))}
    assert len(grounds) == 1
    assert made(tmp_path, BOOK + THIN + ISBN) == data, "the same bytes"


def test_the_words_stand_on_their_panels(tmp_path: Path) -> None:
    """Back, spine and front each say what they should, and keep off the cut and the folds."""
    data = made(tmp_path, BOOK + '[cover]\nabout = "Two editors."\nspine-title = "Almanac"\n' + THIN + ISBN)
    said = text(data)
    for sentence in (
        "Ten years of a small magazine",
        "Two editors.",
        "Almanac",
        "Edited by Miriam Castellane",
    ):
        assert sentence in said
    wrap = geometry()
    found = words(data)
    on_spine = [word for word in found if word[0] >= wrap.spine.left and word[2] <= wrap.spine.right]
    assert {"Almanac", "Castellane", "Wren"} <= {word[-1] for word in on_spine}
    # Below the bars of the barcode, which stand in their own place, letters have room that figures do not take.
    for left, top, right, foot, word in (
        word for word in found if word not in on_spine and not word[-1].isdecimal()
    ):
        panel = wrap.front if left >= wrap.front.left else wrap.back
        assert panel.left + 6 <= left, word
        assert right <= panel.right - 6, word
        assert panel.top + 6 <= top, word
        assert foot <= panel.foot - 6, word
    left, top, right, foot = ink(part(drawn(data, 300), wrap.spine, 300))
    pixels = 300 / 25.4
    assert left >= 1.5 * pixels
    assert right <= (wrap.spine.width - 1.5) * pixels
    assert top >= 6 * pixels - 1
    assert foot <= (180 - 6) * pixels + 1


@pytest.mark.parametrize(("pages", "has_words"), [(80, True), (79, False)])
def test_a_thin_spine_has_no_words(tmp_path: Path, pages: int, has_words: bool) -> None:
    """From so many pages on as the printer says, the spine has words."""
    data = made(tmp_path, BOOK + EDITION + 'paper = "thick"\n', pages)
    found = Counter(word[-1] for word in words(data))
    assert found["Almanac"] == (2 if has_words else 1)


@pytest.mark.parametrize(
    ("language", "direction", "turn"),
    [
        ("en-GB", "ltr", "clockwise"),
        ("fr", "ltr", "anticlockwise"),
        ("de-AT", "ltr", "anticlockwise"),
        ("ja", "ltr", "clockwise"),
        ("ar", "rtl", "anticlockwise"),
    ],
)
def test_spines_read_as_their_language_has_it(language: str, direction: Any, turn: str) -> None:
    """English spines read downwards, French and German ones upwards; an Arabic line begins at its right, at the head."""
    assert turn_of(language, direction) == turn


def test_a_japanese_spine_is_written_downwards(tmp_path: Path) -> None:
    """Characters stand upright below one another; brackets, and the mark of a long vowel, lie along the line."""
    if not find_face("Noto Serif CJK JP"):
        pytest.skip("Noto Serif CJK JP is not installed")
    assert runs_of("川（ノート）、空", "ja") == (
        ("川", True), ("（", False), ("ノ", True), ("ー", False), ("ト", True), ("）\u3000", False), ("空", True)
    )  # fmt: skip
    data = made(tmp_path, '[book]\ntitle = "川の本"\nlanguage = "ja"\n' + THIN)
    wrap = geometry()
    with pymupdf.open(stream=data, filetype="pdf") as pdf:
        lines = [line for block in pdf[0].get_text("dict")["blocks"] for line in block["lines"]]
    found = [
        ("".join(span["text"] for span in line["spans"]), line["dir"], line["spans"][0]["origin"][1])
        for line in lines
        if wrap.spine.left * POINTS < line["bbox"][0] < wrap.spine.right * POINTS
    ]
    assert [text for text, _, _ in sorted(found, key=lambda one: one[2])] == ["川", "の", "本"]
    assert {direction for _, direction, _ in found} == {(1.0, 0.0)}, "upright"


def test_a_book_from_the_right_has_its_front_at_the_left(tmp_path: Path) -> None:
    """In an Arabic book the front lies at the left of the spine, and the barcode at the spine all the same."""
    if not find_face("Noto Naskh Arabic"):
        pytest.skip("Noto Naskh Arabic is not installed")
    book = '[book]\ntitle = "كتاب الأنهار"\nlanguage = "ar"\ndescription = "مقالات عن الأنهار."\n'
    data = made(tmp_path, book + THIN + ISBN)
    wrap = geometry(direction="rtl")
    assert wrap.front.right == wrap.spine.left
    picture = drawn(data, 100)
    (_, _, right, _) = ink(part(picture, wrap.front))
    assert right == pytest.approx((wrap.front.width - 12) * 100 / 25.4, abs=6), (
        "the title is set from the right"
    )
    (read,) = zxingcpp.read_barcodes(part(drawn(data, 300), wrap.back, 300))
    assert read.text == "9780306406157"
    assert read.position.top_left.x * 25.4 / 300 < wrap.back.width / 2


def test_the_house_of_the_pages_does_not_move_the_cover(tmp_path: Path) -> None:
    """Margins and heads that the house gives the pages of the book leave the cover where it is; its own rules hold."""
    house = "@page { margin: 30mm } @page :right { margin-left: 40mm } .front-title { color: #00ff00 }"
    (tmp_path / "styles").mkdir()
    plain = made(tmp_path, BOOK + THIN)
    data = made(tmp_path, BOOK + THIN, files={"styles/house.css": house.encode()})
    wrap = geometry()
    assert box(data, "/TrimBox") == box(plain, "/TrimBox")
    assert words(data) == words(plain)
    assert (0, 255, 0) in {colour for _, colour in part(drawn(data), wrap.front).getcolors(100_000) or ()}


# The barcode


def test_a_till_reads_the_barcode(tmp_path: Path) -> None:
    """The ISBN is read back as EAN-13, black on white, in its place at the foot of the back beside the spine."""
    data = made(tmp_path, BOOK + THIN + ISBN)
    wrap = geometry()
    (read,) = zxingcpp.read_barcodes(drawn(data, 300))
    assert (read.format, read.text) == (zxingcpp.BarcodeFormat.EAN13, "9780306406157")
    place = part(drawn(data, 300), wrap.barcode, 300)
    assert {colour for count, colour in place.getcolors(10_000) or () if count > 2000} == {
        (0, 0, 0),
        (255, 255, 255),
    }
    # Eleven modules of a third of a millimetre are white before the bars, seven behind them.
    bars = place.crop((0, place.height // 2, place.width, place.height // 2 + 1)).convert("L")
    dark = [x for x in range(bars.width) if int(bars.getpixel((x, 0)) or 0) < 128]  # type: ignore[arg-type]
    assert dark[0] * 25.4 / 300 >= 11 * 0.33
    assert (bars.width - dark[-1]) * 25.4 / 300 >= 7 * 0.33
    assert (dark[-1] + 1 - dark[0]) * 25.4 / 300 == pytest.approx(95 * 0.33, abs=0.1)
    said = text(data).replace(" ", "")
    assert "ISBN978-0-306-40615-7" in said
    assert "9780306406157" in said


def test_the_place_of_the_barcode_is_left_white(tmp_path: Path) -> None:
    """Without an ISBN the place is free and white, for who prints the book."""
    place = part(drawn(made(tmp_path, BOOK + THIN)), geometry().barcode)
    inner = place.crop((3, 3, place.width - 3, place.height - 3))
    assert inner.getcolors(10_000) == [(inner.width * inner.height, (255, 255, 255))]


@pytest.mark.parametrize("given", [False, True], ids=["set from the metadata", "a picture"])
def test_a_proof_says_that_it_is_one(tmp_path: Path, given: bool) -> None:
    """On a proof no till reads a number: the word stands in the place of the barcode, on a given picture too."""
    files = {"whole.png": picture_of((3050, 2223))} if given else {}
    cover = '[cover]\npicture = "whole.png"\n' if given else ""
    data = made(tmp_path, BOOK + cover + THIN + ISBN, files=files, proof=True)
    assert zxingcpp.read_barcodes(drawn(data, 200)) == []
    place = geometry().barcode
    stamp = [
        word
        for left, top, right, foot, word in words(data)
        if place.left < left < right < place.right and place.top < top < foot < place.foot
    ]
    assert " ".join(stamp) == "Draft — not for publication"


# Colours


def test_a_cover_for_a_press_has_its_inks_alone(tmp_path: Path) -> None:
    """In CMYK nothing is left in RGB, the barcode is black alone, and the file names the press."""
    edition = THIN + ISBN + 'icc = "press.icc"\n'
    printer = PRINTER.replace('["gray"]', '["cmyk"]').replace('["rgb", "cmyk"]', '["cmyk"]')
    write_project(tmp_path, {})
    text_ = BOOK + edition.replace('"shop"', '"inks"')
    (tmp_path / "printers").mkdir()
    data = made(tmp_path, text_, files={"printers/inks.toml": printer.encode(), "press.icc": cmyk_profile()})
    with pikepdf.open(BytesIO(data)) as pdf:
        page = pdf.pages[0]
        drawn_with = {str(one.operator) for one in pikepdf.parse_content_stream(page)}
        fills = {
            tuple(map(float, one.operands))
            for one in pikepdf.parse_content_stream(page)
            if str(one.operator) == "k"
        }
        assert pdf.Root.OutputIntents[0].DestOutputProfile.N == 4
    assert "k" in drawn_with
    assert not {"rg", "RG", "g", "G", "sc", "scn", "gs", "sh"} & drawn_with
    assert (0, 0, 0, 1) in fills
    assert (0, 0, 0, 0) in fills, "words are the white of the paper"
    (read,) = zxingcpp.read_barcodes(drawn(data, 300))
    assert read.text == "9780306406157"


# Given pictures


def test_a_given_front_is_printed_to_the_bleed(tmp_path: Path) -> None:
    """A picture for the front fills it with its share of the bleed; spine and back are set as ever."""
    big = picture_of((1500, 2300), "#00a000", "JPEG")
    data = made(tmp_path, BOOK + 'cover = "front.jpg"\n' + THIN + ISBN, files={"front.jpg": big})
    wrap = geometry()
    picture = drawn(data)
    field = part(picture, wrap.fields[2])
    colours = field.crop((2, 2, field.width - 2, field.height - 2)).getcolors(1000) or []
    assert len(colours) == 1, "nothing but the picture"
    red, green, blue = colours[0][1]  # type: ignore[misc]
    assert green > 150 > red + blue
    assert "Forty pieces" not in text(data)
    assert "Ten years of a small magazine" in text(data)


def test_a_given_cover_is_printed_as_it_is(tmp_path: Path) -> None:
    """A picture of the whole cover is printed to its edges, and nothing over it."""
    size = (round(258 / 25.4 * 300) + 1, round(188 / 25.4 * 300) + 1)
    cover = '[cover]\npicture = "whole.png"\n'
    data = made(tmp_path, BOOK + cover + THIN + ISBN, files={"whole.png": picture_of(size)})
    assert text(data) == ""
    picture = drawn(data).crop((1, 1, 1010, 735))
    assert picture.getcolors(1000) == [(1009 * 734, (0, 160, 0))]


# What is wrong


def test_no_cover_is_made_that_nobody_asks_for(tmp_path: Path) -> None:
    """An edition for no printer, or one that wants none, has no cover."""
    assert wrapped(tmp_path / "a", BOOK + EDITION.replace('printer = "shop"\n', "")) is None
    assert wrapped(tmp_path / "b", BOOK + THIN + "wrap = false\n") is None


@cache
def _few() -> bytes:
    return picture_of((300, 450))


ASKED = "wrap = true\n"


@pytest.mark.parametrize(
    ("settings", "files", "expected"),
    [
        (
            BOOK + EDITION,
            {},
            (
                "K001",
                "warning",
                'the spine\'s width is not known: the edition "print" has no cover',
                "anthology.toml:12",
                'add paper = "thin" or paper = "thick", or spine = "12.4mm", as the printer tells it',
            ),
        ),
        (
            BOOK + EDITION + ASKED,
            {},
            (
                "K001",
                "error",
                'the spine\'s width is not known: the edition "print" has no cover',
                "anthology.toml:12",
                'add paper = "thin" or paper = "thick", or spine = "12.4mm", as the printer tells it',
            ),
        ),
        (
            BOOK + EDITION.replace('printer = "shop"\n', ASKED),
            {},
            (
                "K002",
                "error",
                'the edition "print" asks for a cover, and no printer tells what it must be like',
                "anthology.toml:12",
                'name a printer that takes covers: printer = "kdp"; or delete `wrap`',
            ),
        ),
        (
            BOOK + f'[cover]\nback = "{LONG * 26}"\n' + THIN + ASKED,
            {},
            (
                "K003",
                "error",
                "the text of the back needs 1.2 times the room that it has in the smallest size of type",
                "anthology.toml:9",
                "shorten [cover] back",
            ),
        ),
        (
            BOOK.replace("The River Almanac", LONG * 2) + THIN,
            {},
            (
                "K004",
                "warning",
                "the spine has no room for “The Great Book of Everything That Flows, Falls, Freezes …”, and no words",
                "anthology.toml:1",
                "write a shorter title for it: [cover] spine-title",
            ),
        ),
        (
            BOOK + EDITION + 'spine = "4mm"\n',
            {},
            (
                "K004",
                "warning",
                "the spine is too narrow for a line of type, and has no words",
                "anthology.toml:1",
                "a thicker paper makes it wider; books as thin as this do without",
            ),
        ),
        (
            BOOK.replace("The River Almanac", LONG * 12) + '[cover]\nspine-title = "Rivers"\n' + THIN,
            {},
            (
                "K005",
                "warning",
                "the front has no room for all of this: “The Great Book of Everything That Flows, …”",
                "anthology.toml:3",
                "make it shorter",
            ),
        ),
        (
            BOOK + 'cover = "front.png"\n' + THIN + ASKED,
            {},
            ("K006", "error", 'there is no cover picture "front.png"', "anthology.toml:8", ""),
        ),
        (
            BOOK + '[cover]\npicture = "whole.png"\n' + THIN + ASKED,
            {"whole.png": _few()},
            (
                "K006",
                "error",
                'the cover picture "whole.png" has another shape than the cover: 300 × 450 pixels',
                "anthology.toml:9",
                "make it 258.0 × 188.0 mm with the bleed, or 3048 × 2221 pixels at 300 an inch",
            ),
        ),
        (
            BOOK + 'cover = "front.png"\n' + THIN,
            {"front.png": _few()},
            (
                "K007",
                "warning",
                'the cover picture "front.png" is printed with 61 pixels per inch, and 300 are asked for',
                "anthology.toml:8",
                "best is 124.0 × 188.0 mm with the bleed, or 1465 × 2221 pixels at 300 an inch",
            ),
        ),
        (
            BOOK + THIN + ASKED,
            {"printers/shop.toml": PRINTER.replace('["rgb", "cmyk"]', '["cmyk"]').encode()},
            (
                "K008",
                "error",
                'the cover of the edition "print" is printed in CMYK, and no colour profile of the press is named',
                "anthology.toml:9",
                'add icc = "profiles/….icc": the printer tells which, and where it is to be had',
            ),
        ),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_what_is_wrong_is_said(
    tmp_path: Path, settings: str, files: dict[str, bytes], expected: tuple[str, ...]
) -> None:
    """Each fault is told with its line, and with what to do about it."""
    assert expected in told(wrapped(tmp_path, settings, files=files))
