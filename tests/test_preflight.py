"""The preflight: each rule finds what breaks it, names page and object, and lets the rest pass."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from random import Random
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream
from printed import (
    MM,
    POINTS,
    Change,
    as_archive,
    as_press,
    as_screen,
    draws,
    make_pdf,
    picture,
    press_profile,
    with_metadata,
)

from anthology.printers import PROFILES, Profile, load_profile
from anthology.problems import Problem
from anthology.verify.preflight import examine, preflight, report, rules_of
from anthology.verify.preflight.codes import CODES
from anthology.verify.preflight.rules import RULES

# What makes the small book fit for a profile.
FIT: dict[str, tuple[Change, ...]] = {"screen": (as_screen,), "archive": (as_archive,), "press": (as_press,)}


def profile(name: str, **values: Any) -> Profile:
    """Give a packaged profile with some values changed."""
    return replace(load_profile(name, {}), **values)


def told(problems: tuple[Problem, ...]) -> list[str]:
    """Write problems as code and message."""
    return [f"{problem.code} {problem.message}" for problem in problems]


def found(name: str, *changes: Change, **values: Any) -> list[str]:
    """Make the small book fit for a profile, change it, and tell what its preflight finds."""
    return told(preflight(make_pdf(*FIT.get(name, ()), *changes), profile(name, **values)))


@pytest.mark.parametrize("name", PROFILES)
def test_a_file_passes_the_preflight_of_the_profile_it_was_made_for(name: str) -> None:
    """A profile's own file has nothing to mend."""
    assert found(name) == []


@pytest.mark.parametrize(
    ("made_for", "held_against", "codes"),
    [
        ("kdp", "screen", {"V034", "V039"}),
        ("kdp", "archive", {"V034", "V039"}),
        ("kdp", "press", {"V016", "V033", "V034", "V035"}),
        ("screen", "archive", {"V034"}),
        ("press", "kdp", {"V019"}),
        ("press", "ingram", {"V019"}),
        ("press", "screen", {"V034", "V039"}),
    ],
)
def test_a_file_fails_the_preflight_of_another_where_rules_differ(
    made_for: str, held_against: str, codes: set[str]
) -> None:
    """Profiles are not alike: what differs is found, by its code."""
    problems = preflight(make_pdf(*FIT.get(made_for, ())), profile(held_against))
    assert {problem.code for problem in problems} == codes


def on_page(page: int, change: Any) -> Change:
    """Change one page."""
    return lambda pdf: change(pdf.pages[page - 1].obj)


def state(**parameters: object) -> Change:
    """Let page 3 set a graphics state."""
    return draws(b"/G1 gs", ExtGState={"/G1": Dictionary(**parameters)})


def image(space: object, components: int, pixels: tuple[int, int], inches: float, **keys: object) -> Change:
    """Let page 3 show a picture, so many inches wide and high."""
    side = inches * POINTS

    def resources(pdf: Pdf) -> dict[str, object]:
        return {"/Im1": picture(pdf, space, pixels, components, **keys)}

    return draws(f"q {side} 0 0 {side} 100 200 cm /Im1 Do Q".encode(), XObject=resources)


def form(content: bytes, **keys: object) -> Change:
    """Let page 3 show a form that lies in another."""

    def resources(pdf: Pdf) -> dict[str, object]:
        inner = Stream(pdf, content, Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 432, 648], **keys)
        outer = Stream(
            pdf,
            b"/Inner Do",
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=[0, 0, 432, 648],
            Resources=Dictionary(XObject=Dictionary(Inner=pdf.make_indirect(inner))),
        )
        return {"/Outer": pdf.make_indirect(outer)}

    return draws(b"/Outer Do", XObject=resources)


def rgb_profile(pdf: Pdf) -> dict[str, object]:
    """Make a colour space of an ICC profile with three components."""
    return {"/Space": Array([Name.ICCBased, Stream(pdf, press_profile(b"RGB"), N=3)])}


def spot(name: str, alternate: Name) -> Array:
    """Make the space of a spot ink."""
    count = {"/DeviceRGB": 3, "/DeviceCMYK": 4, "/DeviceGray": 1}[str(alternate)]
    tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0] * count, C1=[1] * count, N=1)
    return Array([Name.Separation, Name(name), alternate, tint])


