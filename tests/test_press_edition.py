"""A whole book of everything for an offset press, read back by programs that did not write it."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pikepdf
import pytest
from miscellany import TOML, write_miscellany
from press_profile import cmyk_profile
from pressroom import print_book
from test_separation import instructions, streams

from anthology.printers import load_profile
from anthology.verify.preflight import preflight

EDITION = '\n[editions.press]\nformat = "pdf"\nprinter = "press"\nicc = "profiles/press.icc"\n'
RGB_OPERATORS = {"rg", "RG"}
ALLOWED_SPACES = {"/DeviceGray", "/DeviceCMYK"}


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Print the book."""
    project = write_miscellany(tmp_path_factory.mktemp("press"), TOML + EDITION)
    (project / "profiles").mkdir()
    (project / "profiles" / "press.icc").write_bytes(cmyk_profile())
    return print_book(project, "press").pdf


@pytest.fixture(scope="module")
def pdf(press: bytes) -> Iterator[pikepdf.Pdf]:
    """Open the book."""
    with pikepdf.open(BytesIO(press)) as opened:
        yield opened


def test_nothing_is_drawn_in_rgb(press: bytes) -> None:
    """No operator, picture or shading of the file has a colour of a screen."""
    drawn = {operator for operator, _ in instructions(press)}
    assert {"k", "Do"} <= drawn
    assert not RGB_OPERATORS & drawn
    pictures = [stream for stream, page in streams(press) if page is None and "/Width" in stream]
    assert pictures
    for picture in pictures:
        assert str(picture.get("/ColorSpace", "/DeviceGray")) in ALLOWED_SPACES


def test_the_file_tells_its_printing(pdf: pikepdf.Pdf) -> None:
    """The press's profile lies in the file, whole, and the file says that it is PDF/X-4 and not trapped."""
    (intent,) = pdf.Root.OutputIntents
    assert str(intent.S) == "/GTS_PDFX"
    assert intent.DestOutputProfile.read_bytes() == cmyk_profile()
    assert intent.DestOutputProfile.N == 4
    assert str(pdf.docinfo["/Trapped"]) == "/False"
    assert pdf.pdf_version == "1.6"
    with pdf.open_metadata() as metadata:
        assert metadata["pdfxid:GTS_PDFXVersion"] == "PDF/X-4"
        assert metadata["xmpMM:DocumentID"] == "urn:uuid:0a2f7a5e-9d3c-4c1f-8a4e-53d1f1f3b6a2"


def test_the_file_is_sound_and_for_paper_alone(pdf: pikepdf.Pdf) -> None:
    """Nothing is damaged, nothing can be followed, every face lies in the file and tells its letters."""
    assert pdf.check_pdf_syntax() == []
    assert "/Outlines" not in pdf.Root
    assert all("/Annots" not in page for page in pdf.pages)
    assert len(pdf.pages) % 4 == 0
    fonts = [
        thing
        for thing in pdf.objects
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/Subtype") == "/Type0"
    ]
    assert len(fonts) > 4
    for font in fonts:
        assert "/ToUnicode" in font
        descriptor = font.DescendantFonts[0].FontDescriptor
        assert "/FontFile2" in descriptor or "/FontFile3" in descriptor


def test_the_press_takes_it_and_others_do_not(press: bytes) -> None:
    """It passes the preflight of the press, and fails that of printers who take no marks and no bleed of this kind."""
    assert [
        problem.message
        for problem in preflight(press, load_profile("press", {}))
        if problem.severity == "error"
    ] == []
    assert {"V019", "V020"} <= {problem.code for problem in preflight(press, load_profile("kdp", {}))}
