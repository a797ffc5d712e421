"""What the place of an element says of it: that it stands in litter, or among the paragraphs of an article."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from anthology.importers.web.tree import names_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.html import HtmlElement

    from anthology.importers.web.runs import Run

LITTER_NAMES = re.compile(
    r"(?:^|[\s_-])(?:related|recirc\w*|share|sharing|social|promo\w*|newsletter|subscri\w+|sidebar|\w*comment\w*|respond|ping(?:back)?s?|trackbacks?|advert\w*|ads?|sponsor\w*|"
    r"teaser\w*|breadcrumbs?|nav\w*|menu|pagination|footer|author-(?:bio|box|info)|bio|tags?|widget\w*|toolbar|cookie\w*|popup|"
    r"recommend\w*|read-?more|more-(?:from|on|stories)|most-(?:read|popular)|banner|signup|sign-up|disqus|byline)(?:$|[\s_-])"
)
_LITTER_TAGS = frozenset({"nav", "footer", "aside", "form"})


def is_litter_place(element: HtmlElement, within: HtmlElement | None = None) -> bool:
    """Tell whether an element stands in something that its makers call navigation, promotion, sharing or the like."""
    for each in (element, *element.iterancestors()):
        if each is within or each.tag in ("html", "body", "article", "main"):
            return False
        if each.tag in _LITTER_TAGS or LITTER_NAMES.search(names_of(each)):
            return True
    return False


def homes_of(runs: Sequence[Run], chosen: set[int]) -> dict[int, tuple[int, int]]:
    """Give the elements that hold chosen paragraphs side by side, with the first and the last of them."""
    homes: dict[int, tuple[int, int]] = {}
    for number in sorted(chosen):
        block = runs[number].block
        if block.tag == "p" and (parent := block.getparent()) is not None:
            begin, _ = homes.get(id(parent), (number, number))
            homes[id(parent)] = (begin, number)
    return homes
