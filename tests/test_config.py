"""The configuration: what an editor writes in `anthology.toml`, and what they are told when it is wrong."""

from __future__ import annotations

import datetime as dt
import json
import pickle
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import tomlkit
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import anthology.config
from anthology.cli.schema import schema
from anthology.config import Trim, config_schema, load_config, slug_of
from anthology.config.codes import CODES
from anthology.config.identifiers import isbn13_of
from anthology.config.model import BaseEdition, Config
from anthology.config.positions import key_positions
from anthology.config.subjects import subject_of
from anthology.config.values import STANDARDS, TRIM_NAMES, read_language, read_trim
from anthology.model import Origin, Subject
from anthology.problems import ContentError, Problem
from anthology.record import BlockRecord, BookRecord, BuildRecord, EditionRecord, ProblemRecord, Versions

BOOK = '[book]\ntitle = "Harbour Lights"\n'


def told(text: str | bytes) -> list[str]:
    """Give the problems of a file as people see them, hints behind them."""
    with pytest.raises(ContentError) as raised:
        load_config(text if isinstance(text, bytes) else text.encode())
    return [
        f"{problem.origin.path}:{problem.origin.line}: {problem.severity} {problem.code}: {problem.message}"
        + (f" | {problem.hint}" if problem.hint else "")
        for problem in raised.value.problems
        if problem.origin
    ]


def read(text: str) -> Config:
    """Read a file that is right."""
    return load_config(text.encode())


# What is written and what it means


def test_title_is_enough() -> None:
    """A title is the only needed key; without [editions] there are an e-book and a PDF of 6 × 9 in."""
    config = read(BOOK)
    assert config.book.language == "en"
    assert config.sections == ()
    assert list(config.editions) == ["ebook", "print"]
    ebook, paper = config.editions.values()
    assert ebook.format == "epub"
    assert ebook.pages_from == "print"
    assert paper.format == "pdf"
    assert paper.trim == Trim(152.4, 228.6)
    assert (paper.start, paper.links, paper.standard) == ("any", "notes", ())
    assert (config.related.limit, config.related.backlinks, config.related.outside) == (5, True, "cite")
    assert config.related.suggest is False


def test_every_key_is_read() -> None:
    """Every key of the contract that takes effect is accepted, and hyphens become underscores."""
    config = read(
        """
        [book]
        title = " Harbour Lights "
        subtitle = "Ten years of a quarterly"
        language = "en-gb"
        editors = ["Ines Kowalczyk"]
        publisher = "Slack Water"
        series = "Slack Water Annuals"
        series-number = 4
        description = "Articles."
        keywords = ["sea"]
        subjects = ["Thema: WT", "bisac: LCO010000 Essays", "TRV000000", "The sea: fiction"]
        date = 2026-01-31
        revised = "2026-03-01"
        edition = 2
        rights = "All rights reserved."
        identifier = "urn:uuid:50af0d3c-2af3-4efe-b399-70503821023b"
        cover = "images/cover.jpg"
        [imprint]
        publisher-address = "1 Quay"
        publisher-email = "hello@example.org"
        copyright = ["© 2026"]
        printer = "Tide Press"
        notice = "No part …"
        [labels]
        page = "p."
        [[sections]]
        title = "Mind and body"
        articles = ["first", "*"]
        [[sections]]
        title = "心と体"
        slug = "kokoro"
        order = "weight"
        [related]
        limit = 3
        suggest = true
        backlinks = false
        outside = "omit"
        [contributors.amara-okonkwo]
        name = "Amara Okonkwo"
        sort = "Okonkwo, Amara"
        also = ["A. Okonkwo"]
        kind = "person"
        bio = "Writes."
        [rights]
        required = true
        [fonts]
        fallback = ["Noto Naskh Arabic"]
        [accessibility]
        conforms-to = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"
        certified-by = "A"
        report = "https://example.org/report"
        contact = "b@example.org"
        summary = "S"
        [check]
        ignore = [{code = "L002", path = "content/x.md", reason = "as printed"}]
        [editions.ebook]
        format = "epub"
        isbn = "978-0-306-40615-7"
        pages-from = "paper"
        fonts = true
        [editions.paper]
        format = "pdf"
        isbn = ""
        trim = "a5"
        start = "recto"
        links = "list"
        standard = "pdf/ua-1"
        """
    )
    assert config.book.title == "Harbour Lights"
    assert config.book.language == "en-GB"
    assert (config.book.date, config.book.revised) == (dt.date(2026, 1, 31), dt.date(2026, 3, 1))
    assert (config.book.series, config.book.series_number) == ("Slack Water Annuals", "4")
    assert [subject_of(subject) for subject in config.book.subjects] == [
        Subject("WT", "Thema", "WT"),
        Subject("Essays", "BISAC", "LCO010000"),
        Subject("TRV000000", "BISAC", "TRV000000"),
        Subject("The sea: fiction"),
    ]
    assert config.imprint.publisher_email == "hello@example.org"
    assert config.labels == {"page": "p."}
    assert [section.slug for section in config.sections] == ["mind-and-body", "kokoro"]
    assert config.sections[0].articles == ("first", "*")
    assert config.contributors["amara-okonkwo"].sort == "Okonkwo, Amara"
    assert config.accessibility.conforms_to.startswith("EPUB")
    assert config.check.ignore[0].reason == "as printed"
    ebook, paper = config.editions.values()
    assert ebook.format == "epub"
    assert (ebook.isbn13, ebook.pages_from, ebook.fonts) == ("9780306406157", "paper", True)
    assert paper.format == "pdf"
    assert (paper.trim, paper.start, paper.links, paper.standard) == (
        Trim(148, 210),
        "recto",
        "list",
        ("pdf/ua-1",),
    )


