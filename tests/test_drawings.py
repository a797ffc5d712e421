"""Drawings from strangers: nothing in them runs, listens or reaches out."""

from __future__ import annotations

import base64
import io
import re
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from making import write_project
from PIL import Image
from reading_back import epubcheck

from anthology.build import Options, build
from anthology.drawings import clean_drawing, cleaned_drawing
from anthology.drawings.parsing import SVG
from anthology.read import read_article

if TYPE_CHECKING:
    from pathlib import Path

HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="4" height="4"'
)


@pytest.mark.parametrize(
    "wrong",
    [
        "<script>alert(1)</script>",
        '<rect width="1" onclick="alert(1)"/>',
        '<image href="https://example.org/x.png"/>',
        '<image xlink:href="file:///etc/passwd"/>',
        '<use href="other.svg#a"/>',
        '<a href="javascript:alert(1)"><rect/></a>',
        "<foreignObject><p>x</p></foreignObject>",
        "<style>@import 'https://example.org/x.css'; rect { fill: url(https://example.org/y.svg) }</style>",
        "<style>a { b: c }<!-- -->@import 'https://example.org/x.css';</style>",
        "<style><g/>rect { fill: url(https://example.org/y.svg) }</style>",
        "<style>rect { fill: u\\72l(https://example.org/z.svg) }</style>",
        '<rect style="background: image-set(https://example.org/z.svg)"/>',
        '<rect style="fill: url(https://example.org/y.svg)"/>',
        "<?xml-stylesheet href='https://example.org/x.css'?>",
    ],
)
def test_what_reaches_out_is_taken_away(wrong: str) -> None:
    """Scripts, handlers and addresses outside the file go; the drawing stays."""
    cleaned = clean_drawing(f'{HEAD}>{wrong}<circle r="1"/></svg>'.encode()).decode()
    assert "circle" in cleaned
    for sign in ("script", "onclick", "example.org", "passwd", "other.svg", "foreignObject", "import"):
        assert sign not in cleaned


def test_a_clean_drawing_keeps_its_bytes() -> None:
    """A drawing that only refers to itself is not touched."""
    drawing = f'{HEAD} viewBox="0 0 4 4"><defs><path id="a"/></defs><use href="#a"/><rect fill="url(#a)"/></svg>'.encode()
    assert clean_drawing(drawing) == drawing


def test_text_of_drawings_is_kept() -> None:
    """What stands behind a comment or an entity of the drawing's own is text, and stays."""
    drawing = f'<!DOCTYPE svg [<!ENTITY who "world">]>\n{HEAD}><text>Hello<!-- c --> lost &who; here</text><script/></svg>'
    assert "Hello lost world here" in clean_drawing(drawing.encode()).decode()


def test_what_stands_before_the_root_is_cleaned_too() -> None:
    """A style sheet that is named in front of the drawing goes as well, and a script by another name."""
    drawing = (
        f'<?xml-stylesheet href="https://example.org/x.css"?>{HEAD} xmlns:h="http://www.w3.org/1999/xhtml">'
        '<h:script>alert(1)</h:script><circle r="1"/></svg>'
    )
    cleaned = clean_drawing(drawing.encode()).decode()
    assert "example.org" not in cleaned
    assert "alert" not in cleaned
    assert "circle" in cleaned


def cleaned_text(inside: str, attributes: str = "") -> str:
    """Clean a drawing with these parts in it."""
    return clean_drawing(f"{HEAD}{attributes}>{inside}</svg>".encode()).decode()


def _jpeg() -> str:
    made = io.BytesIO()
    Image.new("L", (4, 4)).save(made, "JPEG")
    return base64.b64encode(made.getvalue()).decode()


