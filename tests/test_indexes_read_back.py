"""The indexes of finished books, read back by programs that are not ours."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pymupdf
import pytest
from lxml import etree
from making import write_project
from pressroom import print_book
from reading_back import epubcheck, unzip

from anthology.build import Options, build
from anthology.config import load_config
from anthology.layout import EReaderLayout
from anthology.preparing import prepare
from anthology.project import CONFIG as CONFIG_FILE
from anthology.project import Project
from anthology.render import render

XHTML = "{http://www.w3.org/1999/xhtml}"
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"

# Words that stand nowhere but where they are marked.
FILLER = (
    "A line of plain words goes on here, for no other reason than that a page has to be filled with it. " * 7
)
CONFIG = """\
[book]
title = "Beasts"
[index]
tags = true
[contributors.okonkwo]
name = "Amara Okonkwo"
also = ["A. Okonkwo"]
sort = "Okonkwo, Amara"
bio = "Writes about beasts."
[rights.pictures."content/zoo/den.svg"]
credit = "Drawn by Bo Ek"
[editions.print]
format = "pdf"
trim = "150x130mm"
[editions.ebook]
format = "epub"
pages-from = "print"
fonts = false
[editions.bare]
format = "epub"
fonts = false
"""
ONE = f"""\
---
title: On burrows
authors: [Amara Okonkwo, {{name: Emily Black, role: translator}}]
tags: [underground]
rights: {{status: cleared, holder: Amara Okonkwo}}
---

A [wombat]{{index="wombat"}} and a [wombat]{{index="wombat"}} on one page.[^1] {FILLER}

![A den](den.svg "The den")

{FILLER}

## With a [quokka]{{index="quokka; marsupials!quokka"}}

[]{{index="marsupials|("}}

{FILLER}

| Beast | Home |
|---|---|
| [numbat]{{index="marsupials!numbat@numbat"}} | log |

{FILLER}

- A [bilby]{{index="bilby; Thylacomys|see bilby"}} at last.[]{{index="marsupials|)"}}

{FILLER}

And a wombat that nobody marked. []{{index="burrow|seealso wombat; burrow"}}

[^1]: An [echidna]{{index="echidna"}} in a note.
"""
TWO = f"""\
---
title: On beaks
authors: [A. Okonkwo, Bo Ek]
tags: [underground]
---

{FILLER}

{FILLER}

{FILLER}

The [wombat]{{index="wombat"}} again, and the [éland]{{index="éland"}}. []{{index="short range|("}} One [page]{{index="short range|)"}}.
"""
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 20"><rect width="30" height="20"/></svg>'
FILES = {
    "anthology.toml": CONFIG,
    "content/zoo/one.md": ONE,
    "content/zoo/two.md": TWO,
    "content/zoo/three.md": '---\ntitle: Draft\ndraft: true\n---\n\nThe [dodo]{index="dodo; quagga|see dodo"}.\n',
    "content/zoo/den.svg": DRAWING,
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the book."""
    return write_project(tmp_path_factory.mktemp("beasts"), FILES)


@cache
def printed(project: Path) -> tuple[dict[str, str], dict[str, list[str]]]:
    """Print the book: the text of each page by its number, and the lines of its indexes by their headings."""
    with pymupdf.open(stream=print_book(project).pdf) as pdf:
        pages = [(page.get_label(), page.get_text()) for page in pdf]
    titles = ("Index of authors", "Index of subjects")
    begin = [
        next(at for at, (_, text) in enumerate(pages) if at > 4 and text.startswith(one)) for one in titles
    ]
    indexes = {}
    for title, first, last in zip(titles, begin, (begin[1], len(pages)), strict=True):
        lines = [line for _, text in pages[first:last] for line in text.splitlines()]
        indexes[title] = [
            line for line in lines if re.search(r"[^\W\d]{2}", line) and line not in (*titles, "Beasts")
        ]
    return dict(pages[: begin[0]]), indexes


