"""Bind: leaves become one PDF, with furniture, page numbers, links, outline, structure and metadata."""

from anthology.bind.book import Book, BoundLeaf, bind
from anthology.bind.metadata import Intent, Metadata
from anthology.bind.trimming import Trimming

__all__ = ["Book", "BoundLeaf", "Intent", "Metadata", "Trimming", "bind"]
