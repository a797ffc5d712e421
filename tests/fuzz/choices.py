"""Any bytes, read as a row of choices: what a fuzzer changes in them changes one choice, and the rest stays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

# More than enough for what goes wrong, and few enough that every input is quick.
_MOST_EDITS = 12


class Choices:
    """Bytes that are used up from the front; when there are no more, every choice is the first."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    @property
    def left(self) -> int:
        """Tell how many bytes have not been used."""
        return len(self._data) - self._at

    def number(self, most: int) -> int:
        """Choose a number from 0 to `most`."""
        size = (most.bit_length() + 7) // 8
        chosen = int.from_bytes(self._data[self._at : self._at + size], "big")
        self._at = min(self._at + size, len(self._data))
        return chosen % (most + 1)

    def one_of(self, things: Sequence[T]) -> T:
        """Choose one of some things."""
        return things[self.number(len(things) - 1)]

    def part(self) -> bytes:
        """Choose some bytes: as many as are left, or fewer where a byte says so."""
        return self._take(self.number(0xFFFF) % (self.left + 1))

    def rest(self) -> bytes:
        """Take all bytes that are left."""
        return self._take(self.left)

    def _take(self, count: int) -> bytes:
        taken = self._data[self._at : self._at + count]
        self._at += count
        return taken

    def text(self, tokens: Sequence[str]) -> str:
        """Put tokens one behind the other, one for each byte that is left."""
        return "".join(tokens[byte % len(tokens)] for byte in self.rest())

    def damaged(self, whole: bytes, tokens: Sequence[bytes]) -> bytes:
        """Damage bytes that are whole: cut out, double, move, overwrite, or put tokens in between, a few times."""
        made = bytearray(whole)
        for _ in range(1 + self.number(_MOST_EDITS - 1)):
            place, length = self.number(max(1, len(made))), 1 + self.number(31)
            match self.number(5):
                case 0:
                    del made[place : place + length]
                case 1:
                    made[place:place] = made[place : place + length]
                case 2:
                    to = self.number(max(1, len(made)))
                    made[to:to] = made[place : place + length]
                case 3:
                    made[place : place + 1] = bytes([self.number(0xFF)])
                case 4:
                    made[place : place + length] = self.one_of(tokens)
                case _:
                    made[place:place] = self.one_of(tokens)
        return bytes(made)


def document(data: bytes, seeds: Sequence[bytes], tokens: Sequence[str]) -> bytes:
    """Make a file of any bytes: the bytes themselves, tokens in a row, or one of some good files, damaged."""
    choices = Choices(data)
    match choices.number(7):
        case 0:
            return choices.rest()
        case 1 | 2 | 3:
            return choices.text(tokens).encode("utf-8", "surrogatepass")
        case _:
            whole = choices.one_of(seeds)
            return choices.damaged(whole, [token.encode("utf-8", "surrogatepass") for token in tokens])