def note(kind: Name, **keys: object) -> Change:
    """Lay an annotation over page 3."""
    annotation = Dictionary(Type=Name.Annot, Subtype=kind, Rect=[90, 90, 100, 100], **keys)
    return on_page(3, lambda page: page.__setattr__("Annots", Array([annotation])))


def tiles(content: bytes) -> Change:
    """Let page 3 be painted with a pattern of tiles."""

    def resources(pdf: Pdf) -> dict[str, object]:
        keys = {
            "PatternType": 1,
            "PaintType": 1,
            "TilingType": 1,
            "BBox": [0, 0, 9, 9],
            "XStep": 9,
            "YStep": 9,
        }
        return {"/P1": pdf.make_indirect(Stream(pdf, content, Resources=Dictionary(), **keys))}

    return draws(b"/Pattern cs /P1 scn 100 200 50 50 re f", Pattern=resources)


def unembedded(pdf: Pdf) -> None:
    """Write page 3 in one of the fourteen standard fonts, and page 4 in a composite font; neither is in the file."""
    standard = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    inner = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=Name("/ABCDEF+Gothic"),
        FontDescriptor=Dictionary(Type=Name.FontDescriptor, Flags=4),
    )
    composite = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=Name("/ABCDEF+Gothic"),
        Encoding=Name("/Identity-H"),
        DescendantFonts=[inner],
        ToUnicode=Stream(pdf, b""),
    )
    draws(b"", 3, Font={"/F2": standard})(pdf)
    draws(b"", 4, Font={"/F3": composite})(pdf)


def glyphs(content: bytes, **keys: object) -> Change:
    """Give page 3 a font whose glyphs are drawn (Type 3), without the letters that they are."""

    def resources(pdf: Pdf) -> dict[str, object]:
        font = Dictionary(
            Type=Name.Font,
            Subtype=Name.Type3,
            Name=Name("/Ornaments"),
            FontBBox=[0, 0, 9, 9],
            FontMatrix=[0.001, 0, 0, 0.001, 0, 0],
            CharProcs=Dictionary(a=Stream(pdf, content)),
            **keys,
        )
        return {"/F4": pdf.make_indirect(font)}

    return draws(b"", Font=resources)


def media(left: float, bottom: float, right: float, top: float, box: str = "/MediaBox") -> Change:
    """Set a box of page 3, in points."""
    return on_page(3, lambda page: page.__setitem__(box, Array([left, bottom, right, top])))


def each_page(change: Any) -> Change:
    """Change all pages: the page and its number from 1."""

    def all_of_them(pdf: Pdf) -> None:
        for number, page in enumerate(pdf.pages, 1):
            change(page.obj, number)

    return all_of_them


def cut(page: pikepdf.Object, _: int) -> None:
    """Put a page on paper with half an inch of room round its trim, as some programs save it."""
    page.TrimBox = Array([0, 0, 432, 648])
    page.BleedBox = Array([0, 0, 432, 648])
    page.MediaBox = Array([-36, -36, 468, 684])


def narrow(page: pikepdf.Object) -> None:
    """Let a page bleed less than it is cut."""
    page.TrimBox = Array([0, 0, 432, 648])
    page.BleedBox = Array([9, 9, 423, 639])


def full_bleed(page: pikepdf.Object, number: int) -> None:
    """Let a page bleed an eighth of an inch on three sides, as KDP asks."""
    left, right = (0, 441) if number % 2 else (-9, 432)
    page.MediaBox = Array([left, -9, right, 657])
    page.TrimBox = Array([0, 0, 432, 648])


