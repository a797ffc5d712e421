"""Running heads: one line, cut where a reader would cut it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anthology.layout.running_heads import running_head


@pytest.mark.parametrize(
    ("title", "head"),
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
            "A title of which not a single one of its clauses ends before…",
        ),
        ("記事" * 30, "記事" * 15 + "記…"),
    ],
)
def test_long_titles_are_cut(title: str, head: str) -> None:
    """A head says a long title's first clause if that fits, else its first words and an ellipsis."""
    assert running_head(title, 64) == head


@given(st.text("ab .:,-记é", min_size=1).map(str.strip), st.integers(10, 70))
def test_a_head_never_takes_more_than_its_room(title: str, room: int) -> None:
    """Whatever the title, the head fits, and begins as the title does."""
    head = running_head(title, room)
    assert len(head) <= max(room, len(title.strip()) if len(title) <= room else 0)
    assert title.startswith(head.removesuffix("…").rstrip()) or len(title) <= room
