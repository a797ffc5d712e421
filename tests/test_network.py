"""The network: never, unless the editor says so."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote, unquote

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
        if self.path.startswith(("/to/", "/round")):
            self.send_response(302)
            self.send_header("Location", unquote(self.path.removeprefix("/to/")))
            self.end_headers()
        elif self.path.startswith("/endless"):
            self.send_response(302 if self.path.endswith("redirection") else 200)
            self.send_header("Location", "/bar.svg")
            self.end_headers()
            self.write_on(b"x" * 2**16)
        elif self.path == "/slow":
            self.write_on(b"x", 0.2)
        else:
            self.send_response(200 if self.path == "/bar.svg" else 404)
            self.end_headers()
            self.wfile.write(DRAWING)

    def write_on(self, data: bytes, seconds: float = 0.0) -> None:
        """Write the same time and again, until nobody listens."""
        with suppress(OSError):
            while True:
                self.wfile.write(data)
                time.sleep(seconds)

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[tuple[str, list[str]]]:
    """Serve on this machine; give the address and the list of what is asked for."""
    asked: list[str] = []
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, asked))
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


@pytest.mark.parametrize(
    ("path", "told", "times"),
    [
        ("to/{address}/bar.svg", "0 kB", 2),
        ("to/file:///etc/hosts", "it sends on to file:///etc/hosts, which is not on the web", 1),
        ("to/ftp://127.0.0.1/x", "it sends on to ftp://127.0.0.1/x, which is not on the web", 1),
        ("to/data:,x", "it sends on to data:,x, which is not on the web", 1),
        ("round", "it sends on more than 5 times", 6),
        ("endless", "larger than 1 MB", 1),
        ("endless-redirection", "0 kB", 2),
        ("slow", "it took more than 2 s", 1),
    ],
)
def test_no_server_leads_elsewhere_or_without_end(
    server: tuple[str, list[str]], monkeypatch: pytest.MonkeyPatch, path: str, told: str, times: int
) -> None:
    """A redirection leads to the web alone and a few times at most; what has no end, or is too slow, is given up."""
    monkeypatch.setattr("anthology.network.MOST_BYTES", 2**20)
    monkeypatch.setattr("anthology.network.SECONDS_IN_ALL", 2)
    address, asked = server
    heard: list[str] = []
    web = Web(lambda where, result: heard.append(result))
    found = web.find(f"{address}/{path.format(address=quote(address, safe=''))}")
    assert (found == DRAWING) is (told == "0 kB")
    assert heard == [told]
    assert len(asked) == times


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