JPEG = _jpeg()
DRAWN = '<circle r="1"/>'
INKSCAPE = (
    '<sodipodi:namedview xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd" id="base"/>'
    '<metadata><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></metadata>'
    '<g xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" inkscape:label="Layer 1" inkscape:groupmode="layer">'
    f'<text style="font-size:3px;direction:ltr;-inkscape-font-specification:Sans" xml:space="preserve">A  b</text>{DRAWN}</g>'
)
ILLUSTRATOR = (
    '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" '
    '"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd" [<!ENTITY ns_svg "http://www.w3.org/2000/svg">'
    '<!ENTITY ns_xlink "http://www.w3.org/1999/xlink">]><svg xmlns="&ns_svg;" xmlns:xlink="&ns_xlink;" width="9" height="9">'
    f'<i:pgf xmlns:i="http://ns.adobe.com/AdobeIllustrator/10.0/" id="x">eJzs</i:pgf><style>.st0{{fill:#F00;}}</style>{DRAWN}</svg>'
)
SKETCH = (
    '<svg width="9px" height="9px" version="1.1" xmlns="http://www.w3.org/2000/svg" '
    'xmlns:sketch="http://www.bohemiancoding.com/sketch/ns"><defs><path id="path-1" d=""/></defs>'
    f'<g id="Page 1" sketch:type="MSPage" fill="none"><mask id="mask-2" fill="white"><use xlink:href="#path-1"/></mask>'
    f'<use xlink:href="#gone"/><g mask="url(#mask-2)" fill="url(#gone)">{DRAWN}</g></g></svg>'
)
GRAPHVIZ = (
    '<?xml version="1.0" encoding="UTF-8" standalone="no"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" '
    '"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd"><!-- Title: G --><svg width="62pt" height="44pt" '
    'viewBox="0.00 0.00 62.00 44.00" xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'
    '<g id="graph0" class="graph"><title>G</title><g id="a:1"><a xlink:href="#b" xlink:title="x"><text>a&#45;b</text></a></g>'
    f'<g id="node1"/><g id="node1"/>{DRAWN}</g></svg>'
)
BY_HAND = f'<svg width="9" height="9" viewbox="0 0 9 9"><lineargradient id="1 a"/><g fill="url(#1 a)">a&nbsp;b{DRAWN}</g></svg>'
STYLES = (
    f"{HEAD}><style>@charset 'utf-8'; <!-- .a {{ direction: rtl; *zoom: 1; fill: url() }} .b {{ .c {{ d: e }} fill: red }} -->"
    f"@media print {{ .d {{ fill: #00f }} }} @page {{</style><style type='text/less'>.a {{ .b }}</style>{DRAWN}</svg>"
)
LATIN = f'<?xml version="1.0" encoding="iso-8859-1"?>{HEAD}><text>Caf\xe9</text>{DRAWN}</svg>'
XML_1_1 = f'<?xml version="1.1"?>{HEAD}>{DRAWN}</svg>'
PICTURES = (
    f'{HEAD}><image width="1" height="1" xlink:href="data:image/jpg;base64,{JPEG}"/>'
    f'<image href="#gone" width="1" height="1"/><use href=""/>{DRAWN}</svg>'
)
REAL = {
    "inkscape": f"{HEAD}>{INKSCAPE}</svg>",
    "illustrator": ILLUSTRATOR,
    "sketch": SKETCH,
    "graphviz": GRAPHVIZ,
    "by-hand": BY_HAND,
    "styles": STYLES,
    "latin": LATIN,
    "xml-1-1": XML_1_1,
    "pictures": PICTURES,
}


def test_drawings_of_all_programs_are_valid_in_a_book(tmp_path: Path) -> None:
    """What programs write, and what was cut out of pages by hand, is drawn, and EPUBCheck finds nothing wrong with it."""
    write_project(
        tmp_path, {"content/mind/one.md": "\n\n".join(f"![The {name}]({name}.svg)" for name in REAL)}
    )
    for name, drawing in REAL.items():
        data = drawing.encode("iso-8859-1" if name == "latin" else "utf-8")
        assert "circle" in clean_drawing(data).decode()
        assert clean_drawing(clean_drawing(data)) == clean_drawing(data)
        (tmp_path / "content" / "mind" / f"{name}.svg").write_bytes(data)
    outcome = build(tmp_path, Options(("ebook",)), lambda *_: None)
    assert [problem.message for problem in outcome.problems if problem.severity == "error"] == []
    (path,) = outcome.folder.glob("*.epub")
    assert epubcheck(path) == []


