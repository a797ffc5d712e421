"""The arrange stage: articles into sections, in the order of the book."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st
from making import make_article, make_config

from anthology.arrange import arrange
from anthology.model import Anthology, Origin
from anthology.problems import Problem

TWO_SECTIONS = """
[[sections]]
title = "Mind and body"
[[sections]]
title = "Work"
"""


def order_of(anthology: Anthology) -> list[list[str]]:
    """Give the ids of the articles, section by section."""
    return [[article.id for article in section.articles] for section in anthology.sections]


def test_sections_stand_as_listed() -> None:
    """Sections stand in the order of anthology.toml, not of the folders."""
    config = make_config('[[sections]]\ntitle = "Work"\n[[sections]]\ntitle = "Mind"\n')
    articles = [make_article("a", folder="mind"), make_article("b", folder="work")]
    anthology, problems = arrange(articles, config)
    assert [section.title for section in anthology.sections] == ["Work", "Mind"]
    assert problems == ()


def test_without_sections_folders_are_sections() -> None:
    """Without [[sections]], files in no folder come first, untitled, and every folder is a section by name."""
    articles = [
        make_article("b", folder="on-work"),
        make_article("a", folder="mind"),
        make_article("z", folder=""),
    ]
    anthology, problems = arrange(articles, make_config())
    assert [(section.title, section.slug) for section in anthology.sections] == [
        ("", ""),
        ("Mind", "mind"),
        ("On work", "on-work"),
    ]
    assert problems == ()


def test_listed_order_takes_ids_and_file_names_and_the_rest() -> None:
    """Listed articles come first, by id or file name; `*` is the place of the others, by file name."""
    text = '[[sections]]\ntitle = "Mind"\narticles = ["c.md", "*", "a"]\n'
    articles = [make_article(name) for name in "abcd"]
    anthology, problems = arrange(articles, make_config(text))
    assert order_of(anthology) == [["c", "b", "d", "a"]]
    assert problems == ()


def test_listed_article_that_is_not_there() -> None:
    """A listed article that does not exist is a warning at the list, with the near name."""
    text = '[[sections]]\ntitle = "Mind"\narticles = ["tow"]\n'
    _, problems = arrange([make_article("two")], make_config(text))
    message = 'the section "Mind" lists "tow", and no article there has this id or file name'
    assert problems == (
        Problem("A005", "warning", message, Origin("anthology.toml", 5), 'did you mean "two"?'),
    )


def test_order_by_date() -> None:
    """By date: oldest first, undated last."""
    articles = [
        make_article("none"),
        make_article("new", date=dt.date(2025, 2, 1)),
        make_article("old", date=dt.date(2019, 1, 1)),
    ]
    anthology, _ = arrange(articles, make_config('[[sections]]\ntitle = "Mind"\norder = "date"\n'))
    assert order_of(anthology) == [["old", "new", "none"]]


def test_order_by_title() -> None:
    """By title: as a reader looks one up, past quotation marks, accents and capitals."""
    titles = {"a": "zebra", "b": "“Apple”", "c": "Éclair", "d": "Banana"}
    articles = [make_article(name, title=title) for name, title in titles.items()]
    anthology, _ = arrange(articles, make_config('[[sections]]\ntitle = "Mind"\norder = "title"\n'))
    assert order_of(anthology) == [["b", "d", "c", "a"]]


def test_order_by_weight() -> None:
    """By weight: light first, weightless last, zero is a weight."""
    articles = [make_article("a", weight=2.0), make_article("b"), make_article("c", weight=0.0)]
    anthology, _ = arrange(articles, make_config('[[sections]]\ntitle = "Mind"\norder = "weight"\n'))
    assert order_of(anthology) == [["c", "a", "b"]]


def test_section_in_front_matter_wins_over_the_folder() -> None:
    """`section` matches a slug, then a title, whatever the folder."""
    articles = [
        make_article("a", folder="work", section="mind-and-body"),
        make_article("b", folder="mind-and-body", section="work"),
        make_article("c", folder="mind-and-body"),
    ]
    anthology, problems = arrange(articles, make_config(TWO_SECTIONS))
    assert order_of(anthology) == [["c", "a"], ["b"]]
    assert problems == ()


def test_section_that_does_not_exist() -> None:
    """An unknown section in front matter is a warning with a near name, and the folder decides."""
    article = make_article("a", folder="work", section="Mind and bodies")
    anthology, problems = arrange(
        [article, make_article("b", folder="mind-and-body")], make_config(TWO_SECTIONS)
    )
    assert order_of(anthology) == [["b"], ["a"]]
    message = 'no section "Mind and bodies"; the folder "work" decides instead'
    hint = 'did you mean "Mind and body"?'
    assert problems == (Problem("A006", "warning", message, article.origin, hint),)


def test_two_articles_with_one_id() -> None:
    """Two articles with one id are an error that names both files."""
    articles = [make_article("a", path="content/mind/a.md"), make_article("a", path="content/mind/b.md")]
    _, problems = arrange(articles, make_config())
    assert problems == (
        Problem(
            "A001",
            "error",
            'the id "a" is taken by content/mind/a.md',
            Origin("content/mind/b.md"),
            "give one of the two another `id` in its front matter, or rename the file",
        ),
    )


def test_no_articles() -> None:
    """A book without articles is an error, even with front matter."""
    _, problems = arrange([make_article("foreword", folder="front")], make_config())
    assert [(problem.code, problem.severity, problem.message) for problem in problems] == [
        ("A002", "error", "no articles to make a book of")
    ]


def test_empty_section_is_a_warning() -> None:
    """A section without articles is left out, with a warning at its entry."""
    anthology, problems = arrange([make_article("a", folder="work")], make_config(TWO_SECTIONS))
    assert [section.slug for section in anthology.sections] == ["work"]
    message = 'the section "Mind and body" has no articles and is left out'
    hint = "put articles into content/mind-and-body/"
    assert problems == (Problem("A004", "warning", message, Origin("anthology.toml", 4), hint),)


def test_unlisted_folder_is_a_warning() -> None:
    """A folder that no section lists is left out, with a warning that counts and a near name."""
    articles = [
        make_article("a", folder="work"),
        make_article("b", folder="wrok"),
        make_article("c", folder="wrok"),
    ]
    anthology, problems = arrange(articles, make_config('[[sections]]\ntitle = "Work"\n'))
    assert order_of(anthology) == [["a"]]
    message = "no section is listed for this folder; 2 articles left out"
    assert problems == (Problem("A003", "warning", message, Origin("content/wrok"), 'did you mean "work"?'),)


def test_introduction_and_matter() -> None:
    """`_intro.md`, by either name of Markdown, opens its section; front/ and back/ are the book's matter."""
    articles = [
        make_article("intro", path="content/mind/_intro.md"),
        make_article("intro", path="content/work/_intro.markdown", folder="work"),
        make_article("a", folder="mind"),
        make_article("b", folder="work"),
        make_article("foreword", folder="front"),
        make_article("colophon", folder="back"),
    ]
    anthology, problems = arrange(articles, make_config())
    introductions = [section.introduction.id for section in anthology.sections if section.introduction]
    assert introductions == ["mind-introduction", "work-introduction"]
    assert [piece.id for piece in anthology.pieces] == [
        "foreword",
        "mind-introduction",
        "a",
        "work-introduction",
        "b",
        "colophon",
    ]
    assert problems == ()


