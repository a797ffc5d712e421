"""What a project has already: its articles, the last import of each, and which of them a source became."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from anthology.article_files import SUFFIXES
from anthology.catalogue import normalised
from anthology.model import Source
from anthology.project import CONTENT
from anthology.read.front_matter.fences import read_front_matter
from anthology.read.source import decode
from anthology.regular_files import paths_below

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from anthology.importers.model import Imported
    from anthology.importing.reading import Read
    from anthology.project import Project

# Where the last import of each article is kept, by its id: the base of the next merge.
BASES = ".anthology/imports"

NO_SOURCE = Source()
_DIGEST = re.compile(r"-[0-9a-f]{8}$")
_WORD = re.compile(r"\w+")
# So much of the words two versions of one piece share at least; two pieces of one magazine share far less.
_SAME_PIECE = 0.5


@dataclass(frozen=True, slots=True)
class Known:
    """A text that the project holds, an article or the last import of one, with what identifies it.

    `text` has line feeds between lines; `as_written` gives a text the line ends and byte order mark of this one.
    """

    path: str
    id: str
    text: str
    title: str = ""
    language: str = ""
    source: Source = NO_SOURCE
    standfirst: str = ""
    date: dt.date | None = None
    broken: bool = False
    line_end: str = "\n"
    mark: str = ""

    def as_written(self, text: str) -> bytes:
        """Encode a text as the file of this one is: bytes that are no UTF-8 come back as they were."""
        return (self.mark + text.replace("\n", self.line_end)).encode("utf-8", "surrogateescape")


@dataclass(frozen=True, slots=True)
class Holdings:
    """All that the project holds: its articles by path, and the last imports by id, with what was recorded of each."""

    articles: Mapping[str, Known]
    bases: Mapping[str, Known]
    records: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def superseded(self) -> dict[str, tuple[str, str]]:
        """Give the digests of captures that newer ones have followed, each with the article's id and the last digest."""
        return {
            earlier: (article_id, captures[-1])
            for article_id, record in self.records.items()
            if (captures := list(record.get("captures", ())))
            for earlier in captures[:-1]
        }

    def file_of(self, article_id: str) -> str:
        """Give the file of an article when it was last imported; the empty string where that is not recorded."""
        path = self.records.get(article_id, {}).get("article")
        if not isinstance(path, str) or not path.isprintable() or "\\" in path:
            return ""
        folder, *parts = path.split("/")
        is_article = folder == CONTENT and parts and path.endswith(SUFFIXES)
        return path if is_article and not any(part[:1] in ("", ".") for part in parts) else ""

    def base_of(self, article: Known) -> Known | None:
        """Find the last import of an article: by its id, else (where an editor changed that) by its capture."""
        if article.id in self.bases:
            return self.bases[article.id]
        if not article.source.capture:
            return None
        return next(
            (base for base in self.bases.values() if base.source.capture == article.source.capture), None
        )


def read_holdings(project: Project) -> Holdings:
    """Read the front matter of what the project holds; a file whose front matter is broken counts by its path."""
    articles = {path: _known(path, project.find(path) or b"") for path in project.articles()}
    records = {path.stem: _json(data) for path, data in _kept(project, ".json")}
    return Holdings(articles, _bases(project), records)


def _bases(project: Project) -> dict[str, Known]:
    """Read the last imports, by id."""
    return {path.stem: _known(path.name, data) for path, data in _kept(project, ".md")}


def _kept(project: Project, suffix: str) -> Iterator[tuple[Path, bytes]]:
    for path in paths_below(project.root / BASES, project.root):
        if path.suffix == suffix:
            yield path, project.find(path.relative_to(project.root).as_posix()) or b""


def _known(path: str, data: bytes) -> Known:
    written = data.decode("utf-8", "surrogateescape")
    mark = "\ufeff" if written.startswith("\ufeff") else ""
    line_end = "\r\n" if "\r\n" in written else "\n"
    source = decode(path, data)
    front = read_front_matter(source)
    values = front.values if front else {}
    return Known(
        path,
        values.get("id") or PurePosixPath(path).stem,
        written.removeprefix(mark).replace("\r\n", "\n"),
        values.get("title") or "",
        values.get("language") or "",
        values.get("source") or NO_SOURCE,
        values.get("standfirst") or "",
        values.get("date"),
        any(problem.severity == "error" for problem in source.problems),
        line_end,
        mark,
    )


def last_import(project: Project, article_id: str, capture: str) -> bytes | None:
    """Give the last import of an article: by its id, else (where an editor changed that) by its capture.

    Raises RefusedFile where what has its name lies outside the project, or is no regular file.
    """
    data = project.find(f"{BASES}/{article_id}.md")
    if data is not None or not capture:
        return data
    sought = Known("", article_id, "", source=Source(capture=capture))
    base = Holdings({}, _bases(project)).base_of(sought)
    return base.as_written(base.text) if base else None


