"""Text as Markdown says it: what would be read as markup is kept from it, and nothing else is touched."""

from __future__ import annotations

import re

_INLINE = (
    (re.compile(r"\\(?=[\\`*_{}\[\]()>#+\-.!|~<&]|$)"), r"\\\\"),
    (re.compile(r"`"), r"\\`"),
    (re.compile(r"(?<!\s)\*|\*(?!\s)"), r"\\*"),
    (re.compile(r"(?<![^\W_])_|_(?![^\W_])"), r"\\_"),
    (re.compile(r"&(?=#?\w+;)"), "&amp;"),
    (re.compile(r"<(?=[A-Za-z/!?]|$)"), "&lt;"),
    (re.compile(r"~(?=~)|(?<=~)~"), r"\\~"),
    (re.compile(r"\{"), r"\\{"),
    (re.compile(r"\[(?=\^)|\](?=[(\[{:])"), r"\\\g<0>"),
    (re.compile(r"!(?=\[|$)"), r"\\!"),
)
_LINE_START = (
    (re.compile(r"^(\d+)([.)])(?=\s|$)"), r"\1\\\2"),
    (re.compile(r"^([-+])(?=\s|$|[-+\s]*$)"), r"\\\1"),
    (re.compile(r"^\*(?=\s|$)"), r"\\*"),
    (re.compile(r"^(#{1,6})"), r"\\\1"),
    (re.compile(r"^>"), r"\\>"),
    (re.compile(r"^:(?=\s)"), "&#58;"),
    (re.compile(r"^=(?==*\s*$)"), "&#61;"),
    (re.compile(r"^~~~"), r"\\~~~"),
    (re.compile(r"^\|"), r"\\|"),
)


def escaped(text: str) -> str:
    """Write a stretch of text so that Markdown reads it as it is."""
    for pattern, replacement in _INLINE:
        text = pattern.sub(replacement, text)
    return text


def escaped_start(line: str) -> str:
    """Write a line of a paragraph so that its beginning is not read as a list, heading, quotation or rule."""
    for pattern, replacement in _LINE_START:
        line = pattern.sub(replacement, line, count=1)
    return line


def code_span(text: str) -> str:
    """Write text as code within a line (CommonMark 0.31, 6.1): fenced by more backticks than it has."""
    folded = " ".join(text.split())
    if not folded:
        return ""
    ticks = "`" * (max((len(run) for run in re.findall(r"`+", folded)), default=0) + 1)
    space = " " if folded.startswith("`") or folded.endswith("`") else ""
    return f"{ticks}{space}{folded}{space}{ticks}"


def code_block(text: str, language: str) -> str:
    """Write text as a fenced code block, its spaces and lines as they are."""
    lines = text.replace("\t", "    ").strip("\n").rstrip()
    ticks = "`" * max(3, max((len(run) for run in re.findall(r"`+", lines)), default=0) + 1)
    return f"{ticks}{language}\n{lines}\n{ticks}"


def destination(address: str) -> str:
    """Write an address or path as the target of a link or picture; a path keeps its spaces, in angle brackets."""
    if (
        not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|//|#", address)
        and re.search(r"[\s()]", address)
        and not re.search(r"[<>\n]", address)
    ):
        return f"<{address.strip()}>"
    return re.sub(
        r"[\s()<>\"\\]", lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), address.strip()
    )


def label(text: str) -> str:
    """Write the description of a picture: the text between the brackets."""
    return re.sub(r"([\[\]\\])", r"\\\1", " ".join(text.split())).replace("`", "'").replace("<", "&lt;")


def quoted(text: str) -> str:
    """Write the title of a picture, with its quotation marks."""
    return (
        '"'
        + " ".join(text.split())
        .replace("\\", "&#92;")
        .replace('"', "&quot;")
        .replace("<", "&lt;")
        .replace("`", "&#96;")
        + '"'
    )