@given(
    st.lists(st.integers(0, 40), unique=True, min_size=1),
    st.sampled_from(["listed", "date", "title", "weight"]),
    st.randoms(use_true_random=False),
)
def test_order_does_not_depend_on_the_disk(numbers: list[int], order: str, random: object) -> None:
    """Whatever order the disk gives files in, the book is the same, and no article is lost or doubled."""
    articles = [make_article(f"a{number:02}", weight=float(number % 3), folder="mind") for number in numbers]
    shuffled = list(articles)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    config = make_config(f'[[sections]]\ntitle = "Mind"\norder = "{order}"\n')
    assert arrange(articles, config) == arrange(shuffled, config)
    assert sorted(order_of(arrange(shuffled, config)[0])[0]) == sorted(article.id for article in articles)


def test_folders_that_differ_in_letters_only_are_one_section() -> None:
    """Folders whose names come to one slug are one section, and no article stands twice."""
    articles = [make_article("a", folder="Mind Body"), make_article("b", folder="mind-body")]
    anthology, _ = arrange(articles, make_config())
    assert order_of(anthology) == [["a", "b"]]


def test_an_introduction_of_no_section_is_an_error() -> None:
    """An introduction directly in content/ has no page to stand on, and is told."""
    articles = [make_article("intro", path="content/_intro.md", folder=""), make_article("a", folder="")]
    _, problems = arrange(articles, make_config())
    assert [(problem.code, problem.message) for problem in problems] == [
        ("A007", "an introduction of no section has no place in the book")
    ]
