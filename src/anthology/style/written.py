"""A file as it was written: its text, and all that has to be the same when it is written again."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ENDING = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Written:
    """The text with a line feed behind each line, and what stood in the file: byte order mark, encoding, line ends."""

    text: str
    mark: bytes
    encoding: str
    endings: tuple[str, ...]

    def again(self, text: str) -> bytes:
        """Write another text of as many lines as this one was written."""
        lines = text.split("\n")
        joined = "".join(line + end for line, end in zip(lines, (*self.endings, ""), strict=True))
        return self.mark + joined.encode(self.encoding)


def opened(data: bytes) -> Written | None:
    """Read the bytes of a file; None where they are in no encoding of Unicode, so that nobody could write them again."""
    mark, encoding = next(((mark, name) for mark, name in _MARKS if data.startswith(mark)), (b"", "utf-8"))
    try:
        text = data[len(mark) :].decode(encoding)
    except UnicodeDecodeError:
        return None
    return Written(_ENDING.sub("\n", text), mark, encoding, tuple(_ENDING.findall(text)))
