"""Pictures from the web, for builds that are told to fetch them; without `--allow-network` none of this runs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

# A picture for a book is seldom larger, and a page that is no picture should not be read to its end.
MOST_BYTES = 30 * 1024**2
SECONDS = 15


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
        try:
            if urlsplit(address).scheme not in {"http", "https"}:
                return None
        except ValueError:  # an address that is none: http://[…
            return None
        if address not in self._fetched:
            self._fetched[address] = self._fetch(address)
        return self._fetched[address]

    def _fetch(self, address: str) -> bytes | None:
        from http.client import HTTPException
        from urllib.request import Request, urlopen

        # Some sites answer nobody who does not say who they are.
        request = Request(address, headers={"User-Agent": "anthology"})
        try:
            with urlopen(request, timeout=SECONDS) as answer:
                data: bytes = answer.read(MOST_BYTES + 1)
        except (OSError, HTTPException, ValueError) as error:
            self.tell(address, str(error))
            return None
        if len(data) > MOST_BYTES:
            self.tell(address, f"larger than {MOST_BYTES // 1024**2} MB")
            return None
        self.tell(address, f"{len(data) / 1024:,.0f} kB")
        return data
