"""The EPUB edition, put together of documents, pictures, cover and metadata."""

from anthology.editions.epub.edition import make_epub

__all__ = ["make_epub"]
