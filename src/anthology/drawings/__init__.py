"""Drawings (SVG) as strangers send them, made safe and valid: what runs, listens, or reaches out is taken away."""

from anthology.drawings.cleaning import Cleaned, clean_drawing, cleaned_drawing
from anthology.drawings.parsing import is_drawing, is_web_page

__all__ = ["Cleaned", "clean_drawing", "cleaned_drawing", "is_drawing", "is_web_page"]
