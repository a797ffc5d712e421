"""The theme's faces: complete static files from the font packages, under family names of our own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

SERIF, SANS = "Anthology Serif", "Anthology Sans"
# The roman of the serif again, for the small capitals of acronyms: a PDF has one reading for each glyph of a font. In
# the font of the text, where lead words have the same glyphs, it is the small letter's, and "NATO" would be copied
# as "nato".
CAPITALS = "Anthology Serif Capitals"

# Families that are used where they are installed, without being asked for, so that a quotation in another script or
# an emoji stops no book. Serif faces for scripts that the theme's own faces lack; a book that is written in one of
# them names its face under `[fonts] fallback`, and has it first.
SCRIPTS = (
    "Noto Naskh Arabic",
    "Noto Serif Hebrew",
    "Noto Serif CJK JP",
    "Noto Serif CJK SC",
    "Noto Serif CJK TC",
    "Noto Serif CJK KR",
    "Noto Serif",
    "Noto Serif Armenian",
    "Noto Serif Bengali",
    "Noto Serif Devanagari",
    "Noto Serif Ethiopic",
    "Noto Serif Georgian",
    "Noto Serif Gujarati",
    "Noto Serif Khmer",
    "Noto Serif Tamil",
    "Noto Serif Telugu",
    "Noto Serif Thai",
)

# Fixed-width families for code, in order of preference; the theme's own faces have none.
FIXED_WIDTH = ("Noto Sans Mono", "DejaVu Sans Mono", "Menlo", "Consolas")

# Families for signs that no text face has, emoji first of all: in outline, since paper is printed in one ink.
SYMBOLS = ("Symbola", "Noto Emoji", "Noto Sans Symbols2", "Noto Sans Symbols", "Noto Sans Math")


# Chinese, Japanese and Korean share characters and draw them differently.
_EAST_ASIAN = {"ja": "JP", "ko": "KR", "zh": "SC", "zh-hant": "TC", "zh-tw": "TC", "zh-hk": "TC"}


def families_for(language: str) -> tuple[str, ...]:
    """Give the families for other scripts, that of the book's own language (BCP 47) before its neighbours."""
    tag = language.lower()
    wanted = _EAST_ASIAN.get("-".join(tag.split("-")[:2]), _EAST_ASIAN.get(tag.split("-")[0], "JP"))
    return tuple(sorted(SCRIPTS, key=lambda family: "CJK" in family and not family.endswith(wanted)))


@dataclass(frozen=True, slots=True)
class Face:
    """One face: `family`, `weight` and `style` as CSS names them, and the file it comes from."""

    family: str
    weight: int
    style: Literal["normal", "italic"]
    path: Path

    @property
    def name(self) -> str:
        """Name the file in an edition."""
        return self.path.name

    @property
    def licence(self) -> Path:
        """Find the text of the licence, which goes wherever the face goes."""
        return self.path.parent / "LICENSE.txt"


def theme_faces() -> tuple[Face, ...]:
    """Give the faces of the default theme.

    Raises ImportError where a font package is not installed.
    """
    import font_source_sans_pro
    import font_source_serif_pro

    serif = Path(font_source_serif_pro.__file__).parent / "files"
    sans = Path(font_source_sans_pro.__file__).parent / "files"
    return (
        Face(SERIF, 400, "normal", serif / "SourceSerifPro-Regular.otf"),
        Face(SERIF, 400, "italic", serif / "SourceSerifPro-It.otf"),
        Face(SERIF, 700, "normal", serif / "SourceSerifPro-Bold.otf"),
        Face(SERIF, 700, "italic", serif / "SourceSerifPro-BoldIt.otf"),
        Face(SANS, 400, "normal", sans / "SourceSansPro-Regular.otf"),
        Face(SANS, 400, "italic", sans / "SourceSansPro-It.otf"),
        Face(SANS, 600, "normal", sans / "SourceSansPro-Semibold.otf"),
        Face(SANS, 700, "normal", sans / "SourceSansPro-Bold.otf"),
    )


def face_rules(address: str) -> str:
    """Write the `@font-face` rules; `address` stands before each file's name in its URL."""
    return "\n".join(_rule(face, address) for face in theme_faces())


def capitals_rule(address: str) -> str:
    """Write the `@font-face` rule of the face for acronyms, which only a PDF needs; `address` as in `face_rules`."""
    faces = {(face.family, face.weight, face.style): face for face in theme_faces()}
    return _rule(replace(faces[SERIF, 400, "normal"], family=CAPITALS), address)


def _rule(face: Face, address: str) -> str:
    return (
        f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight}; font-style: {face.style};'
        f" src: url({address}{face.name}) }}"
    )
