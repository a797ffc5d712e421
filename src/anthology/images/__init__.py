"""Pictures made of pixels: opened with care, and made fit for reading systems."""

from anthology.images.colour import in_srgb, is_srgb
from anthology.images.fitting import FITTING_PIXELS, FittedPicture, fit
from anthology.images.opening import (
    MOST_PIXELS,
    NotAPicture,
    PictureFacts,
    TooManyPixels,
    facts_of,
    moves,
    opened,
    upright,
)
from anthology.images.stripping import bare

__all__ = [
    "FITTING_PIXELS",
    "MOST_PIXELS",
    "FittedPicture",
    "NotAPicture",
    "PictureFacts",
    "TooManyPixels",
    "bare",
    "facts_of",
    "fit",
    "in_srgb",
    "is_srgb",
    "moves",
    "opened",
    "upright",
]
