"""Editions in black alone and in four inks: what is printed with what, read back by programs that we did not write."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pymupdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from press_profile import cmyk_profile
from pressroom import document, set_documents, sheet
from reading_back import broken_rules

from anthology.cache import Cache
from anthology.leaves import FramesTask, LeafTask, Sheet
from anthology.typeset.separation.inks import Colour, inks_for

# The ways in which a sheet is printed otherwise than it looks on a screen.
WAYS: dict[str, dict[str, Any]] = {
    "gray": {"colour": "gray"},
    "gray, flat": {"colour": "gray", "flat": True},
    "four inks": {"colour": "cmyk", "icc": cmyk_profile()},
    "four inks, flat": {"colour": "cmyk", "icc": cmyk_profile(), "flat": True},
}
# Operators and names of colours that only a screen has.
SCREEN = {"rg", "RG", "/DeviceRGB", "/lab-d50", "/lab-d65", "/CalRGB", "/Lab"}
SOLID = {("g", 0.0), ("g", 1.0), ("k", 0.0, 0.0, 0.0, 1.0), ("k", 0.0, 0.0, 0.0, 0.0)}

DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100" viewBox="0 0 200 100">
<defs>
<linearGradient id="g"><stop offset="0" stop-color="#0f0" stop-opacity="0"/><stop offset="1" stop-color="#00f"/></linearGradient>
<radialGradient id="r"><stop offset="0" stop-color="#0a0"/><stop offset="1" stop-color="#ff0"/></radialGradient>
<pattern id="p" width="10" height="10" patternUnits="userSpaceOnUse"><circle cx="5" cy="5" r="4" fill="#c06"/></pattern>
</defs>
<rect width="60" height="40" fill="url(#g)"/><circle cx="100" cy="20" r="20" fill="url(#r)"/>
<rect x="130" width="60" height="40" fill="url(#p)"/>
<g opacity=".5"><rect y="50" width="60" height="40" fill="#036"/><text x="5" y="70" fill="#c00">Words</text></g>
<rect x="70" y="50" width="40" height="40" fill="#a00" fill-opacity=".4" stroke="#333" stroke-width=".5"/>
</svg>"""


def data_address(kind: str, data: bytes) -> str:
    """Write a picture into an address."""
    return f"data:image/{kind};base64,{base64.b64encode(data).decode()}"


def stored(picture: Image.Image, kind: str, **how: Any) -> str:
    """Store a picture, and write it into an address."""
    file = BytesIO()
    picture.save(file, kind, **how)
    return data_address(kind, file.getvalue())


@cache
def motley() -> str:
    """Write a page that has everything that the engine can draw."""
    slope = Image.linear_gradient("L").resize((64, 48))
    photograph = Image.merge("RGB", (slope, slope.transpose(Image.Transpose.ROTATE_180), slope))
    palette = Image.new("P", (20, 20), 1)
    palette.putpalette([0, 0, 0, 30, 60, 200])
    palette.paste(0, (0, 0, 10, 10))
    pictures = [
        stored(photograph, "jpeg"),
        stored(photograph, "png"),
        stored(Image.new("RGBA", (20, 20), (200, 30, 30, 128)), "png"),
        stored(Image.new("LA", (20, 20), (90, 100)), "png"),
        stored(palette, "png"),
        stored(Image.new("1", (20, 20)), "png"),
        stored(Image.new("CMYK", (20, 20), (0, 200, 0, 0)), "jpeg"),
        stored(slope, "jpeg"),
        data_address("svg+xml", DRAWING.encode()),
    ]
    shown = "".join(
        f'<img alt="" style="width: 12mm; image-rendering: auto" src="{one}"/>' for one in pictures
    )
    return f"""<h1>Colours</h1>
<p style="color: #7a1f1f; text-decoration: underline">Some, <b style="color: rgba(0, 0, 0, .5)">half</b>,
<i style="color: lab(40% 30 20)">by eye</i>, <i style="color: device-cmyk(0 1 0 0)">by ink</i></p>
<p style="background: #123; color: #fff">On dark, <b style="color: #bbb">lighter</b></p>
<p style="border-top: .5pt solid #777; border-bottom: 3pt solid #777">Rules</p>
<p style="border: .5pt solid #555">A frame</p>
<div style="background: linear-gradient(90deg, #0a3, #fd0); height: 10pt"></div>
<div style="background: rgba(200, 0, 0, .5); height: 10pt"></div>
<div style="opacity: .5; background: #00f"><p>Whole, {shown[: shown.index("/>") + 2]}</p></div>
<div style="box-shadow: 0 0 5pt #333; height: 5pt"></div>
<p>{shown}</p>"""


