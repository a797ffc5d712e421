"""Files of other programs that people try to import: what each is, and what can be imported in its stead."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from anthology.problems import Problem

if TYPE_CHECKING:
    from anthology.model import Origin


class _Format(NamedTuple):
    """What a file is, and how to come by something that can be imported."""

    kind: str
    instead: str


_OF_WORDS = "open it in a word processor, save it as a web page (.html), and import that"
_OF_THE_WEB = 'open it in a browser, save it as "Webpage, complete" (.html), and import that'
_FORMATS = {
    ".docx": _Format("a Word document", _OF_WORDS),
    ".doc": _Format("a Word document", _OF_WORDS),
    ".odt": _Format("a document of LibreOffice", _OF_WORDS),
    ".rtf": _Format("a document in RTF", _OF_WORDS),
    ".pages": _Format("a document of Pages", _OF_WORDS),
    ".pdf": _Format(
        "a PDF", "import the page or the file that it was made from; or copy its text into a .txt file"
    ),
    ".epub": _Format("an e-book", "unpack it as you would a .zip, and import the .xhtml files in it"),
    ".zip": _Format("a packed folder", "unpack it, and import the folder"),
    ".mht": _Format("a web archive", _OF_THE_WEB),
    ".mhtml": _Format("a web archive", _OF_THE_WEB),
    ".webarchive": _Format("a web archive", _OF_THE_WEB),
}


def other_format(origin: Origin) -> Problem | None:
    """Say what to do with a file of a known format that nothing imports, going by its name; None for any other."""
    found = _FORMATS.get(PurePosixPath(origin.path).suffix.lower())
    if not found:
        return None
    return Problem("M084", "error", f"{found.kind} cannot be imported", origin, found.instead)
