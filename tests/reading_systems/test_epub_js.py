"""The e-book in epub.js, in Chromium: what a reader sees on the screen after each turn, link, note and page number."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from making import write_project
from reader import Browser, Reader
from reading_back import read_pdf, unzip
from reading_pages import letters, letters_of, listed_pages, pages_that_turn_inside_words, printed_pages

from anthology.build import Options, build


@pytest.fixture(scope="module")
def epub(handbook: Path) -> Path:
    """Give the handbook's e-book."""
    return next(handbook.glob("*.epub"))


@pytest.fixture(scope="module")
def pdf(handbook: Path) -> bytes:
    """Give the handbook's print edition."""
    return next(handbook.glob("*.pdf")).read_bytes()


@pytest.fixture(scope="module")
def reader(browser: Browser, epub: Path) -> Iterator[Reader]:
    """Open the handbook; whatever is done with it, nothing is complained of, and nothing is asked of the network."""
    with browser.reader(epub) as reader:
        yield reader
        heard = reader.heard()
        assert heard["complaints"] == []
        strange = [
            url for url in heard["requests"] if not url.removeprefix("blob:").startswith(reader.address)
        ]
        assert strange == []


def documents(epub: Path) -> dict[str, str]:
    """Give the XHTML of each document."""
    return {
        name.removeprefix("EPUB/"): data.decode()
        for name, data in unzip(epub.read_bytes()).items()
        if name.endswith(".xhtml")
    }


def body(xhtml: str) -> str:
    """Give what stands in the body of a document."""
    return xhtml.partition("<body")[2].partition(">")[2]


def test_the_contents_have_sections_and_articles(reader: Reader, pdf: bytes) -> None:
    """The table of contents nests as the outline of the printed book does, entry by entry."""
    entries = []
    for entry in reader.facts["contents"]:
        entries.append((1, entry["label"]))
        entries += [(2, below["label"]) for below in entry["below"]]
        assert not any(below["below"] for below in entry["below"])
    outline = [(level, title) for level, title, _ in read_pdf(pdf).outline]
    outline = [entry for entry in outline if any(label.startswith(entry[1]) for _, label in entries)]
    assert len(entries) == len(outline) > 20
    for (level, label), (printed_level, title) in zip(entries, outline, strict=True):
        assert level == printed_level
        assert label.startswith(title)


def test_an_entry_of_the_contents_opens_its_article(reader: Reader, epub: Path) -> None:
    """What the table of contents leads to begins with the title it gave."""
    titles = re.findall(
        r'href="([^"]*)"><span class="entry-title">([^<]*)<', documents(epub)["_contents.xhtml"]
    )
    for address, title in titles[::7]:
        screen = reader.go(address)
        assert reader.document() == address
        assert title in screen[:160]


def test_pages_turn_through_chapters_and_back(reader: Reader, epub: Path) -> None:
    """Turned forward through a section, the screens show every word of its documents once; turned back, the same."""
    section = reader.facts["contents"][1]
    names = [section["href"], *(below["href"] for below in section["below"][:2])]
    reader.go(names[0])
    screens = []
    for name in names:
        assert reader.document() == name
        read = reader.screens()
        assert letters("".join(read)) == letters_of(body(documents(epub)[name]))
        screens += read
        reader.turn()
    assert len(screens) > 8
    assert [reader.turn("prev") for _ in screens] == screens[::-1]


def test_related_reading_leads_to_the_article_and_back(reader: Reader, epub: Path) -> None:
    """A related link, pressed, shows the article it names; that one's list of referrers leads back."""
    files = documents(epub)
    name = reader.facts["contents"][1]["below"][0]["href"]
    related = re.search(r'<nav class="related".*?</nav>', files[name], re.DOTALL)
    assert related
    to, title = re.findall(r'href="([^"#]*)"><span class="entry-title">([^<]*)', related.group())[0]
    reader.go(name)
    reader.turn_to(to)
    screen = reader.click(to)
    assert reader.document() == to
    assert title in screen
    reader.turn_to(name)
    assert reader.click(name) == reader.go(name)


def test_a_note_and_the_way_back(reader: Reader, epub: Path) -> None:
    """The mark of a note shows the note; its number leads back to the words that it is a note to."""
    marked = {name: text for name, text in documents(epub).items() if 'epub:type="noteref"' in text}
    # Where the mark is farthest from its note.
    name, text = max(
        marked.items(), key=lambda item: item[1].index("doc-endnotes") - item[1].index("doc-noteref")
    )
    mark, note = re.findall(r'<a class="note-ref" id="([^"]*)" href="[^"#]*#([^"]*)"', text)[0]
    words = re.findall(rf'<aside class="note" id="{note}".*?</aside>', text, re.DOTALL)[0]
    reader.go(name)
    at_the_mark = reader.turn_to(f"#{note}")
    assert letters_of(words) not in letters(at_the_mark)
    found = reader.pop_up(f"#{note}")
    assert (found["link"], found["element"], found["note"]) == ("noteref", "aside", "footnote")
    assert letters(found["words"]) == letters_of(words)
    assert letters_of(words) in letters(reader.click(f"#{note}"))
    assert reader.click(f"#{mark}") == at_the_mark


