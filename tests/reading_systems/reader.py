"""A reader who holds a book open in epub.js, in Chromium, and says what is on the screen."""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


class Reader:
    """Turns pages and follows links in a book that is open; `facts` are what epub.js says of its navigation."""

    def __init__(self, process: subprocess.Popen[str], address: str, width: int, height: int) -> None:
        self._process = process
        self.address = address
        self.facts: dict[str, Any] = self._order("open", width=width, height=height)

    def _order(self, order: str, **values: Any) -> Any:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps({"order": order, **values}) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        assert "error" not in answer, answer["error"]
        return answer["answer"]

    def turn(self, way: str = "next") -> str:
        """Turn the page, `next` or `prev`, and read the screen."""
        self._order("turn", way=way)
        return self.screen()

    def go(self, to: str) -> str:
        """Go to an address or a CFI, as from the table of contents, and read the screen."""
        self._order("go", to=to)
        return self.screen()

    def click(self, address: str) -> str:
        """Press the link on the screen whose address ends so, and read what is on the screen then."""
        self._order("click", href=address)
        return self.screen()

    def screen(self, behind: str = "") -> str:
        """Read the words on the screen, in order; or only those behind the element with an id."""
        return " ".join(self._order("screen", id=behind)["words"])

    def document(self) -> str:
        """Name the document of which the screen shows a part."""
        return str(self._order("screen", id="")["document"])

    def screens(self) -> list[str]:
        """Turn the pages from here to the end of the document, and read all of its screens."""
        here, read = self.document(), [self.screen()]
        # At the end of a book that reads from the right, epub.js says that it has turned when it has not.
        while self._order("turn", way="next") and (seen := self.screen()) != read[-1]:
            if self.document() != here:
                self._order("turn", way="prev")
                break
            read.append(seen)
        return read

    def turn_to(self, address: str) -> str:
        """Turn pages until a link whose address ends so is on the screen."""
        here = self.document()
        while not self._order("sees", href=address):
            self.turn()
            assert self.document() == here, f"no link to {address} was on any screen"
        return self.screen()

    def pop_up(self, address: str) -> dict[str, str]:
        """Tell what a reading system finds that shows notes where their marks are."""
        found: dict[str, str] = self._order("popUp", href=address)
        return found

    def across(self, anchor: str) -> float | None:
        """Tell how far an element stands from the left edge of the screen, in pixels; none if it is not laid out."""
        place: float | None = self._order("across", id=anchor)
        return place

    def cfi(self, anchor: str) -> str:
        """Give the CFI (EPUB Canonical Fragment Identifiers 1.1) of an element of the document that is open."""
        return str(self._order("cfi", id=anchor))

    def picture(self, path: Path) -> None:
        """Take a picture of the screen, to be looked at."""
        self._order("picture", path=str(path))

    def heard(self) -> dict[str, list[str]]:
        """Give the complaints of the browser, and the addresses that it asked for."""
        heard: dict[str, list[str]] = self._order("heard")
        return heard


@dataclass(frozen=True, slots=True)
class Browser:
    """Where epub.js and Chromium lie."""

    node_modules: Path
    chromium: str

    @contextmanager
    def reader(self, book: Path, width: int = 600, height: int = 800) -> Iterator[Reader]:
        """Open a book on a screen of so many pixels."""
        with _served(self._files(book)) as address:
            command = ["node", HERE / "reader.mjs", self.node_modules, self.chromium, address]
            with subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
            ) as process:
                yield Reader(process, address, width, height)
                assert process.stdin
                process.stdin.close()

    def _files(self, book: Path) -> dict[str, Path]:
        return {
            "/": HERE / "reader.html",
            "/book.epub": book,
            "/epub.min.js": self.node_modules / "epubjs/dist/epub.min.js",
            "/jszip.min.js": self.node_modules / "jszip/dist/jszip.min.js",
        }


@contextmanager
def _served(files: dict[str, Path]) -> Iterator[str]:
    """Serve files on this machine alone, and give the address."""

    class Shelf(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            """Send a file; browsers ask for an icon too, and get none."""
            path = files.get(self.path)
            self.send_response(200 if path else 204 if self.path == "/favicon.ico" else 404)
            types = {".html": "text/html", ".js": "text/javascript"}
            self.send_header("Content-Type", types.get(path.suffix if path else "", "application/epub+zip"))
            self.end_headers()
            if path:
                self.wfile.write(path.read_bytes())

        def log_message(self, format: str, *values: Any) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Shelf) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()