def printed(body: str, styles: str = "", **values: Any) -> bytes:
    """Print one article."""
    # No line in the margins: what a test draws is all there is.
    styles += "@page { @bottom-center { content: none } }"
    return set_documents([document("a", body)], sheet(styles, 100, 150, **values)).bound()


@cache
def motley_printed(way: str) -> bytes:
    """Print the page that has everything."""
    return printed(motley(), **WAYS[way])


def streams(data: bytes) -> Iterator[tuple[pikepdf.Object, pikepdf.Object | None]]:
    """Give what a file draws with: pages, groups, patterns and pictures, the latter with nothing beside them."""
    with pikepdf.open(BytesIO(data)) as pdf:
        for page in pdf.pages:
            page.contents_coalesce()
            yield page.Contents, page.obj
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Stream) and (
                thing.get("/Subtype") in {"/Form", "/Image"} or "/PatternType" in thing
            ):
                yield thing, None


def instructions(data: bytes) -> Iterator[tuple[str, list[Any]]]:
    """Give every operator of a file with its operands."""
    for stream, page in streams(data):
        if page is None and stream.get("/Subtype") == "/Image":
            continue
        for instruction in pikepdf.parse_content_stream(stream):
            yield str(instruction.operator), list(instruction.operands)


@pytest.mark.parametrize("way", WAYS)
def test_no_colour_of_a_screen_is_left(way: str) -> None:
    """Operators, pictures, gradients and groups are all in the inks of the press."""
    data = motley_printed(way)
    found = {operator for operator, _ in instructions(data)} & SCREEN
    with pikepdf.open(BytesIO(data)) as pdf:
        plain = [thing for thing in pdf.objects if not isinstance(thing, pikepdf.Stream)]
        dictionaries = [
            thing.stream_dict if isinstance(thing, pikepdf.Stream) else thing for thing in pdf.objects
        ]
        text = " ".join(thing.unparse(resolved=False).decode("latin-1") for thing in (*plain, *dictionaries))
        found |= {name for name in SCREEN if name.startswith("/") and re.search(rf"{name}\b", text)}
        if "gray" in way:
            found |= set(re.findall(r"/DeviceCMYK\b", text))
    assert not found
    assert "/ICCBased" not in text


@pytest.mark.parametrize("way", WAYS)
def test_text_is_solid(way: str) -> None:
    """Whatever colour, lightness or opacity text has, it is printed with all of the black, or left bare."""
    seen = set()
    for stream, page in streams(motley_printed(way)):
        if page is None and stream.get("/Subtype") == "/Image":
            continue
        stack: list[tuple[tuple[Any, ...], str]] = []
        colour: tuple[Any, ...] = ("g", 0.0)
        alpha = ""
        for instruction in pikepdf.parse_content_stream(stream):
            operator, operands = str(instruction.operator), instruction.operands
            if operator == "q":
                stack.append((colour, alpha))
            elif operator == "Q":
                colour, alpha = stack.pop()
            elif operator in {"g", "k", "scn"}:
                # The name of a pattern is no number, and no text may have one.
                colour = (operator, *(value if operator == "scn" else float(value) for value in operands))
            elif operator == "gs" and str(operands[0]).startswith("/a"):
                alpha = str(operands[0])
            elif operator == "TJ":
                seen.add(colour)
                assert alpha in {"", "/a1", "/a1.0"}
    assert seen
    assert seen <= SOLID


@pytest.mark.parametrize("way", ["gray, flat", "four inks, flat"])
def test_nothing_is_transparent(way: str) -> None:
    """Where a printer wants none, no state, group, mask or blending is left in the file."""
    with pikepdf.open(BytesIO(motley_printed(way))) as pdf:
        for thing in pdf.objects:
            entries = thing.stream_dict if isinstance(thing, pikepdf.Stream) else thing
            if not isinstance(entries, pikepdf.Dictionary):
                continue
            assert not {"/SMask", "/Group", "/BM", "/ca", "/CA"} & set(entries.keys())
            assert not list(entries.get("/ExtGState", {}).keys())
    assert "gs" not in {operator for operator, _ in instructions(motley_printed(way))}


