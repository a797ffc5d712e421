"""Pictures from the web, for builds that are told to fetch them; without `--allow-network` none of this runs."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import cache
from string import punctuation
from threading import Thread
from typing import TYPE_CHECKING
from urllib.parse import quote, urljoin, urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from urllib.request import OpenerDirector

# A picture for a book is seldom larger, and a page that is no picture should not be read to its end.
MOST_BYTES = 30 * 1024**2
# How long a server may be silent, and how long it may take in all: some send a letter a minute.
SECONDS = 15
SECONDS_IN_ALL = 60

_SCHEMES = frozenset({"http", "https"})
_REDIRECTIONS = frozenset({301, 302, 303, 307, 308})
_MOST_REDIRECTIONS = 5


@dataclass(frozen=True, slots=True)
class Fetched:
    """What has been fetched from the web, by address; there is nothing else there."""

    files: Mapping[str, bytes]

    def find(self, address: str) -> bytes | None:
        """Give a file; None where it was not fetched."""
        return self.files.get(address)


@dataclass(frozen=True, slots=True)
class Web:
    """Fetch each address once, and say so.

    `tell` is called with the address and what came of it: a size, or the reason why nothing came.
    """

    tell: Callable[[str, str], None]
    _fetched: dict[str, bytes | None] = field(default_factory=dict)

    @property
    def fetched(self) -> tuple[str, ...]:
        """Give the addresses from which something came."""
        return tuple(address for address, data in self._fetched.items() if data is not None)

    def find(self, address: str) -> bytes | None:
        """Fetch a file; None where it cannot be had, or where the address is none of the web."""
        if not _is_of_the_web(address):
            return None
        if address not in self._fetched:
            self._fetched[address] = self._fetch(address)
        return self._fetched[address]

    def _fetch(self, address: str) -> bytes | None:
        from http.client import HTTPException

        try:
            data = _within_time(address)
        except (OSError, HTTPException, ValueError) as error:
            self.tell(address, str(error))
            return None
        if len(data) > MOST_BYTES:
            self.tell(address, f"larger than {MOST_BYTES // 1024**2} MB")
            return None
        self.tell(address, f"{len(data) / 1024:,.0f} kB")
        return data


def _is_of_the_web(address: str) -> bool:
    try:
        return urlsplit(address).scheme in _SCHEMES
    except ValueError:  # an address that is none: http://[…
        return False


def _within_time(address: str) -> bytes:
    """Read what an address answers; raises TimeoutError where that takes too long in all, whatever takes it."""
    answer: Future[bytes] = Future()

    def ask() -> None:
        try:
            answer.set_result(_answer(address))
        except BaseException as error:
            answer.set_exception(error)

    # Nobody waits for one that is given up: it ends with the program.
    Thread(target=ask, daemon=True).start()
    try:
        return answer.result(SECONDS_IN_ALL)
    except TimeoutError:
        if answer.done():
            raise
        raise TimeoutError(f"it took more than {SECONDS_IN_ALL} s") from None


def _answer(address: str) -> bytes:
    """Follow an address to what it answers, from the web to the web.

    The library's own way would also follow it to FTP, and read what comes with a redirection to its end, if it has one.
    """
    from urllib.error import HTTPError

    for _ in range(_MOST_REDIRECTIONS + 1):
        try:
            return _read(address)
        except HTTPError as error:
            location = error.headers["location"] if error.code in _REDIRECTIONS else None
            error.close()
            if not location:
                raise
        address = urljoin(address, quote(location, safe=punctuation, encoding="iso-8859-1"))
        if not _is_of_the_web(address):
            raise ValueError(f"it sends on to {address}, which is not on the web")
    raise ValueError(f"it sends on more than {_MOST_REDIRECTIONS} times")


def _read(address: str) -> bytes:
    from urllib.request import Request

    # Some sites answer nobody who does not say who they are.
    request = Request(address, headers={"User-Agent": "anthology"})
    with _opener().open(request, timeout=SECONDS) as answer:
        data: bytes = answer.read(MOST_BYTES + 1)
    return data


@cache
def _opener() -> OpenerDirector:
    """Make what opens addresses of the web and nothing else, and goes nowhere by itself."""
    from urllib import request

    opener = request.OpenerDirector()
    for kind in (
        request.ProxyHandler,
        request.HTTPHandler,
        request.HTTPSHandler,
        request.HTTPErrorProcessor,
        request.HTTPDefaultErrorHandler,
    ):
        opener.add_handler(kind())
    return opener