def numbers(line: str) -> list[tuple[str, str]]:
    """Give the page numbers of a line of an index: first and last of each range."""
    return re.findall(r"(?<=, )(\d+)(?:–(\d+))?", line)


def test_the_subject_index_names_the_right_pages(project: Path) -> None:
    """Each term's word stands on each page that the index gives, and the index gives each page where it was marked."""
    texts, indexes = printed(project)
    lines = indexes["Index of subjects"]
    marked = {"wombat", "quokka", "numbat", "bilby", "echidna", "éland"}
    checked = set()
    for line in lines:
        name = line.partition(",")[0]
        if name in marked:
            pages = [first for first, last in numbers(line) if not last]
            wanted = [page for page, text in texts.items() if name in text]
            # One wombat is not marked.
            unmarked = [page for page in wanted if "nobody marked" in texts[page]] if name == "wombat" else []
            assert pages == [page for page in wanted if page not in unmarked], line
            checked.add(name)
    assert checked == marked


def test_ranges_references_and_tags_are_printed(project: Path) -> None:
    """A range runs from page to page, one within a page is that page; a draft leaves no trace, nor what refers to it."""
    texts, indexes = printed(project)

    def page(words: str) -> str:
        return next(number for number, text in texts.items() if words in text and number.isdecimal())

    first, second = page("On burrows"), page("On beaks")
    assert indexes["Index of subjects"] == [
        f"bilby, {page('bilby at last')}",
        f"burrow, {page('nobody marked')}; see also wombat",
        f"echidna, {first}",
        f"éland, {page('éland')}",
        f"marsupials, {page('quokka')}–{page('bilby at last')}",
        f"numbat, {page('numbat')}",
        f"quokka, {page('With a quokka')}",
        f"quokka, {page('With a quokka')}",
        f"short range, {page('éland')}",
        "Thylacomys, see bilby",
        f"underground, {first}, {second}",
        f"wombat, {first}, {page('wombat again')}",
    ]
    assert int(page("quokka")) < int(page("bilby at last"))


def test_the_author_index_names_the_first_pages(project: Path) -> None:
    """Each author stands once, with the page on which each of their articles begins; translators do not."""
    texts, indexes = printed(project)
    starts = {
        title: page
        for page, text in texts.items()
        for title in ("On burrows", "On beaks")
        if re.search(rf"{title}\s+By ", text)
    }
    assert indexes["Index of authors"] == [
        f"Ek, Bo, {starts['On beaks']}",
        f"Okonkwo, Amara, {starts['On burrows']}, {starts['On beaks']}",
    ]


def test_credits_name_pictures_and_contributors_their_part(project: Path) -> None:
    """Pictures with a record of rights are credited where they stand; a translator is not taken for an author."""
    texts, _ = printed(project)
    credits = next(text for text in texts.values() if text.startswith("Credits"))
    assert "© Amara Okonkwo" in credits
    assert "Picture in “On burrows”" in credits
    assert "Drawn by Bo Ek" in credits
    contributors = next(text for text in texts.values() if text.startswith("Contributors"))
    assert re.search(r"On burrows\s+translation", contributors)


