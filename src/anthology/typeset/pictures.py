"""Pictures as they lie in the book, made into those that the engine can print."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

# High enough that a photograph loses nothing that print would show by being stored once more.
_QUALITY = 95
_JPEG = frozenset({"JPEG", "MPO"})


def printable(data: bytes, colour: str) -> bytes:
    """Give a picture that the engine prints as it is meant; one that it does keeps its bytes.

    The engine leaves out greys of 16 bits and four inks that are not in a JPEG, and reads no colour profile. Four
    inks in an edition for screens are no longer what they are in another: PDF/A refuses them there (ISO 19005-2,
    6.2.4.3).

    Args:
        data: the file of a picture of pixels.
        colour: what the edition is printed with: `rgb`, `gray` or `cmyk`.

    Raises ValueError for a picture that ends too early: the engine prints what it finds of it, and says nothing.
    """
    from PIL import Image, ImageFile

    from anthology.images import in_srgb, upright

    lenient, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        with Image.open(BytesIO(data)) as picture:
            picture.load()
            lossy = picture.format in _JPEG
            if picture.mode == "CMYK" and colour != "rgb":
                return data if lossy else _stored(upright(picture), "JPEG")
            if not _is_foreign(picture):
                return data
            return _stored(in_srgb(upright(picture)), "JPEG" if lossy else "PNG")
    except OSError as error:
        raise ValueError(f"it is damaged: {error}") from error
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient


def _is_foreign(picture: Image.Image) -> bool:
    """Tell whether a picture has colours that the engine does not know, or takes for others."""
    from anthology.images import is_srgb

    profile = picture.info.get("icc_profile")
    unknown = picture.mode in {"CMYK", "LAB", "F"} or picture.mode.startswith("I")
    return unknown or bool(profile and not is_srgb(profile))


def _stored(picture: Image.Image, kind: str) -> bytes:
    made = BytesIO()
    how = {"quality": _QUALITY, "subsampling": 0} if kind == "JPEG" else {}
    picture.info.clear()
    picture.save(made, kind, **how)
    return made.getvalue()
