"""Give each new article its section, its id and its file: unique, and the same every time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from anthology.config.slugs import SLUG, slug_of, title_of
from anthology.read.front_matter.scalars import read_language
from anthology.read.source import ILLEGAL
from anthology.wording import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from anthology.importers.model import Imported

# Of a book, not of a section: what lies in these folders stands before or behind the sections.
_RESERVED = frozenset({"front", "back"})
# Where a file says nothing and lies in no folder that was named.
_PLAIN_SECTION = "Articles"


@dataclass(frozen=True, slots=True)
class Shelf:
    """A section that articles are put into."""

    title: str
    slug: str


@dataclass(frozen=True, slots=True)
class Placement:
    """Where an article goes: its file in the project, and its id."""

    path: str
    id: str
    shelf: Shelf


def shown(text: str) -> str:
    """Give what of a text can be a title in `anthology.toml`; the empty string where nobody would see any of it."""
    words = " ".join(ILLEGAL.sub(" ", text).split())
    return words if visible(words) else ""


class Shelves:
    """The sections: those of the project, and those that sources bring, in the order in which they are met."""

    def __init__(self, known: Iterable[Shelf], folder_titles: dict[str, str]) -> None:
        self._shelves = {shelf.slug: shelf for shelf in known}
        self._folder_titles = folder_titles

    def shelf_of(self, imported: Imported, folder: str) -> Shelf:
        """Find or make the section that a source names, or else that of the folder it came from."""
        section = shown(imported.section)
        said = section or folder or _PLAIN_SECTION
        for shelf in self._shelves.values():
            if said.casefold() in (shelf.slug.casefold(), shelf.title.casefold()):
                return shelf
        slug = slug_of(said)
        if slug in _RESERVED:
            slug = f"{slug}-section"
        if slug not in self._shelves:
            title = section or self._folder_titles.get(folder) or _title_of(folder, imported.language)
            self._shelves[slug] = Shelf(shown(title) or _PLAIN_SECTION, slug)
        return self._shelves[slug]

    def shelf_at(self, path: str) -> Shelf | None:
        """Find or make the section in whose folder a file of the project is; None where no section can be."""
        folder, _, name = path.removeprefix("content/").partition("/")
        if name and folder not in _RESERVED and SLUG.fullmatch(folder):
            self._shelves.setdefault(folder, Shelf(title_of(folder), folder))
        return self._shelves.get(folder)

    def __iter__(self) -> Iterator[Shelf]:
        return iter(self._shelves.values())


def _title_of(folder: str, language: str) -> str:
    """Write a folder's name as a title; that of the language its articles are in by the language's own name."""
    tag = read_language(folder)
    if tag and language and tag.split("-")[0].lower() == language.split("-")[0].lower():
        from babel import Locale, UnknownLocaleError

        try:
            name = Locale.parse(tag, sep="-").get_display_name()
        except (UnknownLocaleError, ValueError):
            name = None
        if name:
            return name[:1].upper() + name[1:]
    return title_of(folder)


class Names:
    """The ids and files that are taken."""

    def __init__(self, ids: Iterable[str], paths: Iterable[str]) -> None:
        self._ids = set(ids)
        self._paths = {path.casefold() for path in paths}

    def place(self, imported: Imported, shelf: Shelf, *, introduction: bool = False) -> Placement:
        """Place a new article: named by its title; where that is taken, with language, section or a number."""
        folder = f"content/{shelf.slug}"
        if introduction:
            article_id = self._first_free(self._ids, self._numbered(f"{slug_of(shelf.slug)}-intro"))
            return self._taken(Placement(f"{folder}/_intro.md", article_id, shelf))
        slug = slug_of(imported.title)
        article_id = self._first_free(self._ids, self._candidates(slug, imported.language, shelf))
        names = (slug, article_id, *(f"{article_id}-{number}" for number in range(2, 10_000)))
        path = self._first_free(self._paths, (f"{folder}/{name}.md" for name in names))
        return self._taken(Placement(path, article_id, shelf))

    def place_again(self, path: str, article_id: str, shelf: Shelf) -> Placement | None:
        """Place an article that is gone where it was; None where another is there now."""
        if path.casefold() in self._paths:
            return None
        return self._taken(Placement(path, article_id, shelf))

    def _candidates(self, slug: str, language: str, shelf: Shelf) -> Iterator[str]:
        yield slug
        if language:
            yield f"{slug_of(language)}-{slug}"
        yield f"{slug_of(shelf.slug)}-{slug}"
        yield from self._numbered(slug)

    @staticmethod
    def _numbered(name: str) -> Iterator[str]:
        yield name
        yield from (f"{name}-{number}" for number in range(2, 100_000))

    @staticmethod
    def _first_free(taken: set[str], names: Iterable[str]) -> str:
        return next(name for name in names if name.casefold() not in taken)

    def _taken(self, placement: Placement) -> Placement:
        self._ids.add(placement.id)
        self._paths.add(placement.path.casefold())
        return placement
