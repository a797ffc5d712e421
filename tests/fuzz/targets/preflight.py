"""Preflight: any PDF is judged, and a damaged one is called so."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from io import BytesIO

from pikepdf import ObjectStreamMode, Pdf
from printed import as_archive, as_press, as_screen, draws, make_pdf

from anthology.printers import PROFILES, load_profile
from anthology.verify.preflight import examine
from fuzz.choices import Choices
from fuzz.promises import check_problems

_TOKENS = (
    *(b"/Type", b"/Page", b"/Pages", b"/Kids", b"/Parent", b"/MediaBox", b"/TrimBox", b"/BleedBox", b"/CropBox", b"/UserUnit", b"/Rotate"),
    *(b"/Font", b"/XObject", b"/Subtype", b"/Image", b"/Form", b"/ColorSpace", b"/ICCBased", b"/Indexed", b"/Separation", b"/DeviceN"),
    *(b"/ExtGState", b"/SMask", b"/Annots", b"/AcroForm", b"/OutputIntents", b"/Metadata", b"/StructTreeRoot", b"/PageLabels", b"/Nums"),
    *(b"[", b"]", b"<<", b">>", b"null", b"true", b"-1", b"0", b"1e9", b"99999999999", b"()", b"<FE>", b"/", b"1 0 R", b"3 0 R", b"99 0 R"),
    *(b"stream\n", b"endstream", b"endobj", b"xref", b"trailer", b"startxref", b"%%EOF", b"Do", b"Tj", b"cm", b"rg", b"gs", b"q", b"BI", b"EI"),
    *(b"/Encrypt", b"/Filter", b"/FlateDecode", b"/Length", b"/Contents", b"/Resources", b"/Root", b"/Count", b"/W", b"/Font /F1"),
)  # fmt: skip


@cache
def _seeds() -> tuple[bytes, ...]:
    return tuple(
        _open(make_pdf(*changes, pages=3, size=(6, 9)))
        for changes in (
            (),
            (as_screen,),
            (as_archive,),
            (as_press,),
            (draws(b"q 1 0 0 rg 0 0 99 99 re f Q BT /F1 4 Tf (a) Tj ET 0.1 w 0 0 m 9 9 l S", 2),),
        )
    )


def _open(data: bytes) -> bytes:
    """Write a PDF so that its objects can be damaged one by one."""
    made = BytesIO()
    with Pdf.open(BytesIO(data)) as pdf:
        pdf.save(made, static_id=True, compress_streams=False, object_stream_mode=ObjectStreamMode.disable)
    return made.getvalue()


@cache
def _profiles() -> tuple[object, ...]:
    return tuple(load_profile(name, {}) for name in PROFILES)


@contextmanager
def _nothing_said() -> Iterator[None]:
    """Fail where a library says something on standard error by itself, as loggers do to which nobody listens."""
    said: list[logging.LogRecord] = []
    listener = logging.Handler(logging.WARNING)
    listener.emit = said.append  # type: ignore[method-assign]
    before, logging.lastResort = logging.lastResort, listener  # type: ignore[assignment]
    try:
        yield
    finally:
        logging.lastResort = before
    assert not said, [record.getMessage() for record in said]


def check(data: bytes) -> None:
    """Examine a PDF: no exception whatever it is; problems have codes, and the page that they name is in the file."""
    choices = Choices(data)
    profile = choices.one_of(_profiles())
    part = choices.one_of(("interior", "interior", "cover"))
    file = choices.rest() if not choices.number(15) else choices.damaged(choices.one_of(_seeds()), _TOKENS)
    with _nothing_said():
        found = examine(file, profile, part=part, path="book.pdf")  # type: ignore[arg-type]
    check_problems(found.problems, max(found.pages, 1), "book.pdf")
    assert found == examine(file, profile, part=part, path="book.pdf")  # type: ignore[arg-type]
    assert found.pages or found.problems