@pytest.mark.parametrize("colour", ["rgb", *WAYS])
def test_pictures_are_not_smoothed(colour: str) -> None:
    """No picture asks a viewer to invent what lies between its pixels, which PDF/A forbids, wherever it is used."""
    data = motley_printed(colour) if colour in WAYS else printed(motley())
    asked = [
        bool(stream["/Interpolate"])
        for stream, page in streams(data)
        if page is None and "/Interpolate" in stream
    ]
    assert asked
    assert not any(asked)


def open_pdf(data: bytes) -> pymupdf.Document:
    """Open a file with a program that is not ours."""
    return pymupdf.open(stream=data, filetype="pdf")


def pixels(data: bytes, dpi: int = 96) -> Image.Image:
    """Draw the first page as another program does."""
    with open_pdf(data) as pdf:
        seen = pdf[0].get_pixmap(dpi=dpi)
        return Image.frombytes("RGB", (seen.width, seen.height), seen.samples)


def patch(styles: str) -> str:
    """Write an area that covers the head of a page."""
    return f'<div style="height: 40mm; {styles}"></div>'


@pytest.mark.parametrize("colour", ["#c00", "#0a3", "#1144cc", "#fd0", "#888", "#000", "#fff"])
def test_a_grey_is_as_light_as_its_colour(colour: str) -> None:
    """Lightness (L*) of a colour in print is that on the screen, within what 8 bits can say."""
    seen, meant = (
        pixels(printed(patch(f"background: {colour}"), colour=way)).getpixel((100, 100))
        for way in ("gray", "rgb")
    )
    assert isinstance(seen, tuple)
    assert isinstance(meant, tuple)
    assert max(seen) - min(seen) <= 1
    assert lightness(seen) == pytest.approx(lightness(meant), abs=1.5)


def lightness(pixel: tuple[int, ...]) -> float:
    """Give L* of a pixel in sRGB."""
    parts = [(value / 255 + 0.055) / 1.055 if value > 10 else 0 for value in pixel]
    light = sum(part * share**2.4 for part, share in zip((0.2126, 0.7152, 0.0722), parts, strict=True))
    return float(116 * light ** (1 / 3) - 16 if light > 0.008856 else 903.3 * light)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kind", ["jpeg", "png"])
def test_a_tint_matches_a_picture_of_its_colour(way: str, kind: str) -> None:
    """An area and a picture of one colour have the same inks, so that one may continue the other."""
    colours = [(200, 40, 90), (30, 60, 200), (128, 128, 128), (0, 0, 0), (254, 254, 254)]
    body = ""
    for colour in colours:
        source = stored(
            Image.new("RGB", (9, 9), colour), kind, **({"quality": 100} if kind == "jpeg" else {})
        )
        body += f'<div style="background: rgb{colour}; height: 9mm"></div><img alt="" src="{source}"/>'
    data = printed(body, **WAYS[way])
    areas: list[tuple[float, ...]] = []
    pictures: list[tuple[float, ...]] = []
    colour_in_force: tuple[float, ...] = ()
    with pikepdf.open(BytesIO(data)) as pdf:
        named = pdf.pages[0].Resources.XObject
        for operator, operands in instructions(data):
            if operator in {"g", "k"}:
                colour_in_force = tuple(map(float, operands))
            elif operator == "f":
                areas.append(colour_in_force)
            elif operator == "Do":
                picture = named[str(operands[0])]
                assert isinstance(picture, pikepdf.Stream)
                seen = pikepdf.PdfImage(picture).as_pil_image().getpixel((4, 4))
                pictures.append(seen if isinstance(seen, tuple) else (seen or 0,))
    assert len(areas) == len(pictures) == len(colours)
    for area, pixel in zip(areas, pictures, strict=True):
        # Black alone may be written in either space.
        inks = (1 - area[3],) if len(area) > len(pixel) else area
        # A JPEG is off by one or two before anything is done to it.
        assert [value / 255 for value in pixel] == pytest.approx(inks, abs=0.02)


