"""What an e-book says of itself: held against what its editor wrote, and read back by other programs."""

from __future__ import annotations

import datetime as dt
import random
import re
import shutil
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path

import pymupdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import write_project
from reading_back import epubcheck, unzip

from anthology.build import Options, build
from anthology.editions.epub.metadata import guide_of
from anthology.exporters.epub import Metadata, Part, Person, Work, pack_epub
from anthology.model import Document, Subject
from anthology.wording import visible

RICH = {
    "anthology.toml": """
[book]
title = "Slack  Water"
subtitle = "Essays from the shore"
language = "en-GB"
editors = ["Hedda Marsh", "The Tide Desk", "Ludo van der Meer"]
publisher = "Tidewater & Daughters"
series = "Slack Water Annuals"
series-number = 4
description = "Essays, and one letter."
keywords = ["shore", "Essays"]
subjects = ["Thema: DNL Literary essays", "BISAC: LCO010000", "Essays", "essays"]
date = 2026-03-01
revised = 2026-04-02T01:30:00+02:00
rights = "All rights reserved."
identifier = "urn:uuid:0a2f7a5e-9d3c-4c1f-8a4e-53d1f1f3b6a2"

[contributors.olive-tarn]
name = "Olive Tarn"
also = ["O. Tarn"]
sort = "Tarn, Olive"

[contributors.tide-desk]
name = "The Tide Desk"
kind = "organisation"

[editions.ebook]
format = "epub"
isbn = "979-8-88654-001-7"
pages-from = "print"
fonts = false

[editions.print]
format = "pdf"
isbn = "0-306-40615-2"
""",
    "content/front/foreword.md": "---\ntitle: Foreword\nauthor: Ana Roe\n---\n\nBefore.\n",
    "content/shore/_intro.md": "---\ntitle: On shores\nauthor: Hedda Marsh\n---\n\nBetween.\n",
    "content/shore/one.md": "---\ntitle: One\nauthors:\n  - {name: Piet Vos, role: translator}\n  - O. Tarn\n"
    "tags: [seaweed, kelp]\n---\n\nText.\n",
    "content/shore/zwei.md": "---\ntitle: Zwei\nlang: de\nauthors:\n  - {name: Olive Tarn, role: photographer}\n"
    "  - Gabriel García Márquez\n  - UNICEF Sea Committee\n---\n\nText.\n",
}

# All but what it says of accessibility, which has tests of its own.
PACKAGE = """\
identifier #id: urn:isbn:9798886540017
identifier: urn:uuid:0a2f7a5e-9d3c-4c1f-8a4e-53d1f1f3b6a2
title #title: Slack Water
  title-type: main
title #subtitle: Essays from the shore
  title-type: subtitle
language: en-GB
language: de
publisher: Tidewater & Daughters
description: Essays, and one letter.
rights: All rights reserved.
date: 2026-03-01
subject #subject-1: Literary essays
  authority: Thema
  term: DNL
subject #subject-2: LCO010000
  authority: BISAC
  term: LCO010000
subject: Essays
subject: shore
creator #creator-1: Hedda Marsh
  role: edt
  display-seq: 1
  file-as: Marsh, Hedda
creator #creator-2: The Tide Desk
  role: edt
  display-seq: 2
  file-as: The Tide Desk
creator #creator-3: Ludo van der Meer
  role: edt
  display-seq: 3
contributor #contributor-1: Ana Roe
  role: aut
  display-seq: 1
  file-as: Roe, Ana
contributor #contributor-2: Hedda Marsh
  role: aut
  display-seq: 2
  file-as: Marsh, Hedda
contributor #contributor-3: Piet Vos
  role: trl
  display-seq: 3
  file-as: Vos, Piet
contributor #contributor-4: Olive Tarn
  role: aut
  role: pht
  display-seq: 4
  file-as: Tarn, Olive
contributor #contributor-5: Gabriel García Márquez
  role: aut
  display-seq: 5
contributor #contributor-6: UNICEF Sea Committee
  role: aut
  display-seq: 6
  file-as: UNICEF Sea Committee
source #print: urn:isbn:9780306406157
  source-of: pagination
dcterms:modified: 2026-04-01T23:30:00Z
belongs-to-collection #series: Slack Water Annuals
  collection-type: series
  group-position: 4
foreword.xhtml dcterms:creator: Ana Roe
_section-shore.xhtml dcterms:creator: Hedda Marsh
one.xhtml dcterms:creator: Olive Tarn
one.xhtml dcterms:contributor: Piet Vos
zwei.xhtml dcterms:creator: Gabriel García Márquez
zwei.xhtml dcterms:creator: UNICEF Sea Committee
zwei.xhtml dcterms:contributor: Olive Tarn
pageBreakSource: urn:isbn:9780306406157
cover: cover
"""

