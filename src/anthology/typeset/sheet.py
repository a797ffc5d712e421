"""What pages are made with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the pages are made with.

    `width` and `height` in millimetres; `styles` are style sheets in the order of the cascade; `fallback` are
    families for scripts that the theme's faces lack; `start` says on which side an article begins; `variant`
    is the PDF standard to keep to, as WeasyPrint names it.
    """

    width: float
    height: float
    styles: tuple[str, ...]
    language: str
    direction: Literal["ltr", "rtl"]
    title: str
    authors: tuple[str, ...] = ()
    description: str = ""
    keywords: tuple[str, ...] = ()
    date: str = ""
    start: Literal["any", "recto"] = "any"
    fallback: tuple[str, ...] = ()
    variant: str = ""