BROKEN: list[Any] = [
    ("kdp", lambda pdf: pdf.pages.__delitem__(slice(22, None)), {}, "V013 the book has 22 pages; Amazon KDP, paperback binds no fewer than 24"),
    ("kdp", None, {"pages": (2, 30)}, "V013 the book has 32 pages; Amazon KDP, paperback binds no more than 30"),
    ("kdp", lambda pdf: pdf.pages.__delitem__(31), {}, "V014 the book has 31 pages, which is no multiple of 2"),
    ("ingram", draws(b"100 200 50 50 re f", 32), {}, "V015 page 32: this is the last page, and IngramSpark, paperback wants it blank"),
    ("press", on_page(3, lambda page: page.__delitem__("/TrimBox")), {}, "V016 page 3: does not tell where it is cut (TrimBox)"),
    ("press", media(-90, -9, 441, 657, "/BleedBox"), {}, "V016 page 3: its BleedBox is larger than its MediaBox"),
    ("kdp", on_page(3, narrow), {}, "V016 page 3: its TrimBox is larger than its BleedBox"),
    ("kdp", media(0, 0, 432, 700), {}, "V017 page 3: is 152.4 × 246.9 mm, where others are 152.4 × 228.6 mm"),
    ("kdp", None, {"largest_trim": (140.0, 297.0)}, "V018 pages are 152.4 × 228.6 mm, a size that Amazon KDP, paperback does not take"),
    ("lulu", None, {"trims": ((148.0, 210.0),)}, "V018 pages are 152.4 × 228.6 mm, a size that Lulu, paperback does not take"),
    ("press", media(-MM, -MM, 432 + MM, 648 + MM, "/BleedBox"), {}, "V019 page 3: 154.4 × 230.6 mm with its bleed; 158.4 × 234.6 mm are asked"),
    ("kdp", on_page(3, lambda page: cut(page, 3)), {}, "V019 page 3: 177.8 × 254 mm in the file; 152.4 × 228.6 mm are asked"),
    ("ingram", draws(b"0.5 g 100 200 50 50 re f 1 0 0 rg 100 200 50 50 re f"), {}, 'V024 page 3: is painted in RGB (operator "rg"); IngramSpark, paperback takes grey or CMYK'),
    ("ingram", draws(b"1 0 0 RG"), {}, 'V024 page 3: is painted in RGB (operator "RG"); IngramSpark, paperback takes grey or CMYK'),
    ("ingram", draws(b"/Space cs 1 0 0 sc", ColorSpace=rgb_profile), {}, 'V024 page 3: is painted in RGB (operator "cs"); IngramSpark, paperback takes grey or CMYK'),
    ("ingram", draws(b"/Space cs 1 scn", ColorSpace={"/Space": spot("/Rose", Name.DeviceRGB)}), {}, 'V024 page 3: is painted in RGB (operator "cs"); IngramSpark, paperback takes grey or CMYK'),
    ("ingram", draws(b"/S1 sh", Shading={"/S1": Dictionary(ShadingType=2, ColorSpace=Name.DeviceRGB)}), {}, "V024 page 3: is painted in RGB (a shading); IngramSpark, paperback takes grey or CMYK"),
    ("ingram", tiles(b"1 0 0 rg 0 0 5 5 re f"), {}, 'V024 page 3: is painted in RGB (operator "rg"); IngramSpark, paperback takes grey or CMYK'),
    ("ingram", form(b"1 0 0 rg"), {}, 'V024 page 3: is painted in RGB (operator "rg"); IngramSpark, paperback takes grey or CMYK'),
    ("ingram", glyphs(b"500 0 d0 1 0 0 rg", ToUnicode=Dictionary()), {}, 'V024 page 3: is painted in RGB (operator "rg"); IngramSpark, paperback takes grey or CMYK'),
    ("lulu", draws(b"0 0 0 1 k"), {}, 'V024 page 3: is painted in CMYK (operator "k"); Lulu, paperback takes RGB or grey'),
    ("ingram", image(Name.DeviceRGB, 3, (300, 300), 1), {}, 'V038 page 3: the picture "Im1" (300 × 300 px) is in RGB; IngramSpark, paperback takes grey or CMYK'),
    ("ingram", image(Array([Name.Indexed, Name.DeviceRGB, 0, b"\0\0\0"]), 1, (300, 300), 1), {}, 'V038 page 3: the picture "Im1" (300 × 300 px) is in RGB; IngramSpark, paperback takes grey or CMYK'),
    ("ingram", draws(b"q 1 0 0 1 90 90 cm BI /W 1 /H 1 /CS /RGB /BPC 8 ID \0\0\0 EI Q"), {}, 'V038 page 3: the picture "inline" (1 × 1 px) is in RGB; IngramSpark, paperback takes grey or CMYK'),
    ("kdp", draws(b"0.4 g BT /F1 9 Tf 1 0 0 1 90 300 Tm (Grey) Tj ET"), {}, "V025 page 3: text in 60 % black"),
    ("press", draws(b"0.6 0.4 0.4 1 k BT /F1 9 Tf 1 0 0 1 90 300 Tm (Rich) Tj ET"), {}, "V025 page 3: text in C60 M40 Y40 K100"),
    ("press", draws(b"1 1 1 0.5 k 90 300 9 9 re f"), {}, "V026 page 3: a colour has 350 % of ink; Offset press, PDF/X-4 takes 300 %"),
    ("kdp", image(Name.DeviceGray, 1, (280, 400), 2), {}, 'V023 page 3: the picture "Im1" (280 × 400 px) prints 2.0 in wide at 140 ppi; at the 300 ppi that Amazon KDP, paperback asks for it needs 600 px, has 280'),
    ("kdp", state(ca=0.5), {}, "V027 page 3: has an opacity of 0.5"),
    ("kdp", state(BM=Name.Multiply), {}, "V027 page 3: has the blend mode Multiply"),
    ("kdp", state(SMask=Dictionary(S=Name.Luminosity)), {}, "V027 page 3: has a soft mask"),
    ("kdp", form(b"", Group=Dictionary(S=Name.Transparency)), {}, "V027 page 3: has a transparency group"),
    ("kdp", on_page(3, lambda page: page.__setitem__("/Group", Dictionary(S=Name.Transparency))), {}, "V027 page 3: has a transparency group"),
    ("kdp", note(Name.Link), {}, "V028 page 3: has 1 link"),
    ("kdp", lambda pdf: pdf.Root.__setitem__("/Outlines", Dictionary(First=Dictionary())), {}, "V029 the file has an outline (bookmarks)"),
    ("kdp", lambda pdf: pdf.Root.__setitem__("/OpenAction", Dictionary(S=Name.JavaScript)), {}, "V030 the file runs a script when it is opened"),
    ("lulu", note(Name.Link, A=Dictionary(S=Name.Launch)), {}, "V030 page 3: runs a script"),
    ("kdp", lambda pdf: pdf.attachments.__setitem__("notes.txt", b"Notes"), {}, "V031 the file has files attached"),
    ("kdp", lambda pdf: pdf.Root.__setitem__("/OCProperties", Dictionary(OCGs=[Dictionary()])), {}, "V032 the file has layers"),
    ("press", lambda pdf: pdf.Root.__delitem__("/OutputIntents"), {}, "V033 the file does not say for which press it is made (OutputIntent)"),
    ("press", lambda pdf: pdf.Root.OutputIntents[0].__delitem__("/DestOutputProfile"), {}, "V033 the file names its press, but does not carry its ICC profile"),
    ("press", lambda pdf: pdf.Root.OutputIntents[0].__setattr__("DestOutputProfile", Stream(pdf, press_profile(b"RGB"), N=3)), {}, "V033 the ICC profile of its press has 3 components: that of a press has 4, or 1 for grey"),
    ("press", lambda pdf: pdf.Root.OutputIntents[0].__setattr__("DestOutputProfile", Stream(pdf, press_profile(b"RGB"), N=4)), {}, "V033 the ICC profile of its press says that it is for RGB, but has 4 components"),
    ("press", lambda pdf: pdf.Root.OutputIntents[0].__setattr__("DestOutputProfile", Stream(pdf, press_profile(kind=b"mntr"), N=4)), {}, "V033 the ICC profile of its press is not that of an output device"),
    ("press", with_metadata(pdfxid__GTS_PDFXVersion="PDF/X-3"), {}, "V034 the file does not claim to keep PDF/X-4 (it claims PDF/X-3)"),
    ("archive", with_metadata(pdfaid__conformance="B"), {}, "V034 the file does not claim to keep PDF/A-3a (it claims PDF/A-3B and PDF/UA-1)"),
    ("press", lambda pdf: pdf.docinfo.__delitem__("/Trapped"), {}, "V035 the file does not tell whether it is trapped (Trapped)"),
    ("screen", lambda pdf: pdf.Root.__delitem__("/Lang"), {}, "V039 the file lacks a language, which screen readers need"),
    ("screen", lambda pdf: pdf.Root.__delitem__("/StructTreeRoot"), {}, "V039 the file lacks tags, which screen readers need"),
    ("kdp", draws(b"BT /F1 9 Tf 1 0 0 1 200 12 Tm (17) Tj ET"), {}, "V036 page 3: the text “17” stands 4.3 mm from the bottom; 6.3 mm are asked"),
    ("kdp", draws(b"BT /F1 9 Tf 1 0 0 1 20 300 Tm (Note) Tj ET"), {}, "V036 page 3: the text “Note” stands 7.1 mm from the spine; 9.5 mm are asked"),
    ("kdp", draws(b"5 300 9 9 re f", 4), {}, "V036 page 4: a line or shape stands 1.8 mm from the edge; 6.3 mm are asked"),
]  # fmt: skip


