"""The values of `anthology.toml` that have a form of their own: languages, dates, trim sizes, paths.

A reader takes what the editor wrote and gives what the stages use. What it refuses it says as the end of the
sentence `"isbn" in [editions.print] is "123", which …`.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from pydantic_core import PydanticCustomError

from anthology.addresses import valid_address
from anthology.config.slugs import SLUG
from anthology.problems import near_name
from anthology.wording import visible

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

# What a PDF can claim and keep to.
STANDARDS = (
    "pdf/ua-1",
    "pdf/a-1a", "pdf/a-1b", "pdf/a-2a", "pdf/a-2b", "pdf/a-2u", "pdf/a-3a", "pdf/a-3b", "pdf/a-3u",
    "pdf/a-4e", "pdf/a-4u",
)  # fmt: skip

# The well-formed tags of RFC 5646 section 2.1, less the reserved primary subtags of four to eight letters,
# of which none has ever been given out: there "english" would pass.
_LANGUAGE = re.compile(
    r"[a-z]{2,3}(?:-[a-z]{3}){0,3}"
    r"(?:-[a-z]{4})?(?:-(?:[a-z]{2}|[0-9]{3}))?(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*"
    r"(?:-[0-9a-wyz](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?",
    re.IGNORECASE,
)
_TRIM = re.compile(r"([0-9.]+)\s*([a-z]*)\s*[x×]\s*([0-9.]+)\s*([a-z]*)")
_LENGTH = re.compile(r"([0-9]+(?:\.[0-9]+)?|\.[0-9]+)\s*(mm|cm|in|pt)")
_POSITION = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9})*")
_MOMENT = "write the day alone, or the time too with its zone: 2026-01-31T18:00:00Z"
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")

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


def read_words(written: str) -> str:
    """Read a text as it is written, and refuse characters that no XML document can hold."""
    found = _UNPRINTABLE.search(written)
    if found:
        raise refusal(f"holds a control character (U+{ord(found.group()):04X})", "delete the character")
    return written


def read_text(written: str) -> str:
    """Strip a text, empty it where nothing of it shows, and refuse characters that no XML document can hold."""
    text = read_words(written).strip()
    return text if visible(text) else ""


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


def read_moment(written: object) -> dt.date:
    """Read a date, or a date and time with its zone: `2026-01-31T18:00:00Z`."""
    if isinstance(written, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ].*", written, re.DOTALL):
        try:
            written = dt.datetime.fromisoformat(written)
        except ValueError:
            raise refusal("is not a moment of the calendar", _MOMENT) from None
    if not isinstance(written, dt.datetime):
        return read_date(written)
    if written.tzinfo is None:
        raise refusal("is a time without its zone", _MOMENT)
    try:
        written.astimezone(dt.UTC)
    except OverflowError:
        raise refusal("is not a moment of the calendar", _MOMENT) from None
    return written


def read_position(written: object) -> str:
    """Read a place in a series: a number, or numbers with full stops between them (`98.4`)."""
    if isinstance(written, bool) or not isinstance(written, (int, float, str)):
        raise PydanticCustomError("int_type", "a whole number")
    text = str(written).strip()
    if text and not _POSITION.fullmatch(text):
        raise refusal("is not a place in a series", "write a number, like 3, or 98.4 for volume 98, part 4")
    return text


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


def read_length(written: object) -> float | None:
    """Read a length with its unit (`3mm`, `0.125in`) and give it in millimetres; None for an empty text."""
    if written is None or isinstance(written, float):
        return written
    if not isinstance(written, str):
        raise PydanticCustomError("string_type", "text")
    text = written.strip().lower()
    if not text:
        return None
    found = _LENGTH.fullmatch(text)
    if not found:
        raise refusal("is not a length", 'write a number and its unit: "12.4mm" or "0.5in"')
    return round(float(found[1]) * _MM_PER_UNIT[found[2]], 4)


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


def read_standards(written: object) -> object:
    """Read one standard or a list of them; PDF/X is what a printer's profile makes, and no name by itself."""
    standards = [written] if isinstance(written, str) else written
    if not isinstance(standards, list | tuple):
        raise PydanticCustomError("string_type", "text")
    names = [name.strip().lower() if isinstance(name, str) else name for name in standards]
    for name in names:
        if isinstance(name, str) and name.startswith("pdf/x"):
            raise refusal("needs colours prepared for a press", 'write printer = "press", which sees to them')
        if isinstance(name, str) and name not in STANDARDS:
            near = near_name(name, STANDARDS)
            known = f"there are: {', '.join(STANDARDS)}"
            raise refusal("names no standard that can be kept", f'did you mean "{near}"?' if near else known)
    if len({str(name).split("-")[0] for name in names}) < len(names):
        raise refusal(
            "names two levels of one standard", "keep one of PDF/A, and pdf/ua-1 beside it if you like"
        )
    return tuple(names)


# What an e-book can be stated to conform to: EPUB Accessibility 1.1, 4.3.2, and the addresses of version 1.0, 3.4.
CONFORMANCE = (
    *(
        f"EPUB Accessibility 1.1 - WCAG {version} Level {level}"
        for version in ("2.0", "2.1", "2.2")
        for level in ("A", "AA", "AAA")
    ),
    *(
        f"http://www.idpf.org/epub/a11y/accessibility-20170105.html#wcag-{level}"
        for level in ("a", "aa", "aaa")
    ),
)
_WCAG = re.compile(r"\b(2\.[0-2])\b.*?\b(a{1,3})\b", re.IGNORECASE | re.DOTALL)


def read_conformance(written: str) -> str:
    """Read a statement of conformance: one of those that EPUB Accessibility knows, to the letter."""
    text = read_text(written)
    if not text or text in CONFORMANCE:
        return text
    found = _WCAG.search(text)
    meant = f"EPUB Accessibility 1.1 - WCAG {found[1]} Level {found[2].upper()}" if found else ""
    near = meant or near_name(text, CONFORMANCE)
    forms = f'write "{CONFORMANCE[7]}", with the version and the level that hold'
    raise refusal(
        "is no statement that shops and libraries know", f'did you mean "{near}"?' if near else forms
    )


def read_web_address(written: str) -> str:
    """Read the address of a page on the web, and write it in its valid form."""
    text = read_text(written)
    address = valid_address(text) if re.match(r"https?://", text, re.IGNORECASE) else ""
    if text and not address:
        raise refusal("is not the address of a page on the web", 'write it in full: "https://…"')
    return address


def read_code(written: str) -> str:
    """Read the code of a problem: a capital letter and three figures."""
    if not re.fullmatch(r"[A-Z][0-9]{3}", written):
        raise refusal("is not the code of a problem", 'write a code like "L002"')
    return written
