"""The preview: the book as it is on the disk now, on a page in the browser of whoever writes it."""

from anthology.preview.serving import Settings, preview

__all__ = ["Settings", "preview"]
