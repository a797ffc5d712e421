"""The relate stage: related reading resolved, and turned round into back-links."""

from __future__ import annotations

import datetime as dt

from making import make_anthology, make_article, make_config

from anthology.model import Anthology, Origin, Reference, RelatedEntry, Section, Source
from anthology.problems import Problem
from anthology.relate import relate


def entries_of(anthology: Anthology, article: str, text: str = "") -> list[str]:
    """Give the ids an article's related reading leads to."""
    related, _ = relate(anthology, make_config(text))
    return [entry.article for entry in related.by_article[article].entries]


def test_every_way_of_naming_an_article() -> None:
    """An article is found by id, alias, path (three ways) and title, whatever its quotation marks."""
    two = make_article("two", title="Don’t look – down", aliases=("/2019/Second/",))
    for name in (
        "two",
        "2019/second",
        "two.md",
        "../mind/two.md",
        "content/mind/two.md",
        "don't look - down",
    ):
        assert entries_of(make_anthology(make_article("one", related=[name]), two), "one") == ["two"], name


def test_an_alias_is_looked_up_in_the_own_language_first() -> None:
    """Of two articles with one alias, a reference means the one in its own article's language."""
    articles = [
        make_article("legal-de", aliases=("legal",), language="de"),
        make_article("legal-ja", aliases=("legal",), language="ja"),
        make_article("one", related=["legal"], language="ja"),
        make_article("eins", related=["legal"], language="de"),
    ]
    assert entries_of(make_anthology(*articles), "one") == ["legal-ja"]
    assert entries_of(make_anthology(*articles), "eins") == ["legal-de"]


def test_a_stub_is_resolved_by_its_captured_standfirst() -> None:
    """A stub finds its article by the captured standfirst though the editor has rewritten it; the date must agree."""
    source = Source(standfirst="How it was “done”", section="Mind", date=dt.date(2025, 7, 15))
    two = make_article("two", standfirst="A new text", source=source)
    origin = Origin("content/mind/one.md", 3)
    right = Reference(origin, standfirst='How it was "done".', section="mind", date=dt.date(2025, 7, 15))
    wrong = Reference(origin, standfirst='How it was "done".', section="mind", date=dt.date(2024, 7, 15))
    assert entries_of(make_anthology(make_article("one", related=[right]), two), "one") == ["two"]
    assert entries_of(make_anthology(make_article("one", related=[wrong]), two), "one") == [""]


def test_a_reference_that_finds_nothing() -> None:
    """A reference that finds nothing warns with its line and a near name, and is cited as text."""
    one = make_article("one", related=["tow"])
    related, problems = relate(make_anthology(one, make_article("two")), make_config())
    assert related.by_article["one"].entries == (RelatedEntry("outside", "", "tow"),)
    assert problems == (
        Problem(
            "L002",
            "warning",
            'no article "tow" to refer to',
            Origin("content/mind/one.md", 5),
            'did you mean "two"?',
            "{count} related entries are not in this book",
        ),
    )


def test_outside_entries_can_be_omitted() -> None:
    """With `outside = "omit"` a reference that finds nothing is told and not printed."""
    anthology = make_anthology(make_article("one", related=["tow"]))
    related, problems = relate(anthology, make_config('[related]\noutside = "omit"\n'))
    assert related.by_article["one"].entries == ()
    assert len(problems) == 1


def test_itself_and_twice() -> None:
    """A reference to the article itself, and a second one to the same article, are dropped with a warning."""
    one = make_article("one", related=["one", "two", "Two"])
    related, problems = relate(make_anthology(one, make_article("two")), make_config())
    assert [entry.article for entry in related.by_article["one"].entries] == ["two"]
    assert [(problem.code, problem.message) for problem in problems] == [
        ("L003", "the article refers to itself"),
        ("L004", '"two" stands twice in the related reading'),
    ]


def test_limit_and_backlinks() -> None:
    """No more entries than the limit are printed; what is printed is linked back, unless it points there already."""
    articles = [
        make_article("one", related=["two", "three", "four"]),
        make_article("two", related=["one"]),
        make_article("three"),
        make_article("four"),
    ]
    related, _ = relate(make_anthology(*articles), make_config("[related]\nlimit = 2\n"))
    back = {
        name: [entry.article for entry in reading.referred_by] for name, reading in related.by_article.items()
    }
    assert [entry.article for entry in related.by_article["one"].entries] == ["two", "three"]
    assert back == {"one": [], "two": [], "three": ["one"], "four": []}


def test_backlinks_can_be_left_out() -> None:
    """With `backlinks = false` no article says what refers to it."""
    anthology = make_anthology(make_article("one", related=["two"]), make_article("two"))
    related, _ = relate(anthology, make_config("[related]\nbacklinks = false\n"))
    assert not any(reading.referred_by for reading in related.by_article.values())


def test_matter_can_refer_too() -> None:
    """Front and back matter may have related reading as well."""
    foreword = make_article("foreword", folder="front", related=["one"])
    anthology = Anthology((Section("Mind", "mind", (make_article("one"),)),), front=(foreword,))
    assert entries_of(anthology, "foreword") == ["one"]
