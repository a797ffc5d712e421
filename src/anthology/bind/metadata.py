"""What a PDF says of itself: the information dictionary, and the same as XMP with the standards it keeps to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal
from xml.sax.saxutils import escape

from anthology.bind.file import File, Version, text

if TYPE_CHECKING:
    import datetime as dt

_NAMESPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfxid": "http://www.npes.org/pdfx/ns/id/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
}
PRODUCER = "anthology"
PRESS = "pdf/x-4"


@dataclass(frozen=True, slots=True)
class Intent:
    """The printing that colours are meant for: its ICC profile, what that calls itself, and its number of inks."""

    profile: bytes
    name: str
    inks: int


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a book says of itself; `standards` are those that its file claims (`pdf/a-2b`).

    `intent` is the printing that it is made for, if one is known; `identifier` names the edition (a URN).
    """

    title: str
    language: str
    direction: Literal["ltr", "rtl"]
    day: dt.date
    authors: tuple[str, ...] = ()
    description: str = ""
    keywords: tuple[str, ...] = ()
    standards: tuple[str, ...] = ("pdf/ua-1",)
    intent: Intent | None = None
    identifier: str = ""

    @property
    def archive(self) -> str:
        """Name the PDF/A standard among those that are claimed, if there is one."""
        return next((name for name in self.standards if name.startswith("pdf/a-")), "")

    @property
    def for_press(self) -> bool:
        """Tell whether the file claims to be ready for a press: PDF/X-4."""
        return PRESS in self.standards

    @property
    def version(self) -> Version:
        """Give the version of PDF that the standards are written for."""
        if self.archive.startswith("pdf/a-1"):
            return "1.4"
        if self.for_press:
            return "1.6"  # ISO 15930-7, 6.1
        return "2.0" if self.archive.startswith("pdf/a-4") else "1.7"


def write_metadata(file: File, metadata: Metadata) -> tuple[int, int | None]:
    """Write the XMP stream and the information dictionary, which PDF/A-4 does not have; give their numbers."""
    # No archive may need to unpack what tells it what a file is (ISO 19005-1, 6.7.2).
    stream = file.add_stream(b"/Type/Metadata/Subtype/XML", _xmp(metadata).encode(), compress=False)
    if metadata.version == "2.0":
        return stream, None
    day = metadata.day.strftime("(D:%Y%m%d)").encode()
    entries = [b"/Title" + text(metadata.title), b"/Producer" + text(PRODUCER)]
    entries += [b"/CreationDate" + day, b"/ModDate" + day]
    if metadata.authors:
        entries.append(b"/Author" + text(", ".join(metadata.authors)))
    if metadata.description:
        entries.append(b"/Subject" + text(metadata.description))
    if metadata.keywords:
        entries.append(b"/Keywords" + text(", ".join(metadata.keywords)))
    if metadata.for_press:
        entries.append(b"/Trapped/False")
    return stream, file.add(b"<<%s>>" % b"".join(entries))


def write_intent(file: File, intent: Intent, metadata: Metadata) -> bytes:
    """Write the printing that colours are meant for; give the entry of the catalog (ISO 32000-1, 14.11.5)."""
    profile = file.add_stream(b"/N %d" % intent.inks, intent.profile)
    name = text(intent.name)
    # An archive knows colours by an intent of its own, with the same profile (ISO 19005-2, 6.2.3).
    kinds = (b"GTS_PDFA1", b"GTS_PDFX") if metadata.archive else (b"GTS_PDFX",)
    written = (
        b"<</Type/OutputIntent/S/%s/OutputConditionIdentifier%s/Info%s/DestOutputProfile %d 0 R>>"
        % (kind, name, name, profile)
        for kind in kinds
    )
    return b"/OutputIntents[%s]" % b"".join(written)


