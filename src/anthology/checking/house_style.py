"""The pieces of a book held against the house style, and against one another."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from anthology.model import Origin
from anthology.problems import Problem
from anthology.read.front_matter.fences import FIELDS, text_begins_at
from anthology.style.desk import TOPICS, faults_in, findings_of, named, style_for, uses_in, ways_of
from anthology.style.finding import AS_WRITTEN, Use
from anthology.style.passages import Passage, passages_of
from anthology.style.titles import title_of_house, way_of_title

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from anthology.config import Config
    from anthology.config.style import HouseStyle
    from anthology.style.finding import Finding
    from anthology.verify.lints.passages import Copy

# What readers see from article to article; how marks are typed, they do not.
_OF_THE_BOOK = ("dashes", "ranges", "dates", "spelling", "endings", "titles")
# More names than this help nobody.
_MOST_NAMED = 3


def unlike_the_house(copies: Sequence[Copy], articles: frozenset[str], config: Config) -> Iterator[Problem]:
    """Look for what is not in the style of the house, and where none is chosen, for mixtures.

    Arguments: the pieces in the order of the book, the ids of those that are articles, and the settings.
    """
    by_topic: dict[str, dict[str, Sequence[Use]]] = defaultdict(dict)
    for copy in copies:
        style = style_for(config.style, copy.language, config.book.language)
        passages = body_of(copy.source, copy.language)
        uses = uses_in(passages, style)
        for finding in (*findings_of(uses, style), *faults_in(passages, style)):
            yield _problem(finding, copy)
        yield from _in_front_matter(copy, style)
        if style is config.style:
            used = (*uses, *_titled(copy)) if copy.piece.id in articles else uses
            for topic in _OF_THE_BOOK:
                by_topic[topic][copy.piece.origin.path] = [use for use in used if use.topic == topic]
        if copy.piece.id in articles:
            yield from _title_otherwise(copy, style)
    for topic, by_path in by_topic.items():
        yield from _from_piece_to_piece(topic, by_path, config)


def body_of(text: str, language: str) -> tuple[Passage, ...]:
    """Take the passages from behind the front matter of a file; none where that is never closed."""
    text = text.removeprefix("\ufeff")
    start = text_begins_at(text)
    return () if start is None else passages_of(text, start, language)


def _problem(finding: Finding, copy: Copy) -> Problem:
    text = copy.source.removeprefix("\ufeff")
    line = text.count("\n", 0, finding.passage.places[finding.start]) + 1
    return _told(finding, Origin(copy.piece.origin.path, line))


def _told(finding: Finding, origin: Origin) -> Problem:
    hint = finding.hint
    if finding.is_mendable:
        hint = f"{hint}: `anthology check --fix` does it" if hint else "`anthology check --fix` mends it"
    return Problem(finding.code, "warning", finding.message, origin, hint, finding.fold)


def _in_front_matter(copy: Copy, style: HouseStyle) -> Iterator[Problem]:
    """Look at what is printed of front matter; how its marks are typed is up to its syntax."""
    for name, text in (("title", copy.piece.title), ("standfirst", copy.piece.standfirst)):
        names = next((field.name, *field.aliases) for field in FIELDS if field.name == name)
        passage = Passage(text, copy.language)
        for finding in (*findings_of(uses_in((passage,), style), style), *faults_in((passage,), style)):
            if finding.code not in ("H001", "H002", "H003", "H006", "H007", "H019"):
                yield _told(finding, copy.origin_of_field(*names))


def _titled(copy: Copy) -> Iterator[Use]:
    way = way_of_title(copy.piece.title, copy.language)
    if way:
        yield Use("titles", way, Passage(copy.piece.title, copy.language), 0, 0)


def _title_otherwise(copy: Copy, style: HouseStyle) -> Iterator[Problem]:
    title = copy.piece.title
    way = way_of_title(title, copy.language)
    if style.titles == AS_WRITTEN:
        return
    put = title_of_house(title, copy.language, style.titles)
    is_otherwise = way not in ("", style.titles)
    if is_otherwise or put != title:
        hint = f'write "{put}"'
        if is_otherwise and style.titles == "sentence-case":
            hint = "give the first word a capital, and names"
        named_way = (way if is_otherwise else style.titles).replace("-", " ")
        message = f'the title "{title}" is {"" if is_otherwise else "not "}in {named_way}'
        yield Problem(
            "H015",
            "warning",
            message,
            copy.origin_of_field("title"),
            hint,
            "{count} titles are not as `titles` in [style] has them:",
        )


def _from_piece_to_piece(topic: str, by_path: dict[str, Sequence[Use]], config: Config) -> Iterator[Problem]:
    """Tell where pieces, each of one mind, are of several: what is mixed within a piece has been told."""
    paths: dict[str, list[str]] = defaultdict(list)
    for path, uses in by_path.items():
        way, *others = ways_of(uses) or ("",)
        if way and not others:
            paths[way].append(path)
    if len(paths) < 2 or getattr(config.style, TOPICS[topic].key) != AS_WRITTEN:
        return
    told = sorted(paths.items(), key=lambda item: -len(item[1]))
    counted = ", ".join(f"{named(way)} in {len(where)}" for way, where in told)
    rare = told[-1][1]
    more = f" and {len(rare) - _MOST_NAMED} more" if len(rare) > _MOST_NAMED else ""
    message = (
        f"{TOPICS[topic].name} differ from piece to piece: {counted} ({', '.join(rare[:_MOST_NAMED])}{more})"
    )
    hint = f"choose one with `{TOPICS[topic].key}` under [style]"
    yield Problem(TOPICS[topic].mixed, "warning", message, config.origin("style"), hint)
