"""Drawings (SVG) as strangers send them, made safe and valid: what runs, listens, or reaches out is taken away."""

from anthology.drawings.cleaning import Cleaned, clean_drawing, cleaned_drawing
from anthology.drawings.page_text import as_drawn_text
from anthology.drawings.parsing import is_drawing, is_web_page
from anthology.drawings.styles import clean_declarations, clean_value

__all__ = [
    "Cleaned",
    "as_drawn_text",
    "clean_declarations",
    "clean_drawing",
    "clean_value",
    "cleaned_drawing",
    "is_drawing",
    "is_web_page",
]
