"""What a file says: by this it is made sure that nothing was amended but what was meant."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from anthology.amend.lines import CannotAmend
from anthology.model import Origin


def said(data: bytes) -> tuple[Any, ...]:
    """Give what a file says: its front matter without the lines of it, and its text."""
    from anthology.read.front_matter.fences import read_front_matter
    from anthology.read.source import decode

    source = decode("", data)
    front = read_front_matter(source)
    if front is None:
        raise CannotAmend("its front matter cannot be read")
    values = dict(front.values)
    related = tuple(replace(reference, origin=Origin("")) for reference in values.pop("related", ()))
    return related, values, front.extra, source.text[source.body_at :].lstrip("\n")
