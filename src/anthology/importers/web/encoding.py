"""Bytes of a web page, to text: byte order mark, declaration, and what the bytes themselves allow."""

from __future__ import annotations

import codecs
import re

from anthology.importers.lines import mostly_utf_8
from anthology.model import Origin
from anthology.problems import Problem

# The standard asks for the first 1,024 bytes; pages whose declaration comes later are common.
_PRESCAN_BYTES = 8_192

_DECLARATION = re.compile(rb"""<meta\b[^<>]{0,400}?\bcharset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_XML_DECLARATION = re.compile(
    rb"""^\s*<\?xml\b[^<>]{0,200}?\bencoding\s*=\s*["']([\w.:-]{2,40})""", re.IGNORECASE
)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What XML cannot hold, and what a page never means.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff\ufeff]")


def decode(path: str, data: bytes) -> tuple[str, Problem | None]:
    """Decode a page (HTML, 13.2.3).

    A byte order mark rules; then bytes that are UTF-8 are read as UTF-8, whatever the page declares, because no
    other text of some length happens to be UTF-8; then the declaration; then windows-1252.

    Returns the text with plain line ends and without control characters, and a problem where bytes did not fit.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _clean(data[len(mark) :].decode(name, errors="replace")), None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        # Escape sequences are plain ASCII and say nothing of what they mean.
        if b"\x1b" not in data or _declared(data) != "iso-2022-jp":
            return _clean(text), None
    declared = _declared(data)
    # A page cut in the middle of a character, or one with a stray byte, is still in UTF-8.
    if declared in ("", "utf-8") and (mixed := mostly_utf_8(data)) is not None:
        hint = "look at the accents of the article"
        message = "bytes that are not UTF-8 were read as Windows-1252"
        return _clean(mixed), Problem("M044", "warning", message, Origin(path), hint)
    for name in (declared, "cp1252"):
        if name:
            try:
                return _clean(data.decode(name)), None
            except (UnicodeDecodeError, LookupError):
                continue
    name = declared or "utf-8"
    text = data.decode(name, errors="replace")
    # A page cut in the middle of a character, or one with a stray byte, is still best read as declared.
    if name != "cp1252" and text.count("\ufffd") > 0.02 * len(text):
        text = data.decode("cp1252", errors="replace")
    lost = text.count("\ufffd")
    problem = Problem(
        "M044",
        "warning",
        f"{lost} of its bytes are no characters in {name}, which the page is written in"
        if lost != 1
        else f"one of its bytes is no character in {name}, which the page is written in",
        Origin(path),
        "look for the replacement character in the article",
    )
    return _clean(text), problem if lost else None


def _declared(data: bytes) -> str:
    """Give Python's name of the encoding that the page declares; empty where it declares none that we know."""
    import webencodings

    head = data[:_PRESCAN_BYTES]
    found = _XML_DECLARATION.search(head) or _DECLARATION.search(head)
    if not found:
        return ""
    encoding = webencodings.lookup(found[1].decode("ascii", errors="ignore"))
    # A page that says UTF-16 in ASCII letters is not in UTF-16 (HTML, 13.2.3.3).
    if encoding is None or encoding.name.startswith("utf-16") or encoding.name == "x-user-defined":
        return ""
    name: str = encoding.codec_info.name
    return name


def _clean(text: str) -> str:
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