def test_what_programs_keep_for_themselves_goes() -> None:
    """The copy of itself that a program hides in a drawing, and names in namespaces of its own, make no reader wiser."""
    assert "mxfile" not in cleaned_text(DRAWN, ' content="&lt;mxfile/&gt;"')
    assert "inkscape" not in cleaned_text(INKSCAPE)
    assert "A  b" in cleaned_text(INKSCAPE)
    assert "pgf" not in clean_drawing(ILLUSTRATOR.encode()).decode()
    assert ".st0{fill:#F00;}" in clean_drawing(ILLUSTRATOR.encode()).decode()


def test_references_follow_ids_that_had_to_change() -> None:
    """An id that no book may have is written otherwise, in what refers to it as well; missing paint is no black."""
    made = cleaned_text('<path id="1 a"/><use href="#1%20a"/><g fill="url(\'#1 a\')" aria-labelledby="x"/>')
    assert '<path id="i-1-a"/><use href="#i-1-a"/><g fill="url(#i-1-a)" aria-labelledby="x"/>' in made
    made = cleaned_text('<g fill="url(#no)"/><g fill="url(#no) red" style="clip-path:url(#no);x:y"/>')
    assert '<g fill="none"/><g fill="red" style="clip-path: none; x: y"/>' in made


def test_a_drawing_with_a_size_fits_narrow_screens() -> None:
    """Without a `viewBox` a drawing would be cut off where it is made smaller."""
    assert (
        'viewBox="0 0 400 96"'
        in clean_drawing(
            f'<svg xmlns="http://www.w3.org/2000/svg" width="400" height="1in">{DRAWN}</svg>'.encode()
        ).decode()
    )
    relative = f'<svg xmlns="http://www.w3.org/2000/svg" width="100%">{DRAWN}</svg>'.encode()
    assert clean_drawing(relative) == relative


PAGE = '<div xmlns="http://www.w3.org/1999/xhtml"'


@pytest.mark.parametrize(
    ("inside", "texts", "is_told"),
    [
        # Mermaid: nothing but the page.
        (
            f'<foreignObject x="10" y="20" width="80" height="24">{PAGE} style="font-size: 10px"><p>To the<br/>ferry</p></div></foreignObject>',
            ["To the", "ferry"],
            True,
        ),
        # draw.io: the page, or else plain text; cut off where that is long, and a notice for those who see neither.
        (
            f'<switch><foreignObject width="100%" height="100%">{PAGE}>The whole of it</div></foreignObject>'
            '<text x="60" y="34">The whole...</text></switch>'
            '<switch><g requiredFeatures="http://www.w3.org/TR/SVG11/feature#Extensibility"/>'
            '<a xlink:href="https://example.org/faq"><text>Text is not SVG - cannot display</text></a></switch>',
            ["The whole of it"],
            False,
        ),
        (
            f'<switch><foreignObject>{PAGE}>Ferry</div></foreignObject><text>Ferry</text></switch>',
            ["Ferry"],
            False,
        ),
    ],
)  # fmt: skip
def test_text_that_was_set_as_a_page_is_set(inside: str, texts: list[str], is_told: bool) -> None:
    """Words in a drawing are never lost: what only a browser shows is set plainly, and told."""
    cleaned = cleaned_drawing(f'{HEAD} viewBox="0 0 100 100">{inside}</svg>'.encode())
    root = etree.fromstring(cleaned.data)
    assert [text.strip() for text in root.itertext() if text.strip()] == texts
    assert bool(cleaned.lost) == is_told
    assert b"foreignObject" not in cleaned.data
    assert b"switch" not in cleaned.data
    if is_told:
        assert cleaned.lost == (
            '"To the ferry" was set as a web page and is set as plain text now: see that it fits',
        )
        places = [(each.get("x"), each.get("y")) for each in root.iter("{*}tspan")]
        assert places == [("50", "29.5"), ("50", "41.5")]