def named(value: object) -> str | None:
    """Name a case by its words; by its place where they are a function, whose own name no two runs share."""
    return value[:60] if isinstance(value, str) else None


@pytest.mark.parametrize(("name", "change", "values", "message"), BROKEN, ids=named)
def test_a_rule_finds_what_breaks_it_and_nothing_else(
    name: str, change: Change | None, values: dict[str, Any], message: str
) -> None:
    """Each fault of an otherwise good file is told once, with page and object, and no other rule stumbles over it."""
    assert found(name, *([change] if change else []), **values) == [message]


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("kdp", draws(b"1 g BT /F1 9 Tf 1 0 0 1 90 300 Tm (White) Tj ET")),
        ("kdp", draws(b"0.4 g 90 300 9 9 re f")),
        ("kdp", draws(b"q 0.4 g Q BT /F1 9 Tf 1 0 0 1 90 300 Tm (Black again) Tj ET")),
        ("press", draws(b"0 0 0 1 k BT /F1 9 Tf 1 0 0 1 90 300 Tm (Black) Tj ET")),
        ("press", draws(b"/K cs 1 scn BT /F1 9 Tf 1 0 0 1 90 300 Tm (Black) Tj ET", ColorSpace={"/K": spot("/Black", Name.DeviceCMYK)})),
        ("press", draws(b"1 1 1 1 K -20 -3 m -20 -10 l S")),
        ("press", state(ca=0.5)),
        ("kdp", state(ca=1, BM=Name.Normal)),
        ("kdp", image(Name.DeviceGray, 1, (300, 300), 1)),
        ("kdp", image(Name.DeviceGray, 1, (1, 1), 2)),
        ("lulu", note(Name.Link)),
        ("ingram", lambda pdf: pdf.Root.__setitem__("/Outlines", Dictionary(First=Dictionary()))),
        ("kdp", lambda pdf: pdf.Root.__setitem__("/OpenAction", Dictionary(S=Name.GoTo))),
    ],
    ids=named,
)  # fmt: skip
def test_what_no_printer_minds_passes(name: str, change: Change) -> None:
    """White type, tints of shapes, colour marks, what is opaque, pixels that are a mere colour: nothing is told."""
    assert found(name, change) == []


