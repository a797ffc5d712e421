"""The merge of a changed source with an edited article: what a person wrote is never lost."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from anthology.importers.merge import Merged, merge

BASE = "one\n\ntwo\n\nthree\n"

words = st.sampled_from(["owl", "lark", "ferry", "salt", "river", "clock", ""])
lines = st.lists(words, max_size=3).map(" ".join)
texts = st.lists(lines, max_size=8).map(lambda held: "".join(f"{line}\n" for line in held))


def test_an_untouched_article_takes_the_new_text() -> None:
    """Nobody edited it: what the source says now is the article."""
    assert merge(BASE, BASE, "new\n") == Merged("new\n")


def test_an_unchanged_source_leaves_the_edits_alone() -> None:
    """The source is as it was: the article is not touched."""
    assert merge(BASE, "edited\n", BASE) == Merged("edited\n")


def test_changes_in_different_places_are_merged() -> None:
    """An editor's line and the source's line both change: both are in the result."""
    assert merge(BASE, BASE.replace("one", "ONE"), BASE.replace("three", "3")) == Merged("ONE\n\ntwo\n\n3\n")


def test_the_same_change_on_both_sides_is_made_once() -> None:
    """The editor corrected what the magazine then corrected, and added something elsewhere."""
    edited = "one\n\nTWO\n\nthree\n\nmine\n"
    assert merge(BASE, edited, "one\n\nTWO\n\nthree\n") == Merged(edited)


def test_changes_of_the_same_line_are_a_conflict() -> None:
    """Both rewrote one line: the article stays as it is."""
    edited = BASE.replace("two", "mine")
    assert merge(BASE, edited, BASE.replace("two", "theirs")) == Merged(edited, conflict=True)


def test_an_edited_line_that_the_source_dropped_is_a_conflict() -> None:
    """The source takes away what the editor worked on: it stays."""
    edited = BASE.replace("two", "two, rewritten")
    assert merge(BASE, edited, "one\n\nthree\n") == Merged(edited, conflict=True)


def test_without_the_last_import_nothing_is_merged() -> None:
    """Nobody knows what an editor changed: the article stays as it is."""
    assert merge(None, "edited\n", "new\n") == Merged("edited\n", conflict=True)
    assert merge(None, "same\n", "same\n") == Merged("same\n")


@given(base=texts, edited=texts, new=texts)
def test_no_line_that_a_person_wrote_is_gone(base: str, edited: str, new: str) -> None:
    """Whatever an editor and the source make of a text, each line that the editor wrote is in the result."""
    written = Counter(edited.splitlines()) - Counter(base.splitlines())
    assert not written - Counter(merge(base, edited, new).text.splitlines())


@given(base=texts, edited=texts, new=texts)
def test_merging_again_changes_nothing(base: str, edited: str, new: str) -> None:
    """The same source once more, merged into the result, gives the result."""
    text = merge(base, edited, new).text
    assert merge(new, text, new) == Merged(text)
