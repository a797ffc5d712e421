"""Labels: any language, any words of an editor's own."""

from __future__ import annotations

import datetime as dt

from anthology.labels import labels_for
from anthology.labels.keys import KEYS, ROLE_LABELS
from anthology.problems import ContentError
from anthology.read.front_matter.scalars import read_language
from fuzz.choices import Choices

_LANGUAGES = (
    "en",
    "de-AT",
    "fr",
    "fr-CH",
    "es",
    "ar-EG",
    "ja",
    "zh-Hant",
    "xx",
    "en-Latn-GB-x-own",
    "i-klingon",
    "sr-Latn",
    "und",
)
_WORDS = (
    "{",
    "}",
    "{page}",
    "{number}",
    "{cardinal}",
    "{ordinal}",
    "{names}",
    "{date}",
    "{title}",
    "{count}",
    "{total}",
    " ",
    "a",
    "é",
    "\\1",
    "{{",
    "%s",
    "{0}",
    "{page.x}",
    "<b>",
    "\u202e",
)


def check(data: bytes) -> None:
    """Make labels of any language with any words: each can be filled, or an error names what is wrong."""
    choices = Choices(data)
    language = choices.one_of(_LANGUAGES)
    if choices.number(3) == 0:
        language = read_language(choices.part().decode("latin-1")) or language
    names = (*sorted(KEYS), "pgae", "")
    overrides = {choices.one_of(names): _words(choices) for _ in range(choices.number(4))}
    try:
        labels = labels_for(language, overrides)
    except ContentError as error:
        assert all(problem.message and problem.severity == "error" for problem in error.problems)
        assert overrides
        return
    values = {place: f"<{place}>" for key in KEYS.values() for place in key.holds}
    for key in KEYS:
        assert labels.text(key, **values).strip(), key
    day = dt.date.fromordinal(1 + choices.number(3_000_000))
    assert labels.date(day).strip()
    assert labels.first_published("A", day)
    people = tuple(
        choices.one_of(("Ines", "Hielo", "日本", "A, B", "{0}", "")) for _ in range(choices.number(4))
    )
    assert all(name in labels.names(people) for name in people)
    for number in (1, 2, choices.number(5000)):
        assert labels.part(number)
        assert labels.edition(number)
    assert "12" in labels.page("12")
    assert all(labels.credit(role, people or ("A",)) for role in ROLE_LABELS)  # type: ignore[arg-type]


def _words(choices: Choices) -> str:
    return "".join(choices.one_of(_WORDS) for _ in range(choices.number(5)))
