"""The sections of `anthology.toml`: a new file with those found, or an old one with the new ones added."""

from __future__ import annotations

import uuid
from collections import Counter
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from anthology.config.slugs import SLUG, slug_of, title_of
from anthology.importing.placing import Shelf, shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from anthology.config import Config
    from anthology.importers.model import Imported
    from anthology.project import Project


def known_shelves(project: Project, config: Config | None) -> list[Shelf]:
    """Give the sections of a project: those that are listed, or else its folders."""
    if config and config.sections:
        return [Shelf(entry.title, entry.slug) for entry in config.sections]
    return [Shelf(title_of(folder), folder) for folder in _folders(project)]


def _folders(project: Project) -> list[str]:
    paths = [PurePosixPath(path).parts for path in project.articles()]
    return sorted({parts[1] for parts in paths if len(parts) > 2} - {"front", "back"})


def commonest_language(pieces: Iterable[Imported | None]) -> str:
    """Give the language (BCP 47) in which most of the pieces are; English where none says."""
    counted = Counter(piece.language for piece in pieces if piece and piece.language)
    return next((language for language, _ in counted.most_common(1)), "en")


def new_config(project: Project, shelves: Iterable[Shelf], language: str) -> str:
    """Write the `anthology.toml` of a new project in a language (BCP 47).

    Its title is that of the folder, its identifier one of its own.
    """
    import tomlkit

    document = tomlkit.document()
    book = tomlkit.table()
    book.add("title", shown(title_of(project.root.resolve().name)) or "My book")
    book.add("language", language)
    book.add("identifier", uuid.uuid4().urn)
    document.add("book", book)
    return with_sections(tomlkit.dumps(document), shelves)


def listing(project: Project, config: Config, new: Iterable[Shelf]) -> str:
    """Write the `anthology.toml` of a project with new sections listed; empty where nothing is to be listed."""
    listed = {entry.slug for entry in config.sections}
    added = [shelf for shelf in new if shelf.slug not in listed]
    if not config.sections:
        if any(path.count("/") == 1 for path in project.articles()):
            # Files in no section would be in no book if sections were listed; without a list, folders are sections.
            return ""
        if not all(SLUG.fullmatch(folder) for folder in _folders(project)):
            # Nor can a list name a folder whose name is no slug.
            return ""
        before = known_shelves(project, config) if added else []
        added = list({shelf.slug: shelf for shelf in (*before, *added)}.values())
    return with_sections(project.config().decode("utf-8-sig"), added) if added else ""


def with_sections(text: str, shelves: Iterable[Shelf]) -> str:
    """Add sections behind those that are listed; all else stays as it is, comments, order and line ends too."""
    import tomlkit

    added = tuple(shelves)
    if not added:
        return text
    line_end = "\r\n" if "\r\n" in text else "\n"
    document = tomlkit.parse(text.replace("\r\n", "\n").rstrip("\n") + "\n")
    listed: Any = document.get("sections")
    if isinstance(listed, tomlkit.items.Array):  # sections = [{title = "…"}]
        for shelf in added:
            listed.append(_filled(tomlkit.inline_table(), shelf))
        made = tomlkit.dumps(document)
    elif listed is None:
        made = tomlkit.dumps(document).strip("\n")
        for shelf in added:
            made += "\n\n[[sections]]\n" + tomlkit.dumps(_filled(tomlkit.table(), shelf)).rstrip("\n")
    else:
        for shelf in added:
            _set_apart(listed)
            listed.append(_filled(tomlkit.table(), shelf))
        _set_apart(listed)
        made = tomlkit.dumps(document)
    return (made.strip("\n") + "\n").replace("\n", line_end)


def _filled(table: Any, shelf: Shelf) -> Any:
    table.add("title", shelf.title)
    if shelf.slug != slug_of(shelf.title):
        table.add("slug", shelf.slug)
    return table


def _set_apart(listed: Any) -> None:
    """Leave an empty line behind the last section."""
    import tomlkit

    if not tomlkit.dumps(listed[-1]).endswith("\n\n"):
        listed[-1].add(tomlkit.nl())