def hidden_on_paper(behind: str) -> str:
    """Give the letters of a heading that begins an e-book's document and that print leaves out."""
    found = re.match(r'<section[^>]*>\s*<h1 class="hidden-title"[^>]*>([^<]*)<', behind)
    return letters(found[1]) if found else ""


def test_printed_pages_are_found_by_their_numbers(reader: Reader, epub: Path, pdf: bytes) -> None:
    """From the list of pages a reader comes to a screen on which the printed page begins with the same words."""
    printed = printed_pages(pdf)
    broken = pages_that_turn_inside_words(epub.read_bytes(), pdf)
    listed = {page.folio: page for page in listed_pages(epub.read_bytes())}
    pages = reader.facts["pages"]
    assert [page["href"].partition("#page-")[2] for page in pages] == list(listed)
    assert [page["page"] for page in pages if page["page"]] == [
        int(folio) for folio in listed if folio.isdigit()
    ]
    mid = 0
    for page in pages:
        document, _, mark = page["href"].partition("#")
        folio = mark.removeprefix("page-")
        whole = reader.go(page["href"])
        assert reader.document() == document
        assert 0 <= (reader.across(mark) or 0) < 600
        assert reader.go(reader.cfi(mark)) == whole
        if listed[folio].in_figure:
            caption = letters_of(
                listed[folio]
                .behind.partition("<figcaption")[2]
                .partition(">")[2]
                .partition("</figcaption>")[0]
            )
            assert caption in letters(whole)
            continue
        shown = letters(reader.screen(behind=mark)).removeprefix(hidden_on_paper(listed[folio].behind))
        mid += len(shown) < len(letters(whole))
        assert shown
        assert letters_of(listed[folio].behind).startswith(shown[:40])
        if folio not in broken:
            first = letters(printed[folio][0]).removeprefix(listed[folio].repeated)
            assert first.startswith(shown[:24]) or letters(printed[folio][1]).startswith(shown[:24])
    assert mid > 5


def test_landmarks(reader: Reader) -> None:
    """A reading system finds the cover, the contents and the beginning of the text."""
    landmarks = reader.facts["landmarks"]
    assert {"cover", "toc", "bodymatter"} <= set(landmarks)
    assert "Contents" in reader.go(landmarks["toc"])
    assert reader.facts["contents"][1]["label"] in reader.go(landmarks["bodymatter"])


ARABIC = (
    "كان الحارس يعرف أسماء السفن كلها، ولا يعرف أسماء أصحابها. في الليلة الأولى انطفأ المصباح ثلاث مرات. "
)


def test_an_arabic_book_turns_the_other_way(browser: Browser, epub: Path, tmp_path: Path) -> None:
    """The next screen of an Arabic book lies to the left, that of an English one to the right; no word is lost."""
    config = (
        '[book]\ntitle = "منارة"\nlanguage = "ar"\n[editions.ebook]\nformat = "epub"\nfonts = false\n'
        '[[sections]]\ntitle = "ليل"\nslug = "mind"\n'
    )
    text = "\n\n".join(f"الفقرة {number}، {ARABIC * 6}" for number in range(16))
    articles = {
        f"content/mind/{name}.md": f"---\ntitle: {title}\n---\n\n{text}\n\n## نهاية {{#end}}\n"
        for name, title in (("one", "المنارة"), ("two", "البحر"))
    }
    write_project(tmp_path, {"anthology.toml": config, **articles})
    build(tmp_path, Options(out=tmp_path / "dist"), lambda stage, detail: None)
    book = next((tmp_path / "dist").glob("*.epub"))
    with browser.reader(book) as reader:
        assert reader.facts["direction"] == "rtl"
        reader.go("one.xhtml")
        assert (reader.across("one--end") or 0) < 0
        screens = reader.screens()
        assert 0 < (reader.across("one--end") or 0) < 600
        assert len(screens) > 2
        assert letters("".join(screens)) == letters_of(body(documents(book)["one.xhtml"]))
        assert reader.turn().startswith("ليل البحر")
        assert reader.document() == "two.xhtml"
        assert reader.turn("prev") == screens[-1]
        assert reader.heard()["complaints"] == []


def test_marks_of_printed_pages_are_not_seen(
    browser: Browser, reader: Reader, epub: Path, tmp_path: Path
) -> None:
    """With the marks of printed pages or without them, the same words stand on the same screens."""
    marked = max(documents(epub).items(), key=lambda item: item[1].count("doc-pagebreak"))[0]
    bare = tmp_path / "bare.epub"
    with zipfile.ZipFile(bare, "w") as archive:
        for name, data in unzip(epub.read_bytes()).items():
            mark = rb'<(span|div) epub:type="pagebreak"[^>]*></\1>'
            archive.writestr(name, re.sub(mark, b"", data) if name.endswith(".xhtml") else data)
    reader.go(marked)
    with browser.reader(bare) as other:
        other.go(marked)
        # Where an article names a file of the e-book, epub.js shows an address of its own, which is new each time.
        with_marks, without = (
            [re.sub(r"blob:\S*", "", seen) for seen in it.screens()] for it in (reader, other)
        )
    assert with_marks == without
