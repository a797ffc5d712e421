"""The lines of a captured text, decoded and clean of what a page leaves between its letters."""

from __future__ import annotations

import codecs
import html
import re
import unicodedata
from dataclasses import dataclass

from anthology.model import Origin
from anthology.problems import Problem

MAX_BYTES = 10_000_000

# Marks of the byte order, the longest first: that of UTF-32 begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_SIGNATURES = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive, or an office document or e-book, which are made like one"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"RIFF", "a picture, film or sound file"),
    (b"\x1f\x8b", "a compressed file (gzip)"),
    (b"7z\xbc\xaf", "a compressed file (7z)"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "a word processor's document (RTF)"),
    (b"SQLite format 3\x00", "a database"),
)

# Space that no line of text is meant to have: tabulators, page feeds, separators of records and lines.
_ODD_SPACE = re.compile("[\t\x0b\x0c\x1c-\x1f\x85\u2028\u2029]")
# Control characters, lone surrogates and noncharacters: forbidden or discouraged in XML 1.0, section 2.2.
_ILLEGAL = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(17))
    + "]"
)
# Soft hyphen, zero-width space, word joiner, byte order mark.
_ZERO_WIDTH = re.compile("[\u00ad\u200b\u2060\ufeff]")
# Joiners carry meaning in scripts that join their letters and in emoji; beside a Latin letter they are litter.
_STRAY_JOINER = re.compile(
    "(?:(?<=[\x00-\x7f])|^)[\u200c\u200d]+|(?<![\u200c\u200d])[\u200c\u200d]+(?=[\x00-\x7f]|$)"
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
# A no-break space that a typesetter would have put: at a figure, and at the high marks of French.
_NO_BREAK = "\u00a0\u202f\u2007"
_MEANT = re.compile(f"(?<=[0-9«])[{_NO_BREAK}](?=\\S)|(?<=\\S)[{_NO_BREAK}](?=[0-9;:!?»%€])")
_SPACES = re.compile(rf"(?:(?![{_NO_BREAK}])\s)+")

_NOT_ASCII = re.compile("[^\x00-\x7f]")
# What Python makes of a byte that is no UTF-8 (PEP 383).
_STRAY_BYTE = re.compile("[\udc80-\udcff]")
_UNDEFINED_IN_1252 = (0x81, 0x8D, 0x8F, 0x90, 0x9D)
_WINDOWS_1252 = "".join(
    chr(byte) if byte in _UNDEFINED_IN_1252 else bytes([byte]).decode("cp1252") for byte in range(256)
)


class NotText(ValueError):  # noqa: N818 (it becomes a problem at once)
    """The bytes are no text; the message says what they are."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a capture: its number from 1, and its text on one line, without space at its ends."""

    number: int
    text: str

    @property
    def plain(self) -> str:
        """Give the text with ordinary spaces only, to be compared and put into front matter."""
        return " ".join(self.text.split())


@dataclass(frozen=True, slots=True)
class Lines:
    """All lines of a capture, blank ones too, and what an editor should know about their characters."""

    lines: tuple[Line, ...]
    problems: tuple[Problem, ...] = ()


def read_lines(path: str, data: bytes) -> Lines:
    """Decode a capture and clean its lines.

    Arguments: the file's path, for problems, and its bytes: UTF-8, UTF-16 or UTF-32, else Windows-1252 with a
    warning. Soft hyphens and zero-width characters go, entities of HTML become their characters. Raises
    `NotText` for bytes that are no text.
    """
    text, fallback_at = decode(data)
    problems = []
    if fallback_at is not None:
        line = data.count(b"\n", 0, fallback_at) + 1
        problems.append(
            Problem(
                "M004",
                "warning",
                "not UTF-8: read as Windows-1252",
                Origin(path, line),
                "look at its accents",
            )
        )
    raw = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not raw[-1]:
        raw.pop()
    lines = tuple(Line(number, clean(written)) for number, written in enumerate(raw, 1))
    problems += _about_entities(path, raw)
    return Lines(lines, tuple(problems))


def decode(data: bytes) -> tuple[str, int | None]:
    """Decode bytes; gives the text and, where Windows-1252 had to be guessed, the place that made it so.

    Raises `NotText` for a picture, an archive and the like.
    """
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            raise NotText(kind)
    text, fallback_at = _decoded(data)
    bad = len(_ILLEGAL.findall(text)) + text.count("\ufffd")
    # Bytes that are no text come out as controls one time in eight; a text has hardly one in a thousand.
    if bad * 20 > len(text):
        raise NotText("no text that can be read")
    return text, fallback_at


def clean(written: str) -> str:
    """Clean one line: one space between words, no characters that cannot be seen, no entities of HTML."""
    text = _ENTITY.sub(lambda found: html.unescape(found.group()), written)
    text = _STRAY_JOINER.sub("", _ZERO_WIDTH.sub("", _ILLEGAL.sub("", _ODD_SPACE.sub(" ", text))))
    if any(space in text for space in _NO_BREAK):
        meant = {found.start() for found in _MEANT.finditer(text)}
        text = "".join(
            " " if letter in _NO_BREAK and at not in meant else letter for at, letter in enumerate(text)
        )
    return _SPACES.sub(" ", text.replace("\n", " ").replace("\r", " ")).strip()


_SAME = str.maketrans(dict.fromkeys("‘’‚‛`´′", "'") | dict.fromkeys("“”„‟«»‹›″", '"'))


def same_text(text: str) -> str:
    """Give what two copies of a text share though white space, entities or quotation marks differ."""
    folded = unicodedata.normalize("NFKC", text).translate(_SAME).replace("''", '"')
    return " ".join(re.sub(r'\s*"\s*', ' " ', folded).split())


def _decoded(data: bytes) -> tuple[str, int | None]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace"), None
    if encoding := _two_bytes_a_letter(data):
        return data.decode(encoding, "replace"), None
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError as error:
        if (mixed := mostly_utf_8(data)) is not None:
            return mixed, error.start
        return codecs.charmap_decode(data, "strict", _WINDOWS_1252)[0], error.start


def mostly_utf_8(data: bytes) -> str | None:
    """Decode UTF-8 with stray bytes, each read as Windows-1252; None where the bytes are no UTF-8 in the main.

    Text of another encoding hardly ever has a letter that could be UTF-8: so the commoner kind decides.
    """
    text = data.decode("utf-8", "surrogateescape")
    stray = len(_STRAY_BYTE.findall(text))
    if len(_NOT_ASCII.findall(text)) - stray <= stray:
        return None
    return _STRAY_BYTE.sub(lambda found: _WINDOWS_1252[ord(found.group()) - 0xDC00], text)


def _two_bytes_a_letter(data: bytes) -> str:
    """Name the UTF-16 of a text without a byte order mark: every other byte of Latin letters is zero."""
    sample = data[:2000]
    half = len(sample) // 2
    if half < 4 or len(data) % 2:
        return ""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd * 2 > half and not even:
        return "utf-16-le"
    return "utf-16-be" if even * 2 > half and not odd else ""


def _about_entities(path: str, raw: list[str]) -> list[Problem]:
    found = [
        (number, entity.group())
        for number, written in enumerate(raw, 1)
        for entity in _ENTITY.finditer(written)
        if html.unescape(entity.group()) != entity.group()
    ]
    if not found:
        return []
    number, entity = found[0]
    what = (
        f"{entity} became"
        if len(found) == 1
        else f"{entity} and {len(found) - 1} more entities of HTML became"
    )
    that = "the character that it stands for" if len(found) == 1 else "the characters that they stand for"
    return [
        Problem(
            "M005",
            "warning",
            f"{what} {that}",
            Origin(path, number),
            "put back any that the article is about",
            fold="entities of HTML became their characters in {count} captures",
        )
    ]
