"""The press: what a process keeps between leaves (fonts, parsed style sheets), and how it lays a page out."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

from anthology.fonts import CAPITALS, FIXED_WIDTH, capitals_rule, face_rules, families_for, theme_faces
from anthology.model import Origin
from anthology.problems import ContentError, Problem
from anthology.typeset.engine import load_engine
from anthology.typeset.faces import Faces, is_united
from anthology.typeset.fontconfig import private_fonts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from anthology.leaves import Sheet, Side

# What the margins of `paper.css` leave of a page's height; the eight lines of a caption and the least of a picture, in mm.
_TYPE_AREA = 1 - 2.2 / 9
_CAPTION = 8 * 13.6 * 25.4 / 72
_LEAST_PICTURE = 40.0
# By how much a justified line may reach into the gutter, in mm: WeasyPrint 70 breaks lines with kerning between words,
# and draws those that it justifies without.
_UNKERNED = 0.5

MARGINS = (
    "top-left-corner", "top-left", "top-center", "top-right", "top-right-corner",
    "right-top", "right-middle", "right-bottom",
    "bottom-right-corner", "bottom-right", "bottom-center", "bottom-left", "bottom-left-corner",
    "left-bottom", "left-middle", "left-top",
)  # fmt: skip

# A stamp is one line that runs down the middle of the outer margin, from the head of the text: where no style sheet
# looks for its folio, and where a margin needs room for its height alone.
_STAMP = """
@page :left {{ @left-top {{ content: "{word}" !important; {style} }} }}
@page :right {{ @right-top {{ content: "{word}" !important; {style} }} }}
"""
_STAMPED = (
    "background: none", "border: none", "color: #000", "font: 700 6pt/8pt var(--sans)", "hyphens: manual",
    "letter-spacing: .12em", "margin: 0", "opacity: 1", "overflow: visible", "padding: 0", "text-align: left",
    "text-indent: 0", "text-transform: none", "transform: translate(50%, 0) translate(4pt, 0) rotate(90deg)",
    "transform-origin: 0 0", "vertical-align: top", "visibility: visible", "white-space: nowrap",
)  # fmt: skip

# A leaf has no furniture. Slots are figures of one width, so that any number of as many figures fits.
_LEAF = f"""
@page {{ {" ".join(f"@{margin} {{ content: none !important }}" for margin in MARGINS)} }}
.slot {{
  font-kerning: none;
  font-variant: lining-nums tabular-nums;
  letter-spacing: 0;
  text-transform: none;
  white-space: nowrap;
  word-spacing: 0;
}}
"""


# What addresses in style sheets are relative to: nothing is found there, and the engine says so.
_BASE = "anthology-style:///"


class _Drawn(Exception):  # noqa: N818  # no error: it carries the drawing out before it is written to a file
    def __init__(self, pdf: Any) -> None:
        self.pdf = pdf


class WholeFonts(dict[Any, Any]):
    """The fonts of a document, which are not subset: the binder does that, once for the whole book."""

    def __setitem__(self, key: Any, font: Any) -> None:
        if is_united(font):
            font.clean = _keep_whole
        super().__setitem__(key, font)


def _keep_whole(letters: Any, hinting: Any) -> None:
    """Leave a font's file as it is."""


