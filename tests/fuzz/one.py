"""Fuzz one target for some seconds, in a process of its own: `python -m fuzz.one TARGET SECONDS FOLDER`."""

from __future__ import annotations

import sys
import time
from importlib.util import find_spec
from pathlib import Path

from fuzz.targets import target
from fuzz.trying import Watch, beginnings, inputs

# What is watched for new ways through it: our own code, and the libraries in Python that read what people write.
_WATCHED = ["anthology", "markdown", "pymdownx", "tinycss2", "tinyhtml5", "cssselect2", "merge3", "tomlkit"]
_TIMEOUT, _MEGABYTES, _LONGEST = 60, 3000, 2000


def main(name: str, seconds: int, folder: Path) -> None:
    """Fuzz a target; what breaks it is kept in the folder."""
    watch = Watch(name, folder)
    if find_spec("atheris"):
        _by_coverage(name, seconds, folder, watch)
    else:
        _by_chance(seconds, watch)
    watch.tell()


def _by_coverage(name: str, seconds: int, folder: Path, watch: Watch) -> None:
    import atheris

    # What is imported late is imported here, while imports are watched.
    with atheris.instrument_imports(include=_WATCHED, enable_loader_override=False):
        target(name)
        for data in (*beginnings(), *inputs(name, 100)):
            watch.attempt(data)
    known = folder / "corpus" / name
    known.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(beginnings()):
        (known / f"beginning-{number}").write_bytes(data)
    atheris.Setup(
        [
            sys.argv[0],
            str(known),
            f"-artifact_prefix={folder}/{name}-",
            f"-max_total_time={seconds}",
            f"-timeout={_TIMEOUT}",
            f"-rss_limit_mb={_MEGABYTES}",
            f"-max_len={_LONGEST}",
            "-verbosity=0",
        ],
        watch.attempt,
    )
    atheris.Fuzz()


def _by_chance(seconds: int, watch: Watch) -> None:
    from hypothesis import HealthCheck, Phase, given, settings
    from hypothesis import strategies as st

    end = time.monotonic() + seconds

    @settings(
        max_examples=1000,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.binary(max_size=400))
    def attempt(data: bytes) -> None:
        if time.monotonic() < end:
            watch.attempt(data)

    while time.monotonic() < end:
        attempt()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