def is_broken(text: str) -> bool:
    """Tell whether the front matter of an article can no longer be read."""
    return _known("article.md", text.encode("utf-8", "surrogateescape")).broken


def _json(data: bytes) -> dict[str, Any]:
    try:
        held = json.loads(data)
    except ValueError:
        return {}
    return held if isinstance(held, dict) else {}


@dataclass(frozen=True, slots=True)
class Sought:
    """A source whose article is looked for; `stays` tells that a capture at the same path is the same capture."""

    imported: Imported
    capture: str
    sha256: str
    stays: bool = False


def recognise(sought: Sequence[Sought], holdings: Holdings) -> list[Known | None]:
    """Find what each source became: an article, or the last import of one that is gone; each at most once.

    By its digest; else, where title, standfirst or half of the words agree, by the original address, by the path
    of its capture, or by the name of that. A surer sign of one source goes before a lesser sign of another.
    """
    candidates = [(article, holdings.base_of(article)) for article in holdings.articles.values()]
    present = {base.id for _, base in candidates if base}
    candidates += [(base, None) for base in holdings.bases.values() if base.id not in present]
    found: list[Known | None] = [None] * len(sought)
    claimed: set[int] = set()
    words_of = cache(_words)
    for sign in _SIGNS:
        showing: dict[str, list[int]] = defaultdict(list)
        for number, pair in enumerate(candidates):
            for mark in {sign.of_known(known.source) for known in pair if known} - {""}:
                showing[mark].append(number)
        for at, one in enumerate(sought):
            for number in showing.get(sign.of_sought(one), ()):
                known = candidates[number][0]
                if (
                    found[at] is None
                    and number not in claimed
                    and (sign.is_sure(one) or _agrees(one, known, words_of))
                ):
                    found[at] = known
                    claimed.add(number)
    return found


@dataclass(frozen=True, slots=True)
class _Sign:
    """A sign by which a source and what became of it are known to belong together."""

    of_sought: Callable[[Sought], str]
    of_known: Callable[[Source], str]
    is_sure: Callable[[Sought], bool] = lambda _: False


_SIGNS = (
    _Sign(lambda sought: sought.sha256, lambda source: source.sha256, lambda _: True),
    _Sign(lambda sought: sought.imported.url, lambda source: source.url),
    _Sign(lambda sought: sought.capture, lambda source: source.capture, lambda sought: sought.stays),
    _Sign(lambda sought: _name_of(sought.capture), lambda source: _name_of(source.capture)),
)


def same_capture(read: Read, capture: str, known: Known, base: Known | None) -> str:
    """Give the path by which a recognised source is known already, where it is the same source: it may be named otherwise."""
    before = base.source if base else known.source
    if not before.capture:
        return capture
    is_named_otherwise = read.kind == "markdown-post" and _is_version(before.capture, capture)
    return before.capture if is_named_otherwise or before.sha256 == read.sha256 else capture


def _one_language(imported: Imported, known: Known) -> bool:
    return "" in (known.language, imported.language) or _primary(known.language) == _primary(
        imported.language
    )


def _primary(language: str) -> str:
    return language.split("-")[0].lower()


def _name_of(capture: str) -> str:
    """Give the name of a capture, without folder and without the digest that tells later captures from the first."""
    pure = PurePosixPath(capture)
    return _DIGEST.sub("", pure.stem) + pure.suffix


def _is_version(one: str, other: str) -> bool:
    """Tell whether two paths may be of one post: the shorter ends the longer."""
    first, second = (path.split("/") for path in (one, other))
    shared = min(len(first), len(second))
    return first[-shared:] == second[-shared:]


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))


def _agrees(sought: Sought, known: Known, words_of: Callable[[str], frozenset[str]]) -> bool:
    """Tell whether a source and an article say the same: its title, its standfirst, or half of the words.

    `words_of` gives the words of a text; it remembers them, for a source may be held against many articles.
    """
    imported, told = sought.imported, known.source
    is_post = imported.kind == "markdown-post"
    if is_post and told.capture and not _is_version(told.capture, sought.capture):
        # A site names many posts alike: those of one title in two folders are two.
        return False
    if not _one_language(imported, known):
        return False
    if normalised(imported.title) in {normalised(told.title), normalised(known.title)} - {""}:
        return True
    if imported.standfirst and normalised(imported.standfirst) == normalised(told.standfirst):
        return True
    one, other = words_of(imported.body), words_of(known.text)
    return len(one & other) >= _SAME_PIECE * max(1, len(one), len(other))
