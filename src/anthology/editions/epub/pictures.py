"""The pictures of an e-book, in formats that every reading system shows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from anthology.layout.e_reader import picture_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from anthology.editions.base import Manuscript
    from anthology.exporters.epub import Part
    from anthology.model import Document

_SHOWN = re.compile(r'"images/([^"]+)"')


def pictures_of(manuscript: Manuscript, documents: Sequence[Document]) -> Iterator[Part]:
    """Give the pictures that a document shows, in a format that every reading system shows."""
    from anthology.exporters.epub import Part

    shown = {name for document in documents for name in _SHOWN.findall(document.html)}
    for key in sorted(manuscript.pictures):
        name = picture_name(key)
        if name not in shown:
            continue
        data, media_type = manuscript.picture(key)
        if name != key:
            data, media_type = _as_png(data), "image/png"
        yield Part(f"images/{name}", data, media_type, f"picture-{name.partition('.')[0]}")


def _as_png(data: bytes) -> bytes:
    from io import BytesIO

    from PIL import Image

    made = BytesIO()
    with Image.open(BytesIO(data)) as picture:
        picture.convert("RGBA" if "A" in picture.getbands() else "RGB").save(made, "PNG")
    return made.getvalue()
