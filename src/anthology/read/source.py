"""The text of a file, clean of what no book can hold, and the lines in which things stand."""

from __future__ import annotations

import codecs
import re
from contextlib import suppress

from anthology.model import Origin
from anthology.problems import Problem, Severity
from anthology.read.code import blank_code

# Marks of the byte order, the longest first: that of UTF-32 begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# Control characters, lone surrogates and noncharacters: forbidden or discouraged in XML 1.0, section 2.2.
ILLEGAL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff"
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(17))
    + "]"
)


class Source:
    """The text of a content file, and the problems found in it so far."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self.problems: list[Problem] = []
        self.body_at = 0
        self._removed: tuple[int, int | None] = (0, None)
        self._prose: str | None = None
        self._found: dict[str, int] = {}

    def line_at(self, offset: int) -> int:
        """Give the line (from 1) that holds the character at `offset`."""
        return self.text.count("\n", 0, offset) + 1

    def next_line_of(self, *needles: str) -> int | None:
        """Give the line of the next place in the prose where one of `needles` stands, whatever its case.

        Asked again for the same thing, it moves on; past the last place it stays there. Code is passed over.
        """
        for needle in needles:
            if not needle:
                continue
            wanted = needle.lower()
            place = self.prose().find(wanted, self._found.get(wanted, self.body_at - 1) + 1)
            if place >= 0:
                self._found[wanted] = place
                return self.line_at(place)
            if wanted in self._found:
                return self.line_at(self._found[wanted])
        return None

    def report(
        self,
        code: str,
        severity: Severity,
        message: str,
        line: int | None = None,
        hint: str = "",
        fold: str = "",
    ) -> None:
        """Note a problem of this file; `line` is counted from 1."""
        self.problems.append(Problem(code, severity, message, Origin(self.path, line), hint, fold))

    def warn(self, code: str, message: str, line: int | None = None, hint: str = "", fold: str = "") -> None:
        """Note a problem that does not stop the book."""
        self.report(code, "warning", message, line, hint, fold)

    def error(self, code: str, message: str, line: int | None = None, hint: str = "") -> None:
        """Note a problem that stops the book."""
        self.report(code, "error", message, line, hint)

    def clean(self, text: str, line: int | None = None) -> str:
        """Take out of a text what no book can hold, and count it."""
        clean, removed = ILLEGAL.subn("", text)
        self.count_removed(removed, line)
        return clean

    def count_removed(self, count: int, line: int | None = None) -> None:
        """Note that so many characters that no book can hold were taken out, the first on `line`.

        One problem tells the sum, however often this is called.
        """
        if not count:
            return
        before, first = self._removed
        self._removed = count, line = before + count, first or line
        what, were = ("a character", "was") if count == 1 else (f"{count} characters", "were")
        self.problems = [problem for problem in self.problems if problem.code != "T002"]
        self.warn(
            "T002", f"{what} that no book can hold {were} taken out (control characters and the like)", line
        )

    def prose(self) -> str:
        """Give the text in lower case with code blanked out, every character in its place."""
        if self._prose is None:
            lowered = self.text.lower()
            if len(lowered) != len(self.text):
                lowered = "".join(low if len(low := letter.lower()) == 1 else letter for letter in self.text)
            self._prose = blank_code(lowered)
        return self._prose


def decode(path: str, data: bytes) -> Source:
    """Decode a content file: UTF-8, UTF-16 or UTF-32 with a byte order mark, else Windows-1252 with a warning.

    Arguments: the file's path in the project and its bytes. Returns the text, a line feed between lines.
    """
    text, fallback_at = _decoded(data)
    # The next line of mainframes parts words too, but no typeface has it, and editors do not count it as a line.
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", " ")
    clean, removed = ILLEGAL.subn("", text)
    source = Source(path, clean)
    if fallback_at is not None:
        source.warn(
            "T001",
            "not UTF-8: read as Windows-1252",
            data.count(b"\n", 0, fallback_at) + 1,
            "save the file as UTF-8",
        )
    if first := ILLEGAL.search(text):
        source.count_removed(removed, text.count("\n", 0, first.start()) + 1)
    return source


def _decoded(data: bytes) -> tuple[str, int | None]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            errors = "replace" if encoding == "utf-8" else "surrogatepass"
            try:
                return data[len(mark) :].decode(encoding, errors), None
            except UnicodeDecodeError:
                return data[len(mark) :].decode(encoding, "replace"), None
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError as error:
        with suppress(UnicodeDecodeError):
            # UTF-8 but for halves of characters (CESU-8): pairs are joined, what stands alone is taken out.
            halves = data.decode("utf-8", "surrogatepass").encode("utf-16-le", "surrogatepass")
            return halves.decode("utf-16-le", "surrogatepass"), None
        # The five bytes that Windows-1252 leaves undefined come out as control characters, and are taken out.
        pieces = codecs.charmap_decode(data, "strict", _WINDOWS_1252)[0]
        return pieces, error.start


_WINDOWS_1252 = "".join(
    bytes([byte]).decode("cp1252") if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else chr(byte)
    for byte in range(256)
)
