"""What fuzzing has found, each in its smallest form, and that fuzzing itself finds things."""

from __future__ import annotations

import logging
import os
import re
from contextlib import suppress
from pathlib import Path

import pytest
from fuzz.samples import PAGE
from fuzz.targets import TARGETS, target
from fuzz.trying import Watch, beginnings, inputs
from lxml.html import document_fromstring
from making import make_config
from printed import as_screen, make_pdf

from anthology.amend import propose_in, without_proposals
from anthology.config import load_config
from anthology.drawings.cleaning import cleaned_drawing
from anthology.editions.epub.page_marks import mark_pages
from anthology.editions.style_media import E_BOOK
from anthology.editions.style_resources import gather_resources
from anthology.images import bare, facts_of
from anthology.importers.markdown_post import import_markdown_post
from anthology.importers.report import report_json
from anthology.importers.web.extraction import as_html
from anthology.importers.web_page import import_web_page
from anthology.importing import Options, import_sources
from anthology.nesting import without_nesting
from anthology.pages import PageStart
from anthology.printers import load_profile
from anthology.problems import ContentError
from anthology.read import Reading, read_article
from anthology.theme import Theme
from anthology.theme_checks import check_theme
from anthology.verify.preflight import examine


def read(text: str) -> Reading:
    """Read an article with a title."""
    return read_article(
        "content/one.md", f"---\ntitle: T\n---\n{text}".encode(), language="en", find=lambda _: None
    )


def said(text: str) -> str:
    """Give what the body of an article says, without tags."""
    article = read(text).article
    assert article
    return " ".join(re.sub(r"<[^>]*>", " ", article.body).split())


@pytest.mark.parametrize("text", ["term\n: words\n>", "* \nwords\n>", "* \nwords\n> and a quotation"])
def test_words_before_a_quotation_in_a_list_stay(text: str) -> None:
    """Words of a list's item or of a definition that stand directly before a quotation are not lost with it."""
    assert "words" in said(text)


def test_a_second_caption_stays() -> None:
    """A table has one caption: what another one says stands in it too."""
    assert said("<table><caption>One</caption><caption>two</caption><tr><td>three</table>") == "One two three"


@pytest.mark.parametrize(
    "text",
    [
        "<b><h3> <ol><table><s>words</table></b>",
        "<li><small><section><table><ol></section>words</table></small>",
        "</footer><table>\n\n </details><dt>words",
    ],
)
def test_words_in_a_table_and_in_no_cell_stay(text: str) -> None:
    """What stands in a table but in no cell of it comes in front of it, whatever closes across the table."""
    assert "words" in said(text)


@pytest.mark.parametrize(
    ("text", "description"),
    [("![[<b>[]]()](a.png)", "&lt;b&gt;[]"), ("![[*word* [a](b)](c)](a.png)", "word [a](b)")],
)
def test_phrases_in_the_description_of_a_picture_are_words(text: str, description: str) -> None:
    """A description with links in links is read as it was written, not as marks that no XML can hold."""
    reading = read(text)
    assert reading.article
    assert f'alt="{description}"' in reading.article.body or description in reading.article.body


def test_a_message_quotes_an_address_on_one_line() -> None:
    """An address with line feeds in it, of a quotation mark that is not closed, is quoted on one line."""
    messages = [problem.message for problem in read('<img src="a\n b.png" alt="c">').problems]
    assert messages == ["there is no picture content/a b.png"]


def test_a_message_quotes_names_on_one_line_and_without_control_characters() -> None:
    """A name that spells a line feed, or what colours a terminal, is quoted without either."""
    with pytest.raises(ContentError) as refused:
        load_config(b'[book]\ntitle = "A"\n"a\\nb" = 1\nlanguage = "\\u001b[31m"\n')
    assert [problem.message for problem in refused.value.problems] == [
        'unknown key "a b" in [book]',
        '"language" in [book] is " [31m", which is not a language tag',
    ]


