"""The relate stage: related reading resolved, and turned round into back-links."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import make_anthology, make_article, make_config

from anthology.model import Anthology, Article, Origin, Reference, RelatedEntry, Section, Source
from anthology.problems import Problem
from anthology.relate import outside_pieces, relate


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


STANDFIRST = "What a winter without the ferry taught one island about bread, patience and the price of salt."
DAY = dt.date(2025, 7, 15)


def captured(standfirst: str = STANDFIRST, section: str = "Islands", date: dt.date | None = DAY) -> Reference:
    """Make a captured entry."""
    return Reference(Origin("content/mind/one.md", 3), standfirst=standfirst, section=section, date=date)


def ferry(article_id: str = "ferry", standfirst: str = STANDFIRST, **values: object) -> Article:
    """Make an article that was captured with its standfirst, section and date."""
    source = Source(standfirst=standfirst, section="Islands", date=DAY)
    return make_article(article_id, **{"source": source, **values})


def told(reference: Reference, *others: Article) -> list[tuple[str, str, str]]:
    """Give where a captured entry leads, and the code and message of what is told about it."""
    anthology = make_anthology(make_article("one", related=[reference]), *others)
    related, problems = relate(anthology, make_config())
    entry = related.by_article["one"].entries[0]
    return [(entry.why, entry.article, "")] + [("", found.code, found.message) for found in problems]


@pytest.mark.parametrize(
    "standfirst",
    [
        STANDFIRST.upper(),
        STANDFIRST.rstrip("."),
        STANDFIRST.replace(" ", "\u00a0"),
        STANDFIRST.replace("winter", "win\u00adter"),
        STANDFIRST[:40] + "…",
        STANDFIRST[:43] + " [...]",
        STANDFIRST[:50] + ". . .",
    ],
)
def test_a_captured_entry_fits_however_the_page_spelt_it(standfirst: str) -> None:
    """Case, white space, invisible characters and an ellipsis that cuts it short change nothing."""
    assert told(captured(standfirst), ferry()) == [("resolved", "ferry", "")]


def test_rewriting_renaming_and_moving_break_no_link() -> None:
    """A captured entry still finds its article after the editor's work on it."""
    moved = replace(
        ferry("salt"), standfirst="Salt is dear.", folder="work", section="Work", date=dt.date(2026, 1, 1)
    )
    assert told(captured(), moved) == [("resolved", "salt", "")]


@pytest.mark.parametrize(
    ("reference", "article", "why"),
    [
        (captured(date=dt.date(2025, 7, 16)), ferry(), "it is dated 2025-07-15, not 2025-07-16"),
        (
            captured(section="Kitchens", date=None),
            ferry(),
            'it stands in the section "Islands", not in "Kitchens"',
        ),
        (
            captured(STANDFIRST.replace("patience", "waiting")),
            ferry(),
            'its standfirst reads "What a winter without the ferry taught one island about …"',
        ),
        (
            captured("The Ferry", date=None),
            ferry(title="The ferry"),
            "this is its title, not its standfirst",
        ),
    ],
)
def test_a_near_miss_is_told_and_not_linked(reference: Reference, article: Article, why: str) -> None:
    """An article that nearly fits is named with what differs, and the entry stays outside the book."""
    where, said = told(reference, article)
    assert where == ("outside", "", "")
    assert said[1] == "L007"
    assert said[2].endswith(f'"ferry" comes close: {why}')


def test_a_near_miss_as_an_editor_sees_it() -> None:
    """The whole message: what was looked for, what comes close, and what to write if it is meant."""
    one = make_article("one", related=[captured(date=dt.date(2024, 7, 15))])
    _, problems = relate(make_anthology(one, ferry()), make_config())
    assert problems == (
        Problem(
            "L007",
            "warning",
            'no article has the standfirst "What a winter without the ferry taught one island about …"; '
            '"ferry" comes close: it is dated 2025-07-15, not 2024-07-15',
            Origin("content/mind/one.md", 3),
            'if it is meant, write "ferry" in place of the captured entry',
            "{count} captured related entries come close to an article, but do not quite fit it",
        ),
    )


def test_a_beginning_that_two_standfirsts_share_is_not_linked() -> None:
    """An entry cut short before the standfirsts part could be either: it is told."""
    other = ferry("other", STANDFIRST.replace("bread", "rope"))
    where, said = told(captured(STANDFIRST[:40] + " …"), ferry(), other)
    assert where == ("outside", "", "")
    assert said[2].endswith('"ferry" comes close: 2 standfirsts begin with these words')


def test_two_captures_of_one_piece() -> None:
    """Where two articles fit to the letter, the first is taken, and the other is named."""
    where, said = told(captured(), ferry(), ferry("again"))
    assert where == ("resolved", "ferry", "")
    assert (said[1], said[2].rpartition("that of ")[2]) == ("L009", '"ferry", which is taken, and of "again"')


def test_a_different_standfirst_is_simply_not_there() -> None:
    """An entry that resembles nothing is told as such, with no candidate."""
    assert told(captured("How to tune a harmonium in a wet summer."), ferry()) == [
        ("outside", "", ""),
        ("", "L002", 'no article with the standfirst "How to tune a harmonium in a wet summer." to refer to'),
    ]


