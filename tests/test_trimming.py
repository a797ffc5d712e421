"""How pages lie on the sheets that they are cut from, read back from the file."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pymupdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pressroom import document, entry, set_documents, sheet

from anthology.bind import Trimming

MM = 72 / 25.4
BLEED = (9.0, 9.0, 9.0, 0.0)


def boxes(page: pikepdf.Page) -> dict[str, list[float]]:
    """Give the boxes of a page."""
    return {
        name: [float(value) for value in page[f"/{name}"]] for name in ("MediaBox", "BleedBox", "TrimBox")
    }


def differences(outer: list[float], inner: list[float]) -> list[float]:
    """Give how far a box reaches beyond another: left, bottom, right, top."""
    nearer, further = zip(inner[:2], outer[:2], strict=True), zip(outer[2:], inner[2:], strict=True)
    return [round(one - other, 2) for one, other in (*nearer, *further)]


def bound(trimming: Trimming, **values: object) -> pikepdf.Pdf:
    """Bind three pages with a trimming."""
    documents = [document(name, f"<p>Words of {name}.</p>{entry('one')}") for name in ("one", "two", "three")]
    return pikepdf.open(BytesIO(set_documents(documents, sheet(bleed=3)).bound(trimming=trimming, **values)))


def test_pages_bleed_on_three_sides_and_not_into_the_spine() -> None:
    """A recto bleeds at the right, a verso at the left, both at head and foot; the paper ends where the bleed does."""
    with bound(Trimming(BLEED)) as pdf:
        recto, verso = boxes(pdf.pages[0]), boxes(pdf.pages[1])
    assert differences(recto["BleedBox"], recto["TrimBox"]) == [0, 9, 9, 9]
    assert differences(verso["BleedBox"], verso["TrimBox"]) == [9, 9, 0, 9]
    assert recto["MediaBox"] == recto["BleedBox"]
    assert verso["MediaBox"] == verso["BleedBox"]


def test_a_page_without_bleed_is_as_large_as_it_is_cut() -> None:
    """Without bleed and marks all boxes are one, even where the sheet was set with room for a bleed."""
    with bound(Trimming()) as pdf:
        one = boxes(pdf.pages[0])
    assert one["MediaBox"] == one["BleedBox"] == one["TrimBox"]
    assert [round(side / MM) for side in one["TrimBox"]] == [0, 0, 70, 90]


def test_marks_stand_outside_the_bleed_on_every_plate() -> None:
    """Crop marks and targets are drawn in the ink of all plates, and nothing of them within the bleed."""
    with bound(Trimming(BLEED, marks=True)) as pdf:
        page = pdf.pages[0]
        space = page.Resources.ColorSpace.Registration
        assert [str(part) for part in list(space)[:3]] == ["/Separation", "/All", "/DeviceCMYK"]
        bleed, media = boxes(page)["BleedBox"], boxes(page)["MediaBox"]
        buffer = BytesIO()
        pdf.save(buffer)
    with pymupdf.open(stream=buffer.getvalue()) as opened:
        page = opened[0]
        height = media[3]
        drawn = [drawing["rect"] for drawing in page.get_drawings() if drawing["type"] == "s"]
        shown = [
            (rect.x0 + media[0], height - rect.y1, rect.x1 + media[0], height - rect.y0) for rect in drawn
        ]
    assert len(shown) >= 8 + 4
    for x0, y0, x1, y1 in shown:
        assert x1 < bleed[0] or x0 > bleed[2] or y1 < bleed[1] or y0 > bleed[3], (x0, y0, x1, y1)
        assert media[0] < x0
        assert x1 < media[2]
        assert media[1] < y0
        assert y1 < media[3]


def test_marks_of_a_gray_file_fall_back_on_gray() -> None:
    """In a file of gray alone the ink of all plates is shown in gray where there are no plates."""
    with bound(Trimming(BLEED, marks=True), gray=True) as pdf:
        assert str(pdf.pages[0].Resources.ColorSpace.Registration[2]) == "/DeviceGray"


@given(
    st.tuples(*[st.floats(0, 40) for _ in range(4)]),
    st.booleans(),
    st.sampled_from(["left", "right"]),
    st.floats(-50, 50),
)
def test_boxes_lie_within_one_another(
    bleed: tuple[float, float, float, float], marks: bool, side: str, shift: float
) -> None:
    """Whatever the bleed, trim lies within bleed and bleed within media (ISO 32000-1, 14.11.2)."""
    written = Trimming(bleed, marks).boxes((0, 0, 400, 600), side, shift)  # type: ignore[arg-type]
    found = {
        name.decode(): [float(value) for value in values.rstrip(b"]").split()]
        for name, values in (part.split(b"[") for part in written.split(b"/")[1:])
    }
    for outer, inner in (("MediaBox", "BleedBox"), ("BleedBox", "TrimBox")):
        assert all(side >= -0.001 for side in differences(found[outer], found[inner]))


@pytest.mark.parametrize(
    ("signature", "last_blank", "pages"),
    [(1, False, 3), (2, False, 4), (4, True, 4), (16, False, 16), (1, True, 4)],
)
def test_blank_pages_fill_the_signature(signature: int, last_blank: bool, pages: int) -> None:
    """Blank pages at the end make the count a multiple of the signature; where a printer asks, the last one is blank."""
    documents = [document(name, f"<p>Words of {name}.</p>") for name in ("one", "two", "three")]
    book = set_documents(documents, sheet(), signature=signature, last_blank=last_blank)
    with pymupdf.open(stream=book.bound()) as pdf:
        assert len(pdf) == pages
        assert all(not page.get_text().strip() for page in list(pdf)[3:])
    with pikepdf.open(BytesIO(book.bound())) as opened:
        assert opened.check_pdf_syntax() == []


def test_a_file_for_paper_alone_has_nothing_to_follow() -> None:
    """What is only printed has neither links nor outline, structure, or names of places, and is sound."""
    documents = [document(name, f"<h1>{name}</h1>{entry('two')}") for name in ("one", "two")]
    book = set_documents(documents, sheet(tagged=False))
    with pikepdf.open(BytesIO(book.bound(tagged=False))) as pdf:
        assert not {"/StructTreeRoot", "/Outlines", "/Names", "/MarkInfo"} & set(pdf.Root.keys())
        assert all("/Annots" not in page and "/StructParents" not in page for page in pdf.pages)
        assert not [
            thing
            for thing in pdf.objects
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/Annot"
        ]
        assert pdf.check_pdf_syntax() == []
    with pymupdf.open(stream=book.bound(tagged=False)) as opened:
        assert "To two 2" in opened[0].get_text().replace("\n", " ")
