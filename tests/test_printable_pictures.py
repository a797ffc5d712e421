"""Pictures that the engine would leave out, or print in other colours than they have."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pymupdf
import pytest
from making import BOOK, write_project
from PIL import Image, ImageCms
from press_profile import cmyk_profile
from pressroom import print_book

from anthology.typeset.pictures import printable

RED, DEEP = (255, 0, 0), (0, 255, 255, 0)


def stored(picture: Image.Image, kind: str, **how: Any) -> bytes:
    """Write a picture as a file."""
    file = BytesIO()
    picture.save(file, kind, **how)
    return file.getvalue()


def first_pixel(data: bytes) -> tuple[str, Any]:
    """Read a picture back: its mode, and the colour of its corner."""
    with Image.open(BytesIO(data)) as picture:
        return picture.mode, picture.getpixel((0, 0))


def test_every_picture_of_a_book_is_printed_in_its_colours(tmp_path: Path) -> None:
    """Greys of sixteen bits are on the page as they are, and four inks are the colour that they make on a screen."""
    body = "---\ntitle: Pictures\n---\n\n![A grey.](grey.png)\n\n![A red.](red.jpg)\n"
    root = write_project(tmp_path, {"anthology.toml": BOOK, "content/a/pictures.md": body})
    (root / "content/a/grey.png").write_bytes(stored(Image.new("I;16", (60, 40), 0x8000), "PNG"))
    (root / "content/a/red.jpg").write_bytes(stored(Image.new("CMYK", (60, 40), DEEP), "JPEG"))
    made = print_book(root).pdf
    with pikepdf.open(BytesIO(made)) as pdf:
        spaces = {str(one.get("/ColorSpace")) for one in pdf.objects if isinstance(one, pikepdf.Stream)}
    assert "/DeviceCMYK" not in spaces
    seen = set()
    with pymupdf.open(stream=made) as pdf:  # type: ignore[no-untyped-call]
        for page in pdf:
            for picture in page.get_image_info():
                left, top, right, bottom = picture["bbox"]
                shown = page.get_pixmap(alpha=False)
                seen.add(shown.pixel(int(left + right) // 2, int(top + bottom) // 2))
    assert sorted(seen) == [pytest.approx((128,) * 3, abs=1), pytest.approx(RED, abs=2)]


@pytest.mark.parametrize("colour", ["gray", "cmyk"])
def test_inks_of_a_picture_are_kept_for_a_press(colour: str) -> None:
    """Four inks go to the press as they are, also out of a TIFF, which the engine cannot store."""
    photograph = stored(Image.new("CMYK", (8, 8), DEEP), "JPEG")
    assert printable(photograph, colour) is photograph
    mode, pixel = first_pixel(printable(stored(Image.new("CMYK", (8, 8), DEEP), "TIFF"), colour))
    assert (mode, pixel) == ("CMYK", pytest.approx(DEEP, abs=2))


def test_a_profile_within_a_picture_is_heeded() -> None:
    """The same inks are another colour on another press: a picture that names its press is shown as that prints."""
    inks = Image.new("CMYK", (8, 8), (0, 200, 0, 0))
    plain = first_pixel(printable(stored(inks, "JPEG"), "rgb"))
    named = first_pixel(printable(stored(inks, "JPEG", icc_profile=cmyk_profile()), "rgb"))
    expected = ImageCms.profileToProfile(
        inks,
        ImageCms.ImageCmsProfile(BytesIO(cmyk_profile())),
        ImageCms.createProfile("sRGB"),
        renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
        outputMode="RGB",
    )
    assert expected is not None
    assert named == ("RGB", pytest.approx(expected.getpixel((0, 0)), abs=4))
    assert named != plain


def test_what_the_engine_prints_keeps_its_bytes() -> None:
    """Nothing is stored anew, and loses by it, that need not be."""
    for picture, kind in ((Image.new("RGB", (8, 8)), "JPEG"), (Image.new("LA", (8, 8)), "PNG")):
        data = stored(picture, kind)
        assert printable(data, "rgb") is data


def test_a_picture_cut_off_is_refused() -> None:
    """A picture that ends too early is not printed as far as it goes."""
    data = stored(Image.effect_noise((64, 64), 90), "PNG")
    with pytest.raises(ValueError, match="it is damaged"):
        printable(data[: len(data) // 2], "rgb")