def test_a_soft_mask_of_a_picture_is_named_with_the_picture() -> None:
    """Whoever flattens a file finds the picture."""

    def masked(pdf: Pdf) -> None:
        soft = pdf.make_indirect(picture(pdf, Name.DeviceGray, (300, 300), 1))
        image(Name.DeviceGray, 1, (300, 300), 1, SMask=soft)(pdf)

    assert found("kdp", masked) == ['V027 page 3: has the soft mask of the picture "Im1"']


def test_fonts_that_are_not_in_the_file_are_named() -> None:
    """The fourteen standard fonts and composite fonts are no exception."""
    assert found("kdp", unembedded) == [
        'V021 page 3: the font "Helvetica" is not in the file',
        'V021 page 4: the font "Gothic" is not in the file',
    ]


def test_glyphs_without_letters_are_a_warning() -> None:
    """A font that does not tell its letters prints well, but cannot be searched."""
    problems = preflight(make_pdf(glyphs(b"500 0 d0")), profile("kdp"))
    assert told(problems) == [
        'V022 page 3: the font "Ornaments" does not tell which letters its glyphs are (ToUnicode)'
    ]
    assert problems[0].severity == "warning"


def test_marks_are_found_beside_the_pages() -> None:
    """Where marks are forbidden, they are told instead of the paper that they stand on."""
    mark = b"q 0 G 0.5 w -20 648 m -5 648 l S Q"
    marked = [on_page(3, lambda page: cut(page, 3)), draws(mark)]
    assert found("kdp", *marked) == ["V020 page 3: has printer's marks"]


def test_marks_may_not_reach_into_the_bleed() -> None:
    """On a press, marks stand outside the bleed: one that begins at the trim is found."""
    mark = b"q 0 0 0 1 K 0.25 w -20 648 m 0 648 l S Q"
    assert found("press", draws(mark)) == ["V020 page 3: its printer's marks reach into the bleed"]