def test_identifier_is_computed_once_and_for_all() -> None:
    """A book that states no identifier has one made of title and editors, the same in every build."""
    book = read(BOOK + 'editors = ["Tobias Wren"]').book
    assert book.unique_identifier == "urn:uuid:bc6362d5-6869-5808-9b6e-1750ee488d1d"
    assert read(BOOK).book.unique_identifier != book.unique_identifier
    stated = read(BOOK + 'identifier = "urn:isbn:9780306406157"').book
    assert stated.unique_identifier == "urn:isbn:9780306406157"


@pytest.mark.parametrize(
    ("written", "revised"),
    [
        ("2026-03-01", dt.date(2026, 3, 1)),
        ("2026-03-01T18:00:00Z", dt.datetime(2026, 3, 1, 18, tzinfo=dt.UTC)),
        ('"2026-03-01T18:00:00Z"', dt.datetime(2026, 3, 1, 18, tzinfo=dt.UTC)),
        ("2026-03-01T20:00:00+02:00", dt.datetime(2026, 3, 1, 18, tzinfo=dt.UTC)),
    ],
)
def test_a_revision_is_a_day_or_a_moment(written: str, revised: dt.date) -> None:
    """Two revisions of one day can be told apart, wherever they were made."""
    assert read(BOOK + f"revised = {written}").book.revised == revised


@pytest.mark.parametrize(
    ("written", "place"), [("3", "3"), ('"98.4"', "98.4"), ("2.5", "2.5"), ('" 07 "', "07")]
)
def test_a_place_in_a_series(written: str, place: str) -> None:
    """A place is a number, or several with full stops between them (EPUB 3.3, group-position)."""
    assert read(BOOK + f'series = "S"\nseries-number = {written}').book.series_number == place


@pytest.mark.parametrize(
    "code", ["DNL", "FBA", "YFB", "1KBB-US-NAK", "5PS-US-D", "JBCC1", "3MPQ", "1DDF-FR-LAJ", "4Z-GB-A"]
)
def test_codes_of_thema(code: str) -> None:
    """Categories, qualifiers and national extensions are codes of Thema."""
    (written,) = read(BOOK + f'subjects = ["Thema: {code}"]').book.subjects
    assert subject_of(written) == Subject(code, "Thema", code)


def test_what_does_not_show_is_empty() -> None:
    """A text of spaces, joiners and marks of direction alone is no text."""
    assert read(BOOK + 'subtitle = " \\u200B\\u202E\\u00A0\\t"').book.subtitle == ""


def test_config_knows_its_lines() -> None:
    """Later stages can name the line of a key, of the table around it, or of the file's beginning."""
    config = load_config(
        f'{BOOK}\n[[sections]]\ntitle = "A"\narticles = [\n"x",\n"y"]'.encode(), "book/anthology.toml"
    )
    assert config.origin("sections", 0, "articles", 1) == Origin("book/anthology.toml", 8)
    assert config.origin("sections", 0, "order") == Origin("book/anthology.toml", 4)
    assert config.origin("book", "title") == Origin("book/anthology.toml", 2)
    assert config.origin("rights", "required") == Origin("book/anthology.toml", 1)


def test_config_travels() -> None:
    """A config can be handed to another process, lines and all."""
    config = read(BOOK)
    again = pickle.loads(pickle.dumps(config))
    assert again == config
    assert again.origin("book", "title") == config.origin("book", "title")


@pytest.mark.parametrize(
    ("written", "width", "height"),
    [
        ("6x9in", 152.4, 228.6),
        ("5.5 x 8.5 in", 139.7, 215.9),
        ("148 × 210 mm", 148, 210),
        ("14.8cm x 21cm", 148, 210),
        ("432x648pt", 152.4, 228.6),
        ("A5", 148, 210),
        ("letter", 215.9, 279.4),
    ],
)
def test_trim_sizes(written: str, width: float, height: float) -> None:
    """A trim size is a name or width x height with its unit, and becomes millimetres."""
    assert read_trim(written) == Trim(width, height)


@given(st.floats(50, 600), st.floats(50, 600))
def test_trim_sizes_in_millimetres_are_kept(width: float, height: float) -> None:
    """A size in millimetres is kept to a thousandth."""
    trim = read_trim(f"{width:.3f}x{height:.3f}mm")
    assert trim.width == pytest.approx(width, abs=0.001)
    assert trim.height == pytest.approx(height, abs=0.001)


def test_named_trim_sizes_are_possible() -> None:
    """Every named size passes the limits that a written one must."""
    for width, height in TRIM_NAMES.values():
        assert read_trim(f"{width}x{height}mm") == Trim(width, height)


@pytest.mark.parametrize(
    ("written", "figures"),
    [
        ("978-0-306-40615-7", "9780306406157"),
        ("978\u20110\u2011306\u201140615\u20117", "9780306406157"),
        ("0-306-40615-2", "9780306406157"),
        ("0 8044 2957 x", "9780804429573"),
        ("979-10-90636-07-1", "9791090636071"),
        ("978-0-306-40615-8", ""),
        ("0-306-40615-3", ""),
        ("9780306406157٠", ""),
        ("979-8-88654-001-7", "9798886540017"),
        ("979-0-2600-0043-8", ""),
        ("X-306-40615-2", ""),
    ],
)
def test_isbns(written: str, figures: str) -> None:
    """An ISBN-10 and an ISBN-13 of one edition are the same number; a wrong check digit is none."""
    assert isbn13_of(written) == figures


