"""The e-book's cover."""

from __future__ import annotations

import gc
import struct
import unicodedata
import warnings
import zlib
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from making import write_project
from PIL import Image, ImageCms, ImageDraw, ImageFile, features
from reading_back import unzip

from anthology.build import Options, build
from anthology.cover import CoverText, design, draw_cover, fit_cover, text, typesetter, uncovered
from anthology.cover.fan import GROUNDS, PAPER
from anthology.cover.page import MARGIN
from anthology.cover.typesetter import Block, Typesetter
from anthology.installed_fonts import cuts_in_order, drawable_characters, find_face

if TYPE_CHECKING:
    from pathlib import Path

ARABIC, JAPANESE = "Noto Naskh Arabic", "Noto Serif CJK JP"
LONG = (
    "Everything That a Small Magazine Learned in Ten Years About Gathering, Ordering and Editing Articles, With "
    "Remarks on Paper, on Type, on the Post, on the Patience of Printers and the Impatience of Authors, and With "
    "a Few Plain Words on Money, Which Nobody Wanted to Write and Everybody Wished to Have Read"
)


def opened(data: bytes) -> Image.Image:
    """Read a picture whole."""
    picture = Image.open(BytesIO(data))
    picture.load()
    return picture


def ink(data: bytes) -> Image.Image:
    """Show what has the colour of the text: the leaves are never as light."""
    return opened(data).convert("L").point(lambda value: 255 if value > 225 else 0)


def ink_box(data: bytes) -> tuple[int, int, int, int]:
    """Measure where the text stands: left, top, right, bottom."""
    box = ink(data).getbbox()
    assert box is not None
    return box


def set_lines(monkeypatch: pytest.MonkeyPatch, book: CoverText, fallback: tuple[str, ...] = ()) -> list[str]:
    """Collect the lines that a cover sets, from top to bottom."""
    lines: list[str] = []
    draw = Typesetter.draw

    def listen(self: Typesetter, block: Block, top: float, tracking: float = 0.0) -> float:
        lines.extend(block.lines)
        return draw(self, block, top, tracking)

    monkeypatch.setattr(Typesetter, "draw", listen)
    monkeypatch.setattr(design, "_leaves", lambda *_args, **_named: Image.new("RGB", (1600, 2560)))
    monkeypatch.setattr(design, "jpeg", lambda _picture: b"")
    draw_cover(book, fallback)
    return lines


def encoded(picture: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    """Write a picture as a file's bytes."""
    target = BytesIO()
    picture.save(target, kind, **options)
    return target.getvalue()


def needs(family: str) -> None:
    """Skip where this machine cannot set the script of a family."""
    if not find_face(family):
        pytest.skip(f"{family} is not installed")
    if not features.check("raqm"):
        pytest.skip("Pillow finds no FriBiDi")


def test_a_cover_is_a_picture_for_the_shops() -> None:
    """A cover is an RGB JPEG of 1600 × 2560 pixels, and the same metadata gives the same bytes."""
    book = CoverText("The Anthology Handbook", "How to plan and print", "Edited by A. Okonkwo", "Quiet Press")
    data = draw_cover(book)
    picture = opened(data)
    assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (1600, 2560))
    assert draw_cover(book) == data
    assert draw_cover(CoverText("The Other Handbook")) != data


@pytest.mark.parametrize(
    "title",
    ["Jolly fjord", LONG, "word " * 2000, "W" * 10_000],
)
def test_text_stays_inside_the_margins(title: str) -> None:
    """No title, of one word or of ten thousand letters, leaves the margins of the page."""
    left, top, right, bottom = ink_box(draw_cover(CoverText(title, title[:90], title[:90], "Quiet Press")))
    assert abs(left - MARGIN) <= 3, "the ink stands on the margin"
    assert right <= 1600 - MARGIN
    assert top > MARGIN
    assert bottom < 2560 - MARGIN


def test_a_title_of_three_hundred_characters_is_set_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """A title of three hundred characters loses no word."""
    assert len(LONG) >= 290
    assert " ".join(set_lines(monkeypatch, CoverText(LONG))) == LONG


