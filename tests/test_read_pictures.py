"""Pictures: found in the project only, measured, described, or replaced with a word."""

from __future__ import annotations

import io
import re

import pytest
from PIL import Image

from anthology.model import Article, Picture
from anthology.problems import Problem
from anthology.read import read_article


def raster(kind: str, width: int = 30, height: int = 20) -> bytes:
    """Make a picture file."""
    out = io.BytesIO()
    Image.new("L", (width, height)).save(out, kind)
    return out.getvalue()


FILES = {
    "content/mind/a.png": raster("PNG"),
    "content/mind/b c.jpg": raster("JPEG", 5, 7),
    "content/mind/w.webp": raster("WEBP"),
    "content/mind/big.png": raster("PNG", 10_001, 5_000),
    "content/mind/bad.png": b"not a picture",
    "content/mind/d.svg": b'<svg xmlns="http://www.w3.org/2000/svg" width="1in" viewBox="0 0 200 100"/>',
    "content/mind/bomb.svg": b'<!DOCTYPE s [<!ENTITY e SYSTEM "file:///etc/passwd">]><svg>&e;</svg>',
    "content/assets/site.gif": raster("GIF"),
    "images/card.png": raster("PNG", 4, 4),
}


def read(text: str) -> tuple[Article, list[Problem]]:
    """Read an article of a project with a few pictures."""
    asked: list[str] = []

    def find(path: str) -> bytes | None:
        asked.append(path)
        return FILES.get(path)

    reading = read_article("content/mind/two.md", text.encode(), language="en", find=find)
    assert reading.article
    assert all(not path.startswith(("/", "..")) for path in asked)
    return reading.article, list(reading.problems)


def body(text: str) -> str:
    """Give the body with short keys and without the ids that come from words."""
    made = read(f"# T\n\n{text}")[0].body
    return re.sub(
        r' id="[a-z]+-[0-9a-f]{8}(-\d+)?"', "", re.sub(r"anthology-image:[0-9a-f]{16}", "KEY", made)
    )


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ('![x](a.png "It\'s")', '<figure><img alt="x" src="KEY.png"/><figcaption>It’s</figcaption></figure>'),
        ("![x](a.png){.wide #one}", '<figure id="one" class="wide"><img alt="x" src="KEY.png"/></figure>'),
        ("[![x](a.png)](http://e.org)", '<figure><a href="http://e.org"><img alt="x" src="KEY.png"/></a></figure>'),
        ("in ![x](./a.png?v=1) text", '<p>in <img alt="x" src="KEY.png"/> text</p>'),
        ("![x](b%20c.jpg)", '<figure><img alt="x" src="KEY.jpg"/></figure>'),
        ("![x](/assets/site.gif)", '<figure><img alt="x" src="KEY.gif"/></figure>'),
        ('![](a.png){.decorative}', '<figure class="decorative"><img src="KEY.png" alt="" role="presentation"/></figure>'),
        ('![](a.png){alt=""}', '<figure><img alt="" src="KEY.png" role="presentation"/></figure>'),
        ('![](a.png){role=presentation}', '<figure><img src="KEY.png" alt="" role="presentation"/></figure>'),
        ('<img src="a.png" alt="" width="9">', '<figure><img src="KEY.png" alt="" role="presentation"/></figure>'),
        ('<img src="a.png" aria-hidden="true" alt="a.png">', '<figure><img src="KEY.png" alt="" role="presentation"/></figure>'),
        ("![A pier](a.png){.decorative}", '<figure class="decorative"><img alt="A pier" src="KEY.png"/></figure>'),
        ('<figure><img src="a.png" alt="x"><figcaption>C</figcaption></figure>', '<figure><img src="KEY.png" alt="x"/><figcaption>C</figcaption></figure>'),
    ],
)  # fmt: skip
def test_a_picture_alone_becomes_a_figure(written: str, expected: str) -> None:
    """A picture of the project is found however it is addressed, captioned by its title, and nothing is amiss."""
    assert body(written) == expected
    assert read(f"# T\n\n{written}")[1] == []