@given(st.text("0123456789", min_size=12, max_size=12), st.integers(1, 9))
def test_one_wrong_figure_is_always_seen(tail: str, by: int) -> None:
    """The check digit of an ISBN-13 shows any single wrong figure."""
    stem = "978" + tail[3:]
    right = next(stem + check for check in "0123456789" if isbn13_of(stem + check))
    place = 3 + by % 10
    wrong = right[:place] + str((int(right[place]) + by) % 10) + right[place + 1 :]
    assert isbn13_of(wrong) == ""


@pytest.mark.parametrize(
    ("written", "tag"),
    [("EN-gb", "en-GB"), ("zh-hant-tw", "zh-Hant-TW"), ("de-CH-1996", "de-CH-1996"), ("es-419", "es-419")],
)
def test_language_tags_get_their_usual_capitals(written: str, tag: str) -> None:
    """A language tag may be written in any case."""
    assert read_language(written) == tag


@given(st.text())
def test_slugs_are_safe(text: str) -> None:
    """Whatever the title, its slug is [a-z0-9-], not empty, no device of Windows, and the same again."""
    slug = slug_of(text)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)
    assert len(slug) <= 82
    assert slug not in {"con", "prn", "aux", "nul", "com1", "lpt1"}
    assert slug == slug_of(text)


def test_titles_without_letters_have_slugs() -> None:
    """A title that cannot be transliterated is told apart by a digest; Windows' devices are avoided."""
    assert slug_of("Körper & Geist") == "korper-geist"
    assert slug_of("心と体") == "xin-toti"
    assert slug_of("!!!") == "xe84c538e7fe2"
    assert slug_of("???") != slug_of("!!!")
    assert slug_of("CON") == "x-con"


def test_standards_are_weasyprints() -> None:
    """The standards an edition may name are those that WeasyPrint knows, less PDF/X and what our files do not keep.

    PDF/A-4f is for files with others attached, and PDF/UA-2 wants a structure that the engine does not write.
    """
    from weasyprint.pdf import VARIANTS

    assert set(STANDARDS) == {name for name in VARIANTS if name.startswith(("pdf/a", "pdf/ua"))} - {
        "pdf/a-4f",
        "pdf/ua-2",
    }


# What is wrong, and how the editor is told


def test_everything_is_told_at_once() -> None:
    """All errors of a file are reported together, by line, in an editor's words."""
    assert told(
        """\
[book]
titel = "Harbour Lights"
language = "en_gb"
editors = "Ines"
edition = 0
[[sections]]
title = "Front"
order = "alphabetical"
[related]
propose = true
[editions.ebook]
format = "epub"
trim = "a5"
isbn = "978-0-306-40615-8"
[editions.print]
format = "pdff"
strat = "any"
trim = "6x9"
painter = "kdp"
"""
    ) == [
        'anthology.toml:1: error C004: [book] has no "title" | add title = "…"',
        'anthology.toml:2: error C002: unknown key "titel" in [book] | did you mean "title"?',
        'anthology.toml:3: error C005: "language" in [book] is "en_gb", which is not a language tag'
        ' | did you mean "en-GB"?',
        'anthology.toml:4: error C003: "editors" in [book] must be a list, but is text'
        ' | put it between square brackets: editors = ["Ines"]',
        'anthology.toml:5: error C005: "edition" in [book] is 0, but the least is 1',
        'anthology.toml:6: error C008: the section "Front" has the slug "front", '
        'which is the folder of the front matter | give it a slug of its own: slug = "…"',
        'anthology.toml:8: error C005: "order" in [[sections]] is "alphabetical", '
        "which is not one of: listed, date, title, weight",
        'anthology.toml:10: error C002: unknown key "propose" in [related]'
        " | the keys here are: limit, suggest, backlinks, outside",
        'anthology.toml:13: error C007: "trim" belongs to a PDF edition, but [editions.ebook] is an EPUB'
        " | delete the line",
        'anthology.toml:14: error C006: "isbn" in [editions.ebook] is "978-0-306-40615-8", '
        "which has a wrong check digit | if the others are right, its last figure is 7",
        'anthology.toml:16: error C005: "format" in [editions.print] is "pdff", which is not one of: epub, pdf'
        ' | did you mean "pdf"?',
        'anthology.toml:17: error C002: unknown key "strat" in [editions.print] | did you mean "start"?',
        'anthology.toml:18: error C005: "trim" in [editions.print] is "6x9", which has no unit that is known'
        ' | write "6x9in", or mm, cm or pt',
        'anthology.toml:19: error C002: unknown key "painter" in [editions.print] | did you mean "printer"?',
    ]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("title = Harbour\n", 1, "a value is missing or is not written as TOML wants it | {quote}"),
        ("[book]\ntitle = “Harbour”", 2, "a value is missing or is not written as TOML wants it | {quote}"),
        ("[book]\ntitle\n", 2, 'there is no "=" after a key | {quote}'),
        ('a = "b" c', 1, "something stands behind a value on the same line | {line}"),
        ('[book]\ntitle = "Harbour\nedition = 1', 2, "a quotation mark is not closed on its line | {quote}"),
        ('[book]\nrights = """Harbour\n\n\nb = 1', 2, "a quotation mark is not closed | {quote}"),
        (
            'a = [\n"b",\n"c"\n',
            1,
            'a list is not closed, or lacks a comma between two entries: "[" | close it with "]"',
        ),
        (
            "a = 1\n[book\nb = 2",
            2,
            "a heading is not closed | write [book], or [[sections]] for each section",
        ),
        (
            "[sections]\ntitle = 'A'\n[sections]",
            3,
            "[sections] is given twice | write [[sections]], in two pairs of brackets, for each section",
        ),
        (
            "[book]\ndate = 2026-13-01",
            2,
            "there is no such day, or it is not written as TOML wants it | write it as 2026-03-09",
        ),
        (
            "[book]\ndate = 2026-02-30  # a joke",
            2,
            "there is no such day, or it is not written as TOML wants it | write it as 2026-03-09",
        ),
        ("[book]\n[labels]\n[book]", 3, "a heading is given twice | put all its keys under one heading"),
        ("a = 1\na = 2\nb = 1", 2, "a key is given twice | keep one of the two"),
        (
            'a = "C:\\dir"',
            1,
            "a backslash stands before something it cannot | write a backslash twice {slash}",
        ),
        ("= 1", 1, "a line begins neither with a key nor with a heading"),
        ('a = "\0"', 1, "there is an invisible control character | delete it"),
        (f"a = {'[' * 5000}", None, "lists stand inside lists too deep to read | use fewer square brackets"),
        (
            b'[book]\ntitle = "x"\nrights = "caf\xe9"',
            3,
            "this line has a character that is not UTF-8 | {save}",
        ),
        ("[book]".encode("utf-16"), 1, "this file is written in UTF-16 | {save}"),
        (b"#" * (2 << 20), None, "the file is larger than a mebibyte | keep articles in content/, not here"),
    ],
)
def test_syntax_errors(text: str | bytes, line: int | None, said: str) -> None:
    """A file that is not TOML is one problem, with the line and what to do."""
    said = said.format(
        quote='text stands between straight quotation marks: title = "My book"',
        line="give every key a line of its own, and put text between straight quotation marks",
        slash='("\\\\"), or put the text between single quotation marks',
        save="save the file as UTF-8 in your editor",
    )
    assert told(text) == [f"anthology.toml:{line}: error C001: {said}"]