def test_a_longer_title_is_cut_at_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    """A title that no cover holds ends with an ellipsis after a whole word."""
    lines = set_lines(monkeypatch, CoverText("several words, " * 700))
    assert lines[-1].endswith(("several…", "words…"))
    assert ("several words, " * 700).startswith(" ".join(lines).removesuffix("…"))


def test_words_are_not_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """A word wider than the page makes the title smaller and stays whole."""
    title = "Die Donaudampfschifffahrtselektrizitätenhauptbetriebswerk und ihre Zeit"
    lines = set_lines(monkeypatch, CoverText(title))
    assert " ".join(lines) == title


def test_lines_are_of_like_length(monkeypatch: pytest.MonkeyPatch) -> None:
    """No line of a short title is left alone with its article, and no sign without its word."""
    assert set_lines(monkeypatch, CoverText("The Anthology Handbook")) == ["The Anthology", "Handbook"]
    french = set_lines(monkeypatch, CoverText("« L’art de réunir » : essais et chroniques"))
    assert not any(line.startswith(("»", ":")) or line.endswith("«") for line in french[2:])


def test_arabic_is_joined_and_set_from_the_right() -> None:
    """An Arabic title stands at the right margin, and its letters are joined as in running text."""
    needs(ARABIC)
    book = CoverText("مختارات المقالات", language="ar", direction="rtl")
    data = draw_cover(book, (ARABIC,))
    left, _, right, _ = ink_box(data)
    assert abs(right - (1600 - MARGIN)) <= 3
    assert left > 400
    isolated = "".join(f"{c}\u200c" for c in book.title)
    assert (
        ink(draw_cover(CoverText(isolated, language="ar", direction="rtl"), (ARABIC,))).tobytes()
        != ink(data).tobytes()
    )
    assert uncovered(book.title, (ARABIC,)) == ""


def test_words_of_two_directions_stand_in_reading_order() -> None:
    """In a line that runs from the right, Latin words keep their own order and their place."""
    needs(ARABIC)
    book = CoverText("", language="ar", direction="rtl")
    cuts = cuts_in_order("Anthology Serif", 400, "normal", (ARABIC,))
    pen = ImageDraw.Draw(Image.new("L", (10, 10)))
    pieces = Typesetter(pen, book, cuts)._in_order("دليل Linux Basics للمبتدئين")
    assert [text.strip() for text, _ in pieces] == ["للمبتدئين", "Linux Basics", "دليل"]