def _xmp(metadata: Metadata) -> str:
    """Write the metadata as XMP (ISO 16684-1)."""
    day = metadata.day.isoformat()
    said = [
        f"<dc:title><rdf:Alt><rdf:li xml:lang='x-default'>{escape(metadata.title)}</rdf:li></rdf:Alt></dc:title>",
        f"<dc:language><rdf:Bag><rdf:li>{escape(metadata.language)}</rdf:li></rdf:Bag></dc:language>",
        f"<pdf:Producer>{PRODUCER}</pdf:Producer>",
        f"<xmp:CreateDate>{day}</xmp:CreateDate><xmp:ModifyDate>{day}</xmp:ModifyDate>",
        *_claims(metadata),
    ]
    if metadata.authors:
        # PDF/A wants here what the information dictionary says, which has room for one name (ISO 19005-2, 6.6.3).
        authors = (", ".join(metadata.authors),) if metadata.archive else metadata.authors
        names = "".join(f"<rdf:li>{escape(author)}</rdf:li>" for author in authors)
        said.append(f"<dc:creator><rdf:Seq>{names}</rdf:Seq></dc:creator>")
    if metadata.description:
        said.append(
            "<dc:description><rdf:Alt><rdf:li xml:lang='x-default'>"
            f"{escape(metadata.description)}</rdf:li></rdf:Alt></dc:description>"
        )
    if metadata.keywords:
        said.append(f"<pdf:Keywords>{escape(', '.join(metadata.keywords))}</pdf:Keywords>")
    spaces = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in _NAMESPACES.items())
    description = f'<rdf:Description rdf:about="" {spaces}>{"".join(said)}</rdf:Description>'
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="{_NAMESPACES["rdf"]}">{description}</rdf:RDF>'
        '</x:xmpmeta>\n<?xpacket end="w"?>'
    )


def _claims(metadata: Metadata) -> list[str]:
    """Write which standards the file keeps to."""
    claims = []
    if archive := metadata.archive.removeprefix("pdf/a-"):
        part, level = archive[0], archive[1:].upper()
        claims.append(f"<pdfaid:part>{part}</pdfaid:part>")
        # Of the levels of part 4 only those for engineering and for attached files are named (ISO 19005-4, 6.7.3).
        if level and (part != "4" or level in "EF"):
            claims.append(f"<pdfaid:conformance>{level}</pdfaid:conformance>")
        if part == "4":
            claims.append("<pdfaid:rev>2020</pdfaid:rev>")
    if metadata.for_press:
        # ISO 15930-7, 6.9 and annex B: the edition keeps its name, and each file of it is a version of its own.
        claims += [
            "<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>",
            "<pdf:Trapped>False</pdf:Trapped>",
            f"<xmp:MetadataDate>{metadata.day.isoformat()}</xmp:MetadataDate>",
            f"<xmpMM:DocumentID>{escape(metadata.identifier)}</xmpMM:DocumentID>",
            "<xmpMM:VersionID>1</xmpMM:VersionID><xmpMM:RenditionClass>default</xmpMM:RenditionClass>",
        ]
    if "pdf/ua-1" in metadata.standards:
        claims.append("<pdfuaid:part>1</pdfuaid:part>")
        if metadata.archive:
            claims.append(_described_claim())
    return claims


def _described_claim() -> str:
    """Describe the claim of PDF/UA, which no archive knows by itself (ISO 19005-2, 6.6.2.3.3)."""
    described = {
        "category": "internal",
        "description": "The part of ISO 14289 that the file keeps to",
        "name": "part",
        "valueType": "Integer",
    }
    part = "".join(f"<pdfaProperty:{name}>{value}</pdfaProperty:{name}>" for name, value in described.items())
    schema = (
        f"<pdfaSchema:namespaceURI>{_NAMESPACES['pdfuaid']}</pdfaSchema:namespaceURI>"
        "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>"
        f"<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType='Resource'>{part}</rdf:li></rdf:Seq></pdfaSchema:property>"
    )
    return (
        "<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType='Resource'>"
        f"{schema}</rdf:li></rdf:Bag></pdfaExtension:schemas>"
    )