PARTS = (
    Part("a.xhtml", b"<p/>" * 50_000, "application/xhtml+xml", "a", ("nav",), spine=True),
    Part("toc.ncx", b"<ncx/>", "application/x-dtbncx+xml", "ncx"),
)


def made(root: Path, files: dict[str, str]) -> Path:
    """Build a project, and give its e-book."""
    write_project(root, files)
    outcome = build(root, Options(("ebook",), out=root / "dist"), lambda stage, detail: None)
    assert outcome.written, [str(problem) for problem in outcome.problems]
    return root / "dist" / outcome.record.editions[0].path


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a book with everything that can be said of one."""
    return made(tmp_path_factory.mktemp("rich"), RICH)


def package(path: Path) -> str:
    """Give the package document of an e-book."""
    return unzip(path.read_bytes())["EPUB/content.opf"].decode()


def statements(opf: str) -> str:
    """Write what a package says, a line each: what refines the one before is indented, what refines a file names it."""
    from lxml import etree

    root = etree.fromstring(opf.encode())
    files = {item.get("id"): item.get("href") for item in root.iter("{*}item")}
    lines = []
    for entry in next(root.iter("{*}metadata")):
        name = entry.get("property") or entry.get("name") or etree.QName(entry).localname
        if not name.startswith("schema:"):
            refined = (entry.get("refines") or "").removeprefix("#")
            before = f"{files[refined]} " if refined in files else "  " if refined else ""
            uid = f" #{entry.get('id')}" if entry.get("id") else ""
            lines.append(f"{before}{name}{uid}: {entry.text or entry.get('content')}\n")
    return "".join(lines)


def test_a_package_says_what_its_editor_wrote(rich: Path) -> None:
    """Identifiers, titles, languages, series, subjects, people and pieces stand there, and nothing else."""
    assert statements(package(rich)) == PACKAGE


def test_tags_of_the_web_are_no_subjects(rich: Path) -> None:
    """What a magazine tagged an article with says nothing of the book."""
    assert "seaweed" not in package(rich)


def test_nothing_is_declared_that_nothing_uses(rich: Path) -> None:
    """The package declares its own vocabulary and Dublin Core, and has the fallbacks of older reading systems."""
    opf = package(rich)
    declared = set(re.findall(r'xmlns:?\w*="[^"]*"|\bprefix="[^"]*"', opf))
    assert declared == {
        'xmlns="http://www.idpf.org/2007/opf"',
        'xmlns:dc="http://purl.org/dc/elements/1.1/"',
    }
    assert re.findall(r'<reference type="(\w+)" title="([^"]*)" href="([^"]*)"/>', opf) == [
        ("cover", "Cover", "_cover.xhtml"),
        ("toc", "Contents", "_contents.xhtml"),
        ("text", "Shore", "_section-shore.xhtml"),
    ]


def test_the_contents_for_old_readers_know_the_book(rich: Path) -> None:
    """The NCX has the identifier of the package."""
    ncx = unzip(rich.read_bytes())["EPUB/toc.ncx"].decode()
    assert '<meta name="dtb:uid" content="urn:isbn:9798886540017"/>' in ncx
    assert '<meta name="dtb:depth" content="2"/>' in ncx


def test_an_imprint_names_series_and_its_own_isbn(rich: Path) -> None:
    """The e-book prints its series and its ISBN, not that of the printed book."""
    imprint = unzip(rich.read_bytes())["EPUB/_imprint.xhtml"].decode()
    assert "<p>Slack Water Annuals · 4</p>" in imprint
    assert "979-8-88654-001-7" in imprint
    assert "306-40615" not in imprint


def test_other_programs_read_it(rich: Path) -> None:
    """EPUBCheck finds nothing to say, and MuPDF reads title and first editor."""
    assert epubcheck(rich) == []
    with pymupdf.open(rich) as book:
        assert (book.metadata["title"], book.metadata["author"]) == ("Slack Water", "Hedda Marsh")


@pytest.mark.skipif(not shutil.which("ebook-meta"), reason="calibre is not installed")
def test_calibre_reads_it(rich: Path) -> None:
    """Calibre finds editors as authors, sort names, series, publisher, languages and ISBN."""
    done = subprocess.run(["ebook-meta", str(rich)], capture_output=True, text=True, check=True)
    read = dict(re.findall(r"(?m)^(\S[^:]*?) *: (.*)$", done.stdout))
    assert read["Title"] == "Slack Water: Essays from the shore"
    assert read["Author(s)"].startswith("Hedda Marsh & The Tide Desk & Ludo van der Meer [Marsh, Hedda & ")
    assert read["Series"] == "Slack Water Annuals #4"
    assert read["Publisher"] == "Tidewater & Daughters"
    assert read["Languages"] == "eng, deu"
    assert read["Identifiers"] == "isbn:9798886540017"
    assert read["Tags"] == "Literary essays, LCO010000, Essays, shore"


@pytest.fixture(scope="module")
def naughty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a book, from right to left and edited by nobody, whose every field is as strangers write them."""
    # As TOML writes them: overrides of direction, no spaces, private signs, markup, quotation marks, joined emoji.
    evil = r"\u202Eeb\u2066 \u200B\uFEFF\uE000 <script>x</script> ]]> &amp; \"' 👩\u200D👧 \t"
    fields = ("subtitle", "publisher", "series", "description", "rights")
    return made(
        tmp_path_factory.mktemp("naughty"),
        {
            "anthology.toml": "[book]\nlanguage = 'he'\n"
            + f'title = "{evil}{"long title " * 1000}"\nseries-number = "98.4"\n'
            + "".join(f'{name} = "{evil}"\n' for name in fields)
            + f'keywords = ["{evil}"]\nsubjects = ["{evil}"]\n'
            + f'[imprint]\ncopyright = ["{evil}"]\n[editions.ebook]\nformat = "epub"\nfonts = false\n',
            "content/mind/one.md": '---\ntitle: "a\\x01\\uFFFE\\uD800b"\nauthors: ["A\\x02nn\\uDC00 Lee", "\\x01", " \\t ", '
            '"\\u202eBo\\u202c", "\\u200B", "Ann Lee", "<b>&"]\n---\n\nText.\n',
            "content/mind/two.md": '+++\ntitle = "b\\u0001"\nauthors = [{name = "Ann Lee", role = "editor"}]\n+++\n\nText.\n',
        },
    )


