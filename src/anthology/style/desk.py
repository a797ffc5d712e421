"""The desk: one article held against the house style."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from anthology.config.style import HouseStyle
from anthology.style.dashes import dash_uses, ellipsis_uses
from anthology.style.data import primary
from anthology.style.dates import date_uses
from anthology.style.finding import AS_WRITTEN, Finding, Use
from anthology.style.marks import false_openings, quotation_uses, uncertain_quotations
from anthology.style.ranges import range_uses
from anthology.style.spaces import space_faults
from anthology.style.spelling import spelling_uses
from anthology.style.words import doubled_words, residues, words_not_preferred

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from anthology.style.passages import Passage


class Topic(NamedTuple):
    """What a house may choose: the codes for a mixture and for what is otherwise, the key, and words for messages."""

    mixed: str
    otherwise: str
    key: str
    name: str
    one: str


TOPICS: Mapping[str, Topic] = {
    "quotes": Topic(
        "H001", "H002", "quotes", "quotation marks and apostrophes", "a quotation mark or an apostrophe"
    ),
    "dashes": Topic("H004", "H005", "dashes", "dashes", "a dash"),
    "ellipsis": Topic("H006", "H007", "ellipsis", "ellipses", "an ellipsis"),
    "ranges": Topic("H008", "H009", "ranges", "ranges", "a range"),
    "dates": Topic("H010", "H011", "dates", "dates", "a date"),
    "spelling": Topic("H012", "H013", "spelling", "words", "a word"),
    "endings": Topic("H012", "H013", "spelling", "verbs", "a verb"),
    "titles": Topic("H014", "H015", "titles", "titles", "a title"),
}
_NAMES = {
    "em": "word—word",
    "spaced-em": "word — word",
    "spaced-en": "word – word",
    "en": "word--word",
    "spaced-hyphen": "word - word",
    "curly": "“ ”",
    "apostrophe": "’",
    "straight": "straight",
    "guillemets": "« »",
    "character": "…",
    "three-dots": "...",
    "spaced dots": ". . .",
    "en-dash": "8–12",
    "hyphen": "8-12",
    "day-month-year": "3 March",
    "month-day-year": "March 3",
}
_USES = (quotation_uses, dash_uses, ellipsis_uses, range_uses, date_uses, spelling_uses)
_OF_ITS_LANGUAGE = ("dashes", "dates", "spelling", "titles")


def style_for(style: HouseStyle, language: str, book: str) -> HouseStyle:
    """Give what of a house style holds for an article; one in another language than the book keeps its own usage."""
    if primary(language) == primary(book):
        return style
    return style.model_copy(update={**dict.fromkeys(_OF_ITS_LANGUAGE, AS_WRITTEN), "preferred": {}})


def uses_in(passages: Iterable[Passage], style: HouseStyle) -> tuple[Use, ...]:
    """Tell what an article does in ways that a house may choose from."""
    return tuple(use for passage in passages for look in _USES for use in look(passage, style))


def faults_in(passages: Iterable[Passage], style: HouseStyle) -> Iterator[Finding]:
    """Look for what is a fault in any house."""
    for passage in passages:
        yield from uncertain_quotations(passage, style)
        yield from false_openings(passage, style)
        yield from space_faults(passage)
        yield from doubled_words(passage)
        yield from residues(passage)
        yield from words_not_preferred(passage, style)


def findings_of(uses: Iterable[Use], style: HouseStyle) -> Iterator[Finding]:
    """Tell each use that is not as the house has it, and, where it has chosen nothing, what is mixed in an article."""
    by_topic: dict[str, list[Use]] = defaultdict(list)
    for use in uses:
        if not use.wanted:
            yield _otherwise(use)
        elif getattr(style, TOPICS[use.topic].key) == AS_WRITTEN:
            by_topic[use.topic].append(use)
    for topic, found in by_topic.items():
        ways = ways_of(found)
        if "straight" not in ways:
            # The apostrophe goes with any marks but straight ones.
            ways.pop("apostrophe", None)
        elif "curly" in ways:
            ways["curly"] += ways.pop("apostrophe", 0)
        if len(ways) > 1:
            yield _mixed(TOPICS[topic], found, ways)


def ways_of(uses: Iterable[Use]) -> dict[str, int]:
    """Count the ways that uses of one topic go, the commonest first."""
    counts: dict[str, int] = defaultdict(int)
    for use in uses:
        counts[use.way] += 1
    return dict(sorted(counts.items(), key=lambda counted: -counted[1]))


def named(way: str) -> str:
    """Show a way as it is typed, or by its name."""
    return _NAMES.get(way, way)


def _otherwise(use: Use) -> Finding:
    topic = TOPICS[use.topic]
    written = " ".join(use.passage.text[use.start : use.end].split())
    what = f'"{written}"' if any(letter.isalpha() for letter in written) else topic.one
    message = f'{what} is not as the house has it: "{use.passage.around(use.start, use.end)}"'
    # What is mended for the asking need not be told word by word.
    end = ":" if use.hint and use.mended is None else ""
    fold = f"{{count}} {topic.name} are not as `{topic.key}` in [style] has them{end}"
    return Finding(topic.otherwise, use.passage, use.start, use.end, message, use.hint, fold, use.mended)


def _mixed(topic: Topic, uses: Sequence[Use], ways: dict[str, int]) -> Finding:
    rare = min(reversed(ways), key=lambda way: ways[way])
    first = next(use for use in uses if use.way == rare)
    counted = ", ".join(f"{named(way)} ({count})" for way, count in ways.items())
    around = first.passage.around(first.start, first.end)
    message = f'{topic.name} of {len(ways)} kinds are mixed: {counted}; the rarest first here: "{around}"'
    hint = f"choose one with `{topic.key}` under [style] in anthology.toml"
    return Finding(topic.mixed, first.passage, first.start, first.end, message, hint)
