"""Where lines end, in what WeasyPrint 70 does not know of it: limits of hyphenation, and spaces that may give.

CSS Text 4 has `hyphenate-limit-lines` and `hyphenate-limit-last` (section 6.3) against ladders of hyphens and words
broken over a page turn; the engine breaks one line after the other and ignores both. Here each line is told, before
it is broken, whether it may divide a word. The engine also lets the spaces of a justified line grow without bounds
and never shrink: here a line that would be loose is tried once more with spaces a little narrower.

Like `boxes`, this reads and wraps what is private to WeasyPrint; nothing else does.
"""

from __future__ import annotations

from collections import defaultdict
from contextlib import contextmanager
from math import inf
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

# More hyphens than this, one below the other, are seen as a ladder at the edge of the text.
_MOST_IN_A_ROW = 2
# The typesetter's own hyphen, and those that an author writes.
_HYPHENS = ("\N{HYPHEN}", "-", "\N{SOFT HYPHEN}")
# A line whose spaces would be so many times their natural width is loose; looser than the other, it is seen as a hole.
_LOOSE = 2.0
_LOOSEST = 2.2
# Spaces may shrink by this share of their width (what compositors hold to be the least that still parts words), all
# of a line together by this share of the measure.
_GIVE = 0.18
_MOST_GIVEN = 0.02
# Rather than leave a hole, a word of five letters is divided, and behind its second: what TeX does with any word.
_IN_NEED = (5, 2, 3)
# An end of a paragraph of so few letters is shorter than the indent of the next one.
_SHORTEST_END = 4
# So a word is divided of which more is left, with its full stop.
_LONG_END = (6, 3, _SHORTEST_END)
# A hair, in CSS pixels, by which a line is made too narrow for the word that it ended in.
_HAIR = 0.5