def test_byte_order_mark_and_line_ends() -> None:
    """A file from Windows is read as any other, and its lines are counted right."""
    windows = b"\xef\xbb\xbf" + (BOOK + 'notice = "x"\n').replace("\n", "\r\n").encode()
    assert told(windows) == [
        'anthology.toml:3: error C002: unknown key "notice" in [book]'
        " | the keys here are: title, subtitle, language, editors, publisher, series, series-number, description, "
        "keywords, subjects, date, revised, edition, rights, identifier, cover"
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", '1: error C004: there is no [book] | add [book] and below it title = "…"'),
        (
            'title = "x"\n[book]\ntitle = "y"',
            '1: error C002: unknown key "title" | did you mean "title", below [book]?',
        ),
        (BOOK + "[bok]", '3: error C002: unknown key "bok" | did you mean "book"?'),
        (
            BOOK + '[editions.p]\nformat = "pdf"\npages_from = "p"',
            '5: error C002: unknown key "pages_from" in [editions.p] | the keys here are: '
            "isbn, theme, format, trim, start, links, standard, printer, colour, icc, bleed, paper, spine, wrap",
        ),
        (
            BOOK + '[editions.e]\nformat = "epub"\npages_from = "p"',
            '5: error C002: unknown key "pages_from" in [editions.e] | did you mean "pages-from"?',
        ),
        (
            BOOK + '[editions.p]\nformat = "pdf"\nfonts = true',
            '5: error C007: "fonts" belongs to an EPUB edition, but [editions.p] is a PDF | delete the line',
        ),
        (
            BOOK + '[editions.p]\ntrim = "a5"',
            '3: error C004: [editions.p] has no "format" | add format = "epub" or format = "pdf"',
        ),
        (
            BOOK + '[editions]\nprint = "pdf"',
            '4: error C003: "print" in [editions] must be a table, but is text'
            " | write [editions.print] on a line of its own",
        ),
        (
            BOOK + '[sections]\ntitle = "A"',
            '3: error C003: "sections" must be a list, but is a table'
            " | write [[sections]] in double square brackets, once for each section",
        ),
        (
            BOOK + '[[imprint]]\nnotice = "A"',
            '3: error C003: "imprint" must be a table, but is a list | write [imprint] in single square brackets',
        ),
        (
            BOOK + "subtitle = 42",
            '3: error C003: "subtitle" in [book] must be text, but is a number'
            ' | put it between quotation marks: subtitle = "42"',
        ),
        (
            BOOK + 'keywords = [\n"a",\n3]',
            '5: error C003: entry 2 of "keywords" in [book] must be text, but is a number'
            ' | put it between quotation marks: "3"',
        ),
        (
            BOOK + 'edition = "2"',
            '3: error C003: "edition" in [book] must be a whole number, but is text'
            " | write the figures alone, without quotation marks",
        ),
        (
            BOOK + '[rights]\nrequired = "yes"',
            '4: error C003: "required" in [rights] must be true or false, but is text'
            " | write required = true or required = false, without quotation marks",
        ),
        (
            BOOK + "date = 2026",
            '3: error C003: "date" in [book] must be a date, but is a number'
            " | write year, month and day: date = 2026-01-31",
        ),
        (
            BOOK + 'date = "31.1.2026"',
            '3: error C005: "date" in [book] is "31.1.2026", which is not a date'
            " | write year, month and day: 2026-01-31",
        ),
        (
            BOOK + 'date = "2026-02-30"',
            '3: error C005: "date" in [book] is "2026-02-30", which is not a day of the calendar',
        ),
        ('[book]\ntitle = " "', '2: error C005: "title" in [book] is empty'),
        (
            BOOK + 'subtitle = "a\\u0007b"',
            '3: error C005: "subtitle" in [book] is "a b", which holds a control character (U+0007)'
            " | delete the character",
        ),
        (
            BOOK + 'language = "english"',
            '3: error C005: "language" in [book] is "english", which is not a language tag'
            ' | write a tag like "en", "en-GB", "fr" or "zh-Hant"',
        ),
        (
            BOOK + 'identifier = "50AF0D3C-2af3-4efe-b399-70503821023b"',
            '3: error C005: "identifier" in [book] is "50AF0D3C-2af3-4efe-b399-70503821023b", '
            'which is not an address | write "urn:uuid:50af0d3c-2af3-4efe-b399-70503821023b"',
        ),
        (
            BOOK + 'identifier = "urn:uuid:1"',
            '3: error C005: "identifier" in [book] is "urn:uuid:1", which is not a UUID'
            " | delete the line, and one is made of title and editors",
        ),
        (
            BOOK + 'cover = "images\\\\cover.jpg"',
            '3: error C005: "cover" in [book] is "images\\cover.jpg", which has a backslash | write "images/cover.jpg"',
        ),
        (
            BOOK + 'cover = "a/../../cover.jpg"',
            '3: error C005: "cover" in [book] is "a/../../cover.jpg", which leads out of the project'
            ' | write it from the folder of anthology.toml on, like "images/cover.jpg"',
        ),
        (
            BOOK + 'cover = "https://example.org/c.jpg"',
            '3: error C005: "cover" in [book] is "https://example.org/c.jpg", which is not a path inside the project'
            ' | write it from the folder of anthology.toml on, like "images/cover.jpg"',
        ),
        (
            BOOK + '[[sections]]\ntitle = "A"\nslug = "Mind_body"',
            '5: error C005: "slug" in [[sections]] is "Mind_body", which is not a slug'
            " | use a-z, 0-9 and single hyphens between them",
        ),
        (
            BOOK + '[[sections]]\ntitle = "A"\n[[sections]]\ntitle = "B"\nslug = "a"',
            '7: error C008: the section "B" has the slug "a", as has the section "A"'
            ' | give it a slug of its own: slug = "…"',
        ),
        (
            BOOK + '[[sections]]\ntitle = "A"\norder = "date"\narticles = ["x"]',
            '6: error C005: "articles" in [[sections]] needs order = "listed", but the order is "date"'
            " | delete one of the two lines",
        ),
        (
            BOOK + '[[sections]]\ntitle = "A"\narticles = ["*",\n"x", "*"]',
            '6: error C005: "articles" in [[sections]] lists all others twice | keep one of the two',
        ),
        (
            BOOK + '[related]\noutside = "citee"',
            '4: error C005: "outside" in [related] is "citee", which is not one of: cite, omit | did you mean "cite"?',
        ),
        (BOOK + "[related]\nlimit = -1", '4: error C005: "limit" in [related] is -1, but the least is 0'),
        (
            BOOK + '[contributors.a]\nsort = "A"',
            '3: error C004: [contributors.a] has no "name" | add name = "…"',
        ),
        (
            BOOK + '[contributors."Åsa B"]\nname = "A"',
            '3: error C005: "Åsa B" cannot name a table of [contributors] | write [contributors.asa-b]',
        ),
        (
            BOOK + '[check]\nignore = [{code = "L14", path = "x", reason = "y"}]',
            '4: error C005: "code" in [[check.ignore]] is "L14", which is not the code of a problem'
            ' | write a code like "L002"',
        ),
        (
            BOOK + '[[check.ignore]]\ncode = "L002"\npath = "x"',
            '3: error C004: [[check.ignore]] has no "reason" | add reason = "…"',
        ),
        (
            BOOK + '[editions.p]\nformat = "pdf"\ntrim = "a55"',
            '5: error C005: "trim" in [editions.p] is "a55", which is not a page size | did you mean "a5"?',
        ),
        (
            BOOK + '[editions.p]\nformat = "pdf"\ntrim = "6x9mm"',
            '5: error C005: "trim" in [editions.p] is "6x9mm", which is a page of 6 × 9 mm'
            " | a page is 50 to 600 mm wide and high",
        ),
        (
            BOOK + '[editions.p]\nformat = "pdf"\nstandard = "pdf/x-4"',
            '5: error C005: "standard" in [editions.p] is "pdf/x-4", which needs colours prepared for a press'
            ' | write printer = "press", which sees to them',
        ),
        (
            BOOK + '[editions.p]\nformat = "pdf"\nisbn = 9780306406157',
            '5: error C003: "isbn" in [editions.p] must be text, but is a number'
            ' | put it between quotation marks: isbn = "9780306406157"',
        ),
        (
            BOOK + '[editions.p]\nformat = "pdf"\nisbn = "978-0-306"',
            '5: error C006: "isbn" in [editions.p] is "978-0-306", which has 7 figures'
            " | an ISBN has 13 figures, or 10 before 2007",
        ),
        (
            BOOK + '[editions.p]\nformat = "pdf"\nisbn = "ISBN 1"',
            '5: error C006: "isbn" in [editions.p] is "ISBN 1", which is not an ISBN'
            " | write its figures, with or without hyphens",
        ),
        (
            BOOK + '[editions.a]\nformat = "pdf"\nisbn = "0306406152"\n'
            '[editions.b]\nformat = "pdf"\nisbn = "978-0-306-40615-7"',
            "8: error C006: [editions.a] and [editions.b] have the same ISBN, 9780306406157 (see line 5)"
            " | every edition needs an ISBN of its own; leave one empty until it has",
        ),
        (
            BOOK + '[editions.p]\nformat = "pdf"\nisbn = "979-0-2600-0043-8"',
            '5: error C006: "isbn" in [editions.p] is "979-0-2600-0043-8", which is the number of printed music (ISMN)'
            " | an ISBN begins with 978, or 979 and 1 to 9",
        ),
        (
            BOOK + '[editions.p]\nformat = "pdf"\nisbn = "979-8-88654-001-6"',
            '5: error C006: "isbn" in [editions.p] is "979-8-88654-001-6", which has a wrong check digit'
            " | if the others are right, its last figure is 7",
        ),
        (
            BOOK + '[editions.p]\nformat = "pdf"\nisbn = "0-306-40615-3"',
            '5: error C006: "isbn" in [editions.p] is "0-306-40615-3", which has a wrong check digit'
            " | if the others are right, its last figure is 2",
        ),
        (
            BOOK + 'identifier = "urn:isbn:9780306406158"',
            '3: error C006: "identifier" in [book] is "urn:isbn:9780306406158", which has a wrong check digit'
            " | if the others are right, its last figure is 7",
        ),
        (
            BOOK + 'identifier = "urn:isbn:0306406152"\n[editions.a]\nformat = "epub"\n'
            '[editions.b]\nformat = "pdf"\nisbn = "978-0-306-40615-7"',
            '3: error C006: "identifier" in [book] is the ISBN of [editions.b], one of several editions (see line 8)'
            ' | delete the line, or write what is true of them all, like "urn:uuid:…"',
        ),
        (
            BOOK + 'identifier = "urn:x:\\u0007"',
            '3: error C005: "identifier" in [book] is "urn:x: ", which holds a control character (U+0007)'
            " | delete the character",
        ),
        (
            BOOK + 'subjects = [\n"Essays",\n"Thema: poetry"]',
            '5: error C005: entry 2 of "subjects" in [book] is "Thema: poetry", which has no Thema code'
            ' | write "Thema: DNL Literary essays", or the code alone',
        ),
        (
            BOOK + 'subjects = ["thema:dnl"]',
            '3: error C005: entry 1 of "subjects" in [book] is "thema:dnl", which has no Thema code'
            ' | did you mean "Thema: DNL"?',
        ),
        (
            BOOK + 'subjects = ["BISAC: LCO10000"]',
            '3: error C005: entry 1 of "subjects" in [book] is "BISAC: LCO10000", which has no BISAC code'
            ' | write "BISAC: LCO010000 Essays", or the code alone',
        ),
        (
            BOOK + 'series = "S"\nseries-number = "IV"',
            '4: error C005: "series-number" in [book] is "IV", which is not a place in a series'
            " | write a number, like 3, or 98.4 for volume 98, part 4",
        ),
        (
            BOOK + "series-number = 3",
            '3: error C005: "series-number" in [book] needs a series | name the series too: series = "…"',
        ),
        (
            BOOK + "revised = 2026-03-01T18:00:00",
            '3: error C005: "revised" in [book] is 2026-03-01 18:00:00, which is a time without its zone'
            " | write the day alone, or the time too with its zone: 2026-01-31T18:00:00Z",
        ),
        (
            BOOK + '[editions.e]\nformat = "epub"\npages-from = "prnt"\n[editions.print]\nformat = "pdf"',
            '5: error C005: "pages-from" in [editions.e] names "prnt", and there is no such edition'
            ' | did you mean "print"?',
        ),
        (
            BOOK + '[editions.e]\nformat = "epub"\npages-from = "e"',
            '5: error C005: "pages-from" in [editions.e] names "e", which is not a PDF edition | add a PDF edition',
        ),
        (
            BOOK + '[labels]\nrelatde = "Read on"',
            '4: error C002: unknown key "relatde" in [labels] | did you mean "related"?',
        ),
        (
            BOOK + '[labels]\nby = "by {names}\\uFFFE"',
            '4: error C005: "by" in [labels] is "by {names}\ufffe", which holds a control character (U+FFFE)'
            " | delete the character",
        ),
        (
            BOOK + '[labels]\nby = "Words"',
            '4: error C009: "by" in [labels] lacks {names} | write {names} where the book fills in its own',
        ),
        (
            BOOK + '[labels]\npage = "p. {folio}"',
            '4: error C009: "page" in [labels] holds {folio}, which nothing fills | it can hold {page}',
        ),
    ],
)
def test_what_is_wrong(text: str, said: str) -> None:
    """One mistake is one message, with its line, what is wrong and what to do."""
    assert told(text) == [f"anthology.toml:{said}"]


