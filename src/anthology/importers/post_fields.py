"""The front matter of a post: what site generators write there, under the names that anthology has for it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from anthology.model import Origin
from anthology.problems import ContentError, Problem
from anthology.read.front_matter.fences import FIELDS, front_matter_at
from anthology.read.front_matter.fields import FieldReader
from anthology.read.front_matter.scalars import plain_value, read_flag
from anthology.read.front_matter.tree import MAX_BYTES, Entry, Malformed
from anthology.read.source import Source

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from anthology.model import Credit

_Tree = dict[str, Entry]

_CLOSING = {
    "---": re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE),
    "+++": re.compile(r"^\+\+\+[ \t]*$", re.MULTILINE),
}
# A value that YAML misreads for want of quotes: a colon in a title, a sign that begins something else.
_UNQUOTED = re.compile(r"^([\w-]+):[ \t]+((?![\"'\[{|>]).*(?::[ \t]|[ \t]#).*|[@`%&*!].*)$")

# What each of our fields is called elsewhere, the likeliest first.
_TITLE = ("title",)
_STANDFIRST = ("standfirst", "description", "summary", "excerpt", "lead", "dek")
_AUTHORS = ("authors", "author", "byline")
_DATES = ("date", "pubDate", "publishDate", "publishedAt", "published", "created")
_LANGUAGES = ("language", "lang", "locale")
_SECTIONS = ("section", "category", "categories")
_TAGS = ("tags", "keywords")
_IMAGES = ("image", "cover", "featured_image", "thumbnail", "header_image", "og_image")
_URLS = ("canonical_url", "canonicalURL", "canonicalUrl", "canonical", "original_url", "source_url")
_NAMES = ("id", "class", "slug", "permalink", "url", "aliases", "redirect_from")
_RELATED = ("related",)
_FLAGS = ("draft", "published")
# How a site looks, and what a generator is told: nothing of it belongs to the article.
_OF_THE_SITE = (
    "layout",
    "template",
    "type",
    "eleventyNavigation",
    "eleventyExcludeFromCollections",
    "sitemap",
    "outputs",
)
_PERMALINK_STYLES = frozenset({"date", "pretty", "ordinal", "weekdate", "none", "false"})
# Groups in which Zola and others keep fields.
_GROUPS = ("taxonomies", "extra", "params")


@dataclass(slots=True)
class Fields:
    """What the front matter says, under our names; `related_lines` are the lines that list related reading."""

    title: str = ""
    standfirst: str = ""
    credits: tuple[Credit, ...] = ()
    date: dt.date | None = None
    section: str = ""
    tags: tuple[str, ...] = ()
    language: str = ""
    aliases: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    draft: bool = False
    url: str = ""
    publication: str = ""
    image: str = ""
    extra: dict[str, Any] = field(default_factory=dict)
    related_lines: tuple[int, ...] = ()


def read_fields(source: Source) -> Fields:
    """Read the front matter of a post, leniently, and set `source.body_at` to where its text begins.

    What cannot be read as what it is meant to be is kept as it was written, with a warning in `source`. Raises
    ContentError where the whole is neither YAML nor TOML, even with what YAML misreads put into quotes.
    """
    before = front_matter_at(source.text)
    if before is None:
        return Fields()
    fence = source.text[before : before + 3]
    first, _, rest = source.text[before:].partition("\n")
    end = _CLOSING[fence].search(rest)
    if end is None:
        return Fields()
    source.body_at = before + len(first) + 1 + end.end()
    tree = _tree(source, fence, rest[: end.start()], source.line_at(before))
    lines = source.text.count("\n", 0, source.body_at)
    return _Reading(source, tree, lines).fields()


def _tree(source: Source, fence: str, written: str, line: int) -> _Tree:
    from anthology.read.front_matter.toml_tree import read_toml
    from anthology.read.front_matter.yaml_tree import read_yaml

    if len(written.encode()) > MAX_BYTES:
        message = f"the front matter is longer than {MAX_BYTES // 1024} KiB"
        raise ContentError(Problem("F004", "error", message, Origin(source.path, line)))
    try:
        tree = (read_yaml if fence == "---" else read_toml)(written, line + 1)
    except Malformed as problem:
        quoted = _quoted(written) if fence == "---" else written
        try:
            if quoted == written:
                raise problem
            tree = read_yaml(quoted, line + 1)
        except Malformed:
            origin = Origin(source.path, problem.line)
            raise ContentError(
                Problem(problem.code, "error", problem.message, origin, problem.hint)
            ) from None
        source.warn("M070", "a value of the front matter was read as if it were in quotes", problem.line)
    return tree.value if isinstance(tree.value, dict) else {}


def _quoted(written: str) -> str:
    """Put what YAML misreads into quotes, and spaces where it has tabs."""
    lines = [line.replace("\t", "  ") for line in written.split("\n")]
    return "\n".join(
        f"{found.group(1)}: {json.dumps(found.group(2).strip(), ensure_ascii=False)}"
        if (found := _UNQUOTED.match(line))
        else line
        for line in lines
    )


class _Reading:
    """One post's front matter while it is read: what is taken is no longer there for `extra`."""

    def __init__(self, source: Source, tree: _Tree, last_line: int) -> None:
        self._source = source
        self._last_line = last_line
        self._tree = dict(tree)
        self._lines = sorted(entry.line for entry in tree.values())
        self._groups: list[_Tree] = []
        self._kept: dict[str, Any] = {}
        for name in _GROUPS:
            if name in self._tree and isinstance(self._tree[name].value, dict):
                group = self._tree.pop(name).value
                assert isinstance(group, dict)
                self._groups.append(dict(group))

    def fields(self) -> Fields:
        """Give the fields, and all other keys as `extra`."""
        for name in _OF_THE_SITE:
            self._tree.pop(name, None)
        related_lines = self._related_lines()
        fields = Fields(related_lines=related_lines, draft=self._draft())
        fields.title = self._take(_TITLE, FieldReader.text) or ""
        fields.standfirst = self._take(_STANDFIRST, FieldReader.text) or ""
        fields.credits = self._take(_AUTHORS, FieldReader.credits) or ()
        fields.date = self._take(_DATES, FieldReader.date)
        fields.language = self._take(_LANGUAGES, FieldReader.language) or ""
        fields.image = self._image()
        fields.url = self._take(_URLS, FieldReader.text) or ""
        self._take_source(fields)
        fields.section, more = self._section()
        fields.tags = tuple(dict.fromkeys((*(self._take(_TAGS, FieldReader.tags) or ()), *more)))
        fields.aliases = self._names()
        fields.references = self._take(_RELATED, self._references) or ()
        for group in self._groups:
            self._tree |= {name: entry for name, entry in group.items() if name not in self._tree}
        self._keep_unreadable()
        fields.extra = {name: plain_value(entry) for name, entry in self._tree.items()} | self._kept
        return fields

    def _take(self, names: tuple[str, ...], read: Callable[[FieldReader, str, Entry], Any]) -> Any:
        """Read the first of some keys that says something; a value that cannot be read is kept as written."""
        for name in names:
            for tree in (self._tree, *self._groups):
                if name not in tree:
                    continue
                entry = tree.pop(name)
                value, refused = self._tried(read, name, entry)
                if refused:
                    self._keep(name, entry, refused)
                elif value:
                    return value
        return None

    def _tried(
        self, read: Callable[[FieldReader, str, Entry], Any], name: str, entry: Entry
    ) -> tuple[Any, str]:
        """Read a value as a field; give it, and what is wrong with it."""
        trial = Source(self._source.path, "")
        value = read(FieldReader(trial), name, entry)
        return value, next((problem.message for problem in trial.problems if problem.severity == "error"), "")

    def _keep_unreadable(self) -> None:
        """Keep under other keys what would stop a book under its own: a text for `rights`, a word for `weight`."""
        for known in FIELDS:
            for name in (known.name, *known.aliases):
                if name in self._tree and (refused := self._tried(known.read, name, self._tree[name])[1]):
                    self._keep(name, self._tree.pop(name), refused)

    def _keep(self, name: str, entry: Entry, why: str) -> None:
        kept = f"{name}-as-written"
        self._kept[kept] = plain_value(entry)
        self._source.warn(
            "M072", f'{why}; it is kept as "{kept}"', entry.line, "write it out under its own name"
        )

    def _draft(self) -> bool:
        draft = False
        for name in _FLAGS:
            entry = self._tree.get(name)
            if entry is None or not isinstance(entry.value, str):
                continue
            flag = read_flag(entry.value)
            if flag is not None:
                del self._tree[name]
                draft = draft or flag is (name == "draft")
        return draft

    def _image(self) -> str:
        for name in _IMAGES:
            for tree in (self._tree, *self._groups):
                value = tree[name].value if name in tree else None
                if isinstance(value, dict):  # { path = "…", alt = "…" }
                    held = next((value[key] for key in ("src", "path", "url", "image") if key in value), None)
                    value = held.value if held else None
                if isinstance(value, str) and value.strip():
                    del tree[name]
                    return value.strip()
        return ""

    def _take_source(self, fields: Fields) -> None:
        entry = self._tree.pop("source", None)
        if entry is None:
            return
        if isinstance(entry.value, str):
            if re.match(r"https?://", entry.value):
                fields.url = fields.url or entry.value
            elif not entry.is_nothing:
                fields.publication = entry.value
        elif isinstance(entry.value, dict):
            texts = {name: held.value for name, held in entry.value.items() if isinstance(held.value, str)}
            fields.url = fields.url or texts.pop("url", "")
            fields.publication = texts.pop("publication", "")
            if texts:
                self._kept["source-as-written"] = texts
        else:
            self._kept["source-as-written"] = plain_value(entry)

    def _section(self) -> tuple[str, tuple[str, ...]]:
        """Give the section, and the other categories as tags."""
        section: str = self._take(_SECTIONS[:2], FieldReader.text) or ""
        categories: tuple[str, ...] = self._take(_SECTIONS[2:], FieldReader.tags) or ()
        if section:
            return section, tuple(each for each in categories if each.casefold() != section.casefold())
        return (categories[0], categories[1:]) if categories else ("", ())

    def _names(self) -> tuple[str, ...]:
        names: list[str] = []
        for name in _NAMES:
            given: tuple[str, ...] = self._take((name,), FieldReader.texts) or ()
            names += [
                text
                for text in given
                # A permalink with placeholders is a rule for making one.
                if ":" not in text and "{" not in text and text not in _PERMALINK_STYLES and text.strip("/")
            ]
        return tuple(dict.fromkeys(names))

    @staticmethod
    def _references(reader: FieldReader, key: str, entry: Entry) -> tuple[str, ...]:
        return tuple(reference.name for reference in reader.references(key, entry) if reference.name)

    def _related_lines(self) -> tuple[int, ...]:
        entry = self._tree.get("related")
        if entry is None:
            return ()
        after = next((line for line in self._lines if line > entry.line), self._last_line + 1)
        return tuple(range(entry.line, after))