def test_a_png_without_its_last_check_sum_stays_a_picture() -> None:
    """A file that ends four bytes early is shown everywhere: without its metadata it is still one, and whole again."""
    from io import BytesIO

    from PIL import Image

    file = BytesIO()
    Image.new("L", (3, 2)).save(file, "PNG")
    whole = file.getvalue()
    assert bare(whole[:-4]) == whole
    assert facts_of(bare(whole[:-4])) == facts_of(whole)


def test_a_proposal_below_its_key_comes_out_again() -> None:
    """A value on the line below `related:` gets brackets, and loses them when the proposal is taken back."""
    file = b"---\ntitle: A\nrelated:\n  salt\n---\nText.\n"
    assert without_proposals(propose_in(file, {"lamp": ()})) == file


@pytest.mark.parametrize(
    ("body", "marked"),
    [("", "<@></body>"), ("<![CDATA[word]]>", "<@><![CDATA[word]]>")],
)
def test_pages_are_marked_where_a_document_shows_nothing_or_text_alone(body: str, marked: str) -> None:
    """A page that starts in an empty document, or in text that takes no tags, is marked all the same."""
    html = mark_pages(f"<html><body>{body}</body></html>", (PageStart("1", "one.xhtml"),), str)
    assert marked in re.sub(r"<(span|div) epub:type[^>]*></\1>", "<@>", html)


def test_styles_with_what_cannot_be_read_are_written_without_it() -> None:
    """Rules within rules are parted also in a sheet that has something in it that is no rule."""
    assert " ".join(without_nesting("a { & b { c: d } } e").split()) == "a b { c: d }"


@pytest.mark.parametrize(
    ("sheet", "message"),
    [
        ('a { content: "b\n }', "a text in quotation marks is never closed, or not on its line"),
        ("a { b: url(c d) }", "an address is never closed, or not on its line"),
    ],
)
def test_what_does_not_end_in_a_style_sheet_is_told(sheet: str, message: str) -> None:
    """A text or an address that does not end takes what follows with it: an error says where it begins."""
    theme = Theme({}, {}, {"house.css": f"\n{sheet}"}, ("house.css",))
    problems = check_theme(theme, make_config())
    assert [(each.code, each.message, each.origin and each.origin.line) for each in problems] == [
        ("S002", f"the style sheet cannot be read here: {message}", 2)
    ]


def test_a_property_with_an_escape_is_named_on_one_line() -> None:
    """A name that spells a line feed does not break the message that names it."""
    found = gather_resources({"house.css": "a { b\\a c: url(d.png) }"}, "styles", lambda _: None, E_BOOK)
    assert [problem.message for problem in found.problems] == [
        '"b c" is left out of the e-book: there is no file "d.png" in styles/'
    ]


def test_a_drawing_keeps_no_address_that_is_not_written_as_one() -> None:
    """Brackets in an address that stands without quotation marks make it none: nobody is left to guess what it opens."""
    cleaned = cleaned_drawing(b'<svg xmlns="http://www.w3.org/2000/svg"><rect fill="url(x()"/></svg>')
    assert b"url(" not in cleaned.data
    assert cleaned.lost == ("an address that is not written as one was left out: it is not in the file",)


