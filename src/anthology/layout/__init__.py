"""How a format writes addresses, pictures, notes and page numbers; the stage before it knows none of this."""

from anthology.layout.base import Layout
from anthology.layout.e_reader import EReaderLayout
from anthology.layout.outside_links import addresses_in
from anthology.layout.paper import PaperLayout

__all__ = ["EReaderLayout", "Layout", "PaperLayout", "addresses_in"]
