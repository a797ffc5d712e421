"""What templates see."""

from __future__ import annotations

import pytest

from anthology.views import first_clause


@pytest.mark.parametrize(
    ("title", "running"),
    [
        ("Owls", "Owls"),
        (
            "How sleeping in the afternoon fosters patience and good temper, contributing to public health",
            "How sleeping in the afternoon fosters patience and good temper",
        ),
        ("The clock behind the eyes: why some of us never learn to go to bed", "The clock behind the eyes"),
        ("Night work – a history of those who have stayed awake for all the others", "Night work"),
        ("What do larks want? An answer to nobody in particular, and to everybody", "What do larks want"),
        (
            "A title of which not a single one of its clauses ends before the measure does, alas",
            None,
        ),
        (
            "Yes: but it is hard to say to whom, and harder still to say why at all",
            "Yes: but it is hard to say to whom",
        ),
    ],
)
def test_long_titles_are_shortened_at_their_first_clause(title: str, running: str | None) -> None:
    """A running head says a long title's first clause, if that fits; a single word is no clause."""
    assert first_clause(title) == (running or title)
