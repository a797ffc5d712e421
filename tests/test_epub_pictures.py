"""Pictures in the e-book: kinds that every reading system shows, upright, in sRGB, not too large, and bare."""

from __future__ import annotations

import io
import re
import struct
import zlib
from typing import TYPE_CHECKING, Any

import pymupdf
import pytest
from making import write_project
from PIL import Image, ImageCms, ImageFile
from reading_back import epubcheck, unzip

from anthology.build import Options, Outcome, build
from anthology.cache import Cache
from anthology.images import FITTING_PIXELS, NotAPicture, TooManyPixels, bare, facts_of, fit
from anthology.read import read_article

if TYPE_CHECKING:
    from pathlib import Path

SECRET = "Lighthouse Road 12"


def photograph(width: int = 64, height: int = 48) -> Image.Image:
    """Make a picture with as much in it as a photograph has."""
    noise = Image.effect_noise((width // 4 or 1, height // 4 or 1), 80).resize((width, height))
    return Image.merge("RGB", (noise, noise.rotate(180), Image.linear_gradient("L").resize((width, height))))


def flag(width: int = 64, height: int = 48) -> Image.Image:
    """Make a picture of four colours, of which red lies at the top left and green at the top right."""
    picture = Image.new("RGB", (width, height), (20, 20, 200))
    picture.paste((200, 20, 20), (0, 0, width // 2, height // 2))
    picture.paste((20, 200, 20), (width // 2, 0, width, height // 2))
    picture.paste((230, 230, 230), (width // 2, height // 2, width, height))
    return picture


def encoded(picture: Image.Image, kind: str, **options: Any) -> bytes:
    """Write a picture as a file's bytes."""
    made = io.BytesIO()
    picture.save(made, kind, **options)
    return made.getvalue()


def shown(data: bytes) -> Image.Image:
    """Read a picture whole."""
    picture = Image.open(io.BytesIO(data))
    picture.load()
    return picture


def exif_of(orientation: int) -> Image.Exif:
    """Make what a telephone writes: how it was held, and where."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010E] = SECRET
    exif.get_ifd(0x8825).update({1: "N", 2: (59.0, 54.0, 40.0)})
    return exif


def profile() -> bytes:
    """Give the colour profile of sRGB."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def swapped_profile() -> bytes:
    """Give a profile in which the first channel is blue and the last is red."""
    swapped = profile().replace(b"rXYZ", b"----").replace(b"bXYZ", b"rXYZ")
    return swapped.replace(b"----", b"bXYZ")


def png_of_sixteen_bits(colour_type: int, channels: int) -> bytes:
    """Write a PNG of 4 × 4 pixels of a middle value, in 16 bits a channel; Pillow cannot."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + b"\x80\x80" * 4 * channels for _ in range(4))
    header = struct.pack(">IIBBBBB", 4, 4, 16, colour_type, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("data", "suffix"),
    [
        (encoded(photograph(), "JPEG"), "jpg"),
        (encoded(photograph(), "JPEG", progressive=True), "jpg"),
        (encoded(photograph().convert("L"), "JPEG"), "jpg"),
        (encoded(photograph(), "JPEG", icc_profile=profile()), "jpg"),
        (encoded(flag(), "PNG"), "png"),
        (encoded(flag().convert("P"), "PNG"), "png"),
        (encoded(flag().convert("1"), "PNG"), "png"),
        (encoded(flag().convert("LA"), "PNG"), "png"),
        (encoded(flag(), "PNG", icc_profile=profile()), "png"),
        (encoded(flag(), "GIF", save_all=True, append_images=[photograph()]), "gif"),
        (encoded(flag(), "PNG", save_all=True, append_images=[photograph()]), "png"),
    ],
)
def test_what_is_fit_keeps_its_bytes(data: bytes, suffix: str) -> None:
    """A picture that every reading system shows as it is goes into the book byte for byte."""
    fitted = fit(data)
    assert fitted.suffix == suffix
    assert fitted.data == data


@pytest.mark.parametrize(
    ("data", "suffix", "mode"),
    [
        (encoded(photograph(), "WEBP"), "jpg", "RGB"),
        (encoded(photograph().convert("L"), "WEBP"), "jpg", "RGB"),
        (encoded(photograph().convert("RGBA"), "WEBP"), "jpg", "RGB"),
        (encoded(flag(), "WEBP", lossless=True), "png", "RGB"),
        (encoded(photograph(), "AVIF"), "jpg", "RGB"),
        (encoded(photograph(), "JPEG2000"), "jpg", "RGB"),
        (encoded(flag(), "BMP"), "png", "RGB"),
        (encoded(flag(), "TIFF"), "png", "RGB"),
        (encoded(flag().resize((32, 32)), "ICO"), "png", "RGB"),
        (encoded(flag().convert("CMYK"), "TIFF"), "png", "RGB"),
        (encoded(Image.new("LAB", (4, 4), (136, 128, 128)), "TIFF"), "png", "RGB"),
        (encoded(flag().convert("1"), "TIFF"), "png", "L"),
        (encoded(Image.new("I;16", (4, 4), 0x8080), "TIFF"), "png", "L"),
        (encoded(Image.new("F", (4, 4), 0.5), "TIFF"), "png", "L"),
        (png_of_sixteen_bits(0, 1), "png", "L"),
        (png_of_sixteen_bits(2, 3), "png", "RGB"),
        (png_of_sixteen_bits(4, 2), "png", "RGBA"),
        (png_of_sixteen_bits(6, 4), "png", "RGBA"),
    ],
)
def test_other_kinds_are_converted(data: bytes, suffix: str, mode: str) -> None:
    """What lost detail before becomes a JPEG, all else a PNG; the colours stay, and the bytes are always the same."""
    fitted = fit(data)
    made = shown(fitted.data)
    assert (fitted.suffix, made.mode) == (suffix, mode)
    assert fit(data).data == fitted.data
    source = shown(data)
    if source.mode in {"RGB", "RGBA"}:
        for x, y in ((1, 1), (made.width - 2, 1), (1, made.height - 2)):
            expected = source.convert("RGB").getpixel((x, y))
            assert made.convert("RGB").getpixel((x, y)) == pytest.approx(expected, abs=24)
    elif mode == "L" and source.mode != "1":
        assert made.getpixel((1, 1)) == pytest.approx(128, abs=1)


def test_transparency_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """What could be seen through can be seen through, where a picture is converted and where it is reduced."""
    clear = flag().convert("RGBA")
    clear.putalpha(Image.linear_gradient("L").resize(clear.size))
    made = shown(fit(encoded(clear, "WEBP", lossless=True, exact=True)).data)
    assert made.mode == "RGBA"
    assert made.tobytes() == clear.tobytes()
    # A colour that is one of a few, and means that there is nothing.
    few = flag().quantize(4)
    data = encoded(few, "GIF", transparency=few.getpixel((1, 1)))
    monkeypatch.setattr("anthology.images.fitting.FITTING_PIXELS", 1000)
    for given in (encoded(clear, "PNG"), data):
        reduced = shown(fit(given).data)
        assert reduced.mode == "RGBA"
        assert reduced.getchannel("A").getextrema() == pytest.approx((0, 255), abs=12)


@pytest.mark.parametrize("size", [(400, 300), (201, 200), (1000, 200), (300_000, 1), (1, 300_000)])
def test_large_pictures_are_reduced(monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]) -> None:
    """A picture with too many pixels has as many of them as fit, in the same proportions; 4 million fit."""
    assert FITTING_PIXELS == 4_000_000
    monkeypatch.setattr("anthology.images.fitting.FITTING_PIXELS", 40_000)
    for kind in ("PNG", "JPEG"):
        if max(size) > 65_535 and kind == "JPEG":
            continue  # there are none
        made = shown(fit(encoded(Image.new("L", size), kind)).data)
        assert made.width * made.height <= 40_000
        if min(size) > 1:
            assert made.width * made.height >= 0.98 * 40_000
            assert made.width / made.height == pytest.approx(size[0] / size[1], rel=0.02)


def test_a_photograph_does_not_become_a_huge_png(monkeypatch: pytest.MonkeyPatch) -> None:
    """A photograph that was kept without loss is a JPEG after it was reduced, a picture of a screen a PNG."""
    monkeypatch.setattr("anthology.images.fitting.FITTING_PIXELS", 400_000)
    grain = Image.effect_noise((900, 600), 60)
    assert fit(encoded(Image.merge("RGB", (grain, grain, grain)), "TIFF")).suffix == "jpg"
    assert fit(encoded(flag(900, 600), "TIFF")).suffix == "png"


@pytest.mark.parametrize("orientation", range(1, 9))
def test_pictures_stand_upright(orientation: int) -> None:
    """However a camera was held, the picture stands upright in the file: not every reading system turns it."""
    data = encoded(flag(), "JPEG", exif=exif_of(orientation), quality=95)
    fitted = fit(data)
    expected = shown(data)
    expected = expected.transpose(_TURNS[orientation]) if orientation > 1 else expected
    made = shown(fitted.data)
    assert not made.getexif()
    assert made.size == expected.size
    assert (facts_of(data).width, facts_of(data).height) == expected.size
    for place in ((4, 4), (expected.width - 5, 4), (4, expected.height - 5)):
        assert made.getpixel(place) == pytest.approx(expected.getpixel(place), abs=8)


_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "TIFF"])
def test_other_kinds_stand_upright_too(kind: str) -> None:
    """A picture of any kind that says how it was held is turned, once."""
    exif = Image.Exif()
    exif[0x0112] = 6
    data = encoded(flag(), kind, exif=exif)
    assert (facts_of(data).width, facts_of(data).height) == (48, 64)
    made = shown(fit(data).data)
    assert made.size == (48, 64)
    assert made.convert("RGB").getpixel((40, 8)) == pytest.approx((200, 20, 20), abs=20)


def test_nobody_learns_where_a_photograph_was_taken() -> None:
    """Place, time, camera, remarks and what stands behind the picture go, and not one pixel changes."""
    data = encoded(
        photograph(), "JPEG", exif=exif_of(1), comment=SECRET.encode(), quality=90, progressive=True
    )
    app13 = b"\xff\xed" + struct.pack(">H", 2 + len(SECRET)) + SECRET.encode()
    data = data[:2] + app13 + data[2:] + encoded(photograph(), "JPEG", comment=SECRET.encode())
    assert SECRET.encode() in data
    fitted = fit(data)
    assert SECRET.encode() not in fitted.data
    assert b"Exif" not in fitted.data
    assert shown(fitted.data).tobytes() == shown(data).tobytes()
    assert fit(fitted.data).data == fitted.data
    remarks = encoded(flag(), "PNG", exif=exif_of(1), icc_profile=profile())
    told = fit(remarks)
    assert SECRET.encode() not in told.data
    assert shown(told.data).tobytes() == flag().tobytes()


def test_print_is_told_how_to_turn_a_photograph_and_nothing_else() -> None:
    """For paper a JPEG is not encoded anew: it says still how it was held."""
    data = encoded(flag(), "JPEG", exif=exif_of(6))
    kept = bare(data)
    assert SECRET.encode() not in kept
    assert dict(shown(kept).getexif()) == {0x0112: 6}
    assert bare(kept) == kept
    assert shown(kept).tobytes() == shown(data).tobytes()


def test_two_pictures_in_one_file_are_a_photograph() -> None:
    """Telephones put a second picture behind the first (MPO): the book has the first, as the JPEG that it is."""
    data = encoded(photograph(), "MPO", save_all=True, append_images=[flag()])
    assert facts_of(data).media_type == "image/jpeg"
    fitted = fit(data)
    assert fitted.suffix == "jpg"
    assert shown(fitted.data).format == "JPEG"
    assert len(fitted.data) < len(data) * 0.8


def test_colours_are_those_of_screens() -> None:
    """Colours described by a profile are turned into sRGB, greys too; damaged profiles say nothing."""
    blue = Image.new("RGB", (16, 16), (20, 20, 220))
    for kind in ("PNG", "JPEG", "WEBP", "TIFF"):
        made = shown(fit(encoded(blue, kind, icc_profile=swapped_profile())).data)
        assert "icc_profile" not in made.info
        assert made.getpixel((8, 8)) == pytest.approx((220, 20, 20), abs=12), kind
    same = shown(fit(encoded(blue, "BMP")).data)
    assert same.getpixel((8, 8)) == (20, 20, 220)
    nonsense = encoded(blue, "PNG", icc_profile=b"nonsense")
    assert shown(fit(nonsense).data).getpixel((8, 8)) == (20, 20, 220)


def test_colours_of_printers_become_those_of_screens() -> None:
    """A CMYK photograph, which Adobe writes the wrong way round, shows its colours and is RGB."""
    red = Image.new("RGB", (32, 32), (220, 20, 20)).convert("CMYK")
    for options in ({}, {"quality": 95}):
        data = encoded(red, "JPEG", **options)
        assert shown(data).mode == "CMYK"
        made = shown(fit(data).data)
        assert (made.format, made.mode) == ("JPEG", "RGB")
        assert made.getpixel((16, 16)) == pytest.approx((220, 20, 20), abs=30)


def test_the_first_frame_stands_for_a_picture_that_cannot_move_in_a_book() -> None:
    """A moving WebP shows its first frame, and as what it is: lossy or not."""
    frames = [flag(), photograph()]
    moving = encoded(frames[0], "WEBP", save_all=True, append_images=frames[1:], lossless=True)
    assert facts_of(moving).moves
    fitted = fit(moving)
    assert fitted.suffix == "png"
    assert shown(fitted.data).convert("RGB").tobytes() == flag().tobytes()
    assert not facts_of(encoded(flag(), "GIF")).moves
    assert not facts_of(encoded(flag(), "TIFF", save_all=True, append_images=[flag()])).moves


@pytest.mark.parametrize("lenient", [False, True], ids=["alone", "after WeasyPrint"])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "AVIF", "BMP", "TIFF", "JPEG2000"])
def test_cut_off_pictures_are_told(monkeypatch: pytest.MonkeyPatch, kind: str, lenient: bool) -> None:
    """A file that ends too early is found out when it is read, whatever WeasyPrint has told Pillow to tolerate."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", lenient)
    data = encoded(photograph(200, 100), kind)
    with pytest.raises(NotAPicture):
        facts_of(data[: len(data) * 2 // 3])
    assert facts_of(data).width == 200
    assert lenient == ImageFile.LOAD_TRUNCATED_IMAGES


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "the file is empty"),
        (b"%PDF-1.7", "it is a PDF"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "it is a HEIC photograph"),
        (b"\0\0\0\x18ftypisom\0\0\0\0", "it is a film"),
        (b"8BPS\0\1", "it is a Photoshop file"),
        (b"\x1f\x8b\x08", "it is a compressed drawing (svgz)"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "it is a PostScript file"),
        (b"hello", "the file is damaged or of an unknown kind"),
    ],
)
def test_what_is_no_picture_is_named(data: bytes, message: str) -> None:
    """An editor is told what the file is, as far as anybody can tell."""
    with pytest.raises(NotAPicture, match=re.escape(message)):
        facts_of(data)


def test_a_picture_that_would_fill_the_memory_is_refused() -> None:
    """A small file that claims a large picture is refused before any of it is decoded."""
    claims = encoded(flag(), "PNG").replace(struct.pack(">II", 64, 48), struct.pack(">II", 30_000, 20_000))
    head = claims[:33]
    claims = head[:29] + struct.pack(">I", zlib.crc32(head[12:29])) + claims[33:]
    with pytest.raises(TooManyPixels):
        facts_of(claims)


def make(
    root: Path, text: str, files: dict[str, bytes], cache: Path | None = None, other: str = "Words."
) -> Outcome:
    """Build the e-book of two articles with these pictures beside them."""
    articles = {"one": text, "two": other}
    write_project(
        root,
        {f"content/mind/{name}.md": f"---\ntitle: {name}\n---\n{text}" for name, text in articles.items()},
    )
    for name, data in files.items():
        (root / "content" / "mind" / name).write_bytes(data)
    options = Options(("ebook",), jobs=1, cache=Cache(cache) if cache else None, keep_going=True)
    return build(root, options, lambda *_: None)


def packed(outcome: Outcome) -> dict[str, bytes]:
    """Read the e-book back."""
    (book,) = outcome.folder.glob("*.epub")
    return unzip(book.read_bytes())


def test_every_kind_of_picture_in_a_valid_book(tmp_path: Path) -> None:
    """Kinds, wrong suffixes and moving pictures go into one book that EPUBCheck finds nothing wrong with."""
    svg = (
        b'<svg width="20" height="10"><a href="#x"><path id="x" d="M0 0h9"/></a><use xlink:href="#no"/></svg>'
    )
    webp = encoded(photograph(), "WEBP")
    files = {
        "photo.jpg": encoded(photograph(), "JPEG", exif=exif_of(6)),
        "really-a-png.jpg": encoded(flag(), "PNG"),
        "really-a-drawing.png": svg,
        "lossy.webp": webp,
        "again.webp": webp,
        "lossless.webp": encoded(flag(), "WEBP", lossless=True),
        "new.avif": encoded(photograph(), "AVIF"),
        "old.bmp": encoded(flag(), "BMP"),
        "printer.jpg": encoded(flag().convert("CMYK"), "JPEG"),
        "moving.gif": encoded(flag(), "GIF", save_all=True, append_images=[photograph()]),
        "unused.png": encoded(flag(9, 9), "PNG"),
        "page.jpg": b"<!DOCTYPE html><title>404</title>",
        "cut.jpg": encoded(photograph(), "JPEG")[:900],
    }
    wrong = "![A page](page.jpg)\n\n![Half a picture](cut.jpg)"
    seen = [name for name in files if name not in {"unused.png", "page.jpg", "cut.jpg"}]
    text = "\n\n".join(f"![A view of {name.partition('.')[0]}]({name})" for name in seen)
    outcome = make(tmp_path, text, files, other=wrong)
    assert [f"{problem.code}: {problem.message}" for problem in outcome.problems] == [
        "I012: moving.gif moves: on paper, and on many e-readers, only its first frame is seen",
        "B019: it is not in the book, because of its errors",
        "I005: page.jpg is not a picture that can be read: it is a web page",
        "I005: cut.jpg is not a picture that can be read: the file is damaged or of an unknown kind",
    ]
    book = packed(outcome)
    pictures = sorted(name for name in book if "/images/" in name and "cover" not in name)
    suffixes = sorted(name.rpartition(".")[2] for name in pictures)
    # The same WebP under two names is one file, and a picture that no article shows is none.
    assert suffixes == ["gif", "jpg", "jpg", "jpg", "jpg", "png", "png", "png", "svg"]
    assert all(re.fullmatch(r"EPUB/images/[0-9a-f]{16}\.\w+", name) for name in pictures)
    text = book["EPUB/one.xhtml"].decode()
    assert set(re.findall(r'src="(images/[^"]+)"', text)) == {name.removeprefix("EPUB/") for name in pictures}
    (path,) = outcome.folder.glob("*.epub")
    assert epubcheck(path) == []


def test_pictures_are_made_fit_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was made of a picture is kept: an edit of the text makes none of them again, and the same book."""
    files = {"a.webp": encoded(photograph(), "WEBP"), "b.jpg": encoded(photograph(), "JPEG")}
    text = "![One](a.webp)\n\n![Two](b.jpg)"
    first = packed(make(tmp_path / "book", text, files, tmp_path / "cache"))

    def never(data: bytes) -> None:
        raise AssertionError("made again")

    monkeypatch.setattr("anthology.editions.epub.pictures.fit", never)
    second = packed(make(tmp_path / "book", f"{text}\n\nMore words.", files, tmp_path / "cache"))
    pictures = [name for name in first if "/images/" in name]
    assert len(pictures) == 3
    assert [second[name] for name in pictures] == [first[name] for name in pictures]


@pytest.mark.parametrize(
    ("written", "shown_files"),
    [
        ('<img data-src="a.png" alt="x">', ["a"]),
        ('<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" data-src="a.png" alt="x">', ["a"]),
        ('<img src="/lib/blank.gif" data-lazy-src="a.png" alt="x"><noscript><img src="a.png" alt="x"></noscript>', ["a"]),
        ('<noscript><img src="a.png" alt="x"></noscript>', ["a"]),
        ('<img srcset="a.png 100w, b.png 800w, c.png 400w" alt="x">', ["b"]),
        ('<img srcset="a.png, b.png 2x" alt="x">', ["b"]),
        ('<img src="a.png" srcset="b.png 2x" alt="x">', ["a"]),
        ('<picture><source srcset="b.png" type="image/webp"><img src="a.png" alt="x"></picture>', ["a"]),
        ('<picture><source srcset="b.png 1x"><img src="data:," alt="x"></picture>', ["b"]),
        ('<img src="placeholder-harbour.png" alt="x">', ["placeholder-harbour"]),
    ],
)  # fmt: skip
def test_the_file_of_a_picture_that_loads_later_is_found(written: str, shown_files: list[str]) -> None:
    """Pages put a blank in place of a picture until it is near: the book has the picture, once, in its best size."""
    names = ("a", "b", "c", "placeholder-harbour")
    files = {f"content/mind/{name}.png": encoded(flag(8 + at, 8), "PNG") for at, name in enumerate(names)}
    reading = read_article("content/mind/one.md", f"# T\n\n{written}".encode(), language="en", find=files.get)
    assert reading.article
    assert [picture.path for picture in reading.article.pictures] == [
        f"content/mind/{name}.png" for name in shown_files
    ]
    assert reading.article.body.count("<img") == 1
    assert reading.problems == ()


def test_a_photograph_stands_the_same_way_on_paper(tmp_path: Path) -> None:
    """A photograph that has to be turned is turned in both editions, and neither says where it was taken."""
    files = {
        f"content/mind/{name}": encoded(flag(400, 300), kind, exif=exif_of(6), quality=95)
        for name, kind in (("a.jpg", "JPEG"), ("b.webp", "WEBP"))
    }
    write_project(tmp_path, {"content/mind/one.md": "![One](a.jpg)\n\n![Two](b.webp)"})
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    outcome = build(tmp_path, Options(), lambda *_: None)
    assert [problem.code for problem in outcome.problems] == ["T003"]
    (book,) = outcome.folder.glob("*.epub")
    (printed,) = outcome.folder.glob("*.pdf")
    found = [
        shown(data)
        for name, data in unzip(book.read_bytes()).items()
        if re.search(r"images/[0-9a-f]{16}", name)
    ]
    with pymupdf.open(printed) as pdf:
        # What the two pages of an opening share is listed on both.
        found += [
            shown(pdf.extract_image(image[0])["image"])
            for page in pdf
            for image in page.get_images(full=True)
        ]
    assert len(found) >= 4
    for picture in found:
        assert picture.size == (300, 400)
        assert picture.convert("RGB").getpixel((280, 20)) == pytest.approx((200, 20, 20), abs=24)
    assert SECRET.encode() not in printed.read_bytes() + book.read_bytes()
