"""pandoc → Typst: the same text, set by others.

    python -m benchmarks.pandoc_typst BOOK.md BOOK.pdf [plain]

With `plain`, without running heads and without the page numbers of related reading.
"""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from benchmarks.pandoc import PANDOC, pandoc

TEMPLATE = Path(__file__).with_name("book.typ")


def missing() -> list[str]:
    """Name what has to be installed first."""
    absent = [] if pandoc() else [PANDOC]
    return absent if find_spec("typst") else [*absent, "typst"]


def make(book: Path, pdf: Path, variant: str = "") -> None:
    """Set a book, tagged as ours is, with the faces of our theme."""
    import typst

    from anthology.fonts import theme_faces

    source = pdf.with_suffix(".typ")
    options = ["-V", variant] if variant else []
    command: list[str | Path] = [
        pandoc() or "pandoc",
        book,
        "-t",
        "typst",
        "--template",
        TEMPLATE,
        "-o",
        source,
        *options,
    ]
    subprocess.run(command, check=True)
    faces = sorted({str(face.path.parent) for face in theme_faces()})
    typst.compile(str(source), output=str(pdf), font_paths=faces, ignore_system_fonts=True, pdf_tags=True)


if __name__ == "__main__":
    make(Path(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:])
