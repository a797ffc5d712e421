"""Bind: a typeset book becomes the PDF that is handed over, with page labels and the way it opens."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from anthology.pages import TypesetBook


def bind(book: TypesetBook, direction: Literal["ltr", "rtl"]) -> bytes:
    """Give a typeset book its page labels, roman then arabic (ISO 32000-1, 12.4.2), and its reading direction.

    Returns the same bytes for the same book.
    """
    import pikepdf
    from pikepdf import Array, Dictionary, Name

    with pikepdf.open(BytesIO(book.pdf)) as pdf:
        labels = [0, Dictionary(S=Name.r)] if book.front_pages else []
        if book.front_pages < book.pages:
            labels += [book.front_pages, Dictionary(S=Name.D)]
        pdf.Root.PageLabels = Dictionary(Nums=Array(labels))
        pdf.Root.PageLayout = Name.TwoPageRight
        preferences = pdf.Root.get(Name.ViewerPreferences, Dictionary())
        preferences.DisplayDocTitle = True
        preferences.Direction = Name.R2L if direction == "rtl" else Name.L2R
        pdf.Root.ViewerPreferences = preferences
        bound = BytesIO()
        pdf.save(bound, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return bound.getvalue()
