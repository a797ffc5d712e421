"""The identifiers of a book and its editions: ISBN, UUID and other addresses."""

from __future__ import annotations

import re
import uuid
from typing import TYPE_CHECKING

from anthology.config.values import read_text, refusal

if TYPE_CHECKING:
    from collections.abc import Iterable

_ISBN_JOINTS = re.compile(r"[-\s\u2010-\u2013]")
_ISBN_URN = "urn:isbn:"
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"]+")
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


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
    if figures.startswith("9790"):
        raise refusal(
            "is the number of printed music (ISMN)", "an ISBN begins with 978, or 979 and 1 to 9", "C006"
        )
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
    return re.fullmatch(r"(?:978[0-9]|979[1-9])[0-9]{9}", figures) is not None


def _isbn10_check(figures: str) -> str:
    total = sum((10 - place) * int(figure) for place, figure in enumerate(figures[:9]))
    return "0123456789X"[-total % 11]


def _isbn13_check(figures: str) -> str:
    total = sum(int(figure) * (3 if place % 2 else 1) for place, figure in enumerate(figures[:12]))
    return str(-total % 10)


def read_identifier(written: str) -> str:
    """Read the identifier of a book: a URN (RFC 8141) or another address with its scheme."""
    text = read_text(written)
    if _UUID.fullmatch(text):
        raise refusal("is not an address", f'write "urn:uuid:{text.lower()}"')
    if text and not _ADDRESS.fullmatch(text):
        raise refusal("is not an address", 'write "urn:uuid:…", "urn:isbn:…" or "https://…"')
    if text.lower().startswith(_ISBN_URN):
        read_isbn(text[len(_ISBN_URN) :])
    if text.lower().startswith("urn:uuid:") and not _UUID.fullmatch(text[len("urn:uuid:") :]):
        raise refusal("is not a UUID", "delete the line, and one is made of title and editors")
    return text


def isbn13_in(identifier: str) -> str:
    """Give the thirteen figures of the ISBN that an identifier is; the empty string where it is another."""
    return isbn13_of(identifier[len(_ISBN_URN) :]) if identifier.strip().lower().startswith(_ISBN_URN) else ""


def computed_identifier(title: str, editors: Iterable[str]) -> str:
    """Make the identifier of a book that states none: a UUIDv5 (RFC 9562) of its title and editors."""
    return uuid.uuid5(_NAMESPACE, "\n".join([title, *editors])).urn


# Drawn once, at random; another would change the identifier of every book that states none.
_NAMESPACE = uuid.UUID("fe05843f-40c9-4602-a0e2-e828aaf474d4")