def test_japanese_breaks_between_phrases(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Japanese title breaks after a phrase, never before a closing sign."""
    needs(JAPANESE)
    title = "編集者のための「記事の選集」と本づくりの手引き"
    lines = set_lines(monkeypatch, CoverText(title, language="ja"), (JAPANESE,))
    assert "".join(lines) == title
    assert len(lines) > 1
    for before, after in pairwise(lines):
        assert before[-1] in "ので」とり"
        assert after[0] not in "」ー、。"


def test_no_boxes_stand_for_missing_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    """What no face has is left out, a word with its letters whole, and can be asked for."""
    assert uncovered("🎉 Party 記事 🎉") == "🎉記事"
    assert set_lines(monkeypatch, CoverText("🎉 Party 記事集 🎉")) == ["Party"]
    assert set_lines(monkeypatch, CoverText("🎉👩‍👩‍👧", "「記事」")) == []


def test_without_shaping_arabic_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where letters cannot be joined they are left out, rather than set in a wrong order."""
    for module in (text, typesetter):
        monkeypatch.setattr(module, "can_shape", lambda: False)
    assert uncovered("مقال Café", (ARABIC,)) == "مقال"
    assert set_lines(monkeypatch, CoverText("مقال Café", direction="rtl"), (ARABIC,)) == ["Café"]


def test_control_characters_are_not_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Line ends, zeros, half letters and decomposed accents in the metadata do no harm."""
    title = unicodedata.normalize("NFD", "Café\n\x00 No\u00adtes\ud800\u200b")
    assert " ".join(set_lines(monkeypatch, CoverText(title))) == "Café Notes"


def luminance(colour: str) -> float:
    """Give the relative luminance of WCAG 2.2."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("ground", [ground for ground, _ in GROUNDS])
def test_every_ground_carries_the_text(ground: str) -> None:
    """Text has a contrast of 8 to 1 on every ground: more than WCAG 2.2 asks for at its highest level."""
    assert (luminance(PAPER) + 0.05) / (luminance(ground) + 0.05) >= 8


def test_a_family_is_found_by_its_own_name_alone() -> None:
    """Fontconfig's next best is not taken for a family that is absent."""
    assert find_face("No Such Family At All") is None
    needs(JAPANESE)
    found = find_face(JAPANESE.lower())
    assert found is not None
    assert ord("記") in drawable_characters(*found)


def test_without_fontconfig_no_family_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without fontconfig gets its cover in the theme's faces."""
    monkeypatch.setattr("anthology.environment.load", lambda _library: None)
    find_face.cache_clear()
    try:
        assert find_face(ARABIC) is None
        assert set_lines(monkeypatch, CoverText("Work مقال"), (ARABIC,)) == ["Work"]
    finally:
        find_face.cache_clear()


@pytest.mark.parametrize(
    "data",
    [b"", b"OTTO and nothing more", b"ttcf" + bytes(20), b"wOF2" + bytes(50)],
    ids=["empty", "OpenType", "collection", "WOFF 2"],
)
def test_a_file_that_is_no_font_has_no_characters(tmp_path: Path, data: bytes) -> None:
    """A damaged font file is passed over, and closed."""
    (tmp_path / "broken.otf").write_bytes(data)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", ResourceWarning)
        assert drawable_characters(tmp_path / "broken.otf") == frozenset()
        gc.collect()
    assert [str(warning.message) for warning in caught if "broken.otf" in str(warning.message)] == []


def test_a_given_picture_is_made_to_fit() -> None:
    """A large picture is brought within 1600 × 2560 with its proportions; a small one is not enlarged."""
    fitted = opened(fit_cover(encoded(Image.new("RGB", (1800, 1800), "#336699")))[0])
    assert (fitted.format, fitted.mode, fitted.size) == ("JPEG", "RGB", (1600, 1600))
    assert opened(fit_cover(encoded(Image.new("L", (30, 40))))[0]).size == (30, 40)


def test_a_given_picture_stands_upright_and_bare() -> None:
    """The camera's orientation is carried out, then it and all other metadata go; the bytes are always the same."""
    picture = Image.new("RGB", (60, 40), "white")
    picture.paste("red", (0, 0, 30, 40))
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held upright: turn by 90° clockwise
    exif[0x010E] = "a secret place"
    data = encoded(picture, "JPEG", exif=exif, comment=b"a secret remark", quality=95, dpi=(300, 300))
    fitted, size = fit_cover(data)
    assert (fitted, size) == (fit_cover(data)[0], (40, 60))
    upright = opened(fitted)
    assert upright.size == (40, 60)
    assert upright.getpixel((20, 10)) == pytest.approx((255, 0, 0), abs=12)
    assert upright.getpixel((20, 50)) == pytest.approx((255, 255, 255), abs=12)
    assert b"secret" not in fitted
    assert not upright.getexif()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "GIF", "BMP", "TIFF", "JPEG2000"])
def test_a_cover_is_given_in_any_kind(kind: str) -> None:
    """Every kind of picture that an article may show makes a cover, and its size is told."""
    data, size = fit_cover(encoded(Image.new("RGB", (64, 80), (200, 20, 20)), kind))
    assert size == (64, 80)
    assert opened(data).getpixel((30, 30)) == pytest.approx((200, 20, 20), abs=12)


def test_a_small_cover_is_told(tmp_path: Path) -> None:
    """A cover that shops would refuse is one warning, at its line, and in the book all the same."""
    config = '[book]\ntitle = "A"\ncover = "cover.webp"\n[editions.ebook]\nformat = "epub"\n'
    write_project(tmp_path, {"anthology.toml": config, "content/mind/one.md": "# One\n\nWords."})
    (tmp_path / "cover.webp").write_bytes(encoded(Image.new("RGB", (600, 900), "navy"), "WEBP"))
    outcome = build(tmp_path, Options(), lambda *_: None)
    assert [
        (f"{problem.origin.path}:{problem.origin.line}", problem.code, problem.message)
        for problem in outcome.problems
        if problem.origin
    ] == [
        (
            "anthology.toml:3",
            "I013",
            'the cover picture "cover.webp" makes a cover of 600 × 900 pixels: shops refuse small covers',
        )
    ]
    (book,) = outcome.folder.glob("*.epub")
    assert opened(unzip(book.read_bytes())["EPUB/images/cover.jpg"]).size == (600, 900)