_KEYS = sorted(
    {
        part
        for path in [
            "book title language editors date revised subjects series series-number edition cover identifier imprint copyright labels page by sections slug",
            "order articles related limit outside contributors name also kind rights required fonts fallback check",
            "ignore code path reason editions format isbn pages-from trim start links standard epub pdf print x-y",
        ]
        for part in path.split()
    }
)
_LEAVES = (
    st.sampled_from(
        [*_KEYS, "*", "{x}", "", "a5", "0x0in", "978", "urn:uuid:", "2026-99-99", "../x", "front"]
    )
    | st.integers(-1, 2)
    | st.booleans()
    | st.dates()
    | st.times()
    | st.floats(allow_nan=False)
)
_DATA: st.SearchStrategy[Any] = st.recursive(
    _LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(_KEYS), inner, max_size=4),
    max_leaves=20,
)


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.dictionaries(st.sampled_from(_KEYS), _DATA, max_size=6))
def test_any_data_is_read_or_explained(data: dict[str, Any]) -> None:
    """Whatever stands in a valid TOML file, it is read or explained in our words with a line."""
    try:
        load_config(tomlkit.dumps(data).encode())
    except ContentError as error:
        for problem in error.problems:
            assert problem.origin is not None
            assert problem.origin.line is not None
            assert not re.search(r"Input|valid|cannot be used|should", problem.message)


