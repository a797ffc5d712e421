"""Small PDFs, written object by object with pikepdf, as printers get them: good ones, and ways to spoil them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from io import BytesIO

import pikepdf
from font_source_serif_pro import SourceSerifPro
from fontTools.subset import Subsetter
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

Change = Callable[[Pdf], None]

POINTS = 72
MM = 72 / 25.4
# Some black words, an inch and more from every edge of 6 × 9 in.
WORDS = b"BT /F1 11 Tf 0 g 1 0 0 1 90 400 Tm (Some words) Tj ET"
FIRST, LAST = 32, 126


def make_pdf(*changes: Change, pages: int = 32, size: tuple[float, float] = (6, 9)) -> bytes:
    """Make a book of words on pages of a size in inches, the last one blank, and change it."""
    pdf = Pdf.new()
    font = embedded_font(pdf)
    for number in range(1, pages + 1):
        page = pdf.add_blank_page(page_size=(size[0] * POINTS, size[1] * POINTS))
        page.obj.Resources = Dictionary(Font=Dictionary(F1=font))
        if number < pages:
            page.obj.Contents = Stream(pdf, WORDS)
    for change in changes:
        change(pdf)
    written = BytesIO()
    pdf.save(written, static_id=True)
    return written.getvalue()


@cache
def latin_face() -> tuple[bytes, tuple[int, ...]]:
    """Cut the book's own face down to Latin letters, once for all tests: the file, and the widths of its letters."""
    face = TTFont(SourceSerifPro.replace(".otf", ".ttf"))
    subsetter = Subsetter()
    subsetter.populate(unicodes=range(FIRST, LAST + 1))
    subsetter.subset(face)
    file = BytesIO()
    face.save(file)
    letters, metrics, scale = face.getBestCmap(), face["hmtx"], 1000 / face["head"].unitsPerEm
    return file.getvalue(), tuple(round(metrics[letters[code]][0] * scale) for code in range(FIRST, LAST + 1))


def embedded_font(pdf: Pdf) -> Object:
    """Put a face into a file, for text in Latin letters."""
    file, widths = latin_face()
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=Name("/ABCDEF+Serif"),
        Flags=32,
        FontBBox=[-200, -250, 1200, 950],
        ItalicAngle=0,
        Ascent=918,
        Descent=-335,
        CapHeight=670,
        StemV=80,
        FontFile2=Stream(pdf, file),
    )
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.TrueType,
            BaseFont=Name("/ABCDEF+Serif"),
            FirstChar=FIRST,
            LastChar=LAST,
            Widths=list(widths),
            Encoding=Name.WinAnsiEncoding,
            FontDescriptor=descriptor,
        )
    )


def draws(content: bytes, page: int = 3, **resources: object) -> Change:
    """Let a page draw more; resources are groups of names, like `XObject={"/Im1": image}`."""

    def change(pdf: Pdf) -> None:
        target = pdf.pages[page - 1].obj
        before = target.Contents.read_bytes() if "/Contents" in target else b""
        target.Contents = Stream(pdf, before + b"\n" + content)
        own = Dictionary(target.Resources)
        for group, members in resources.items():
            entries = members(pdf) if callable(members) else members
            own[f"/{group}"] = Dictionary({**dict(own.get(f"/{group}", Dictionary()).items()), **entries})
        target.Resources = own

    return change


def picture(pdf: Pdf, space: object, pixels: tuple[int, int], components: int, **keys: object) -> Stream:
    """Make a picture, all black or all white."""
    across, down = pixels
    return Stream(
        pdf,
        bytes(across * down * components),
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=across,
        Height=down,
        ColorSpace=space,
        BitsPerComponent=8,
        **keys,
    )


def with_metadata(**values: str) -> Change:
    """Write XMP metadata: `dc__title="…"`."""

    def change(pdf: Pdf) -> None:
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
            for key, value in values.items():
                metadata[key.replace("__", ":")] = value

    return change


def as_screen(pdf: Pdf) -> None:
    """Give a file what PDF/UA-1 begins with."""
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    pdf.Root.StructTreeRoot = Dictionary(Type=Name.StructTreeRoot)
    pdf.Root.Lang = pikepdf.String("en")
    with_metadata(dc__title="A Book")(pdf)
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        metadata["{http://www.aiim.org/pdfua/ns/id/}part"] = "1"


def as_archive(pdf: Pdf) -> None:
    """Give a file the claims of PDF/A-3a too."""
    as_screen(pdf)
    with_metadata(pdfaid__part="3", pdfaid__conformance="A")(pdf)


def press_profile(space: bytes = b"CMYK", kind: bytes = b"prtr") -> bytes:
    """Write the header of an ICC profile, which is all that tells what it is for."""
    return bytes(12) + kind + space.ljust(4) + bytes(108)


def as_press(pdf: Pdf) -> None:
    """Give a file what PDF/X-4 asks: boxes with a bleed of 3 mm and room for marks, the press, what is told."""
    for page in pdf.pages:
        _, _, width, height = (float(edge) for edge in page.mediabox)
        slug, bleed = 10 * MM, 3 * MM
        page.obj.MediaBox = Array([-slug, -slug, width + slug, height + slug])
        page.obj.BleedBox = Array([-bleed, -bleed, width + bleed, height + bleed])
        page.obj.TrimBox = Array([0, 0, width, height])
    profile = Stream(pdf, press_profile(), N=4)
    pdf.Root.OutputIntents = Array(
        [
            Dictionary(
                Type=Name.OutputIntent,
                S=Name("/GTS_PDFX"),
                OutputConditionIdentifier=pikepdf.String("Test press"),
                DestOutputProfile=profile,
            )
        ]
    )
    pdf.docinfo["/Trapped"] = Name("/False")
    with_metadata(
        dc__title="A Book",
        pdfxid__GTS_PDFXVersion="PDF/X-4",
        xmp__CreateDate="2026-01-31T00:00:00Z",
        xmp__ModifyDate="2026-01-31T00:00:00Z",
        xmp__MetadataDate="2026-01-31T00:00:00Z",
        xmpMM__DocumentID="uuid:1",
    )(pdf)
