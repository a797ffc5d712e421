"""Builds of which nothing has changed: what the last one came to is kept with all that it depended on."""

from __future__ import annotations

import os
import pickle
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from anthology.digests import digest, digest_of_file
from anthology.problems import ContentError, has_errors
from anthology.project import Project
from anthology.theme import load_theme
from anthology.versions import installed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from anthology.cache import Cache
    from anthology.problems import Problem
    from anthology.record import BuildRecord


@dataclass(frozen=True, slots=True)
class Product:
    """What a build comes to: its record, what there is to tell, and the files of its editions by name.

    It is `complete` where no edition lost a block: what is not is never written, whatever the options. What is handed
    over has a `folder` of its own below that of the output.
    """

    record: BuildRecord
    problems: tuple[Problem, ...]
    files: Mapping[str, bytes]
    complete: bool
    folder: str = ""


@dataclass(frozen=True, slots=True)
class _Kept:
    """A product without its files, which are kept by themselves: their digests by name.

    `looked_at` are the files that its build looked at: paths and digests, empty for those that were not there.
    """

    product: Product
    files: Mapping[str, str]
    looked_at: frozenset[tuple[str, str]]


class Memory:
    """What the last build of some editions of a project came to, for as long as nothing has changed.

    Whatever a build depends on goes into the key, if it is known before anything is read, or is kept as a file that
    the build looked at. How strict a build is, how many processes it has and where it writes to make no difference to
    what it comes to; and whether it goes on after errors makes none where there are none, and a product with errors
    is never kept: what failed is tried again.
    """

    def __init__(
        self,
        cache: Cache,
        root: Path,
        settings: bytes,
        editions: tuple[str, ...],
        fallback: tuple[str, ...],
        *,
        proof: bool = False,
    ) -> None:
        """Remember builds of `editions` of the project in `root`.

        `settings` are the bytes of its anthology.toml; `fallback` the families that it names for other scripts;
        a `proof` is another build.
        """
        self._cache = cache
        self._root = root
        self._settings = settings
        self._ground = (
            repr(editions),
            repr(proof),
            os.environ.get("SOURCE_DATE_EPOCH", ""),
            *installed(fallback),
        )
        self._key = self._known_before()

    def recall(self) -> Product | None:
        """Give what the last build came to; None where anything has changed since, or nothing is kept."""
        data = self._cache.get(self._key) if self._key else None
        if data is None:
            return None
        kept = pickle.loads(data)  # the user's own file, and checked against its digest
        assert isinstance(kept, _Kept)
        project = Project(self._root)
        if any(project.digest_at(path) != known for path, known in kept.looked_at):
            return None
        files = {name: self._cache.get(self._key_of_file(name)) or b"" for name in kept.files}
        # Another build that ends at this moment may have replaced one.
        whole = all(digest_of_file(data) == kept.files[name] for name, data in files.items())
        return replace(kept.product, files=files) if whole else None

    def keep(self, product: Product, looked_at: set[tuple[str, str]]) -> None:
        """Keep a product with the files that its build looked at."""
        # What changed while it was built may or may not have found its way into it.
        if not self._key or self._key != self._known_before() or has_errors(product.problems):
            return
        for name, data in product.files.items():
            self._cache.put(self._key_of_file(name), data)
        digests = {name: digest_of_file(data) for name, data in product.files.items()}
        kept = _Kept(replace(product, files={}), digests, frozenset(looked_at))
        self._cache.put(self._key, pickle.dumps(kept))

    def _key_of_file(self, name: str) -> str:
        # Not by what it holds: the files of each build take the room of those of the one before.
        return digest("file", self._key, name)

    def _known_before(self) -> str:
        """Make the key; the empty string where theme or articles are refused, of which the build will tell."""
        try:
            theme = load_theme(self._root)
            paths = list(Project(self._root).articles())
        except ContentError:
            return ""
        return digest(
            "build", str(self._root.resolve()), self._settings, *self._ground, repr(theme), repr(paths)
        )
