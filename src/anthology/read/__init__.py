"""Read: content files become articles (front matter, Markdown to XHTML, pictures, notes, block ids)."""

from anthology.read.article import Reading, read_article
from anthology.read.codes import CODES
from anthology.read.front_matter.fences import front_matter_schema

__all__ = ["CODES", "Reading", "front_matter_schema", "read_article"]
