"""What writers leave for themselves: dummy text, and marks for what is still to come."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from anthology.problems import Problem, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from anthology.verify.lints.passages import Copy

# "To come", as newsrooms write it, so that no word is mistaken for it; and what programmers write.
_REMINDER = re.compile(
    r"\bTK ?TK\b|[\[(]TK\b[^\])]*[\])]|\b(?:TODO|FIXME|XXX)\b ?:|[\[(](?:TODO|FIXME|XXX|TBC|TBD)\b[^\])]*[\])]|\?{4,}"
    r"|(?i:\blorem ipsum dolor\b)"
)


def reminders(copy: Copy) -> Iterator[Problem]:
    """Look for them in what is printed in words; code may have its own."""
    said = [
        (copy.origin_of(passage.text), passage.prose)
        for passage in copy.passages
        if _REMINDER.search(passage.prose)
    ]
    said += [
        (copy.origin_of_field(name), text)
        for name, text in (("title", copy.piece.title), ("standfirst", copy.piece.standfirst))
        if _REMINDER.search(text)
    ]
    for origin, text in said:
        for found in _REMINDER.finditer(text):
            yield Problem(
                "Q015",
                "warning",
                f'"{shortened(found[0])}" looks like a note to yourself',
                origin,
                "write what is still to come, or take it out",
            )
