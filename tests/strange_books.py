"""E-books made by hand, whole or broken, of a few small files."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO

CONTAINER = """<?xml version="1.0"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="EPUB/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"""
PACKAGE = """<?xml version="1.0"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="en">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">urn:isbn:9780000000002</dc:identifier>
<dc:title>Tides</dc:title><dc:language>en</dc:language><dc:source id="paper">urn:isbn:9780000000019</dc:source>
<meta property="dcterms:modified">2026-11-22T00:00:00Z</meta></metadata>
<manifest><item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="ebb" href="ebb.xhtml" media-type="application/xhtml+xml"/>
<item id="picture" href="wave.svg" media-type="image/svg+xml"/></manifest>
<spine><itemref idref="nav"/><itemref idref="ebb"/></spine></package>"""
NAVIGATION = """<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" xml:lang="en" lang="en">
<head><title>Contents</title></head><body><nav epub:type="toc"><ol><li><a href="ebb.xhtml">Ebb</a></li></ol></nav>
<nav epub:type="page-list"><ol><li><a href="ebb.xhtml#page-1">1</a></li></ol></nav></body></html>"""
EBB = """<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" xml:lang="en" lang="en">
<head><title>Ebb</title></head><body><span epub:type="pagebreak" id="page-1" role="doc-pagebreak" aria-label="1"></span>
<p>It goes out. <a href="nav.xhtml">Back</a></p>
<p><img src="wave.svg" alt="A wave"/></p></body></html>"""
WAVE = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle cx="4" cy="4" r="3"/></svg>'
FILES = {
    "mimetype": "application/epub+zip",
    "META-INF/container.xml": CONTAINER,
    "EPUB/book.opf": PACKAGE,
    "EPUB/nav.xhtml": NAVIGATION,
    "EPUB/ebb.xhtml": EBB,
    "EPUB/wave.svg": WAVE,
}


def make_book(changes: Mapping[str, str | bytes | None] | None = None, *, pack_first: bool = False) -> bytes:
    """Pack an e-book; `changes` has other contents of files, None for one that is left out."""
    files = {**FILES, **(changes or {})}
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as book:
        for name, text in files.items():
            if text is not None:
                stored = name == "mimetype" and not pack_first
                book.writestr(name, text, zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED)
    return data.getvalue()