def test_naughty_metadata_is_valid(naughty: Path) -> None:
    """Whatever strangers put into the fields of a book, it is valid, no element is empty, and people are one each."""
    assert epubcheck(naughty) == []
    opf = package(naughty)
    assert not re.search(r"<(dc:\w+|meta)\b[^>]*[^>/]>\s*</", opf)
    assert re.findall(r"<dc:creator[^>]*>([^<]*)<", opf) == ["Ann Lee", "\u202eBo\u202c", "&lt;b&gt;&amp;"]
    assert '<meta refines="#creator-1" property="role" scheme="marc:relators">edt</meta>' in opf
    assert "<dc:contributor" not in opf


def test_a_book_from_right_to_left_says_so(naughty: Path) -> None:
    """Its pages are turned the other way, and its metadata is read from the right."""
    opf = package(naughty)
    assert 'page-progression-direction="rtl"' in opf
    assert re.search(r'<package [^>]*dir="rtl"', opf)


def test_a_guide_points_to_what_there_is() -> None:
    """A book without sections begins with its first article."""
    documents = [
        Document(name, "x", name.title(), "en", "", part)  # type: ignore[arg-type]
        for name, part in (("_cover", "front"), ("_contents", "front"), ("one", "text"), ("two", "text"))
    ]
    assert list(guide_of(documents)) == [
        ("cover", "_Cover", "_cover.xhtml"),
        ("toc", "_Contents", "_contents.xhtml"),
        ("text", "One", "one.xhtml"),
    ]