@contextmanager
def hyphenation_limits() -> Iterator[None]:
    """Keep the limits in all that is laid out within."""
    from weasyprint.layout import block, inline

    lines = _Lines()
    replaced = (
        (inline, "split_first_line", lines.split_first_line),
        (inline, "split_inline_box", lines.split_inline_box),
        (inline, "text_align", lines.text_align),
        (inline, "get_next_linebox", lines.get_next_linebox),
        (block, "_linebox_layout", lines.linebox_layout),
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
    next line begins. Of the line being broken, `whole_words` tells that it may divide no word, `sparing`
    that it does so only rather than leave a hole (below a hyphen, at the foot of a page), and `given` how much longer
    than its measure it may be before its spaces shrink, in CSS pixels.
    """

    def __init__(self) -> None:
        self._in_a_row: dict[tuple[int, str], int] = defaultdict(int)
        self._whole_words = False
        self._sparing = False
        self._given = 0.0
        # The text that ends the paragraph.
        self._last_text = ""
        # Widths of spaces by style, with the style, so that no other can get its number.
        self._spaces: dict[int, tuple[Any, float]] = {}

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
            self._whole_words = before >= _MOST_IN_A_ROW
            self._sparing = turns or before > 0
            self._last_text = _last_text(linebox)
            try:
                line, resume_at = original(context, linebox, position_y, bottom_space, skip_stack, *others)
            finally:
                self._whole_words = False
            if line is not None and resume_at is not None:
                self._in_a_row[paragraph, repr(resume_at)] = before + 1 if _is_divided(line) else 0
            return line, resume_at

        return wrapped

    def split_inline_box(self, original: Callable[..., Any]) -> Callable[..., Any]:
        """Wrap what fills a line, or an element within one: a line may be longer than its measure by a little."""

        def wrapped(context: Any, box: Any, position_x: float, max_x: float, *others: Any) -> Any:
            from weasyprint.formatting_structure import boxes

            if not isinstance(box, boxes.LineBox):
                return original(context, box, position_x, max_x, *others)
            outer, style = self._given, box.style
            # Beside a float, a line that is too long would be put below it.
            gives = (
                style["text_align_all"] == "justify"
                and style["direction"] == "ltr"
                and style["white_space"] == "normal"
                and not context.excluded_shapes
            )
            self._given = (max_x - position_x) * _MOST_GIVEN if gives else 0.0
            try:
                return original(context, box, position_x, max_x + self._given, *others)
            finally:
                self._given = outer

        return wrapped

    def split_first_line(self, original: Callable[..., Any]) -> Callable[..., Any]:
        """Wrap what finds how much of a text fits into a line."""

        def wrapped(
            text: str, style: Any, context: Any, max_width: float | None, *others: Any, **named: Any
        ) -> Any:
            if max_width is None or max_width == inf:
                return original(text, style, context, max_width, *others, **named)

            def split(width: float, **limits: Any) -> Any:
                if self._whole_words:
                    limits["hyphens"] = "manual"
                if not limits or style["hyphens"] != "auto":
                    return original(text, style, context, width, *others, **named)
                before = {name: style[name] for name in limits}
                try:
                    style.update(limits)
                    return original(text, style, context, width, *others, **named)
                finally:
                    style.update(before)

            def undivided(width: float, **limits: Any) -> Any:
                return split(width, **{**limits, "hyphens": "manual"})

            if not self._given:
                found = split(max_width)
                return self._whole(found, split) if self._whole_words else found
            measure, space = max_width - self._given, self._space(style, context)
            found = split(measure)
            if found[2] is None:
                return found
            if self._whole_words:
                found = self._whole(self._tightened(found, measure, space, split), undivided)
                return self._ended(found, text, measure, space, undivided)
            if self._sparing and found[0].text.endswith(_HYPHENS):
                whole = self._whole(self._tightened(undivided(measure), measure, space, undivided), undivided)
                if _ratio(whole, measure, space) <= _LOOSEST:
                    return self._ended(whole, text, measure, space, undivided)
            found = self._tightened(found, measure, space, split)
            return self._ended(found, text, measure, space, split)

        return wrapped

    def _whole(self, found: Any, split: Callable[..., Any]) -> Any:
        """End a line a word earlier where it may not divide the compound that it ends with."""
        layout, length, resume, width, *_ = found
        if resume is None or not length or not layout.text.endswith(_HYPHENS):
            return found
        shorter = split(width - _HAIR)
        return shorter if shorter[1] and shorter[3] < width else found

    def _tightened(self, found: Any, measure: float, space: float, split: Callable[..., Any]) -> Any:
        """Get more into a line that would be loose, if its spaces need not shrink too much."""
        ratio = _ratio(found, measure, space)
        give = min(found[0].text.strip().count(" ") * space * _GIVE, self._given)
        for loose, limits in ((_LOOSE, {}), (_LOOSEST, {"hyphenate_limit_chars": _IN_NEED})):
            if ratio <= loose:
                break
            fuller = split(measure + give, **limits)
            if fuller[2] is not None and fuller[2] > found[2] and fuller[3] <= measure + give:
                return fuller
        return found

    def _ended(self, found: Any, text: str, measure: float, space: float, split: Callable[..., Any]) -> Any:
        """Let a paragraph end with more than a few letters: undivided, with one word more, or divided before."""
        _, length, resume, width, *_ = found
        rest = text.encode()[resume:].decode().strip() if resume is not None else ""
        if not rest or len(rest) > _SHORTEST_END or not length or not self._last_text.endswith(text):
            return found
        for limits in ({"hyphens": "manual"}, {"hyphenate_limit_chars": _LONG_END}):
            shorter = split(width - _HAIR, **limits)
            if shorter[1] and shorter[3] < width and _ratio(shorter, measure, space) <= _LOOSEST:
                return shorter
        return found

    def _space(self, style: Any, context: Any) -> float:
        """Give the natural width of a space, in CSS pixels."""
        from weasyprint.text.line_break import create_layout, line_size

        if id(style) not in self._spaces:
            layout = create_layout("\N{NO-BREAK SPACE}", style, context, None, 0)
            self._spaces[id(style)] = style, float(line_size(layout.get_first_line()[0], style)[0])
        return self._spaces[id(style)][1]

    def text_align(self, original: Callable[..., Any]) -> Callable[..., Any]:
        """Wrap what justifies a line: one that is too long is made as long as the measure."""

        def wrapped(context: Any, line: Any, available_width: float, last: bool) -> Any:
            from weasyprint.layout.inline import justify_line

            if line.style["text_align_all"] == "justify" and line.style["direction"] == "ltr":
                excess = line.width - available_width
                if 0 < excess <= available_width * _MOST_GIVEN * (1 + _HAIR):
                    justify_line(context, line, -excess)
                    return 0
            return original(context, line, available_width, last)

        return wrapped

    def linebox_layout(self, original: Callable[..., Any]) -> Callable[..., Any]:
        """Wrap what sets the lines of a paragraph: those that would end a page in a divided word go to the next one.

        Where the engine ends a page is seen from what is left: for room, it also sends notes to the next page.
        """

        def wrapped(
            context: Any, box: Any, index: int, child: Any, kept: list[Any], page_is_empty: bool, *others: Any
        ) -> Any:
            notes, moved = list(context.current_page_footnotes), list(context.reported_footnotes)
            abort, stop, resume_at, *found = original(
                context, box, index, child, kept, page_is_empty, *others
            )
            if stop and not abort:
                if count := _divided_at_end(kept, box.style["orphans"]):
                    _forget(context, kept[-count:], *others[:2])
                    del kept[-count:]
                    resume_at = {index: kept[-1].resume_at}
                # With too few lines to part with one, the paragraph begins on the next page.
                abort = bool(kept) and _is_divided(kept[-1]) and not page_is_empty
            if abort and context.reported_footnotes != moved:
                # Notes that made room for lines which go themselves stay with their marks.
                context.current_page_footnotes[:], context.reported_footnotes[:] = notes, moved
                context._update_footnote_area()
            return abort, stop and not abort, resume_at, *found

        return wrapped

    def find_earlier_page_break(self, original: Callable[..., Any]) -> Callable[..., Any]:
        """Wrap what looks for a better place to end a page, where a heading would stand at its foot."""

        def wrapped(context: Any, children: Any, *others: Any) -> Any:
            from weasyprint.formatting_structure import boxes

            if children and isinstance(children[0], boxes.LineBox):
                style = children[0].style
                kept = children[: -style["widows"]]
                count = _divided_at_end(kept, style["orphans"])
                if len(kept) > count and _is_divided(kept[-1 - count]):
                    # Too few lines to part with one: the page is to end before the paragraph.
                    return None
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


def _ratio(found: Any, measure: float, space: float) -> float:
    """Tell how many times its natural width a space will be when a line is justified."""
    layout, _, _, width, *_ = found
    count = layout.text.strip().count(" ")
    # Without a space there is nothing to justify: such a line stays ragged.
    return 1 + (measure - width) / (count * space) if count else 1.0


def _last_text(box: Any) -> str:
    """Give the text that ends a box."""
    while getattr(box, "children", ()):
        box = box.children[-1]
    return str(getattr(box, "text", ""))


def _is_divided(line: Any) -> bool:
    """Tell whether a line ends with a hyphen, the typesetter's or the author's."""
    from weasyprint.formatting_structure import boxes

    for box in reversed(list(line.descendants())):
        if isinstance(box, boxes.TextBox) and box.text.strip():
            hyphen = box.style["hyphenate_character"]
            return bool(box.text.rstrip().endswith((*_HYPHENS, *((hyphen,) if hyphen else ()))))
    return False
