"""What styles hide from every reader, in a document whose lines are broken on somebody's screen.

Page boxes show what print has lost; an e-book has none, so its styles are read as a reading system would read them
(CSS Cascade 4, 6.4), for the few properties that make text vanish.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from anthology.nesting import selector_within
from anthology.verify.declarations import INHERITED, MAY_HIDE, declaration_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from cssselect2 import ElementWrapper, Matcher  # type: ignore[import-untyped]  # it ships no types
    from lxml.etree import _Element

    from anthology.verify.declarations import Declaration

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# Documents without any of these hide nothing by themselves.
_OWN_STYLES = "boolean(//@hidden | //@style | //*[local-name() = 'style'])"

# Media that e-books are not read in, and those that they always are.
_OTHER_MEDIA = frozenset({"print", "only print", "speech", "only speech", "not screen", "not all"})
_ALWAYS = frozenset({"", "all", "screen", "only screen", "only all", "not print", "not speech"})


class StyleSheet(NamedTuple):
    """A style sheet: its path, for messages, and its text; one in a document has no path."""

    path: str
    text: str


class Loss(NamedTuple):
    """How text is lost, and the rule that does it, in words."""

    how: Literal["hidden", "cut"]
    cause: str


@dataclass(frozen=True, slots=True)
class _State:
    """What has become of an element.

    It is gone with all that is in it, or unseen, by a property that what is in it inherits and may set otherwise.
    """

    gone: Loss | None = None
    unseen: Mapping[str, Loss] = field(default_factory=dict)


class Hiding:
    """What style sheets, given in the order of the cascade, hide in documents."""

    def __init__(self, sheets: Sequence[StyleSheet]) -> None:
        from lxml.etree import XPath

        self._sheets = tuple(sheets)
        self._has_own_styles = XPath(_OWN_STYLES)
        self._rules = _Rules()
        if any(MAY_HIDE.search(_COMMENT.sub("", sheet.text)) for sheet in sheets):
            self._rules.read(self._sheets)
        # The same with style sheets that documents hold themselves.
        self._with: dict[tuple[str, ...], _Rules] = {}

    def losses_in(self, root: _Element, html: str) -> dict[_Element, Loss]:
        """Find the elements of a document, of which the text is given too, whose own words or picture no reader sees."""
        may_fit = any(key in html for key in self._rules.keys)
        return self._losses(root) if may_fit or self._has_own_styles(root) else {}

    def _losses(self, root: _Element) -> dict[_Element, Loss]:
        from cssselect2 import ElementWrapper

        matcher = self._rules_for(root).matcher
        lost: dict[_Element, Loss] = {}

        def walk(element: ElementWrapper, around: _State) -> None:
            state = _inside(element, around, matcher)
            loss = state.gone or next(iter(state.unseen.values()), None)
            if loss:
                lost[element.etree_element] = loss
            for child in element.iter_children():
                walk(child, state)

        walk(ElementWrapper.from_xml_root(root), _State())
        return lost

    def _rules_for(self, root: _Element) -> _Rules:
        own = tuple("".join(map(str, element.itertext())) for element in root.iter("{*}style"))
        if not own:
            return self._rules
        if own not in self._with:
            self._with[own] = _Rules()
            self._with[own].read((*self._sheets, *(StyleSheet("", text) for text in own)))
        return self._with[own]


class _Rules:
    """The declarations that matter here, by the selectors of their rules.

    `keys` are words of which a document holds one if a rule that hides something fits it.
    """

    def __init__(self) -> None:
        from cssselect2 import Matcher

        self.matcher: Matcher = Matcher()
        self.keys: set[str] = set()

    def read(self, sheets: Iterable[StyleSheet]) -> None:
        """Add the rules of style sheets."""
        import tinycss2  # type: ignore[import-untyped]  # it ships no types

        for sheet in sheets:
            rules = tinycss2.parse_stylesheet(sheet.text, skip_comments=True, skip_whitespace=True)
            self._read(rules, "", sheet.path, "", always=True)

    def _read(self, nodes: Iterable[Any], selector: str, path: str, line: str, *, always: bool) -> None:
        """Add rules and declarations; where they do not always hold, what they show again does not count."""
        import tinycss2

        compiled = _compiled(selector)
        cause = f"{selector} in {path}:{line}" if path else f"{selector} in a `style` element"
        for node in nodes:
            if node.type == "declaration":
                declaration = declaration_of(node, cause)
                if declaration and (always or declaration.takes):
                    self._add(compiled, declaration)
            elif node.type == "qualified-rule":
                inner = tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)
                inside = selector_within(selector, " ".join(tinycss2.serialize(node.prelude).split()))
                self._read(inner, inside, path, str(node.source_line), always=always)
            elif node.type == "at-rule" and node.content is not None:
                holds = _holds(node.lower_at_keyword, tinycss2.serialize(node.prelude))
                parse = tinycss2.parse_blocks_contents if selector else tinycss2.parse_rule_list
                inner = parse(node.content, skip_comments=True, skip_whitespace=True)
                if holds != "never":
                    self._read(inner, selector, path, line, always=always and holds == "always")

    def _add(self, compiled: Iterable[Any], declaration: Declaration) -> None:
        for one in compiled:
            self.matcher.add_selector(one, declaration)
            if declaration.hides or declaration.clips or declaration.puts_away:
                self.keys.add(one.id or one.class_name or "")


def _compiled(selector: str) -> Sequence[Any]:
    """Compile a selector; one that cannot be read fits nothing, on e-readers as well."""
    from cssselect2 import SelectorError, compile_selector_list

    try:
        compiled: Sequence[Any] = compile_selector_list(selector) if selector else ()
    except SelectorError:
        return ()
    return compiled


def _inside(element: ElementWrapper, around: _State, matcher: Matcher) -> _State:
    """Tell what the rules that fit an element add to what has become of the one round it."""
    if around.gone:
        return around
    if element.etree_element.get("hidden") is not None:
        return _State(Loss("hidden", "a `hidden` attribute"))
    winners: dict[str, Declaration] = {}
    found = [declaration for *_, pseudo, declaration in matcher.match(element) if pseudo is None]
    for declaration in (*found, *_own_declarations(element.etree_element.get("style") or "")):
        before = winners.get(declaration.name)
        if declaration.important or not (before and before.important):
            winners[declaration.name] = declaration
    inherited = [winners.pop(name) for name in INHERITED if name in winners]
    is_screen = element.local_name in {"html", "body"}
    clips = any(declaration.clips for declaration in winners.values())
    lifted = any(declaration.lifts for declaration in winners.values())
    for declaration in winners.values():
        if declaration.hides or (lifted and declaration.puts_away):
            return _State(Loss("hidden", declaration.cause))
        if clips and declaration.bounds and (is_screen or not declaration.shares):
            return _State(Loss("cut", declaration.cause))
    unseen = dict(around.unseen)
    for declaration in inherited:
        if declaration.hides:
            unseen[declaration.name] = Loss("hidden", declaration.cause)
        elif not declaration.follows:
            unseen.pop(declaration.name, None)
    return _State(unseen=unseen)


def _own_declarations(style: str) -> Iterator[Declaration]:
    import tinycss2

    for node in tinycss2.parse_blocks_contents(style) if style else ():
        if node.type == "declaration" and (found := declaration_of(node, "a `style` attribute")):
            yield found


def _holds(keyword: str, prelude: str) -> Literal["always", "sometimes", "never"]:
    """Tell when the rules in an at-rule hold on an e-reader."""
    if keyword == "layer":
        return "always"
    if keyword != "media":
        return "sometimes" if keyword in {"supports", "container", "scope"} else "never"
    queries = {" ".join(query.lower().split()) for query in prelude.split(",")}
    if not queries.isdisjoint(_ALWAYS):
        return "always"
    return "never" if queries <= _OTHER_MEDIA else "sometimes"
