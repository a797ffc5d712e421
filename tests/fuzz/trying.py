"""Try inputs, and keep of those that break a promise the smallest for each place where it breaks."""

from __future__ import annotations

import hashlib
import random
import time
import traceback
from collections.abc import Iterator
from pathlib import Path

from fuzz.targets import target

# Of processor time; inputs are small, and most take some thousandths of it.
SLOW = 10.0

_LONGEST = 300


class TooSlowError(AssertionError):
    """An input kept a target busy for more than `SLOW` seconds."""


def inputs(name: str, count: int, first: int = 0) -> Iterator[bytes]:
    """Give inputs for a target, by chance, but the same in every run; most are short."""
    for number in range(first, first + count):
        chance = random.Random(f"{name} {number}")
        yield chance.randbytes(int(_LONGEST * chance.random() ** 2) + 2)


def beginnings() -> Iterator[bytes]:
    """Give the inputs from which coverage leads on: one for each form and seed that targets choose by the first bytes."""
    for form in range(8):
        for seed in range(6):
            yield bytes((form, form, seed, *range(seed, 200, 7)))


def broken_by(name: str, data: bytes) -> Exception | None:
    """Try an input; give what broke, if anything did."""
    begun = time.process_time()
    try:
        target(name)(data)
    except Exception as broken:
        return broken
    spent = time.process_time() - begun
    return TooSlowError(f"{spent:.1f} s of processor time") if spent > SLOW else None


class Watch:
    """Counts what is tried of one target, and keeps in a folder what broke a promise."""

    def __init__(self, name: str, folder: Path) -> None:
        self.tried = 0
        self._name = name
        self._folder = folder
        self._sizes: dict[str, int] = {}
        self._told = 0.0
        folder.mkdir(parents=True, exist_ok=True)

    @property
    def _count(self) -> Path:
        return self._folder / f"{self._name}.count"

    def attempt(self, data: bytes) -> None:
        """Try an input."""
        self.tried += 1
        broken = broken_by(self._name, data)
        if broken is not None:
            self._keep(data, broken)
        if time.monotonic() - self._told > 1:
            self.tell()

    def tell(self) -> None:
        """Write down how many were tried: whoever runs this may end it at any moment."""
        self._told = time.monotonic()
        self._count.write_text(str(self.tried), encoding="utf-8")

    def _keep(self, data: bytes, broken: Exception) -> None:
        frames = [
            frame
            for frame in traceback.extract_tb(broken.__traceback__)
            if "site-packages" not in frame.filename
        ]
        place = f"{Path(frames[-1].filename).stem}-{frames[-1].lineno}" if frames else "slow"
        name = f"{self._name}-{type(broken).__name__}-{place}"
        file = self._folder / f"{name}.input"
        if len(data) >= self._sizes.get(name, 1 << 30):
            return
        self._sizes[name] = len(data)
        file.write_bytes(data)
        said = "".join(traceback.format_exception(broken))
        digest = hashlib.sha256(data).hexdigest()[:12]
        file.with_suffix(".txt").write_text(
            f"{digest}\n{data.hex()}\n\n{said}", encoding="utf-8", errors="backslashreplace"
        )
