"""Notes of which two have one label."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown import Markdown

# Behind the label of a note that another one has already: · stands in no label that people write.
AGAIN = "·again"


def keep_all_notes(markdown: Markdown) -> None:
    """Let the first of two notes with one label be the one that is meant, and keep the other under a label of its own."""
    from markdown.extensions.footnotes import FootnoteExtension

    extension = next(made for made in markdown.registeredExtensions if isinstance(made, FootnoteExtension))
    keep = extension.setFootnote

    def keep_also(label: str, text: str) -> None:
        while extension.footnotes.get(label, text) != text:
            label += AGAIN
        keep(label, text)

    extension.setFootnote = keep_also  # type: ignore[assignment]  # called by place, never by name
