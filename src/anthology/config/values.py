"""The values of `anthology.toml` that have a form of their own: languages, dates, ISBNs, trim sizes, identifiers.

A reader takes what the editor wrote and gives what the stages use. What it refuses it says as the end of the
sentence `"isbn" in [editions.print] is "123", which …`.
"""

from __future__ import annotations

import datetime as dt
import re
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic_core import PydanticCustomError

from anthology.config.slugs import SLUG
from anthology.problems import near_name

if TYPE_CHECKING:
    from collections.abc import Iterable

_MM_PER_UNIT = {"mm": 1.0, "cm": 10.0, "in": 25.4, "pt": 25.4 / 72}

# Smaller than a passport or larger than a broadsheet is a slip of the unit.
_LEAST_MM, _MOST_MM = 50.0, 600.0

# Named trim sizes in millimetres: ISO 216, North American paper, and the British book formats.
TRIM_NAMES = {
    "a4": (210.0, 297.0),
    "a5": (148.0, 210.0),
    "a6": (105.0, 148.0),
    "b5": (176.0, 250.0),
    "b6": (125.0, 176.0),
    "letter": (215.9, 279.4),
    "half-letter": (139.7, 215.9),
    "a-format": (110.0, 178.0),
    "b-format": (129.0, 198.0),
    "demy": (138.0, 216.0),
    "royal": (156.0, 234.0),
}

# The well-formed tags of RFC 5646 section 2.1, less the reserved primary subtags of four to eight letters,
# of which none has ever been given out: there "english" would pass.
_LANGUAGE = re.compile(
    r"[a-z]{2,3}(?:-[a-z]{3}){0,3}"
    r"(?:-[a-z]{4})?(?:-(?:[a-z]{2}|[0-9]{3}))?(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*"
    r"(?:-[0-9a-wyz](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?",
    re.IGNORECASE,
)
_ISBN_JOINTS = re.compile(r"[-\s\u2010-\u2013]")
_TRIM = re.compile(r"([0-9.]+)\s*([a-z]*)\s*[x×]\s*([0-9.]+)\s*([a-z]*)")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"]+")
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)

# XML 1.0 section 2.2 has no place for these characters, so neither has a book.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def refusal(which: str, hint: str = "", code: str = "C005") -> PydanticCustomError:
    """Refuse a value: `which` ends the sentence that begins with the key and the value."""
    return PydanticCustomError("refusal", "{which}", {"which": which, "hint": hint, "code": code})


@dataclass(frozen=True, slots=True)
class Trim:
    """The size of a page after cutting, in millimetres."""

    width: float
    height: float


def read_text(written: str) -> str:
    """Strip a text, and refuse characters that no XML document can hold."""
    found = _UNPRINTABLE.search(written)
    if found:
        raise refusal(f"holds a control character (U+{ord(found.group()):04X})", "delete the character")
    return written.strip()


def read_needed_text(written: str) -> str:
    """Read a text that may not be empty."""
    text = read_text(written)
    if not text:
        raise refusal("is empty")
    return text


def read_slug(written: str) -> str:
    """Read a slug: lower-case Latin letters, figures and single hyphens between them."""
    if not SLUG.fullmatch(written):
        raise refusal("is not a slug", "use a-z, 0-9 and single hyphens between them")
    return written


def read_language(written: str) -> str:
    """Read a language tag (BCP 47, RFC 5646) and give it its usual capitals: `en-GB`, `zh-Hant`."""
    if not _LANGUAGE.fullmatch(written):
        mended = written.replace("_", "-")
        if _LANGUAGE.fullmatch(mended):
            raise refusal("is not a language tag", f'did you mean "{_usual_capitals(mended)}"?')
        raise refusal("is not a language tag", 'write a tag like "en", "en-GB", "fr" or "zh-Hant"')
    return _usual_capitals(written)


def _usual_capitals(tag: str) -> str:
    primary, *rest = tag.lower().split("-")
    subtags = [primary]
    for subtag in rest:
        plain = len(subtags[-1]) > 1
        if len(subtag) == 4 and subtag.isalpha() and plain:
            subtag = subtag.title()
        elif len(subtag) == 2 and plain:
            subtag = subtag.upper()
        subtags.append(subtag)
    return "-".join(subtags)


def read_date(written: object) -> dt.date:
    """Read a TOML date, or a text of the form 2026-01-31; the time of day is dropped."""
    if isinstance(written, dt.datetime):
        return written.date()
    if isinstance(written, dt.date):
        return written
    if not isinstance(written, str):
        raise PydanticCustomError("date_type", "a date")
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", written):
            return dt.date.fromisoformat(written)
    except ValueError:
        raise refusal("is not a day of the calendar") from None
    raise refusal("is not a date", "write year, month and day: 2026-01-31")


def isbn13_of(written: str) -> str:
    """Give the thirteen figures of a valid ISBN-10 or ISBN-13; the empty string for anything else."""
    figures = _ISBN_JOINTS.sub("", written).upper()
    if len(figures) == 10 and _is_isbn10_shape(figures) and figures[9] == _isbn10_check(figures):
        stem = "978" + figures[:9]
        return stem + _isbn13_check(stem)
    if len(figures) == 13 and _is_isbn13_shape(figures) and figures[12] == _isbn13_check(figures):
        return figures
    return ""


