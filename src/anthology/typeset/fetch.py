"""What WeasyPrint may open while it sets a book: the book's own pictures and faces, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from weasyprint.urls import URLFetcher, URLFetcherResponse

from anthology.layout.base import PICTURE, STYLED
from anthology.typeset.pictures import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

FACE = "anthology-face:"
_FACES = frozenset({"otf", "ttf", "woff", "woff2"})


class BookFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint ships no types
    """Serve private addresses from memory, and pictures written into drawings; refuse files and networks alike."""

    def __init__(
        self,
        picture: Callable[[str], tuple[bytes, str]],
        faces: Mapping[str, bytes],
        styled: Mapping[str, bytes] | None = None,
        colour: str = "rgb",
    ) -> None:
        """Serve pictures by key, faces by the names of their files, and in `styled` the files that styles name.

        `colour` is what the edition is printed with: `rgb`, `gray` or `cmyk`.
        """
        super().__init__(allowed_protocols=("data",), allow_redirects=False)
        self._picture = picture
        self._faces = faces
        self._styled = styled or {}
        self._colour = colour

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        """Answer an address of the book, or one that holds a picture itself; raises ValueError for any other."""
        if url.startswith(PICTURE):
            data, media_type = self._picture(url.removeprefix(PICTURE))
            if media_type != "image/svg+xml":
                data = printable(data, self._colour)
            return URLFetcherResponse(url, data, {"Content-Type": media_type})
        if url.startswith(FACE):
            return URLFetcherResponse(url, self._faces[url.removeprefix(FACE)], {"Content-Type": "font/otf"})
        if url.startswith(STYLED):
            name = url.removeprefix(STYLED).partition("#")[0]
            if name in self._styled:
                suffix = name.rpartition(".")[2]
                kind = "font" if suffix in _FACES else "image"
                media_type = f"{kind}/{'svg+xml' if suffix == 'svg' else suffix}"
                data = self._styled[name]
                if kind == "image" and suffix != "svg":
                    data = printable(data, self._colour)
                return URLFetcherResponse(url, data, {"Content-Type": media_type})
        if url.lower().startswith("data:image/"):
            # A picture inside a drawing: it lies in the file, and nothing is opened.
            return super().fetch(url, headers)
        raise ValueError("an edition opens no address outside the book")
