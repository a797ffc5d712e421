"""What templates see."""

from __future__ import annotations

import pytest

from anthology.views import first_clause


@pytest.mark.parametrize(
    ("title", "running"),
    [
        ("Owls", "Owls"),
        ("How sexual intimacy fosters emotional regulation and closeness, contributing to health", None),
        ("The clock behind the eyes: why some of us never learn to go to bed", "The clock behind the eyes"),
        ("Night work – a history of those who stay awake for the others", "Night work"),
        ("What do larks want? An answer to nobody in particular, and to all", "What do larks want"),
        ("A title of which no clause ends before the measure does and which has none", None),
        (
            "Yes: but it is hard to say to whom, and harder still to say why at all",
            "Yes: but it is hard to say to whom",
        ),
    ],
)
def test_long_titles_are_shortened_at_their_first_clause(title: str, running: str | None) -> None:
    """A running head says a long title's first clause, if that fits; a single word is no clause."""
    assert first_clause(title) == (running or title)