@pytest.mark.parametrize(
    ("picture", "colour"),
    [
        (Image.new("RGBA", (8, 8), (0, 0, 0, 0)), (255, 255, 255)),
        (Image.new("CMYK", (8, 8), (0, 255, 255, 0)), (255, 0, 0)),
        (Image.new("I;16", (8, 8), 0x8000), (128, 128, 128)),
    ],
    ids=["transparent", "cmyk", "greys of 16 bits"],
)
def test_every_kind_of_colour_becomes_rgb(picture: Image.Image, colour: tuple[int, int, int]) -> None:
    """Transparency shows white paper; printers' colours and deep greys keep their look."""
    fitted = opened(fit_cover(encoded(picture, "TIFF"))[0])
    assert fitted.mode == "RGB"
    assert fitted.getpixel((4, 4)) == pytest.approx(colour, abs=3)


def test_a_colour_profile_is_carried_out() -> None:
    """Colours described by a profile are turned into sRGB before the profile goes."""
    blue = Image.new("RGB", (8, 8), (20, 20, 220))
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    # A profile in which the first channel is blue and the last is red.
    swapped = profile.replace(b"rXYZ", b"----").replace(b"bXYZ", b"rXYZ").replace(b"----", b"bXYZ")
    red = opened(fit_cover(encoded(blue, icc_profile=swapped))[0])
    assert "icc_profile" not in red.info
    assert red.getpixel((4, 4)) == pytest.approx((220, 20, 20), abs=4)
    same = opened(fit_cover(encoded(blue, icc_profile=b"nonsense"))[0])
    assert same.getpixel((4, 4)) == pytest.approx((20, 20, 220), abs=4)


def huge_png(width: int, height: int) -> bytes:
    """Write a PNG that only claims its size: decoding it would fail."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + header
    return (
        b"\x89PNG\r\n\x1a\n"
        + struct.pack(">I", 13)
        + chunk
        + struct.pack(">I", zlib.crc32(chunk))
        + b"\0\0\0\0IDAT"
    )


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (
            huge_png(10_000, 5_001),
            "it has 10000 × 5001 pixels: save it with 50 million at most",
        ),
        (
            huge_png(10_000, 10_000),
            "it has 10000 × 10000 pixels: save it with 50 million at most",
        ),
        (
            huge_png(90_000, 90_000),
            "it has more than 50 million pixels: save it with 50 million at most",
        ),
        (b"<svg/>", "it is no picture of pixels: export it as a JPEG of 1600 × 2560 pixels"),
        (b"", "the file is empty: open it in an image editor and save it as a JPEG"),
        (
            encoded(Image.radial_gradient("L"), "JPEG")[:900],
            "the file is damaged or of an unknown kind: open it in an image editor and save it as a JPEG",
        ),
    ],
    ids=["over 50 Mpx", "over Pillow's warning", "over Pillow's limit", "svg", "empty", "truncated"],
)
@pytest.mark.parametrize("lenient", [False, True], ids=["alone", "after WeasyPrint"])
def test_what_cannot_be_a_cover_is_refused(
    monkeypatch: pytest.MonkeyPatch, data: bytes, message: str, lenient: bool
) -> None:
    """A file that is no picture, is damaged or is far too large is refused in plain words, undecoded.

    WeasyPrint, once loaded, lets Pillow take truncated pictures for whole ones: a cover is held to more,
    and the setting is left as it was.
    """
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", lenient)
    with pytest.raises(ValueError, match=r".") as caught:
        fit_cover(data)
    assert str(caught.value) == message
    assert ImageFile.LOAD_TRUNCATED_IMAGES is lenient
