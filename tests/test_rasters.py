"""Twenty pages as pictures: what they looked like when somebody last looked at them, they look like now.

`pytest tests/test_rasters.py --update-expected` rewrites tests/rasters/; look at every picture that changed.
"""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path

import pikepdf
import pymupdf
import pytest
from PIL import Image, ImageChops
from pressroom import print_book

RASTERS = Path(__file__).parent / "rasters"

# The pages, from 1, of each edition of tests/rasters/book: openers, running text, first and last pages.
PAGES = {
    "print": (3, 5, 7, 9, 10, 11, 13, 14, 16, 18, 19, 20),
    "grey": (5, 10, 16),
    "large": (3, 5, 10, 14, 19),
}
CASES = [(edition, page) for edition, pages in PAGES.items() for page in pages]

# Dots to the inch, few enough for a letter to be some dots wide and a page to be some kilobytes.
DPI = 64
# Shades of grey that are kept: what lies between two of them is no letter.
SHADES = 16
# As much as the grey of a dot may differ (of 255): letters that are smoothed otherwise differ by 70 at most, and two
# that stand the wrong way round by 102 at least, as the tests at the end hold.
TOLERANCE = 86


@cache
def printed(edition: str) -> bytes:
    """Print an edition of the book once."""
    return print_book(RASTERS / "book", edition).pdf


def drawn(pdf: bytes, page: int, smoothing: int = 8) -> Image.Image:
    """Draw a page (from 1) in greys; `smoothing` is in bits, as PyMuPDF has it."""
    pymupdf.TOOLS.set_aa_level(smoothing)
    try:
        with pymupdf.open(stream=pdf) as opened:
            made = opened[page - 1].get_pixmap(dpi=DPI, colorspace=pymupdf.csGRAY, annots=False)
    finally:
        pymupdf.TOOLS.set_aa_level(8)
    return Image.frombytes("L", (made.width, made.height), made.samples)


def difference(one: Image.Image, other: Image.Image) -> str:
    """Say where two pictures differ by more than smoothing, in dots from the left and the top; empty if nowhere."""
    if one.size != other.size:
        return f"{one.size} and {other.size}"
    found = ImageChops.difference(one, other).point(lambda grey: 255 * (grey > TOLERANCE)).getbbox()
    return str(found) if found else ""


def stored(edition: str, page: int) -> Path:
    """Name the picture of a page."""
    return RASTERS / f"{edition}-{page:02}.png"


@pytest.mark.parametrize(("edition", "page"), CASES)
def test_a_page_looks_as_it_did(edition: str, page: int, update_expected: bool) -> None:
    """Every letter, rule and picture of the page stands where it stood."""
    now = drawn(printed(edition), page)
    path = stored(edition, page)
    if update_expected:
        step = 255 / (SHADES - 1)
        shades = now.point(lambda grey: round(grey / step)).convert("P")
        shades.putpalette([round(shade * step) for shade in range(SHADES) for _ in range(3)])
        shades.save(path, bits=4, optimize=True)
    with Image.open(path) as picture:
        found = difference(picture.convert("L"), now)
    assert not found, (
        f"{path.name} differs at {found}; `pytest {Path(__file__).name} --update-expected` rewrites it"
    )


def test_the_pictures_are_those_of_the_pages() -> None:
    """Twenty pages are looked at, and no picture is left of another."""
    assert len(CASES) == 20
    assert {path.name for path in RASTERS.glob("*.png")} == {stored(*case).name for case in CASES}
    sizes = [stored(*case).stat().st_size for case in CASES]
    assert max(sizes) < 15_000
    assert sum(sizes) < 300_000


@pytest.mark.parametrize(("edition", "page"), CASES)
def test_a_wrong_letter_is_seen(edition: str, page: int) -> None:
    """Two letters that stand the wrong way round are a difference, wherever on the page they stand."""
    data = printed(edition)
    with Image.open(stored(edition, page)) as picture:
        right = picture.convert("L")
    for place in (0.1, 0.5, 0.9):
        assert difference(right, drawn(with_two_letters_changed(data, page, place), page)), place


@pytest.mark.parametrize(("edition", "page"), CASES)
def test_smoothing_is_no_difference(edition: str, page: int) -> None:
    """A page drawn with fewer shades is the same page."""
    assert not difference(drawn(printed(edition), page), drawn(printed(edition), page, smoothing=4))


def with_two_letters_changed(data: bytes, page: int, place: float) -> bytes:
    """Change two neighbouring letters of a page about; `place` is where in its content, from 0 to 1."""
    with pikepdf.open(BytesIO(data)) as pdf:
        content = pikepdf.parse_content_stream(pdf.pages[page - 1])
        lines = [operands[0] for operands, operator in content if str(operator) == "TJ"]
        # Letters are two bytes each, one or more in a string.
        letters = [
            (line, at, first)
            for line in lines
            for at, part in enumerate(line)
            if isinstance(part, pikepdf.String)
            for first in range(0, len(bytes(part)), 2)
        ]
        there = int(place * len(letters))
        while letter_at(*letters[there]) == letter_at(*letters[there + 1]):
            there += 1
        one, other = letters[there : there + 2]
        first, second = letter_at(*one), letter_at(*other)
        for (line, at, begin), letter in ((one, second), (other, first)):
            text = bytes(line[at])
            line[at] = pikepdf.String(text[:begin] + letter + text[begin + 2 :])
        pdf.pages[page - 1].Contents = pdf.make_stream(pikepdf.unparse_content_stream(content))
        changed = BytesIO()
        pdf.save(changed)
        return changed.getvalue()


def letter_at(line: pikepdf.Array, at: int, begin: int) -> bytes:
    """Give a letter of a line: the string that it stands in, and where in that."""
    return bytes(line[at])[begin : begin + 2]
