"""Small articles and configurations, made by hand, for the tests of single stages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from anthology.config import Config, load_config
from anthology.model import Anthology, Article, Origin, Reference, Section

BOOK = '[book]\ntitle = "A Book"\n'


def make_config(text: str = "") -> Config:
    """Read an `anthology.toml` that begins with a title."""
    return load_config((BOOK + text).encode())


def make_article(article_id: str, **values: Any) -> Article:
    """Make an article; `related` may be given as names."""
    folder = values.setdefault("folder", "mind")
    path = values.pop("path", f"content/{folder}/{article_id}.md".replace("//", "/"))
    names = values.pop("related", ())
    related = tuple(Reference(Origin(path, 5), name) if isinstance(name, str) else name for name in names)
    values.setdefault("title", article_id.replace("-", " ").capitalize())
    return Article(id=article_id, origin=Origin(path), related=related, **values)


def make_anthology(*articles: Article) -> Anthology:
    """Put articles into one section."""
    return Anthology((Section("Mind", "mind", articles),))


def write_project(root: Path, files: dict[str, str]) -> Path:
    """Write the files of a project; `anthology.toml` is added where it is not given."""
    files = {"anthology.toml": BOOK, **files}
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root