def test_pages_that_bleed_are_measured_from_the_cut() -> None:
    """Bleed on three sides, its spine on the right side of each page, passes; a picture may reach into it, text not."""
    bleeding = profile("kdp")
    whole = draws(b"-9 -9 450 300 re f")
    text = draws(b"BT /F1 9 Tf 1 0 0 1 410 400 Tm (Out) Tj ET", 5)
    assert told(preflight(make_pdf(each_page(full_bleed), whole), bleeding, bleed=True)) == []
    assert told(preflight(make_pdf(each_page(full_bleed), text), bleeding, bleed=True)) == [
        "V036 page 5: the text “Out” stands 2.6 mm from the edge; 9.5 mm are asked"
    ]


def test_pages_without_bleed_fail_where_it_is_asked() -> None:
    """A file that is to bleed and does not is told so on every page, folded into one line."""
    problems = preflight(make_pdf(each_page(lambda page, _: page.__setattr__("TrimBox", Array([0, 0, 432, 648])))), profile("kdp"), bleed=True)  # fmt: skip
    assert {problem.code for problem in problems} == {"V019"}
    assert len(problems) == 32
    assert {problem.fold for problem in problems} == {"{count} pages do not bleed as they should"}


def test_the_gutter_widens_with_the_pages() -> None:
    """What clears the spine of a thin book is too near to that of a thick one, on its own side of each page."""
    note = b"BT /F1 9 Tf 1 0 0 1 30 300 Tm (Note) Tj ET"
    assert told(preflight(make_pdf(draws(note, 3), pages=150), profile("kdp"))) == []
    assert told(preflight(make_pdf(draws(note, 3), draws(note, 4), pages=152), profile("kdp"))) == [
        "V036 page 3: the text “Note” stands 10.7 mm from the spine; 12.7 mm are asked"
    ]


def test_two_sides_of_a_page_are_two_places() -> None:
    """What comes too near to two edges of one page is told of as two places, not as two pages."""
    corner = draws(b"BT /F1 9 Tf 1 0 0 1 5 5 Tm (Corner) Tj ET", 4)
    problems = preflight(make_pdf(corner), profile("kdp"))
    assert [problem.code for problem in problems] == ["V036", "V036"]
    assert {problem.fold for problem in problems} == {
        "in {count} places something comes too near to the edge or to the spine"
    }


def test_a_book_that_opens_the_other_way_has_its_spine_there() -> None:
    """In a book read from right to left, the first page lies on the left, and its spine on its right."""

    def reversed_order(pdf: Pdf) -> None:
        pdf.Root.ViewerPreferences = Dictionary(Direction=Name("/R2L"))

    note = b"BT /F1 9 Tf 1 0 0 1 20 300 Tm (Note) Tj ET"
    assert found("kdp", draws(note, 4), reversed_order) == [
        "V036 page 4: the text “Note” stands 7.1 mm from the spine; 9.5 mm are asked"
    ]


def test_pages_are_called_as_they_are_numbered() -> None:
    """A page is named by its place in the file, and by its printed number where that is another."""

    def roman(pdf: Pdf) -> None:
        pdf.Root.PageLabels = Dictionary(Nums=[0, Dictionary(S=Name.r), 4, Dictionary(S=Name.D)])

    problems = preflight(make_pdf(roman, note(Name.Link)), profile("kdp"), path="book.pdf")
    assert [(each.message, each.origin.path, each.origin.line) for each in problems if each.origin] == [
        ("page 3 (iii): has 1 link", "book.pdf", 3)
    ]


def test_a_large_file_is_refused() -> None:
    """The most bytes of a profile are kept to."""

    def ballast(pdf: Pdf) -> None:
        pdf.Root.Ballast = Stream(pdf, Random(6).randbytes(2_000_000))

    assert told(preflight(make_pdf(ballast), profile("kdp", largest=1_000_000))) == [
        "V012 the file has 2 MB; Amazon KDP, paperback takes 1 MB"
    ]


def test_an_encrypted_file_is_refused() -> None:
    """With a password nothing else is told; without one, the rest is checked too."""
    for user, message in (("secret", "V011 the file is encrypted and asks for a password"), ("", "V011 the file is encrypted")):  # fmt: skip
        written = BytesIO()
        with Pdf.open(BytesIO(make_pdf())) as pdf:
            pdf.save(written, encryption=pikepdf.Encryption(owner="owner", user=user))
        assert told(preflight(written.getvalue(), profile("kdp"))) == [message]


