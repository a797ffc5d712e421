"""Trees of XHTML taken apart and put together."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from anthology.xhtml import unwrap

TEXTS = st.sampled_from(["", "one", " two ", "<!--three-->"])
TREES = st.recursive(
    TEXTS,
    lambda inner: st.builds(
        "{}<x>{}</x>{}".format,
        TEXTS,
        st.lists(inner, max_size=3).map("".join),
        TEXTS,
    ),
    max_leaves=12,
)


@given(TREES, TREES, TREES, st.booleans())
def test_what_is_unwrapped_leaves_all_that_it_held_where_it_stood(
    before: str, inner: str, behind: str, deeper: bool
) -> None:
    """Nothing but the two tags of the element goes."""
    written = (
        f"<r>{before}<x><y>{inner}</y></x>{behind}</r>"
        if deeper
        else f"<r>{before}<y>{inner}</y>{behind}</r>"
    )
    root = etree.fromstring(written)
    element = root.find(".//y")
    assert element is not None
    unwrap(element)
    expected = etree.fromstring(written.replace("<y>", "").replace("</y>", ""))
    assert etree.tostring(root, method="c14n") == etree.tostring(expected, method="c14n")
