"""Typeset: documents become pages; the only package that knows WeasyPrint."""

from anthology.typeset.book import Sheet, typeset

__all__ = ["Sheet", "typeset"]
