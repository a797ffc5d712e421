"""The EPUB edition, put together of documents, pictures, cover and metadata."""

from anthology.editions.epub.edition import make_epub, parts_of_styles
from anthology.editions.epub.single import Single, make_single

__all__ = ["Single", "make_epub", "make_single", "parts_of_styles"]