def test_text_that_flows_in_a_region_is_set() -> None:
    """Inkscape's flowing paragraphs, which nothing else shows, stand where their region was."""
    flow = (
        '<flowRoot style="font-size:10px"><flowRegion><rect x="10" y="20" width="80" height="24"/></flowRegion>'
        "<flowPara>To the</flowPara><flowPara>ferry</flowPara></flowRoot>"
    )
    cleaned = cleaned_drawing(f'{HEAD} viewBox="0 0 100 100">{flow}</svg>'.encode())
    lines = [
        (each.text, each.get("x"), each.get("y")) for each in etree.fromstring(cleaned.data).iter("{*}tspan")
    ]
    assert lines == [("To the", "50", "29.5"), ("ferry", "50", "41.5")]
    assert cleaned.lost == (
        '"To the ferry" was set as only Inkscape does and is set as plain text now: see that it fits',
    )
    assert b"flow" not in cleaned.data


def test_what_readers_will_miss_is_told() -> None:
    """Each picture, typeface and script that stays away is named once."""
    drawing = (
        f'{HEAD}><script>1</script><image href="https://example.org/x.png"/><image href="https://example.org/x.png"/>'
        '<style>@font-face { font-family: "Fira Code"; src: local("Fira"), url("https://example.org/a.woff2") }'
        '@import "https://example.org/b.css";</style><image href="data:image/webp;base64,AAAA"/></svg>'
    )
    assert sorted(cleaned_drawing(drawing.encode()).lost) == [
        "a picture inside it (image/webp) was left out",
        "a script was left out",
        "https://example.org/b.css was left out: it is not in the file",
        "https://example.org/x.png was left out: it is not in the file",
        "the typeface Fira Code was left out: it is not in the file",
    ]


def test_pictures_inside_drawings_are_made_fit() -> None:
    """A WebP inside a drawing becomes what every reading system shows, a drawing inside it is cleaned."""
    webp = io.BytesIO()
    Image.new("RGB", (4, 4), "red").save(webp, "WEBP", lossless=True)
    inner = f'{HEAD} onload="x()"><image href="https://example.org/x.png"/>{DRAWN}</svg>'
    links = [
        f"data:image/webp;base64,{base64.b64encode(webp.getvalue()).decode()}",
        f"data:image/svg+xml;base64,{base64.b64encode(inner.encode()).decode()}",
        f"data:image/svg+xml,{quote(inner)}",
    ]
    made = cleaned_text("".join(f'<image width="4" height="4" href="{link}"/>' for link in links))
    first, second, third = re.findall(r'href="data:([^,]+),([^"]+)"', made)
    assert first[0] == "image/png;base64"
    assert Image.open(io.BytesIO(base64.b64decode(first[1]))).size == (4, 4)
    assert second == third
    assert b"circle" in base64.b64decode(second[1])
    assert b"example.org" not in base64.b64decode(second[1])
    assert b"onload" not in base64.b64decode(second[1])


@pytest.mark.parametrize(
    ("drawing", "message"),
    [
        ("<!doctype html><svg/>", "it is a web page"),
        ('<svg xmlns="urn:x"/>', "it is not a drawing (SVG)"),
        ("<svg", "the drawing is not well-formed (couldn't find end of start tag svg line 1)"),
        (
            '<!DOCTYPE s [<!ENTITY e SYSTEM "file:///etc/passwd">]><svg>&e;</svg>',
            "the drawing is not well-formed (entity 'e' not defined)",
        ),
        (
            '<!DOCTYPE s [<!ENTITY a "aaaaaaaaaaaaaaaaaaaa">'
            + "".join(
                f'<!ENTITY {new} "{f"&{old};" * 10}">'
                for old, new in zip("abcdefgh", "bcdefghi", strict=True)
            )
            + "]><svg><text>&i;</text></svg>",
            "the drawing is not well-formed (maximum entity amplification factor exceeded)",
        ),
    ],
)
def test_what_is_no_drawing_is_refused(drawing: str, message: str) -> None:
    """Pages, other languages and texts that would grow without end are refused in plain words."""
    with pytest.raises(ValueError, match=r".") as caught:
        cleaned_drawing(drawing.encode())
    assert str(caught.value) == message