@settings(deadline=None)
@given(st.binary() | st.text("[]{}=\"'\\#,.\n\r\t ab1-:_").map(str.encode))
def test_any_bytes_are_read_or_explained(data: bytes) -> None:
    """No bytes of a file make anything but a config or a problem."""
    with pytest.raises(ContentError):
        load_config(data)  # None of them has a [book] with a title.


def test_every_code_is_explained() -> None:
    """Each code that the configuration and its labels can raise is in the table of codes, and no other."""
    package = Path(anthology.config.__file__).parents[1]
    sources = [path for folder in ("config", "labels") for path in (package / folder).glob("*.py")]
    raised = {
        code
        for path in sources
        if path.name != "codes.py"
        for code in re.findall(r'"(C[0-9]{3})"', path.read_text("utf-8"))
    }
    assert raised == set(CODES)


# Lines


def all_paths(data: Any, path: tuple[str | int, ...] = ()) -> dict[tuple[str | int, ...], Any]:
    """List the path of every key, table and entry of data, with what stands there."""
    entries: Any = (
        data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    )
    found = {path: data} if path else {}
    for key, value in entries:
        found |= all_paths(value, (*path, key))
    return found


_TREES: st.SearchStrategy[Any] = st.recursive(
    st.integers(1000, 10**9) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=25,
)