def test_inks_of_a_picture_are_not_turned_over() -> None:
    """What is light in a JPEG of four inks is light when another program draws it."""
    source = stored(Image.new("RGB", (40, 40), (250, 235, 120)), "jpeg", quality=100)
    body = f'<img alt="" src="{source}" style="display: block; height: 30mm; width: 60mm"/>'
    seen = pixels(printed(body, **WAYS["four inks"])).getpixel((100, 60))
    assert isinstance(seen, tuple)
    assert seen[0] > 220
    assert seen[2] < 170


def test_neutral_colours_are_black_alone() -> None:
    """No grey or black is mixed of four inks, which would have to meet exactly; white is no ink at all."""
    inks = inks_for("cmyk", cmyk_profile())
    tints = [inks.of(Colour("rgb", (value / 255,) * 3)).values for value in range(256)]
    assert {tint[:3] for tint in tints} == {(0.0, 0.0, 0.0)}
    assert tints[0][3] == 1
    assert tints[255][3] == 0
    assert all(darker[3] >= lighter[3] for darker, lighter in pairwise(tints))
    line = Image.new("RGB", (9, 9), (255, 255, 255))
    line.paste((0, 0, 0), (0, 4, 9, 5))
    line.paste((200, 0, 0), (0, 8, 9, 9))
    drawn = inks.picture(line)
    assert drawn.getpixel((4, 4)) == (0, 0, 0, 255)
    assert drawn.getpixel((4, 0)) == (0, 0, 0, 0)
    assert inks.of(Colour("cmyk", (0.2, 0.4, 0.6, 0.1))).values == (0.2, 0.4, 0.6, 0.1)


def test_photographs_stay_jpegs() -> None:
    """What came as a JPEG is stored as one, without coarser colours; what came without loss has none after."""
    with pikepdf.open(BytesIO(motley_printed("four inks"))) as pdf:
        pictures = [
            thing for thing in pdf.objects if isinstance(thing, pikepdf.Stream) and thing.get("/Width") == 64
        ]
        kinds = {(str(one["/Filter"]), str(one["/ColorSpace"])) for one in pictures}
        assert kinds == {
            ("/DCTDecode", "/DeviceCMYK"),
            ("/DCTDecode", "/DeviceGray"),
            ("/FlateDecode", "/DeviceCMYK"),
        }
        for one in pictures:
            if one["/Filter"] == "/DCTDecode" and one["/ColorSpace"] == "/DeviceCMYK":
                with Image.open(BytesIO(one.read_raw_bytes())) as stored_again:
                    sampling = {part[1:3] for part in stored_again.layer}  # type: ignore[attr-defined]
                assert sampling == {(1, 1)}


@pytest.mark.parametrize(
    ("styles", "colour"),
    [
        ("border-top: .5pt solid #777", 0),
        ("border: 1pt solid #555", 0),
        ("border-top: 4pt solid #777", 0x77),
        ("border-top: .5pt solid #ddd", 0xDD),
    ],
)
def test_dark_hairlines_are_solid(styles: str, colour: int) -> None:
    """A thin rule is not broken up into dots, as tints are; a thick one may be a tint, and a light one is meant so."""
    data = printed(f'<p style="{styles}">x</p>', colour="gray")
    greys = [round(float(operands[0]) * 255) for operator, operands in instructions(data) if operator == "g"]
    assert sorted(set(greys)) == sorted({0, colour})


@pytest.mark.parametrize(
    ("ground", "text", "grey"),
    [
        ("#fff", "#bbb", 0),
        ("#fff", "#fff", 1),
        ("#123", "#bbb", 1),
        ("#123", "#000", 0),
        ("#fd0", "#c00", 0),
        ("#000", "rgba(255, 255, 255, .6)", 1),
        ("linear-gradient(#003, #036)", "#9cf", 1),
    ],
)
def test_light_text_on_a_dark_ground_stays_paper(ground: str, text: str, grey: int) -> None:
    """Words remain to be read: black on what is light, bare on what is dark."""
    data = printed(f'<p style="background: {ground}; color: {text}">Words</p>', colour="gray")
    colour = None
    for operator, operands in instructions(data):
        if operator == "g":
            colour = float(operands[0])
        elif operator == "TJ":
            assert colour == grey
            return
    raise AssertionError("no text was printed")