@given(st.text(alphabet="url(#\\)'\"{};:@import src x/*-72 ", max_size=60))
def test_no_style_reaches_out(style: str) -> None:
    """However a style is written, nothing in it can be fetched once it is cleaned."""
    root = etree.Element("{http://www.w3.org/2000/svg}svg")
    root.set("style", style)
    sheet = etree.SubElement(root, "{http://www.w3.org/2000/svg}style")
    sheet.text = style
    cleaned = clean_drawing(etree.tostring(root))
    made = etree.fromstring(cleaned)
    for text in (made.get("style") or "", made.findtext("{*}style") or ""):
        for address in re.findall(r"url\(\s*['\"]?([^)'\"]*)", text):
            assert address.startswith("#")
        assert "@import" not in text


@pytest.mark.parametrize(
    ("written", "there", "gone"),
    [
        (
            '<circle r="1" style="fill:u\\72l(http://example.org/a);stroke:red"/>',
            'style="stroke: red"',
            "example",
        ),
        ('<circle r="1" fill="u\\72l(http://example.org/a)"/>', '<circle r="1"/>', "example"),
        ('<circle r="1"/><use href="#gone"/>', '<circle r="1"/>', "gone"),
        ('<g id="a"/><use xlink:href="#a"/>', 'use href="#svg-', "xlink"),
        (
            '<foreignObject width="80" height="20"><div>Words <b>here</b></div></foreignObject>',
            "Words here",
            "foreignObject",
        ),
    ],
)
def test_drawings_in_the_text_are_cleaned_as_those_in_files(written: str, there: str, gone: str) -> None:
    """A drawing that stands in the text itself reaches nowhere, refers to itself alone, and keeps its words."""
    text = f'# T\n\n<svg width="9" height="9" aria-label="x">{written}</svg>'
    reading = read_article("content/mind/one.md", text.encode(), language="en", find=lambda _path: None)
    assert reading.article
    assert there in reading.article.body
    assert gone not in reading.article.body


def test_rules_of_a_drawing_in_the_text_stay_with_it() -> None:
    """A style sheet inside a drawing would colour the whole book: its rules go to the parts that they are for."""
    sheet = "<style>.a, .b{fill:url(#g)} path.a{stroke:red} #one{opacity:.5} * {x:y}</style>"
    text = f'<svg width="9" height="9" aria-label="x">{sheet}<linearGradient id="g"/><path id="one" class="a" style="z:1"/></svg>'
    reading = read_article(
        "content/mind/one.md", f"# T\n\n{text}".encode(), language="en", find=lambda _path: None
    )
    assert reading.article
    assert reading.problems == ()
    assert "<style" not in reading.article.body
    styles = re.findall(r'<path [^>]*style="([^"]+)"', reading.article.body)
    own = re.findall(r'<linearGradient id="([^"]+)"', reading.article.body)
    assert styles == [f"x: y; fill: url(#{own[0]}); stroke: red; opacity: .5; z: 1"]
    hover = text.replace(".a, .b", ".a:hover")
    told = read_article(
        "content/mind/one.md", f"# T\n\n{hover}".encode(), language="en", find=lambda _path: None
    )
    assert [problem.code for problem in told.problems] == ["T021"]


def test_a_drawing_that_shows_its_own_parts_without_end_is_refused() -> None:
    """A kilobyte that is a billion things to draw is no drawing; a pattern of a thousand dots is one."""
    parts = '<path id="u0" d="M0 0h1"/>' + "".join(
        f'<g id="u{at}">' + f'<use href="#u{at - 1}"/>' * 10 + "</g>" for at in range(1, 10)
    )
    with pytest.raises(ValueError, match=r"^the drawing shows its own parts more than 100,000 times$"):
        clean_drawing(f'<svg xmlns="{SVG}">{parts}</svg>'.encode())
    dots = '<circle id="dot" r="1"/>' + '<use href="#dot"/>' * 1000
    assert clean_drawing(f'<svg xmlns="{SVG}" viewBox="0 0 9 9">{dots}</svg>'.encode())