@settings(deadline=None)
@given(st.dictionaries(st.text(max_size=5), _TREES, max_size=5))
def test_every_key_has_a_line(data: dict[str, Any]) -> None:
    """Every key of a document that another library wrote has a line, no line is made up, and numbers are on theirs."""
    text = tomlkit.dumps(data).replace("\r\n", "\n")
    paths = all_paths(tomllib.loads(text))
    lines = key_positions(text)
    assert set(lines) == set(paths)
    rows = text.split("\n")
    for path, value in paths.items():
        assert not isinstance(value, int) or str(value) in rows[lines[path] - 1]


class Writer:
    """Writes TOML in every manner the language has, and notes the line of every key as it goes."""

    def __init__(self) -> None:
        self.text = ""
        self.lines: dict[tuple[str | int, ...], int] = {}

    def write(self, text: str) -> None:
        self.text += text

    def note(self, *path: str | int) -> None:
        self.lines.setdefault(path, self.text.count("\n") + 1)

    def key(self, draw: st.DrawFn, name: str) -> str:
        return draw(st.sampled_from([name, f'"{name}"', f"'{name}'", f'"\\u{ord(name[0]):04x}{name[1:]}"']))

    def value(self, draw: st.DrawFn, path: tuple[str | int, ...], depth: int = 0) -> None:
        kinds = ["plain", "array", "inline"] if depth < 2 else ["plain"]
        kind = draw(st.sampled_from(kinds))
        if kind == "plain":
            self.write(draw(st.sampled_from(_PLAIN)))
        elif kind == "array":
            self.write("[" + draw(_GAPS))
            count = draw(st.integers(0, 3))
            for index in range(count):
                self.note(*path, index)
                self.value(draw, (*path, index), depth + 1)
                self.write(
                    draw(_GAPS) + ("," if index < count - 1 or draw(st.booleans()) else "") + draw(_GAPS)
                )
            self.write("]")
        else:
            self.write("{ ")
            for index in range(count := draw(st.integers(0, 2))):
                self.note(*path, f"k{index}")
                self.write(f"k{index} = ")
                self.value(draw, (*path, f"k{index}"), depth + 1)
                self.write(", " if index < count - 1 else " ")
            self.write("}")


_PLAIN = (
    "1",
    "-3.5e7",
    "true",
    "1979-05-27 07:32:00Z",
    '"a # [b] = \\" c"',
    "'C:\\'",
    '"""\n\n[not] = a "table" \\""" # nor a comment"""""',
    "'''\n[[x]]\ny = ''1'''''",
    '""',
    "''",
    '""""""',
)
_GAPS = st.sampled_from(["", " ", "\n", "  # a ] , } \" ' comment\n", "\n\n\t"])