@pytest.mark.parametrize(
    "body",
    [
        patch("background: rgba(200, 0, 0, .5)"),
        f'<div style="opacity: .4">{patch("background: #00f")}</div>',
        patch(
            "background: linear-gradient(90deg, rgba(0, 80, 0, 0), rgba(0, 80, 0, .8) 50%, #fff 50%, #00f)"
        ),
        f'<img alt="" src="{stored(Image.new("RGBA", (9, 9), (0, 0, 200, 77)), "png")}" style="width: 60mm"/>',
        f'<img alt="" src="{stored(Image.new("RGB", (9, 9), (0, 99, 200)), "jpeg")}" style="width: 60mm; opacity: .3"/>',
        f'<img alt="" src="{data_address("svg+xml", DRAWING.encode())}" style="width: 80mm"/>',
        '<div style="margin: 9mm; box-shadow: 0 0 6mm #036; height: 20mm"></div>',
        patch("background: rgba(200, 0, 0, 0)"),
        f'<div style="background: #fd0">{patch("background: rgba(0, 0, 200, .5)")}</div>',
    ],
)
def test_flat_pages_look_as_they_did(body: str) -> None:
    """What was transparent before white paper, or before one colour, looks the same when nothing is."""
    before, after = pixels(printed(body), 48), pixels(printed(body, flat=True), 48)
    differences = [
        max(abs(a - b) for a, b in zip(one, other, strict=True))
        for one, other in zip(before.get_flattened_data(), after.get_flattened_data(), strict=True)
    ]
    # Edges, and those of what is repeated most, fall on pixels a little otherwise.
    assert sorted(differences)[int(len(differences) * 0.98)] <= 6


def test_what_cannot_be_worked_out_is_told() -> None:
    """Of a mask that is a drawing of its own an editor hears, and what it hid is printed."""
    masked = DRAWING.replace(
        "</defs>", '<mask id="m"><circle cx="9" cy="9" r="9" fill="#888"/></mask></defs>'
    )
    masked = masked.replace('<rect width="60"', '<rect mask="url(#m)" width="60"')
    body = f'<img alt="" src="{data_address("svg+xml", masked.encode())}"/>'
    leaf = set_documents([document("a", body)], sheet(flat=True)).typeset.leaves["a"]
    assert "a mask cannot be printed without transparency: what it hides is printed" in leaf.complaints


def test_one_picture_is_flattened_for_each_opacity() -> None:
    """A picture that is printed whole in one place and faint in another is both, each in its place."""
    source = stored(Image.new("RGB", (9, 9), (0, 0, 0)), "png")
    image = '<img alt="" src="{}" style="display: block; width: 60mm; height: 20mm; opacity: {}"/>'
    seen = pixels(printed(image.format(source, 1) + image.format(source, 0.5), colour="gray", flat=True))
    assert seen.getpixel((100, 60)) == (0, 0, 0)
    faint = seen.getpixel((100, 140))
    assert isinstance(faint, tuple)
    assert faint[0] == pytest.approx(128, abs=2)


NUMBER = st.floats(0, 1).map(lambda value: f"{value:.3f}")
SETTINGS = st.one_of(
    st.tuples(NUMBER, st.sampled_from(["g", "G"])).map(" ".join),
    st.tuples(NUMBER, NUMBER, NUMBER, st.sampled_from(["rg", "RG"])).map(" ".join),
    st.tuples(NUMBER, NUMBER, NUMBER, NUMBER, st.sampled_from(["k", "K"])).map(" ".join),
    st.sampled_from(["/lab-d50 cs\n50 20 -30 scn", "/DeviceCMYK CS\n0 1 0 0 SCN", "/lab-d65 CS\n9 9 9 SC"]),
    st.sampled_from(["/half gs", "/all gs", "q", "Q", "2 0 0 2 5 5 cm", ".3 w", "30 w"]),
)
PAINTING = st.sampled_from(
    [
        "0 0 9 9 re\nf",
        "0 0 9 .2 re\nf*",
        "1 1 m\n9 9 l\nS",
        "0 0 9 9 re\nW\nn",
        "0 0 9 9 re\nB",
        "BT\n[<01>] TJ\nET",
    ]
)


