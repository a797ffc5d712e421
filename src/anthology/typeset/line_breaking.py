"""Limits of hyphenation that WeasyPrint 70 does not know: how many lines in a row, and none at a page turn.

CSS Text 4 has `hyphenate-limit-lines` and `hyphenate-limit-last` for both (section 6.3); the engine breaks one line
after the other and ignores them. Here each line is told, before it is broken, whether it may divide a word. That
costs nothing, for no line is broken twice. Like `boxes`, this reads and wraps what is private to WeasyPrint.
"""

from __future__ import annotations

from collections import defaultdict
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

# More hyphens than this, one below the other, are seen as a ladder at the edge of the text.
_MOST_IN_A_ROW = 2
# The typesetter's own hyphen, and those that an author writes.
_HYPHENS = ("\N{HYPHEN}", "-", "\N{SOFT HYPHEN}")
# A hair, in CSS pixels, by which a line is made too narrow for the word that it ended in.
_HAIR = 0.5


@contextmanager
def hyphenation_limits() -> Iterator[None]:
    """Keep the limits in all that is laid out within."""
    from weasyprint.layout import block, inline

    lines = _Lines()
    replaced = (
        (inline, "split_first_line", lines.split_first_line),
        (inline, "get_next_linebox", lines.get_next_linebox),
        (block, "_break_line", lines.break_line),
        (block, "find_earlier_page_break", lines.find_earlier_page_break),
    )
    before = [(module, name, getattr(module, name)) for module, name, _ in replaced]
    try:
        for module, name, wrap in replaced:
            setattr(module, name, wrap(getattr(module, name)))
        yield
    finally:
        for module, name, function in before:
            setattr(module, name, function)


class _Lines:
    """What is known of the lines of a document while they are broken.

    `in_a_row` counts the hyphens that end the lines before a place, by the element and the place in it where the
    next line begins; `whole_words` tells that the line being broken may divide no word.
    """

    def __init__(self) -> None:
        self._in_a_row: dict[tuple[int, str], int] = defaultdict(int)
        self._whole_words = False

    def get_next_linebox(self, original: Callable[..., Any]) -> Callable[..., Any]:
        """Wrap what makes the next line of a paragraph."""

        def wrapped(
            context: Any, linebox: Any, position_y: float, bottom_space: float, skip_stack: Any, *others: Any
        ) -> Any:
            from weasyprint.text.line_break import strut

            paragraph = id(linebox.element)
            before = self._in_a_row[paragraph, repr(skip_stack)] if skip_stack else 0
            height, _ = strut(linebox.style)
            turns = context.overflows_page(bottom_space, position_y + 2 * height)
            self._whole_words = before >= _MOST_IN_A_ROW or turns
            try:
                line, resume_at = original(context, linebox, position_y, bottom_space, skip_stack, *others)
            finally:
                self._whole_words = False
            if line is not None and resume_at is not None:
                self._in_a_row[paragraph, repr(resume_at)] = before + 1 if _is_divided(line) else 0
            return line, resume_at

        return wrapped

    def split_first_line(self, original: Callable[..., Any]) -> Callable[..., Any]:
        """Wrap what finds how much of a text fits into a line."""

        def wrapped(
            text: str, style: Any, context: Any, max_width: float | None, *others: Any, **named: Any
        ) -> Any:
            if not self._whole_words or style["hyphens"] == "none":
                return original(text, style, context, max_width, *others, **named)
            hyphens = style["hyphens"]
            style["hyphens"] = "manual"
            try:
                found = original(text, style, context, max_width, *others, **named)
                layout, length, resume, width, *_ = found
                if resume is None or max_width is None or not length or not layout.text.endswith(_HYPHENS):
                    return found
                # A compound that ends at its own hyphen: the line ends a word before it, if it holds another.
                narrower = original(text, style, context, width - _HAIR, *others, **named)
                return narrower if narrower[1] and narrower[3] < width else found
            finally:
                style["hyphens"] = hyphens

        return wrapped

    def break_line(self, original: Callable[..., Any]) -> Callable[..., Any]:
        """Wrap what ends a page within a paragraph: lines that end in a divided word go to the next page."""

        def wrapped(context: Any, box: Any, line: Any, kept: list[Any], *others: Any) -> Any:
            abort, stop, resume_at = original(context, box, line, kept, *others)
            if abort or not stop:
                return abort, stop, resume_at
            if count := _divided_at_end(kept, box.style["orphans"]):
                _forget(context, kept[-count:], *others[-2:])
                del kept[-count:]
            page_is_empty = others[1]
            if kept and _is_divided(kept[-1]) and not page_is_empty:
                # Too few lines to part with one: the paragraph begins on the next page.
                return True, False, resume_at
            return abort, stop, resume_at

        return wrapped

    def find_earlier_page_break(self, original: Callable[..., Any]) -> Callable[..., Any]:
        """Wrap what looks for a better place to end a page, where a heading would stand at its foot."""

        def wrapped(context: Any, children: Any, *others: Any) -> Any:
            from weasyprint.formatting_structure import boxes

            if children and isinstance(children[0], boxes.LineBox):
                style = children[0].style
                count = _divided_at_end(children[: -style["widows"]], style["orphans"])
                if count:
                    _forget(context, children[-count:], *others)
                    children = children[:-count]
            return original(context, children, *others)

        return wrapped


def _divided_at_end(lines: Sequence[Any], orphans: int) -> int:
    """Count the lines at the end that divide a word, as far as others are left for the foot of the page."""
    count = 0
    while len(lines) - count > orphans and _is_divided(lines[-1 - count]):
        count += 1
    return count


def _forget(context: Any, lines: Sequence[Any], absolute_boxes: Any, fixed_boxes: Any) -> None:
    """Take back what lines have brought onto the page besides their text: notes, floats."""
    from weasyprint.layout.block import remove_placeholders

    for line in lines:
        remove_placeholders(context, line.children, absolute_boxes, fixed_boxes)


def _is_divided(line: Any) -> bool:
    """Tell whether a line ends with a hyphen, the typesetter's or the author's."""
    from weasyprint.formatting_structure import boxes

    for box in reversed(list(line.descendants())):
        if isinstance(box, boxes.TextBox) and box.text.strip():
            hyphen = box.style["hyphenate_character"]
            return box.text.rstrip().endswith((*_HYPHENS, *((hyphen,) if hyphen else ())))
    return False
