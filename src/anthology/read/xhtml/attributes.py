"""The attributes that an element keeps, in the form that EPUB's XHTML asks for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from anthology.read.front_matter.scalars import read_language
from anthology.read.markdown.converter import unescaped
from anthology.read.xhtml.elements import ATTRIBUTES, GLOBAL_ATTRIBUTES, RESERVED_CLASSES

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from anthology.read.source import Source

# Letters and figures, and the accents and vowel signs that stand between them (XML 1.0, section 2.3, NameChar).
_NAME_CHARACTERS = re.compile(r"[^\w.\-·\u0300-\u037d\u037f-\u1fff]+")
_ALIGN = re.compile(r"text-align\s*:\s*(left|right|center)", re.IGNORECASE)
_SPACE = re.compile(r"[\s\x00-\x20]+")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_NOT_IN_ADDRESS = re.compile(r'[\s<>"{}|\\^`]')
_DATE_TIME = re.compile(
    r"\d{4}(?:-\d\d(?:-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:?\d\d)?)?)?)?"
)
_INTEGER = re.compile(r"-?\d{1,9}")

_UNSAFE = frozenset({"javascript", "vbscript", "data", "file", "blob", "filesystem", "about", "jar"})
# More than this costs memory without end in layout.
_MOST_COLUMNS, _MOST_ROWS = 1_000, 65_534


def id_of(text: str) -> str:
    """Make an id: letters, figures and `-_.·` (Namespaces in XML 1.0, section 3).

    It may begin with a figure, as GitHub's do, so that links to it fit; the article's id comes before it in
    the book.
    """
    return _NAME_CHARACTERS.sub("-", text).strip("-.·") or "x"


def address(href: str) -> str:
    """Write an address without spaces and the signs that no address may hold (RFC 3986, 2.2)."""
    return _NOT_IN_ADDRESS.sub(
        lambda found: "".join(f"%{byte:02X}" for byte in found.group().encode()), href.strip()
    )


def is_unsafe(href: str) -> bool:
    """Tell whether an address runs code or opens a file."""
    scheme = _SCHEME.match(_SPACE.sub("", href))
    return scheme is not None and scheme.group(1).lower() in _UNSAFE


def is_elsewhere(href: str) -> bool:
    """Tell whether an address names a place outside the project: it has a scheme or a host."""
    return bool(_SCHEME.match(href)) or href.startswith(("//", "\\\\"))


def kept_attributes(name: str, written: Collection[tuple[str, str]], source: Source) -> dict[str, str]:
    """Choose what an element keeps of its attributes, with each value in its valid form.

    Arguments: the element's name and its attributes as written. Presentation (`style`, `width`, `bgcolor`)
    goes without a word, but alignment becomes a class; so do index terms. A link that runs code is a problem.
    """
    kept: dict[str, str] = {}
    classes: list[str] = []
    own = ATTRIBUTES.get(name, frozenset())
    for full_key, raw in written:
        key = full_key.rpartition("}")[2].lower()
        value = unescaped(raw).strip()
        if key == "class":
            classes += value.split()
        elif key == "id" or (key == "name" and name == "a"):
            if value:
                kept.setdefault("id", id_of(value))
        elif key in ("align", "style"):
            found = _ALIGN.search(f"text-align:{value}" if key == "align" else value)
            if found:
                classes.append(f"align-{found.group(1).lower()}")
        elif key in ("index", "data-index") and name == "span":
            kept["data-index"] = value
            classes.append("index-term")
        elif (key in GLOBAL_ATTRIBUTES or key in own) and (
            valid := _valid(name, key, value, source)
        ) is not None:
            kept[key] = valid
    if classes:
        kept["class"] = " ".join(_unreserved(name, classes, kept))
    if name == "a" and "href" in kept and not is_elsewhere(kept["href"]) and "footnote-ref" not in classes:
        _mark_line(kept, written, source)
    if "data-index" in kept:
        _mark_line_of_term(kept, written, source)
    return kept


def is_decorative(node: Any, kept: Mapping[str, str]) -> bool:
    """Tell whether a picture is marked as decoration.

    A description that was written after all outranks the class `decorative`, which may mean something else there.
    """
    marked = "decorative" in kept.get("class", "").split() and not kept.get("alt")
    return marked or node.get("role") in ("presentation", "none") or node.get("aria-hidden") == "true"


def _unreserved(name: str, classes: list[str], kept: dict[str, str]) -> list[str]:
    unique = list(dict.fromkeys(classes))
    reserved = RESERVED_CLASSES - {"index-term"} if "data-index" in kept else RESERVED_CLASSES
    return [f"plain-{word}" if word in reserved else word for word in unique]


def _mark_line(kept: dict[str, str], written: Collection[tuple[str, str]], source: Source) -> None:
    """Note the line of a link for whoever finds out where it leads."""
    href = next((value for key, value in written if key.lower() == "href"), "")
    line = source.next_line_of(f"({href}", href, kept["href"])
    if line:
        kept["data-line"] = str(line)


def _mark_line_of_term(kept: dict[str, str], written: Collection[tuple[str, str]], source: Source) -> None:
    """Note the line of an index term for whoever makes the index."""
    raw = next(value for key, value in written if key.rpartition("}")[2].lower() in ("index", "data-index"))
    line = source.next_line_of(f'index="{raw}"', f"index='{raw}'", f"index={raw}", raw)
    if line:
        kept["data-line"] = str(line)


def _valid(name: str, key: str, value: str, source: Source) -> str | None:
    """Give the valid form of a value; None where there is none."""
    if key == "href":
        if not value:
            return None
        if is_unsafe(value):
            shown = value if len(value) <= 40 else value[:39] + "…"
            fold = "{count} links that run code or open a file were taken away, with their text left"
            line = source.next_line_of(value)
            source.warn(
                "T015", f"the link to {shown} was taken away: it is not safe in a book", line, fold=fold
            )
            return None
        return address(value)
    if key in ("colspan", "rowspan", "start", "value") and name != "data":
        return _valid_number(key, value)
    if key in ("lang", "hreflang"):
        return read_language(value)
    allowed = {
        "dir": ("ltr", "rtl", "auto"),
        "type": ("1", "a", "A", "i", "I"),
        "scope": ("row", "col", "rowgroup", "colgroup"),
    }.get(key)
    if allowed is not None:
        value = value if key == "type" else value.lower()
        return value if value in allowed else None
    if key == "datetime":
        return value if _DATE_TIME.fullmatch(value) else None
    if key == "reversed":
        return "reversed"
    if key == "headers":
        return " ".join(id_of(word) for word in value.split()) or None
    return value if value or key in ("alt", "value") else None


def _valid_number(key: str, value: str) -> str | None:
    if not _INTEGER.fullmatch(value):
        return None
    number = int(value)
    if key == "colspan":
        return str(min(number, _MOST_COLUMNS)) if number > 0 else None
    if key == "rowspan":
        return str(min(number, _MOST_ROWS)) if number > 0 else None
    return str(number)