@given(items=st.lists(st.one_of(SETTINGS, PAINTING), max_size=40), way=st.sampled_from(sorted(WAYS)))
@settings(max_examples=100, deadline=None)
def test_any_content_is_separated(items: list[str], way: str) -> None:
    """In whatever order colours are set and things painted, no colour of a screen is left, and text is solid."""
    from anthology.typeset.separation.content import rewritten
    from anthology.typeset.separation.drawing import File, Names, Way
    from anthology.typeset.separation.graphics import State
    from anthology.typeset.separation.grounds import Grounds

    given_way = WAYS[way]
    inks = inks_for(given_way["colour"], given_way.get("icc", b""))
    resources = {"ExtGState": {"half": {"ca": 0.5, "CA": 0.5}, "all": {"ca": 1, "CA": 1}}}
    names = Names(File(None), resources, Way(inks, bool(given_way.get("flat"))))
    lines = [line.encode() for item in items for line in item.split("\n")]
    made = rewritten(lines, names, State(), Grounds())
    colour: tuple[Any, ...] = ("g", 0.0)
    stack: list[tuple[Any, ...]] = []
    for line in made:
        *operands, operator = line.decode().split()
        assert operator not in {"rg", "RG", "cs", "CS", "sc", "SC", "scn", "SCN"}
        assert operator != "gs" or not given_way.get("flat")
        if operator == "q":
            stack.append(colour)
        elif operator == "Q" and stack:
            colour = stack.pop()
        elif operator in {"g", "k"}:
            colour = (operator, *map(float, operands))
        elif operator == "TJ":
            assert colour in SOLID
    painting = (b"f", b"f*", b"S", b"n", b"B", b"[<01>] TJ")
    assert [line for line in made if line in painting] == [line for line in lines if line in painting]


def test_an_old_archive_has_nothing_transparent(tmp_path: Path) -> None:
    """PDF/A-1b, which knows no transparency, is kept to by the page that has everything."""
    book = tmp_path / "book.pdf"
    # The archive's own colours are those of a screen, so inks have no place in it.
    inkless = motley().replace("device-cmyk(0 1 0 0)", "#f09")
    inkless = re.sub(r"<img[^>]*jpeg;base64,[^>]*>", "", inkless)
    book.write_bytes(printed(inkless, variant="pdf/a-1b"))
    assert broken_rules(("1b", book)) == [{}]


@pytest.mark.parametrize(
    ("colour", "icc", "told"),
    [
        ("cmyk", b"", "an edition in four inks needs the profile of the press that prints it"),
        ("cmyk", b"no profile", "the colour profile cannot be read: cannot open profile from string"),
        ("gray", b"no profile", "the colour profile cannot be read: cannot open profile from string"),
    ],
)
def test_a_profile_that_does_not_fit_is_refused(colour: str, icc: bytes, told: str) -> None:
    """Inks are not guessed."""
    with pytest.raises(ValueError, match=re.escape(told)):
        inks_for(colour, icc)


def test_a_stamp_is_on_every_page() -> None:
    """A proof says so on every page, blank ones and those without furniture too, and keeps its page numbers."""
    styles = """
    @page { @bottom-center { content: none } margin: 14mm 16mm }
    @page :left { @top-left { content: counter(page) } }
    @page :right { @top-right { content: counter(page) } @right-top { content: "edge" } }
    @page :blank { @top-left { content: none } }
    @page front { @top-right { content: none } }
    """
    documents = [document("half", "<p>x</p>", "front"), document("a", "<p>y</p>"), document("b", "<p>z</p>")]
    stamped: Sheet = sheet(styles, 120, 90, stamp='PROOF "1"')
    with open_pdf(set_documents(documents, stamped, start="recto").bound()) as pdf:
        texts = [page.get_text().split() for page in pdf]
        edges = [page.search_for("PROOF")[0] for page in pdf]
        width = pdf[0].rect.width
    assert [text.count("PROOF") for text in texts] == [1] * len(texts)
    assert all('"1"' in text for text in texts)
    assert "1" in texts[2]
    # Outside: at the right of a right page.
    assert [edge.x0 > width / 2 for edge in edges] == [True, False] * (len(edges) // 2) + [True] * (
        len(edges) % 2
    )