def test_original_addresses() -> None:
    """An address of the web means the article first published there, whatever was added to the address."""
    two = make_article("two", source=Source(url="https://www.example.org/2025/two/?b=2&a=1"))
    for address in (
        "http://example.org/2025/two?a=1&b=2",
        "//EXAMPLE.org/2025/two/?utm_source=letter&a=1&b=2&fbclid=x#top",
        "https://www.example.org:443/2025/two/index.html?a=1&b=2",
    ):
        assert entries_of(make_anthology(make_article("one", related=[address]), two), "one") == ["two"], (
            address
        )
    one = make_article("one", related=["https://example.org/2025/three"])
    _, problems = relate(make_anthology(one, two), make_config())
    assert [problem.message for problem in problems] == [
        "no article was first published at https://example.org/2025/three"
    ]


def test_a_draft_is_told_as_such() -> None:
    """A reference to a draft says that it is one, instead of guessing at another name."""
    one = make_article("one", related=["my-draft", "content/mind/My draft.md"])
    _, problems = relate(make_anthology(one), make_config(), ["content/mind/My draft.md"])
    assert [(problem.code, problem.message) for problem in problems] == [
        ("L008", f'"{name}" is a draft (content/mind/My draft.md), and drafts are not in the book')
        for name in ("my-draft", "content/mind/My draft.md")
    ]


def test_the_limit_keeps_what_is_in_the_book() -> None:
    """Where there are more entries than are printed, links into the book stay, in the editor's order."""
    one = make_article("one", related=["gone", "two", "lost", "three"])
    anthology = make_anthology(one, make_article("two"), make_article("three"))
    related, _ = relate(anthology, make_config("[related]\nlimit = 3\n"))
    shown = [entry.article or entry.title for entry in related.by_article["one"].entries]
    assert shown == ["gone", "two", "three"]


def test_suggestions_fill_what_room_is_left() -> None:
    """With `suggest`, similar articles follow what the editor gave, say so, and are not linked back."""
    body = "<p>Sourdough rises slowly when the flour is cold.</p>"
    articles = (make_article("one", related=["two"], body=body), make_article("two"))
    anthology = make_anthology(*articles, make_article("three", body=body), make_article("four"))
    related, problems = relate(anthology, make_config("[related]\nsuggest = true\nlimit = 2\n"))
    assert problems == ()
    assert [(entry.why, entry.article) for entry in related.by_article["one"].entries] == [
        ("given", "two"),
        ("suggested", "three"),
    ]
    assert related.by_article["three"].referred_by == ()
    related, _ = relate(anthology, make_config())
    assert [entry.why for entry in related.by_article["one"].entries] == ["given"]


def test_outside_pieces_are_counted() -> None:
    """The pieces outside the book are counted by article, a cut and a whole standfirst as one."""
    tune = "How to tune a harmonium in a wet summer, with nothing but a spoon."
    pointing = [
        ("one", captured(tune)),
        ("one", captured(tune)),
        ("two", captured(tune[:45] + "…")),
        ("two", Reference(Origin("x"), "https://example.org/a/")),
        ("three", Reference(Origin("x"), "http://www.example.org/a")),
        ("three", Reference(Origin("x"), "A title")),
        ("four", captured(tune, date=None)),
    ]
    found = [(piece.count, piece.standfirst or piece.url or piece.name) for piece in outside_pieces(pointing)]
    assert found == [(2, "https://example.org/a/"), (2, tune), (1, "A title"), (1, tune)]


names = st.sampled_from(
    ["one", "Two", "two", "tow", "nowhere", "https://example.org/2", "../mind/two.md", ""]
)
standfirsts = st.sampled_from(
    [STANDFIRST, STANDFIRST[:30] + "…", STANDFIRST[:-9], "", "Nothing of the kind at all."]
)
references = st.builds(
    Reference,
    st.integers(1, 40).map(lambda line: Origin("content/mind/one.md", line)),
    names,
    standfirsts,
    st.sampled_from(["", "Islands", "Work"]),
    st.sampled_from([None, DAY, dt.date(2024, 2, 29)]),
)


@given(st.lists(references, max_size=8))
def test_each_reference_is_resolved_or_told(related: list[Reference]) -> None:
    """Every reference is an entry of the book, or a problem at its line; nothing falls through."""
    two = ferry("two", title="Two")
    two = replace(two, source=replace(two.source, url="https://example.org/2"))
    anthology = make_anthology(make_article("one", related=related), two)
    found, problems = relate(anthology, make_config("[related]\nlimit = 99\n"))
    resolved = [entry for entry in found.by_article["one"].entries if entry.article]
    assert len(resolved) + len(problems) == len(related)
    assert len({entry.article for entry in resolved}) == len(resolved)
    assert {problem.origin for problem in problems} <= {reference.origin for reference in related}


def test_a_title_with_an_address() -> None:
    """An entry of the form [title](address) finds an article by its address, then by its title; else it is a link."""
    two = make_article("two", title="The canal", source=Source(url="https://example.org/canal"))
    for name in ("[Anything](https://www.example.org/canal/)", "[The canal](https://example.org/other)"):
        assert entries_of(make_anthology(make_article("one", related=[name]), two), "one") == ["two"], name
    anthology = make_anthology(make_article("one", related=["[A lock](https://example.org/lock)"]), two)
    related, problems = relate(anthology, make_config())
    (entry,) = related.by_article["one"].entries
    assert (entry.why, entry.title, entry.address) == ("outside", "A lock", "https://example.org/lock")
    assert [problem.message for problem in problems] == [
        "no article was first published at https://example.org/lock"
    ]
