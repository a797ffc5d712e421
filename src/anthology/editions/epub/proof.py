"""Proofs of e-books: every document says that it is one."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from anthology.model import direction_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from anthology.labels import Labels
    from anthology.model import Document

_BODY = re.compile(r"<body\b[^>]*>")


def stamped(documents: Iterable[Document], labels: Labels, language: str) -> tuple[Document, ...]:
    """Put a line at the head of every document that says what the book is not for; `language` is the book's.

    It is put into what the templates made, whatever they are: a proof must not pass for the book.
    """
    from markupsafe import Markup

    line = Markup('\n<p class="stamp" lang="{0}" xml:lang="{0}" dir="{1}"><strong>{2}</strong></p>').format(
        language, direction_of(language), labels["proof"]
    )

    def with_line(document: Document) -> Document:
        html = _BODY.sub(lambda body: f"{body[0]}{line}", document.html, count=1)
        return replace(document, html=html)

    return tuple(with_line(document) for document in documents)