class Press:
    """Sets HTML on one kind of sheet."""

    def __init__(self, sheet: Sheet) -> None:
        load_engine()
        from weasyprint import CSS

        from anthology.typeset.fetch import FACE, BookFetcher

        self.faces = Faces()
        self._files = {face.name: face.path.read_bytes() for face in theme_faces()}
        self._sheet = sheet
        self._variant = sheet.variant or None
        with private_fonts(sheet.fallback) as fonts:
            self._fonts = fonts
        self._styled = dict(sheet.resources)
        fetcher = BookFetcher(_no_picture, self._files, self._styled, sheet.colour)
        texts = (face_rules(FACE), capitals_rule(FACE), _families(sheet), *sheet.styles, _page_size(sheet))
        with complaints() as told:
            self._styles = [self._css(CSS, text, fetcher) for text in texts]
        self._leaf = self._css(CSS, _LEAF, fetcher)
        self._stamp = [self._css(CSS, _stamp(sheet.stamp), fetcher)] if sheet.stamp else []
        # What the engine has to say of the style sheets, once and for all leaves.
        self.complaints = tuple(told)

    def lay_out(
        self,
        html: str,
        picture: Callable[[str], tuple[bytes, str]],
        *,
        furniture: str | None = None,
        side: Side | None = None,
    ) -> tuple[Any, Any]:
        """Lay out a page of HTML; give the engine's document and the tree that it was laid out from.

        With `furniture`, style rules that order it, margins are set; else the pages are a leaf's, which begins on
        `side` if one is given.
        """
        from weasyprint import CSS, HTML

        from anthology.typeset.fetch import BookFetcher

        fetcher = BookFetcher(picture, self._files, self._styled, self._sheet.colour)
        styles = [*self._styles, self._leaf] if furniture is None else [*self._styles, *self._stamp]
        rules = furniture or (f":root {{ break-before: {side} }}" if side else "")
        if rules:
            styles.append(self._css(CSS, rules, fetcher))
        page = HTML(string=html, url_fetcher=fetcher)
        laid_out = page.render(stylesheets=styles, font_config=self._fonts, pdf_variant=self._variant)
        return laid_out, page.etree_element

    def draw(self, laid_out: Any, tags: bool) -> Any:
        """Draw a laid-out document in the inks of its sheet; give the engine's PDF before it is written.

        Raises ValueError where the sheet's profile does not fit its colours.
        """
        laid_out.fonts = WholeFonts()

        def take(_: Any, pdf: Any) -> None:
            raise _Drawn(pdf)

        try:
            laid_out.write_pdf(
                BytesIO(),
                finisher=take,
                pdf_tags=tags and self._sheet.tagged,
                pdf_variant=self._variant if tags else None,
                uncompressed_pdf=True,
            )
        except _Drawn as drawn:
            return self._printed(drawn.pdf)
        raise AssertionError("the engine drew nothing")

    def _printed(self, pdf: Any) -> Any:
        import pydyf  # type: ignore[import-untyped]  # it ships no types

        from anthology.typeset.separation import separate

        separate(pdf, self._sheet)
        for thing in pdf.objects:
            if isinstance(thing, pydyf.Stream) and "Interpolate" in thing.extra:
                # PDF/A forbids it (ISO 19005-2, 6.2.8), and a press prints the pixels that there are.
                thing.extra["Interpolate"] = "false"
        return pdf

    def _css(self, css: Any, text: str, fetcher: Any) -> Any:
        try:
            return css(string=text, font_config=self._fonts, url_fetcher=fetcher, base_url=_BASE)
        except (
            Exception
        ) as error:  # whatever the engine fails with: a colour profile that is not there, for one
            message = f"a style sheet asks for what cannot be had: {error}"
            hint = "style sheets can name nothing outside themselves but the book's own typefaces"
            raise ContentError(Problem("S002", "error", message, Origin("styles"), hint)) from error


@lru_cache(maxsize=2)
def press_for(sheet: Sheet) -> Press:
    """Give this process's press for a sheet; the style sheets of the last few are kept parsed."""
    return Press(sheet)


def warm_up(sheet: Sheet) -> None:
    """Load in this process what sets pages on a sheet, before there is anything to set.

    Raises MachineError where Pango is missing.
    """
    press_for(sheet)


@contextmanager
def complaints() -> Iterator[list[str]]:
    """Collect what the engine logs; without this it would print, and nobody would answer for it."""
    lines: list[str] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(record.getMessage())

    logger = logging.getLogger("weasyprint")
    before, propagate, level = logger.handlers, logger.propagate, logger.level
    logger.handlers, logger.propagate = [Collector()], False
    logger.setLevel(logging.WARNING)
    try:
        yield lines
    finally:
        logger.handlers, logger.propagate = before, propagate
        logger.setLevel(level)


def _no_picture(key: str) -> tuple[bytes, str]:
    raise ValueError(f"style sheets show no pictures of the book: {key}")


def _page_size(sheet: Sheet) -> str:
    """Give the page's size, its least margins, and the height that leaves a caption room below a picture: eight lines."""
    picture = max(_LEAST_PICTURE, sheet.height * _TYPE_AREA - _CAPTION)
    bleed = f" bleed: {sheet.bleed}mm;" if sheet.bleed else ""
    gutter = sheet.gutter + _UNKERNED if sheet.gutter else 0.0
    return (
        f"@page {{ size: {sheet.width}mm {sheet.height}mm;{bleed} }}"
        f" :root {{ --picture-height: {picture:.1f}mm;"
        f" --gutter: {gutter:.2f}mm; --safety: {sheet.safety}mm }}"
    )


def _stamp(word: str) -> str:
    """Order a word on every page, bare and blank ones too, whatever the other styles say."""
    written = word.replace("\\", "\\\\").replace('"', '\\"')
    return _STAMP.format(word=written, style="; ".join(f"{line} !important" for line in _STAMPED))


def _families(sheet: Sheet) -> str:
    """Tell the styles which faces come after the theme's own, for scripts that those lack."""
    fallback = "".join(f', "{family}"' for family in (*sheet.fallback, *families_for(sheet.language)))
    fixed = ", ".join(f'"{family}"' for family in FIXED_WIDTH)
    return (
        f':root {{ --serif: "Anthology Serif"{fallback}; --sans: "Anthology Sans"{fallback};'
        f' --mono: {fixed}{fallback}; --capitals: "{CAPITALS}", var(--serif) }}'
    )