@pytest.mark.parametrize("data", [b"", b"not a PDF", b"\x89PNG\r\n\x1a\n" + bytes(2000)])
def test_what_is_no_pdf_is_told(data: bytes) -> None:
    """Anything may be handed in: it is told, and nothing raises."""
    assert told(preflight(data, profile("kdp"))) == ["V010 the file is no PDF"]


def test_a_damaged_file_is_told_and_read_as_far_as_it_goes() -> None:
    """Cut off at its end, a file is told to be damaged, also where it can be mended; nothing raises at any cut."""
    data = make_pdf()
    codes = [
        {problem.code for problem in preflight(data[:end], profile("kdp"))}
        for end in range(200, len(data) - 9, 1777)
    ]
    assert all("V010" in each for each in codes)


def test_a_page_that_cannot_be_read_is_told() -> None:
    """Content that does not unpack is the page's fault, not a traceback."""

    def spoilt(pdf: Pdf) -> None:
        stream = Stream(pdf, b"")
        stream.write(b"no zlib at all", filter=Name.FlateDecode)
        pdf.pages[2].obj.Contents = stream

    told_of = found("kdp", spoilt)
    assert len(told_of) == 1
    assert told_of[0].startswith("V037 page 3: what it draws cannot be read")


def test_values_of_a_wrong_kind_are_damage() -> None:
    """A name where a number belongs is told with the rule that could not be checked; the other rules are."""

    def spoilt(pdf: Pdf) -> None:
        pdf.Root.OutputIntents[0].DestOutputProfile.N = Name.Four

    assert found("press", spoilt, note(Name.Link)) == [
        "V010 the file is damaged: whether the press's colour profile is in the file cannot be told",
        "V028 page 3: has 1 link",
    ]


def test_forms_that_lie_in_themselves_end() -> None:
    """A loop of forms is followed once."""

    def loop(pdf: Pdf) -> None:
        form = pdf.make_indirect(
            Stream(pdf, b"/Self Do", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9])
        )
        form.Resources = Dictionary(XObject=Dictionary(Self=form))
        draws(b"/Self Do", XObject={"/Self": form})(pdf)

    assert found("kdp", loop) == []


def test_a_cover_is_held_against_the_rules_of_covers() -> None:
    """A cover in one piece has a size and colours of its own; fonts and pictures are checked as everywhere."""
    wrap = make_pdf(draws(b"1 0 0 rg 0 0 90 90 re f", 1), pages=2, size=(12.5, 9.25))
    written = BytesIO()
    with Pdf.open(BytesIO(wrap)) as pdf:
        del pdf.pages[1]
        pdf.save(written)
    assert told(preflight(written.getvalue(), profile("kdp"), part="cover")) == []
    assert [each.code for each in preflight(written.getvalue(), profile("press"), part="cover")].count(
        "V024"
    ) == 1


def test_every_code_has_a_rule_and_every_rule_a_code() -> None:
    """The register of codes and the list of rules are the same, and no rule goes unseen by these tests."""
    assert sorted(rule.code for rule in RULES) == sorted(CODES)


def test_the_report_lists_rules_and_what_is_wrong() -> None:
    """What goes to the printer along with a file says what was checked, and when the rules were looked up."""
    screen = profile("screen")
    problems = preflight(make_pdf(), screen)
    assert report(problems, screen) == (
        "Preflight for Screen (screen), rules as of 2026-11-22\n"
        "\n"
        "  kept  V010  the file is a PDF without damage\n"
        "  kept  V011  the file is not encrypted\n"
        "  kept  V037  every page can be read\n"
        "  kept  V016  the boxes of pages lie within one another\n"
        "  kept  V021  all fonts are in the file\n"
        "  kept  V022  fonts tell which letters their glyphs are\n"
        "  kept  V030  there are no scripts\n"
        "   1 ×  V034  the file claims its standards\n"
        "   1 ×  V039  there are tags, a language and a title\n"
        "\n"
        "error V034: the file does not claim to keep PDF/UA-1 (it claims none)\n"
        "error V039: the file lacks tags, a language, a title, which screen readers need\n"
    )
    assert len(rules_of(screen)) == examine(make_pdf(), screen).rules == 9