@st.composite
def documents(draw: st.DrawFn) -> Writer:
    """Write a document with headers, lists of tables, dotted and quoted keys, and values over many lines."""
    writer = Writer()
    table: tuple[str | int, ...] = ()
    lists = 0
    for number in range(draw(st.integers(0, 12))):
        writer.write(draw(st.sampled_from(["", "\n", "# [comment] = 1\n", "  "])))
        kind = draw(st.sampled_from(["pair", "pair", "dotted", "table", "list", "sublist"]))
        name = f"n{number}"
        if kind in ("pair", "dotted"):
            parts = [name] if kind == "pair" else [name, "m", "l"]
            for depth in range(len(parts)):
                writer.note(*table, *parts[: depth + 1])
            writer.write(
                " . ".join(writer.key(draw, part) for part in parts) + draw(st.sampled_from(["=", " = "]))
            )
            writer.value(draw, (*table, *parts))
        elif kind == "table":
            table = (name, "t")
            writer.note(name)
            writer.note(*table)
            writer.write(f"[ {writer.key(draw, name)} .t]")
        elif kind == "list" or not lists:
            table = ("list", lists)
            lists += 1
            writer.note("list")
            writer.note(*table)
            writer.write("[[list]]")
        else:
            table = ("list", lists - 1, name, 0)
            for depth in (3, 4):
                writer.note(*table[:depth])
            writer.write(f"[[ list . {name} ]]")
        writer.write(draw(st.sampled_from(["\n", " # done\n"])))
    return writer


@settings(deadline=None)
@given(documents())
def test_lines_are_exact(document: Writer) -> None:
    """Whatever manner a key is written in, its line is the line it was written on."""
    tomllib.loads(document.text)
    assert key_positions(document.text) == document.lines


# Schemas and records


def test_schema_describes_every_key() -> None:
    """Every table and key of the schema has a title and a description, hyphens, and no room for others."""
    made = config_schema()
    assert made["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert made["required"] == ["book"]
    for table in [made, made["properties"]["labels"], *made["$defs"].values()]:
        assert table["additionalProperties"] is False
        for name, key in table["properties"].items():
            assert key["title"], name
            assert key["description"], name
            assert "_" not in name
    assert "null" not in json.dumps(made)
    assert set(made["$defs"]["PdfEdition"]["properties"]) == {
        *("isbn", "theme", "format", "trim", "start", "links", "standard"),
        *("printer", "colour", "icc", "bleed", "paper", "spine", "wrap"),
    }
    assert made["$defs"]["PdfEdition"]["properties"]["isbn"]["title"] == "ISBN"
    assert made["$defs"]["Book"]["properties"]["date"] == {
        "description": "The day of publication: 2026-01-31.",
        "format": "date",
        "title": "Date",
        "type": "string",
    }


def test_schema_command() -> None:
    """`anthology schema NAME` prints one schema; a name it does not know is a wrong call."""
    done = CliRunner().invoke(schema, ["config"])
    assert done.exit_code == 0
    assert json.loads(done.stdout) == config_schema()
    assert json.loads(CliRunner().invoke(schema, ["build"]).stdout)["title"] == "build.json"
    assert CliRunner().invoke(schema, ["colophon"]).exit_code == 2


def test_schema_command_prints_all() -> None:
    """Without a name, all schemas are printed in one object."""
    pytest.importorskip("anthology.read.front_matter")
    done = CliRunner().invoke(schema, [])
    assert list(json.loads(done.stdout)) == ["config", "front-matter", "build", "report", "plan", "check"]


def test_editions_share_what_they_have_in_common() -> None:
    """Every kind of edition has an ISBN."""
    assert all(isinstance(edition, BaseEdition) for edition in read(BOOK).editions.values())


def test_build_record() -> None:
    """The record of a build is the same JSON every time: keys in order, two spaces, a last line end."""
    problem = Problem(
        "L002", "warning", 'no article "tow" to refer to', Origin("content/a.md", 12), 'did you mean "two"?'
    )
    record = BuildRecord(
        book=BookRecord(title="Hafenlichter – Ü", identifier="urn:uuid:1"),
        editions=(
            EditionRecord(
                name="print",
                format="pdf",
                path="hafenlichter-print.pdf",
                bytes=10,
                sha256="00",
                articles=1,
                pages=8,
                seconds=0.5,
                blocks=BlockRecord(source=3, placed=3),
                start_pages={"two": "9", "one": "11"},
                section_pages={"sea": (1, 40)},
            ),
        ),
        problems=(ProblemRecord.of(problem), ProblemRecord.of(Problem("C010", "warning", "no words"))),
        versions=Versions(anthology="0.1.0", weasyprint="70.0", ebooklib="0.20", python="3.11.7"),
    )
    assert (
        record.to_json()
        == """\
{
  "book": {
    "title": "Hafenlichter – Ü",
    "identifier": "urn:uuid:1"
  },
  "proof": false,
  "editions": [
    {
      "name": "print",
      "format": "pdf",
      "path": "hafenlichter-print.pdf",
      "bytes": 10,
      "sha256": "00",
      "articles": 1,
      "pages": 8,
      "seconds": 0.5,
      "reused": 0,
      "blocks": {
        "source": 3,
        "placed": 3,
        "missing": []
      },
      "start_pages": {
        "two": "9",
        "one": "11"
      },
      "section_pages": {
        "sea": [
          1,
          40
        ]
      },
      "cover": null
    }
  ],
  "problems": [
    {
      "code": "L002",
      "severity": "warning",
      "message": "no article \\"tow\\" to refer to",
      "path": "content/a.md",
      "line": 12,
      "hint": "did you mean \\"two\\"?"
    },
    {
      "code": "C010",
      "severity": "warning",
      "message": "no words",
      "path": null,
      "line": null,
      "hint": ""
    }
  ],
  "versions": {
    "anthology": "0.1.0",
    "weasyprint": "70.0",
    "ebooklib": "0.20",
    "python": "3.11.7"
  }
}
"""
    )
