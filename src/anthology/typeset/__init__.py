"""Typeset: documents become pages; the only package that knows WeasyPrint."""

from anthology.typeset.book import typeset
from anthology.typeset.sheet import Sheet

__all__ = ["Sheet", "typeset"]
