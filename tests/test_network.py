"""The network: never, unless the editor says so."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from making import write_project
from reading_back import unzip

from anthology.build import Options, build
from anthology.network import Web

DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><title>x</title></svg>'


class Handler(BaseHTTPRequestHandler):
    """Answer with a drawing, and note what was asked for."""

    def __init__(self, asked: list[str], *arguments: object) -> None:
        self.asked = asked
        super().__init__(*arguments)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """Serve the drawing; anything else is not found."""
        self.asked.append(self.path)
        self.send_response(200 if self.path == "/bar.svg" else 404)
        self.end_headers()
        self.wfile.write(DRAWING)

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[tuple[str, list[str]]]:
    """Serve on this machine; give the address and the list of what is asked for."""
    asked: list[str] = []
    httpd = HTTPServer(("127.0.0.1", 0), partial(Handler, asked))
    thread = threading.Thread(target=httpd.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{httpd.server_port}", asked
    httpd.shutdown()
    thread.join()
    httpd.server_close()


def project(root: Path, address: str) -> Path:
    """Write an article that shows one picture twice, one that is not there, and asks for more in raw HTML."""
    text = f"""---
title: One
---

![A bar]({address}/bar.svg) and ![again]({address}/bar.svg) and ![lost]({address}/lost.svg)

<link rel="stylesheet" href="{address}/style.css"><img srcset="{address}/set.svg" src="{address}/bar.svg" alt="x">
<object data="{address}/object.svg"></object> <div style="background:url({address}/background.svg)">x</div>
"""
    return write_project(root, {"content/mind/one.md": text})


def test_nothing_is_fetched_by_default(tmp_path: Path, server: tuple[str, list[str]]) -> None:
    """A build of both editions asks the network for nothing, whatever the articles show."""
    address, asked = server
    outcome = build(project(tmp_path, address), Options(), lambda stage, detail: None)
    assert outcome.written
    assert asked == []


def test_pictures_are_fetched_when_allowed(tmp_path: Path, server: tuple[str, list[str]]) -> None:
    """With leave, pictures are fetched once each, told, and in the book; nothing but pictures is asked for."""
    address, asked = server
    told: list[str] = []
    web = Web(lambda where, result: told.append(f"{where.removeprefix(address)}: {result}"))
    outcome = build(project(tmp_path, address), Options(web=web), lambda stage, detail: None)
    assert outcome.written
    assert asked == ["/bar.svg", "/lost.svg"]
    assert told == ["/bar.svg: 0 kB", "/lost.svg: HTTP Error 404: Not Found"]
    files = unzip((outcome.folder / "a-book.epub").read_bytes())
    assert sum(name.endswith(".svg") for name in files) == 1
    assert [problem.code for problem in outcome.problems].count("I003") == 1


def test_only_the_web_is_fetched() -> None:
    """An address of a file or a mail is never opened."""
    web = Web(lambda where, result: None)
    assert [web.find(address) for address in ("file:///etc/hosts", "ftp://example.org/x", "data:,x")] == [
        None
    ] * 3


def test_pages_bring_their_pictures_when_allowed(tmp_path: Path, server: tuple[str, list[str]]) -> None:
    """With leave, an imported page's pictures are fetched once and lie beside its article; without it, none is."""
    from anthology.importing import Options as ImportOptions
    from anthology.importing import import_sources

    address, asked = server
    page = tmp_path / "page.html"
    text = "It hummed, as buildings do at four in the morning, and nobody was there to hear it but us. " * 5
    page.write_text(
        f"<html><head><title>Hum</title></head><body><article><h1>Hum</h1><p>{text}</p>"
        f'<figure><img src="{address}/bar.svg" alt="A bar"></figure><p>{text}</p></article></body></html>'
    )
    without = import_sources([page], tmp_path / "without", ImportOptions())
    assert [problem.code for problem in without.problems].count("M048") == 1
    assert asked == []
    outcome = import_sources([page], tmp_path / "book", ImportOptions(web=Web(lambda where, result: None)))
    assert asked == ["/bar.svg"]
    assert "M048" not in [problem.code for problem in outcome.problems]
    (picture,) = (tmp_path / "book" / "content").rglob("*.svg")
    assert picture.read_bytes() == DRAWING
    (article,) = (tmp_path / "book" / "content").rglob("*.md")
    assert f"](images/hum/{picture.name})" in article.read_text()