@pytest.mark.parametrize(
    ("written", "expected", "problem"),
    [
        ("![](a.png)", '<figure><img src="KEY.png" alt=""/></figure>', "3: warning I001: the picture a.png has no description for readers who cannot see it | write one between the brackets: ![what it shows](a.png); if it shows nothing that a reader would miss: ![](a.png){.decorative}"),
        ("![ ](a.png)", '<figure><img src="KEY.png" alt=""/></figure>', "3: warning I001: the picture a.png has no description for readers who cannot see it | write one between the brackets: ![what it shows](a.png); if it shows nothing that a reader would miss: ![](a.png){.decorative}"),
        ('![](a.png "Cap")', '<figure><img src="KEY.png" alt=""/><figcaption>Cap</figcaption></figure>', "3: warning I001: the picture a.png has no description for readers who cannot see it | write one between the brackets: ![what it shows](a.png); if it shows nothing that a reader would miss: ![](a.png){.decorative}"),
        ("![IMG_2031.jpg](a.png)", '<figure><img alt="IMG_2031.jpg" src="KEY.png"/></figure>', '3: warning I010: "IMG_2031.jpg" does not say what the picture a.png shows | write what you would say of it on the telephone: ![two pilots on a pier, seen from behind](…)'),
        ("<svg><path d='M0 0'/></svg>", '<figure><svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg></figure>', '3: warning I001: a drawing in the text has no description for readers who cannot see it | write one as its first element: <title>what it shows</title>; if it only decorates: <svg aria-hidden="true">'),
        ("![x](A.PNG)", '<p><span class="picture-missing">x</span></p>', '3: error I002: there is no picture content/mind/A.PNG | did you mean "content/mind/a.png"?'),
        ("![x](https://e.org/a.png)", '<p><a class="picture-elsewhere" href="https://e.org/a.png">x</a></p>', "3: warning I003: https://e.org/a.png is on the web and is not in the book | save the picture as a file beside the article and name that"),
        ("a\n\n![](https://e.org/a.png)", "<p>a</p>", "5: warning I003: https://e.org/a.png is on the web and is not in the book | save the picture as a file beside the article and name that"),
        ("[![x](//e.org/a.png)](b.md)", '<p><a href="b.md" data-line="3"><span class="picture-elsewhere">x</span></a></p>', "3: warning I003: //e.org/a.png is on the web and is not in the book | save the picture as a file beside the article and name that"),
        ("![x](data:image/png;base64,AA)", '<p><span class="picture-missing">x</span></p>', "3: warning I003: a picture written into the text itself is not in the book | save the picture as a file beside the article and name that"),
        ("![x](/no/a.png)", '<p><span class="picture-missing">x</span></p>', "3: warning I004: /no/a.png is addressed from the root of a website and is not in the project | copy the picture into the project and write its path from this file"),
        ("![x](bad.png)", '<p><span class="picture-missing">x</span></p>', "3: error I005: bad.png is not a picture that can be read: the file is damaged or of an unknown kind | a book takes PNG, JPEG, GIF, WebP and SVG"),
        ("![x](big.png)", '<p><span class="picture-missing">x</span></p>', "3: error I006: big.png has 10001 × 5000 pixels; 50 million is the most | make it smaller"),
        ("![x](../../../etc/passwd)", '<p><span class="picture-missing">x</span></p>', "3: error I007: ../../../etc/passwd lies outside the project | copy the picture into the project"),
    ],
)  # fmt: skip
def test_a_picture_that_is_not_there_is_told_and_stood_in_for(
    written: str, expected: str, problem: str
) -> None:
    """Each way in which a picture can be amiss is one message, and its description stays in the text."""
    assert body(written) == expected
    assert [
        f"{found.origin.line}: {found.severity} {found.code}: {found.message}"
        + (f" | {found.hint}" if found.hint else "")
        for found in read(f"# T\n\n{written}")[1]
        if found.origin
    ] == [problem]


def test_pictures_are_measured() -> None:
    """Size and kind come from the file itself; a drawing's from its width, height and viewBox; each is listed once."""
    article, _ = read("# T\n\n![x](a.png) ![x](d.svg) ![x](w.webp) ![x](a.png) ![x](bomb.svg)")
    assert [
        (picture.path, picture.media_type, picture.width, picture.height) for picture in article.pictures
    ] == [
        ("content/mind/a.png", "image/png", 30, 20),
        ("content/mind/d.svg", "image/svg+xml", 96, 48),
        ("content/mind/w.webp", "image/webp", 30, 20),
    ]
    assert "root:" not in article.body


@pytest.mark.parametrize(
    ("written", "path"), [("a.png", "content/mind/a.png"), ("images/card.png", "images/card.png")]
)
def test_the_picture_of_the_front_matter(written: str, path: str) -> None:
    """`image` is a path from the file or from the project; it is not among the pictures of the text."""
    article, problems = read(f"---\ntitle: A\nimage: {written}\n---\nText.")
    assert problems == []
    assert isinstance(article.image, Picture)
    assert article.image.path == path
    assert article.pictures == ()


def test_a_missing_picture_of_the_front_matter_is_told_with_its_line() -> None:
    """A missing file is an error at the key's line."""
    article, problems = read("---\ntitle: A\nimage: no.png\n---\nText.")
    assert article.image is None
    assert [(problem.code, problem.origin.line) for problem in problems if problem.origin] == [("I002", 3)]
