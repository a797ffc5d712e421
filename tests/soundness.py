"""What every article that was read keeps to, whatever its writer did."""

from __future__ import annotations

import pickle

from lxml import etree

from anthology.read import Reading


def body_of(reading: Reading) -> etree._Element:
    """Parse the body as XML: a fault here is a fault of the book."""
    assert reading.article is not None, reading.problems
    return etree.fromstring(f"<div>{reading.article.body}</div>")


def assert_sound(reading: Reading) -> None:
    """Hold an article against all that the other stages rely on."""
    assert reading.article is not None, reading.problems
    root = body_of(reading)
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    names = [block.id for block in reading.article.blocks]
    assert len(names) == len(set(names))
    assert set(names) <= set(ids)
    for element in root.iter():
        for text, holder in ((element.text, element), (element.tail, element.getparent())):
            if text and not text.isspace():
                assert holder is not None
                if holder.get("class") == "note-ref":
                    # It says nothing of its own.
                    continue
                around = [holder, *holder.iterancestors()]
                assert any(place.get("id") in names for place in around), f"{text!r} stands in no block"
    assert not root.xpath(
        ".//p[ancestor::p] | .//a[ancestor::a] | .//li[not(parent::ul or parent::ol)] | .//h1"
    )
    assert not root.xpath(".//ul[not(li)] | .//ol[not(li)] | .//table[not(.//tr)] | .//script | .//style")
    pickle.dumps(reading)