def read_isbn(written: str) -> str:
    """Read an ISBN-10 or ISBN-13 with or without hyphens (ISO 2108), and prove its check digit."""
    text = written.strip()
    figures = _ISBN_JOINTS.sub("", text).upper()
    if not figures:
        return ""
    if not re.fullmatch(r"[0-9]*X?", figures):
        raise refusal("is not an ISBN", "write its figures, with or without hyphens", "C006")
    if len(figures) not in (10, 13):
        raise refusal(f"has {len(figures)} figures", "an ISBN has 13 figures, or 10 before 2007", "C006")
    if len(figures) == 13 and not _is_isbn13_shape(figures):
        raise refusal("is not an ISBN", "an ISBN of 13 figures begins with 978 or 979", "C006")
    if not isbn13_of(text):
        check = _isbn10_check(figures) if len(figures) == 10 else _isbn13_check(figures)
        hint = f"if the others are right, its last figure is {check}"
        raise refusal("has a wrong check digit", hint, "C006")
    return text


def _is_isbn10_shape(figures: str) -> bool:
    return re.fullmatch(r"[0-9]{9}[0-9X]", figures) is not None


def _is_isbn13_shape(figures: str) -> bool:
    return re.fullmatch(r"97[89][0-9]{10}", figures) is not None


def _isbn10_check(figures: str) -> str:
    total = sum((10 - place) * int(figure) for place, figure in enumerate(figures[:9]))
    return "0123456789X"[-total % 11]


def _isbn13_check(figures: str) -> str:
    total = sum(int(figure) * (3 if place % 2 else 1) for place, figure in enumerate(figures[:12]))
    return str(-total % 10)


def read_trim(written: object) -> Trim:
    """Read a trim size: a name (`a5`, `letter`) or width x height with its unit (`6x9in`, `148 x 210 mm`)."""
    if isinstance(written, Trim):
        return written
    if not isinstance(written, str):
        raise PydanticCustomError("string_type", "text")
    text = written.strip().lower()
    if text in TRIM_NAMES:
        return Trim(*TRIM_NAMES[text])
    found = _TRIM.fullmatch(text)
    if not found:
        near = near_name(text, TRIM_NAMES)
        forms = f'write a size like "6x9in" or "148x210mm", or a name: {", ".join(TRIM_NAMES)}'
        raise refusal("is not a page size", f'did you mean "{near}"?' if near else forms)
    width, first_unit, height, unit = found.groups()
    units = {first_unit or unit, unit}
    if not unit or not units <= set(_MM_PER_UNIT):
        raise refusal("has no unit that is known", f'write "{width}x{height}in", or mm, cm or pt')
    if not (_NUMBER.fullmatch(width) and _NUMBER.fullmatch(height)):
        raise refusal("is not a page size", 'write a size like "6x9in" or "148x210mm"')
    sides = (float(width) * _MM_PER_UNIT[first_unit or unit], float(height) * _MM_PER_UNIT[unit])
    if not all(_LEAST_MM <= side <= _MOST_MM for side in sides):
        across, down = (f"{side:.0f}" for side in sides)
        hint = f"a page is {_LEAST_MM:.0f} to {_MOST_MM:.0f} mm wide and high"
        raise refusal(f"is a page of {across} × {down} mm", hint)
    return Trim(round(sides[0], 3), round(sides[1], 3))


def read_identifier(written: str) -> str:
    """Read the identifier of a book: a URN (RFC 8141) or another address with its scheme."""
    text = written.strip()
    if _UUID.fullmatch(text):
        raise refusal("is not an address", f'write "urn:uuid:{text.lower()}"')
    if text and not _ADDRESS.fullmatch(text):
        raise refusal("is not an address", 'write "urn:uuid:…", "urn:isbn:…" or "https://…"')
    if text.lower().startswith("urn:uuid:") and not _UUID.fullmatch(text[len("urn:uuid:") :]):
        raise refusal("is not a UUID", "delete the line, and one is made of title and editors")
    return text


def computed_identifier(title: str, editors: Iterable[str]) -> str:
    """Make the identifier of a book that states none: a UUIDv5 (RFC 9562) of its title and editors."""
    return uuid.uuid5(_NAMESPACE, "\n".join([title, *editors])).urn


# Drawn once, at random; another would change the identifier of every book that states none.
_NAMESPACE = uuid.UUID("fe05843f-40c9-4602-a0e2-e828aaf474d4")


def read_inside_path(written: str) -> str:
    """Read the path of a file of the project: relative, with `/`, and never out of the project."""
    text = read_text(written)
    hint = 'write it from the folder of anthology.toml on, like "images/cover.jpg"'
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", text) or text.startswith(("/", "~")):
        raise refusal("is not a path inside the project", hint)
    if "\\" in text:
        raise refusal("has a backslash", f'write "{text.replace(chr(92), "/")}"')
    if ".." in text.split("/"):
        raise refusal("leads out of the project", hint)
    return text


def read_standard(written: object) -> object:
    """Refuse PDF/X by name: without colours prepared for a press, its name makes no file that a press can use."""
    if isinstance(written, str) and written.lower().startswith("pdf/x"):
        raise refusal(
            "needs colours prepared for a press", "delete the line, and ask the printer what they take"
        )
    return written


def read_code(written: str) -> str:
    """Read the code of a problem: a capital letter and three figures."""
    if not re.fullmatch(r"[A-Z][0-9]{3}", written):
        raise refusal("is not the code of a problem", 'write a code like "L002"')
    return written
