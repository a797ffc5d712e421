"""Proofs: built whatever the rights, and never to be taken for the book."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pymupdf
import pytest
from making import write_project
from reading_back import epubcheck, unzip

from anthology.build import Options, Outcome, build
from anthology.cache import Cache
from anthology.problems import has_errors

STAMP = "Draft — not for publication"
FILES = {
    "anthology.toml": '[book]\ntitle = "Tides"\n[rights]\nrequired = true\n'
    '[editions.ebook]\nformat = "epub"\nfonts = false\npages-from = "print"\n'
    '[editions.print]\nformat = "pdf"\ntrim = "a5"\nstart = "recto"\n',
    "content/sea/ebb.md": "---\ntitle: Ebb\nlang: he\n---\n\nהמים\n",
    "content/sea/flood.md": "---\ntitle: Flood\nrights: {status: own}\n---\n\nIt comes.\n",
}
# A template that leaves nothing of the packaged one.
BARE = (
    '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="en" xml:lang="en">'
    "<head><title>{{ title }}</title></head>"
    "<body class='title-page document'><h1>{{ book.title }}</h1></body></html>"
)


@pytest.fixture(scope="module")
def proof(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """Build a proof of a book of which one article is not cleared."""
    root = write_project(tmp_path_factory.mktemp("proof"), {**FILES, "templates/title-page.html": BARE})
    return build(root, Options(proof=True), lambda stage, detail: None)


def test_a_proof_is_written_under_names_of_its_own(proof: Outcome) -> None:
    """What is not cleared stops no proof and is named; its files say what they are, and the record does."""
    assert [(problem.code, problem.severity) for problem in proof.problems] == [("R001", "warning")]
    assert proof.exit_code == 0
    assert proof.record.proof
    assert sorted(path.name for path in proof.folder.iterdir()) == [
        "build.json",
        "permissions.csv",
        "tides-print-proof.pdf",
        "tides-proof.epub",
    ]


def test_every_page_of_a_proof_is_stamped(proof: Outcome) -> None:
    """Each page of the PDF says that it is a draft, the blank ones too."""
    with pymupdf.open(proof.folder / "tides-print-proof.pdf") as pdf:
        texts = [" ".join(page.get_text().split()) for page in pdf]
    assert [number for number, text in enumerate(texts, 1) if STAMP not in text] == []
    # Between articles that open on rectos there are pages with nothing else.
    assert STAMP in texts


def test_every_document_of_a_proof_says_so(proof: Outcome) -> None:
    """Each document of the e-book begins with the line, whatever templates the project has, and so does its title."""
    path = proof.folder / "tides-proof.epub"
    files = unzip(path.read_bytes())
    documents = {name: data.decode() for name, data in files.items() if name.endswith(".xhtml")}
    assert len(documents) > 5
    line = f'<p class="stamp" lang="en" xml:lang="en" dir="ltr"><strong>{STAMP}</strong></p>'
    for name, text in documents.items():
        assert text.partition("<body")[2].partition(">")[2].lstrip().startswith(line), name
    assert f'<dc:title id="title">Tides ({STAMP})</dc:title>' in files["EPUB/content.opf"].decode()
    assert epubcheck(path) == []


def test_a_proof_is_not_remembered_as_the_book(tmp_path: Path) -> None:
    """A build after a proof of the same files stops at what is not cleared; after it the proof is still to be had."""
    root = write_project(tmp_path / "book", FILES)
    options = Options(("ebook",), tmp_path / "dist", cache=Cache(tmp_path / "cache"))
    without_pages = FILES["anthology.toml"].replace('pages-from = "print"\n', "")
    (root / "anthology.toml").write_text(without_pages)
    for _ in range(2):
        assert build(root, replace(options, proof=True), lambda stage, detail: None).written
        refused = build(root, options, lambda stage, detail: None)
        assert has_errors(refused.problems)
        assert not refused.written
    assert not (tmp_path / "dist" / "tides.epub").exists()