def test_a_proof_takes_the_pages_of_the_book(tmp_path: Path) -> None:
    """Only what stands in the margins is set anew for a proof, and the book does not get its stamp."""
    styles = "@page { margin: 14mm 16mm }"
    cache, documents = Cache(tmp_path), [document("a", "<p>y</p>")]
    asked = []
    for stamp in ("", "DRAFT", ""):
        book = set_documents(documents, sheet(styles, 120, 90, stamp=stamp), cache)
        asked.append({type(task) for task in book.asked.tasks} & {FramesTask, LeafTask})
        with open_pdf(book.bound()) as pdf:
            assert ("DRAFT" in pdf[0].get_text()) is bool(stamp)
    assert asked == [{FramesTask, LeafTask}, {FramesTask}, set()]


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_a_stamp_is_one_line_that_covers_nothing(direction: str) -> None:
    """In a margin that is no wider than a thumb it stands upright in one line, beside the text and off the edge."""
    styles = "@page { margin: 14mm 9mm; @top-left { content: counter(page) } @top-right { content: 'Head' } }"
    stamped: Sheet = sheet(styles, 120, 90, stamp="Draft — not for publication", direction=direction)
    documents = [document("a", f"<p>{'words ' * 400}</p>")]
    with open_pdf(set_documents(documents, stamped).bound()) as pdf:
        assert len(pdf) > 2
        for page in pdf:
            lines = [line for block in page.get_text("dict")["blocks"] for line in block["lines"]]
            texts = ["".join(span["text"] for span in line["spans"]).strip() for line in lines]
            (stamp,) = [
                line for line, text in zip(lines, texts, strict=True) if text == "Draft — not for publication"
            ]
            assert stamp["dir"] == (0.0, 1.0)
            box = pymupdf.Rect(stamp["bbox"])
            assert page.rect.contains(box)
            assert not [
                text
                for line, text in zip(lines, texts, strict=True)
                if line is not stamp and box.intersects(line["bbox"])
            ]


def test_a_profile_for_greys_is_printed_with() -> None:
    """A press that says how dark its tints come out gets lighter ones for the same look; black and paper stay."""
    from anthology.typeset.separation.profiles import grey

    # The same file, with every tint as dark as one of twice the ink: a curve of light that falls faster.
    profile = grey()
    begin = profile.index(b"curv\0\0\0\0") + 12
    curve = [round((place / 1023) ** 4 * 65535) for place in range(1024)]
    darker = profile[:begin] + b"".join(value.to_bytes(2, "big") for value in curve) + profile[begin + 2048 :]
    plain, pressed = inks_for("gray", b""), inks_for("gray", darker)
    for value in (0.2, 0.5, 0.8):
        colour = Colour("rgb", (value,) * 3)
        assert pressed.of(colour).values[0] > plain.of(colour).values[0] + 0.05
    for end in (0.0, 1.0):
        assert pressed.of(Colour("rgb", (end,) * 3)).values == (end,)


def test_pages_for_paper_alone_have_no_structure_and_reach_beyond_the_trim() -> None:
    """A sheet tells the engine what it must know of paper: the bleed on every side, the least margins, no tags."""
    styles = "body { margin-left: var(--gutter); margin-right: var(--safety) }"
    pages = sheet(styles, 100, 150, gutter=20.0, safety=10.0, bleed=3.0, tagged=False)
    set_book = set_documents([document("a", "<p>Words</p>")], pages)
    body = set_book.typeset.leaves["a"].open()
    assert not body.tops
    assert not body.keys
    left, bottom, right, top = body.pages[0].boxes["MediaBox"]
    points = 72 / 25.4
    assert (left, bottom) == pytest.approx((-3 * points, -3 * points), abs=0.01)
    assert (right, top) == pytest.approx((103 * points, 153 * points), abs=0.01)
    # Six millimetres of margin, then the gutter, and half a millimetre into which a justified line may reach.
    with open_pdf(printed("<p>Words</p>", styles, gutter=20.0, safety=10.0)) as pdf:
        assert pdf[0].search_for("Words")[0].x0 == pytest.approx(26.5 * points, abs=0.5)
