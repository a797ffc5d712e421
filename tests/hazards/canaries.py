"""Canaries: a server that counts what it is asked for, files that nobody may read, and who looks for traces of both."""

from __future__ import annotations

import re
import secrets
import threading
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path

import pikepdf
import pymupdf
from fontTools.ttLib import TTFont
from PIL import Image

from anthology.fonts import theme_faces

# Nothing of ours has this colour; a JPEG may blur it by so much (of 255).
COLOUR = (223, 17, 199)
_BLUR = 16
# Where a stream of zlib may begin (RFC 1950, 2.2).
_DEFLATED = re.compile(rb"\x78[\x01\x5e\x9c\xda]")
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp")


@dataclass
class Canary:
    """Where the server and the files are, the word that only they say, and what the server was asked for."""

    web: str
    folder: Path
    marker: str
    asked: list[str] = field(default_factory=list)

    def svg(self) -> str:
        """Write a drawing that says the word, in the colour."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><rect id="a" width="40" height="40"'
            f' fill="rgb{COLOUR}"/><text y="20">{self.marker}</text></svg>'
        )

    def css(self) -> str:
        """Write a style sheet that says the word."""
        return f'p::after {{ content: "{self.marker}"; background: rgb{COLOUR} }}\n'

    def write(self, folder: Path) -> None:
        """Write the files."""
        folder.mkdir(parents=True, exist_ok=True)
        text = f"These are the words of {self.marker}.\n"
        (folder / "c.toml").write_text(f'title = "{self.marker}"\nextends = "kdp"\n', encoding="utf-8")
        for name, words in {"c.txt": text, "c.md": text, "c.html": f"<p>{text}</p>"}.items():
            (folder / name).write_text(words, encoding="utf-8")
        (folder / "c.css").write_text(self.css(), encoding="utf-8")
        (folder / "c.svg").write_text(self.svg(), encoding="utf-8")
        Image.new("RGB", (64, 64), COLOUR).save(folder / "c.png")
        face = TTFont(theme_faces()[0].path)
        for record in face["name"].names:
            record.string = self.marker
        face["CFF "].cff.fontNames[0] = self.marker
        face.save(folder / "c.otf")

    def answer(self, path: str) -> bytes:
        """Give what the server says at a path, by its suffix."""
        name = path.rpartition("/")[2].partition("?")[0]
        held = self.folder / name
        return held.read_bytes() if held.is_file() else self.marker.encode()


@contextmanager
def canary(folder: Path) -> Iterator[Canary]:
    """Write the files into `folder`, and serve the same on this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            bird.asked.append(self.path)
            if self.path.startswith("/to/"):
                self.send_response(302)
                self.send_header("Location", self.path.removeprefix("/to"))
                self.end_headers()
                return
            self.send_response(200)
            suffix = self.path.rpartition(".")[2]
            kinds = {"css": "text/css", "png": "image/png", "svg": "image/svg+xml", "otf": "font/otf"}
            self.send_header("Content-Type", kinds.get(suffix, "text/html"))
            self.end_headers()
            self.wfile.write(bird.answer(self.path))

        do_HEAD = do_POST = do_GET  # noqa: N815  # the names that the library calls

        def log_message(self, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    bird = Canary(f"http://127.0.0.1:{server.server_port}", folder, f"Qanar{secrets.token_hex(5)}")
    bird.write(folder)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield bird
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def traces(bird: Canary, name: str, data: bytes) -> list[str]:
    """Name the traces of the canary in a file: the word in its text, its streams or attachments, the colour in pictures."""
    if name.endswith((".epub", ".zip")):
        with zipfile.ZipFile(BytesIO(data)) as book:
            return [found for part in book.namelist() for found in traces(bird, part, book.read(part))]
    found = [f"{name}: the word"] if _says(bird, data) else []
    if name.endswith(_PICTURES) and _shows(data):
        found.append(f"{name}: the colour")
    if name.endswith(".pdf"):
        found += [f"{name}: {trace}" for trace in dict.fromkeys(_in_pdf(bird, data))]
    return found


def traces_in_folder(bird: Canary, folder: Path) -> list[str]:
    """Name the traces in the files of a folder, in what is deflated within them too."""
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            data = path.read_bytes()
            found += traces(bird, path.name, data)
            for at in _DEFLATED.finditer(data):
                with suppress(zlib.error):
                    inner = zlib.decompressobj().decompress(data[at.start() :], 2**25)
                    found += [f"{path.name}: the word, deflated"] if _says(bird, inner) else []
    return found


def _says(bird: Canary, data: bytes) -> bool:
    """Look for the word as bytes, as UTF-16, in hexadecimal figures, and broken over lines."""
    word = bird.marker.encode()
    forms = (word, bird.marker.encode("utf-16-be"), word.hex().encode(), word.hex().upper().encode())
    bare = re.sub(rb"[\s\x00-]|\xc2\xad|\xe2\x80\x90", b"", data)
    return any(form in data or form in bare for form in forms)


def _shows(data: bytes) -> bool:
    with suppress(OSError), Image.open(BytesIO(data)) as picture:
        return _has_colour(picture)
    return False


def _has_colour(picture: Image.Image) -> bool:
    """Tell whether a picture shows the colour in more than a speck."""
    picture = picture.convert("RGB")
    picture.thumbnail((400, 400), Image.Resampling.NEAREST)
    near = sum(
        count
        for count, colour in picture.getcolors(2**24) or ()
        if max(abs(one - other) for one, other in zip(colour, COLOUR, strict=True)) <= _BLUR
    )
    return near > 4


def _in_pdf(bird: Canary, data: bytes) -> Iterator[str]:
    with pikepdf.open(BytesIO(data)) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Stream):
                with suppress(pikepdf.PdfError):
                    if _says(bird, thing.read_bytes()):
                        yield "the word in a stream"
        for attached in pdf.attachments.values():
            if _says(bird, attached.get_file().read_bytes()):
                yield "the word in an attachment"
            yield "an attachment"
    with pymupdf.open(stream=data, filetype="pdf") as pdf:
        for page in pdf:
            if _says(bird, page.get_text().encode()):
                yield "the word on a page"
            drawn = page.get_pixmap(dpi=30)
            if _has_colour(Image.frombytes("RGB", (drawn.width, drawn.height), drawn.samples)):
                yield "the colour on a page"
        if any(_says(bird, str(font).encode()) for page in pdf for font in page.get_fonts()):
            yield "the word in the name of a font"