def test_a_zip_is_as_reading_systems_want_it() -> None:
    """`mimetype` comes first, plain and whole; names are sorted, times fixed; photographs are not deflated again."""
    noise = random.Random(1).randbytes(100_000)
    parts = [Part("b.jpg", noise, "image/jpeg", "b"), *PARTS]
    moment = dt.datetime(999, 1, 2, 3, 4, 5, 678, dt.timezone(dt.timedelta(hours=2)))
    data = pack_epub(Metadata("urn:x:1", "T", "en", moment), parts)
    assert data[30:58] == b"mimetypeapplication/epub+zip"
    with zipfile.ZipFile(BytesIO(data)) as archive:
        entries = archive.infolist()
        assert b"0999-01-02T01:04:05Z" in archive.read("EPUB/content.opf")
    assert [entry.filename for entry in entries] == [
        "mimetype",
        "META-INF/container.xml",
        "EPUB/a.xhtml",
        "EPUB/b.jpg",
        "EPUB/content.opf",
        "EPUB/toc.ncx",
    ]
    assert {entry.filename for entry in entries if entry.compress_type == zipfile.ZIP_STORED} == {
        "mimetype",
        "EPUB/b.jpg",
    }
    assert {(entry.extra, entry.date_time, entry.flag_bits) for entry in entries} == {
        (b"", (1980, 1, 1, 0, 0, 0), 0)
    }


# What the stages before let through: what XML 1.0 has a place for, with something to see in it, on one line.
_TEXTS = (
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc",), exclude_characters="\ufffe\uffff"))
    .map(lambda text: " ".join(text.split()))
    .filter(visible)
)
_PEOPLE = st.lists(st.builds(Person, _TEXTS, st.just(("aut", "trl")), st.just("") | _TEXTS), max_size=3)


@given(
    texts=st.lists(_TEXTS, min_size=7, max_size=7),
    creators=_PEOPLE,
    contributors=_PEOPLE,
    subjects=st.lists(st.builds(Subject, _TEXTS) | st.builds(Subject, _TEXTS, _TEXTS, _TEXTS), max_size=3),
    works=st.lists(st.builds(Work, st.just("a"), st.lists(_TEXTS, max_size=2).map(tuple)), max_size=2),
)
def test_whatever_is_said_can_be_read(
    texts: list[str],
    creators: list[Person],
    contributors: list[Person],
    subjects: list[Subject],
    works: list[Work],
) -> None:
    """Every text of the metadata comes back as it was given, in order, and every refinement refines something."""
    from lxml import etree

    title, subtitle, publisher, description, rights, series, source = texts
    moment = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    metadata = Metadata(
        "urn:x:1",
        title,
        "en",
        moment,
        subtitle=subtitle,
        publisher=publisher,
        description=description,
        rights=rights,
        series=series,
        pages_from=source,
        creators=tuple(creators),
        contributors=tuple(contributors),
        subjects=tuple(subjects),
        works=tuple(works),
    )
    root = etree.fromstring(unzip(pack_epub(metadata, PARTS))["EPUB/content.opf"])
    told: dict[str, list[str]] = {}
    for entry in next(root.iter("{*}metadata")):
        told.setdefault(entry.get("property") or etree.QName(entry).localname, []).append(entry.text)
    people = [*creators, *contributors]
    assert told["title"] == [title, subtitle]
    assert (told["publisher"], told["description"], told["rights"]) == ([publisher], [description], [rights])
    assert (told["belongs-to-collection"], told["source"]) == ([series], [source])
    assert told.get("creator", []) + told.get("contributor", []) == [person.name for person in people]
    assert told.get("file-as", []) == [person.file_as for person in people if person.file_as]
    assert told.get("subject", []) == [subject.heading for subject in subjects]
    assert told.get("term", []) == [subject.code for subject in subjects if subject.authority]
    assert told.get("dcterms:creator", []) == [name for work in works for name in work.creators]
    ids = [entry.get("id") for entry in root.iter() if entry.get("id")]
    assert len(set(ids)) == len(ids)
    assert {entry.get("refines", "#a")[1:] for entry in root.iter("{*}meta")} <= set(ids)