@pytest.fixture(scope="module")
def e_books(project: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Build both e-books: one that lists the pages of print, and one without pages."""
    out = tmp_path_factory.mktemp("dist")
    outcome = build(project, Options(("ebook", "bare"), out=out), lambda stage, detail: None)
    assert outcome.written, outcome.problems
    return {edition.name: out / edition.path for edition in outcome.record.editions}


def locators(parts: dict[str, bytes], index: str) -> list[tuple[str, str, str]]:
    """Give the locators of an index: the entry's name, where each leads, and what it says."""
    document = etree.fromstring(parts[f"EPUB/{index}.xhtml"])
    found = []
    for entry in document.iter(f"{XHTML}li"):
        name = "".join(entry[0].itertext())
        for listing in entry.findall(f"{XHTML}span[@class='locators']"):
            found += [(name, one.get("href"), "".join(one.itertext())) for one in listing.iter(f"{XHTML}a")]
    return found


@pytest.mark.parametrize("name", ["ebook", "bare"])
def test_every_locator_of_an_e_book_leads_to_its_term(e_books: dict[str, Path], name: str) -> None:
    """The element that a locator leads to is the marked word itself; references lead to entries."""
    parts = unzip(e_books[name].read_bytes())
    marked = 0
    for entry, href, _ in locators(parts, "_subject-index"):
        path, _, fragment = href.partition("#")
        document = etree.fromstring(parts[f"EPUB/{path}"])
        assert fragment or entry == "underground"
        if fragment:
            (place,) = [one for one in document.iter() if one.get("id") == fragment]
            words = "".join(place.itertext())
            assert words in {entry, "", "page"}
            marked += words == entry
    # With pages, two wombats of one page are one locator.
    assert marked == (8 if name == "ebook" else 9)
    index = etree.fromstring(parts["EPUB/_subject-index.xhtml"])
    ids = {one.get("id") for one in index.iter()}
    references = [one.get("href") for one in index.iter(f"{XHTML}a") if one.get("class") == "index-reference"]
    assert len(references) == 2
    assert all(href.partition("#")[2] in ids for href in references)


def test_an_e_book_with_pages_gives_those_of_print(e_books: dict[str, Path], project: Path) -> None:
    """Its locators say what the printed index says; without pages they are numbered, and name their article aloud."""
    parts = unzip(e_books["ebook"].read_bytes())
    said: dict[str, list[str]] = {}
    for entry, _, page in locators(parts, "_subject-index"):
        said.setdefault(entry, []).append(page)
    for line in printed(project)[1]["Index of subjects"]:
        if name := line.partition(",")[0]:
            pages = [page for pair in numbers(line) for page in pair if page]
            assert said.get(name, [])[: len(pages)] == pages
    bare = unzip(e_books["bare"].read_bytes())
    assert [page for entry, _, page in locators(bare, "_subject-index") if entry == "wombat"] == [
        "1",
        "2",
        "3",
    ]
    index = bare["EPUB/_subject-index.xhtml"].decode()
    assert 'aria-label="3. On beaks">3</a>' in index


@pytest.mark.parametrize("name", ["ebook"])
def test_indexes_are_valid_and_found(e_books: dict[str, Path], name: str) -> None:
    """EPUBCheck has nothing to say of them; navigation, landmarks and metadata know them."""
    assert epubcheck(e_books[name]) == []
    parts = unzip(e_books[name].read_bytes())
    navigation = parts["EPUB/_contents.xhtml"].decode()
    assert navigation.count('epub:type="index" href="_subject-index.xhtml"') == 1
    assert 'href="_author-index.xhtml"><span class="entry-title">Index of authors</span>' in navigation
    (package,) = [data.decode() for path, data in parts.items() if path.endswith(".opf")]
    assert '<meta property="schema:accessibilityFeature">index</meta>' in package


def test_a_template_that_leaves_the_text_out_leaves_the_index_out(tmp_path: Path) -> None:
    """An index leads to nothing that no document of the edition holds, and then is in no contents either."""
    files = {
        "anthology.toml": '[book]\ntitle = "x"\n[editions.ebook]\nformat = "epub"\n',
        "content/zoo/one.md": '---\ntitle: One\n---\n\nA [word]{index="word"}.\n',
    }
    project = write_project(tmp_path, files)

    def made() -> dict[str, str]:
        files = Project(project, None)
        config = load_config(files.config(), CONFIG_FILE)
        book, _ = prepare(files, config, Options(jobs=1, cache=None), lambda stage, detail: None)
        edition = config.editions["ebook"]
        documents = render(book.linked, config, edition, book.theme, EReaderLayout(), book.labels)
        return {document.name: document.html for document in documents}

    whole = made()
    assert "_subject-index" in whole
    assert "_subject-index" in whole["_contents"]
    template = '{% extends "packaged/article.html" %}{% block text %}{% endblock %}'
    write_project(tmp_path, files | {"templates/article.html": template})
    without = made()
    assert "_subject-index" not in without
    assert "_subject-index" not in without["_contents"]