def test_nothing_in_a_drawing_refers_to_a_part_that_was_taken_away() -> None:
    """A part that repeats what is not there goes, and what refers to that part or repeats it follows at once."""
    gone = '<use id="a" href="#nowhere"/><use id="b" href="#a"/>'
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg">{gone}<rect fill="url(#b) red"/></svg>'.encode()
    assert cleaned_drawing(drawing).data.endswith(b'<rect fill="red"/></svg>')


def test_a_page_with_a_tag_that_has_no_name_is_imported() -> None:
    """A tag with a prefix and no name behind it, as damaged pages have, is no fault of the importer."""
    page = PAGE.replace("<h2>", '<a:b"><h2>')
    assert "What he wrote" in import_web_page("page.html", page.encode(), lambda _: None).body


def test_an_element_that_no_tag_can_name_is_taken_for_its_words() -> None:
    """A tag that ran into the next one does not bring down the page that has it."""
    page = document_fromstring("<body><p>one</p><u<path d=''>two</body>")
    assert [element.tag for element in as_html(page.body)] == ["p", "span"]


@pytest.mark.parametrize(
    ("written", "kept", "why"),
    [
        (
            "rights: All rights reserved",
            "All rights reserved",
            '"rights" must be a group of keys, not a text',
        ),
        ("weight: heavy", "heavy", '"weight" is not a number: "heavy"'),
    ],
)
def test_a_post_s_value_that_would_stop_the_book_is_kept_under_another_key(
    written: str, kept: str, why: str
) -> None:
    """A site may mean something else by a key of ours: its article can be read all the same, and nothing is lost."""
    post = import_markdown_post("a.md", f"---\ntitle: T\n{written}\n---\nText.\n".encode(), lambda _: None)
    key = f"{written.partition(':')[0]}-as-written"
    assert post.extra == {key: kept}
    assert [(each.code, each.message) for each in post.problems] == [
        ("M072", f'{why}; it is kept as "{key}"')
    ]


def test_a_file_with_a_strange_name_is_imported_once(tmp_path: Path) -> None:
    """Two spaces, a line feed, bytes that are no text: the second import changes nothing, and its report can be written."""
    given, into = tmp_path / "given", tmp_path / "book"
    given.mkdir()
    for number, name in enumerate((b"a  b.md", b"c\nd.md", b"e\xff.md")):
        with suppress(OSError):  # some file systems take fewer names
            (given / os.fsdecode(name)).write_text(f"---\ntitle: T {number}\n---\nText.\n")
    assert {account.became for account in import_sources([given], into, Options()).accounts} == {"new"}
    again = import_sources([given], into, Options()).accounts
    assert {account.became for account in again} == {"unchanged"}
    assert b"given/a b.md" in report_json(again).encode()


def test_a_section_that_nobody_sees_gets_a_title(tmp_path: Path) -> None:
    """A section of nothing but marks of direction does not make an anthology.toml that cannot be read."""
    (tmp_path / "a.txt").write_text(
        "\u202e\nThe lamp\nBy Hedda Marsh\nThe keeper wrote it down.\n", encoding="utf-8"
    )
    into = tmp_path / "book"
    import_sources([tmp_path / "a.txt"], into, Options())
    assert [section.title for section in load_config((into / "anthology.toml").read_bytes()).sections] == [
        "Articles"
    ]


def test_a_damaged_pdf_is_told_of_by_problems_alone(capfd: pytest.CaptureFixture[str]) -> None:
    """What pikepdf logs of damaged metadata, with a traceback, does not reach the terminal."""
    data = make_pdf(as_screen).replace(b"<rdf:RDF", b"<rdf:RDX").replace(b"</rdf:RDF", b"</rdf:RDX")
    logger = logging.getLogger("pikepdf")
    propagates, logger.propagate = logger.propagate, False  # pytest listens too, and no terminal has that
    try:
        examine(data, load_profile("screen", {}))
    finally:
        logger.propagate = propagates
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("name", TARGETS)
def test_each_target_takes_any_bytes(name: str) -> None:
    """No input is too short for a target, and what it makes of one is always the same."""
    for data in (b"", b"\xff", *list(beginnings())[:3]):
        target(name)(data)


def test_what_breaks_a_promise_is_kept_in_its_smallest_form(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault that many inputs find is kept once, with the shortest of them, and the count of all is written down."""

    def breaks(data: bytes) -> None:
        assert b"\xff" not in data

    monkeypatch.setattr("fuzz.trying.target", lambda _: breaks)
    watch = Watch("merge", tmp_path)
    for data in (b"\xff" * 9, b"\xff\xff", b"\0\xff\0", b"fine"):
        watch.attempt(data)
    watch.tell()
    assert [path.read_bytes() for path in tmp_path.glob("*.input")] == [b"\xff\xff"]
    assert (tmp_path / "merge.count").read_text() == "4"


def test_inputs_by_chance_are_the_same_in_every_run() -> None:
    """What is tried today is tried tomorrow: a failure can be looked at again."""
    assert [data.hex() for data in inputs("merge", 1)] == [data.hex() for data in inputs("merge", 1)]
    assert len(set(inputs("merge", 100))) == 100
