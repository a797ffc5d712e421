"""What answers the browser: on this machine alone, with nothing but what the page needs, and nothing that changes."""

from __future__ import annotations

import json
import mimetypes
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request, Response

from anthology.fonts import theme_faces
from anthology.preview.answers import Answers, lines_around
from anthology.preview.asking import places_of_queries
from anthology.problems import AnthologyError
from anthology.project import CONFIG, Project

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from anthology.preview.book import Book
    from anthology.preview.desk import Desk
    from anthology.preview.paper import Paper
    from anthology.preview.screen import Screen

# A page of another site that makes its own name lead to this machine would ask under that name (DNS rebinding).
_HERE = ("127.0.0.1", "localhost", "[::1]")

# The page takes everything from here and talks to nobody else. What articles hold can run nothing, nor name anything
# outside; their styles are their own.
_PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self';"
    " frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_BOOK_POLICY = (
    "sandbox allow-same-origin; default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
    " font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
# Those of Python alone: what else a system believes of scripts, no browser would run.
_TYPES = mimetypes.MimeTypes()
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}

# A sign of life for a browser that waits, and for us that it still does.
_SECONDS_BETWEEN_SIGNS = 10

_ADDRESSES = Map(
    [
        Rule("/", endpoint="page"),
        Rule("/page/<name>", endpoint="page"),
        Rule("/fonts/<name>", endpoint="font"),
        Rule("/events", endpoint="events"),
        Rule("/book", endpoint="book"),
        Rule("/screen/<piece>", endpoint="screen_of"),
        Rule("/ebook/<path:name>", endpoint="ebook"),
        Rule("/paper/<edition>/<piece>", endpoint="paper_of"),
        Rule("/drawn/<digest>/<int:number>/<int:width>.png", endpoint="drawn"),
        Rule("/source/<int:line>/<path:path>", endpoint="source"),
    ],
    merge_slashes=False,
)


class Application:
    """A WSGI application (PEP 3333) that shows what lies on a desk."""

    def __init__(self, desk: Desk, screen: Screen, paper: Paper, editor: str) -> None:
        """Show the book on `desk`; `editor` is the address that opens a file, as for `Answers`."""
        self._desk = desk
        self._screen = screen
        self._paper = paper
        self._answers = Answers(desk.root, editor)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer a request."""
        request = Request(environ)
        response = self._answer(request)
        response.headers.extend(_HEADERS)
        response.headers.setdefault("Content-Security-Policy", _PAGE_POLICY)
        return response(environ, start_response)

    def _answer(self, request: Request) -> Response:
        name, _, port = request.environ.get("HTTP_HOST", "").rpartition(":")
        if (name if port.isdecimal() else f"{name}:{port}".strip(":")) not in _HERE:
            return Response("This page is for this machine alone.", 403)
        if request.method not in ("GET", "HEAD"):
            return Response("Nothing can be changed here.", 405)
        try:
            endpoint, values = _ADDRESSES.bind_to_environ(request.environ).match()
            answer = getattr(self, f"_{endpoint}")(**values)
        except AnthologyError as error:
            answer = {"problems": self._answers.problems(error.problems)}
        except HTTPException as error:
            return Response(error.name, error.code)
        except LookupError:
            return Response("Not Found", 404)
        if isinstance(answer, Response):
            return answer
        return Response(json.dumps(answer, ensure_ascii=False), mimetype="application/json")

    def _page(self, name: str = "index.html") -> Response:
        return _file(_page_files()[name], name)

    def _font(self, name: str) -> Response:
        faces = {face.name: face for face in theme_faces()}
        return _file(faces[name].path.read_bytes(), name)

    def _events(self) -> Response:
        return Response(self._numbers(), mimetype="text/event-stream")

    def _numbers(self) -> Iterator[bytes]:
        """Tell the number of the book, and again whenever it is another (HTML, server-sent events)."""
        number = -1
        while True:
            book = self._desk.wait(number, _SECONDS_BETWEEN_SIGNS)
            yield b"data: %d\n\n" % book.number if book.number != number else b":\n\n"
            number = book.number

    def _book(self) -> dict[str, Any]:
        book = self._desk.book
        return self._answers.book(book, self._desk.order(book) if book.manuscript else None)

    def _screen_of(self, piece: str) -> dict[str, Any]:
        book = self._desk.book
        shown = self._screen.show(book, piece)
        told = self._answers.problems(shown.problems)
        return {
            "number": book.number,
            "name": shown.name,
            "html": shown.html,
            "look": shown.look,
            "problems": told,
            "asked": self._asked(book, piece),
        }

    def _ebook(self, name: str) -> Response:
        data, media_type = self._screen.part(name)
        return Response(data, mimetype=media_type, headers={"Content-Security-Policy": _BOOK_POLICY})

    def _paper_of(self, edition: str, piece: str) -> dict[str, Any]:
        book = self._desk.book
        pages = self._answers.pages(*self._paper.set(book, piece, edition))
        return {"number": book.number, **pages, "asked": self._asked(book, piece)}

    def _asked(self, book: Book, piece_id: str) -> list[dict[str, Any]]:
        """Tell what the editor asks in a piece, and where; of one that cannot be read now, where is not known."""
        assert book.manuscript
        piece = next(one for one in book.manuscript.linked.anthology.pieces if one.id == piece_id)
        project, path = Project(self._desk.root), piece.origin.path
        data = project.find(path) if piece.queries and path not in book.stale else None
        language = book.manuscript.config.book.language
        places = places_of_queries(piece, data, language, project.find) if data else {}
        return self._answers.queries(piece, places)

    def _drawn(self, digest: str, number: int, width: int) -> Response:
        return Response(self._paper.picture(digest, number, width), mimetype="image/png")

    def _source(self, line: int, path: str) -> dict[str, Any]:
        """Show lines of a file that there is something to tell of, and of no other."""
        if path not in self._paths_told():
            raise NotFound
        data = Project(self._desk.root).find(path)
        if data is None:
            raise NotFound
        return {"lines": lines_around(data, line)}

    def _paths_told(self) -> set[str]:
        book = self._desk.book
        manuscript = book.manuscript
        pieces = manuscript.linked.anthology.pieces if manuscript else ()
        own = manuscript.theme.own if manuscript else ()
        told = (*book.problems, *book.failures)
        return {
            CONFIG,
            *(piece.origin.path for piece in pieces),
            *(problem.origin.path for problem in told if problem.origin),
            *(f"{folder}/{path}" for path in own for folder in ("styles", "templates")),
        }


def _file(data: bytes, name: str) -> Response:
    return Response(data, mimetype=_TYPES.guess_type(name)[0] or "application/octet-stream")


@cache
def _page_files() -> dict[str, bytes]:
    folder = files("anthology.preview") / "page"
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}
