"""Pull quotes that their article does not say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from anthology.problems import Problem, shortened
from anthology.wording import folded
from anthology.xhtml import fragment_to_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from anthology.verify.lints.passages import Copy

# What a quotation is put into, and what stands where some of it is left out.
_ELLIPSIS = "…"


def strange_pull_quotes(copy: Copy) -> Iterator[Problem]:
    """Look for pull quotes whose words the text around them does not have; what is left out is marked by an ellipsis."""
    quotes = [each for each in copy.root.iter() if _is_quote(each)]
    if not quotes:
        return
    said = _letters(" ".join(passage.text for passage in copy.passages if not _in_quote(passage.element)))
    said += _letters(copy.piece.standfirst)
    for quote in quotes:
        # Who said it may stand below, in an element of its own.
        words = [fragment_to_text(each) for each in quote if each.tag not in {"footer", "cite"}]
        text = " ".join(words) or fragment_to_text(quote)
        parts = [
            _letters(part)
            for part in text.replace("...", _ELLIPSIS).replace("[…]", _ELLIPSIS).split(_ELLIPSIS)
        ]
        if not all(part in said for part in parts):
            yield Problem(
                "Q012",
                "warning",
                f'the pull quote "{shortened(text)}" is not in the text of the article',
                copy.origin_of(text),
                "quote the article word for word, with … for what is left out; or mark it as a quotation",
            )


def _is_quote(element: Any) -> bool:
    return "pull-quote" in str(element.get("class", "")).split()


def _in_quote(element: Any) -> bool:
    return _is_quote(element) or any(map(_is_quote, element.iterancestors()))


def _letters(text: str) -> str:
    return "".join(letter for letter in folded(text) if letter.isalnum())
