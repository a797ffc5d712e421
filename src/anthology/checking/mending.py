"""Mend the articles of a project: what the house style allows to be mended safely, shown before it is written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import unified_diff
from typing import TYPE_CHECKING, Any

from anthology.config import load_config
from anthology.model import Origin
from anthology.problems import Problem
from anthology.project import CONFIG, Project
from anthology.read import read_article
from anthology.read.front_matter.fences import read_front_matter, text_begins_at
from anthology.read.source import Source
from anthology.style.desk import style_for
from anthology.style.mending import mend_text
from anthology.style.written import opened
from anthology.writing import write_files
from anthology.xhtml import parse_fragment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from anthology.config import Config

_MADE_ID = re.compile(r"[a-z0-9]+-[0-9a-f]{8}(?:-\d+)?")
_VERBATIM = frozenset({"blockquote", "code", "kbd", "pre", "q", "samp", "svg", "var"})


@dataclass(frozen=True, slots=True)
class Change:
    """A file that can be mended: its path in the project, the bytes that it has and those that it would get."""

    path: str
    before: bytes
    after: bytes

    def diff(self) -> Iterator[str]:
        """Give the lines of a unified diff, without line ends."""
        old, new = (_lines(data) for data in (self.before, self.after))
        yield from unified_diff(old, new, f"a/{self.path}", f"b/{self.path}", lineterm="")


def mend_project(root: Path) -> tuple[tuple[Change, ...], tuple[Problem, ...]]:
    """Find what can be mended in the articles of the project in `root`; nothing is written, and drafts are left.

    Returns the changes, and a problem for each file that would not read the same afterwards but for marks and spaces.
    Raises ContentError where there is no anthology.toml, or where it has errors.
    """
    project = Project(root)
    config = load_config(project.config(), CONFIG)
    changes = []
    problems = []
    for path in project.articles():
        before = project.find(path) or b""
        after = _mended_file(path, before, config)
        said = _said(path, before, config, project) if after != before else None
        if said is None:
            continue
        if said == _said(path, after, config, project):
            changes.append(Change(path, before, after))
        else:
            message = "mending it would change more than marks and spaces, so it stays as it is"
            hint = "mend by hand what `anthology check` tells of it"
            problems.append(Problem("H022", "warning", message, Origin(path), hint))
    return tuple(changes), tuple(problems)


def write_changes(root: Path, changes: tuple[Change, ...]) -> tuple[str, ...]:
    """Write what was mended; gives the paths of files that have changed meanwhile, which stay as they are.

    Raises ContentError where the disk refuses; then nothing has changed.
    """
    project = Project(root)
    files = {each.path: each.after for each in changes if project.find(each.path) == each.before}
    write_files(root, files)
    return tuple(each.path for each in changes if each.path not in files)


def _mended_file(path: str, data: bytes, config: Config) -> bytes:
    written = opened(data)
    start = text_begins_at(written.text) if written else None
    if written is None or start is None:
        return data
    front = read_front_matter(Source(path, written.text))
    if front is None:
        return data
    book = config.book.language
    language = front.values.get("language") or book
    accepted = frozenset(code for code, where in config.check.ignored if where == path)
    style = style_for(config.style, language, book)
    return written.again(mend_text(written.text, start, language, style, accepted))


def _said(path: str, data: bytes, config: Config, project: Project) -> Any:
    """Give all that must not change: elements and their attributes, quotations and code, letters and figures.

    None where no article comes of the file: it is a draft, or it has errors.
    """
    article = read_article(path, data, language=config.book.language, find=project.find).article
    if article is None:
        return None
    root: Any = parse_fragment(article.body)
    elements = [
        (
            str(each.tag),
            sorted((key, value) for key, value in each.attrib.items() if not _is_made(key, value)),
        )
        for each in root.iter()
    ]
    kept = ["".join(each.itertext()) for each in root.iter() if each.tag in _VERBATIM]
    letters = [letter for letter in "".join(root.itertext()) if letter.isalnum()]
    return elements, kept, letters, article.title, article.standfirst


def _is_made(key: str, value: str) -> bool:
    """Tell an id that reading has made of what a block says, marks and all."""
    return key == "id" and _MADE_ID.fullmatch(value) is not None


def _lines(data: bytes) -> list[str]:
    written = opened(data)
    return written.text.removesuffix("\n").split("\n") if written else []
