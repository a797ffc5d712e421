"""Similar articles: words of any script, and proposals that depend on nothing but the texts."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import make_anthology, make_article, make_config

from anthology.model import Article
from anthology.relate import Similar, propose, resolve_all, similar_articles
from anthology.relate.similar import folded
from anthology.relate.words import text_of, words_of


def similar(*articles: Article, book: str = "en") -> dict[str, tuple[Similar, ...]]:
    """Find similar articles, with room for five each."""
    room = {article.id: 5 for article in articles}
    return similar_articles(articles, lambda article: article.language or book, room, {})


def proposed(
    *articles: Article, limit: int = 5, refused: dict[str, set[str]] | None = None
) -> dict[str, list[str]]:
    """Give the ids that are proposed for each article."""
    anthology, config = make_anthology(*articles), make_config(f"[related]\nlimit = {limit}\n")
    found = propose(anthology, config, resolve_all(anthology, config).by_article, refused)
    return {article_id: [one.article for one in same] for article_id, same in found.items()}


BREAD = "<p>Sourdough bread rises slowly while his oven warms, and our baker waits.</p>"
STARS = "<p>A telescope gathers light from faint stars; an astronomer hopes for clear nights.</p>"
LOAVES = "<p>A baker shapes her sourdough loaf; an oven does everything else.</p>"
COMETS = "<p>Comets are seen through a telescope by any astronomer with patience.</p>"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The Baker’s 12 loaves, 3rd try", ["the", "baker", "loaves", "rd", "try"]),
        ("Größe, naïveté, Ćma", ["größe", "naïveté", "ćma"]),
        ("مُجتمعات مُرحِّبة", ["مجتمعات", "مرحبة"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("コミュニティを築く人々", ["コミュニティ", "を築", "築く", "く人", "人々"]),
        ("开放源代码", ["开放", "放源", "源代", "代码"]),
        ("한국어 책", ["한국", "국어"]),
        ("ขนมปัง", ["ขน", "นม", "มป", "ปั", "ัง"]),
        ("2025 – 10 %", []),
    ],
)
def test_words_of_any_script(text: str, words: list[str]) -> None:
    """Words are cut by script, without figures and optional points; where no space divides them, in pairs."""
    assert words_of(text) == words


def test_text_of_a_body() -> None:
    """Tags part words, and entities are read."""
    assert words_of(text_of("<p>salt<br/>water &amp; m&#252;sli</p>")) == ["salt", "water", "müsli"]


@pytest.mark.parametrize("forms", ["gardens garden", "cooked cooking cooks", "Projekt Projekte Projekten"])
def test_forms_of_a_word_fold_together(forms: str) -> None:
    """Light folding brings the forms of a word together, as far as endings go."""
    assert len({folded(word) for word in words_of(forms)}) == 1
    assert folded("salt") == "salt"


def test_articles_on_one_thing_find_each_other() -> None:
    """Articles that share rare words are proposed for each other, with these words as the reason."""
    found = similar(
        make_article("bread", body=BREAD),
        make_article("stars", body=STARS),
        make_article("loaves", body=LOAVES),
        make_article("comets", body=COMETS),
    )
    assert {name: [one.article for one in same] for name, same in found.items()} == {
        "bread": ["loaves"],
        "loaves": ["bread"],
        "stars": ["comets"],
        "comets": ["stars"],
    }
    assert found["bread"][0].words == ("baker", "oven", "sourdough")
    assert found["bread"][0].likeness == found["loaves"][0].likeness > 0.3


@pytest.mark.parametrize("language", ["en", "nb", "xx"])
def test_words_that_stand_in_any_text_relate_nothing(language: str) -> None:
    """What few articles of a small book say, but any text could, is no reason; unless nobody knows the language."""
    bodies = [
        "<p>Whereas it snowed upon her.</p>",
        "<p>Whereas he sang, upon request.</p>",
        STARS,
        BREAD,
        LOAVES,
    ]
    if language == "nb":
        bodies[:2] = ["<p>Det snødde hvorfor.</p>", "<p>Han sang hvorfor.</p>"]
    articles = (make_article(f"a{number}", body=body) for number, body in enumerate(bodies))
    found = similar_articles(articles, lambda article: language, dict.fromkeys(("a0", "a1"), 3), {})
    assert [one.article for one in found["a0"]] == (["a1"] if language == "xx" else [])


def test_title_standfirst_and_tags_count() -> None:
    """A word of the title, the standfirst or a tag makes articles similar though the texts have nothing in common."""
    others = [make_article(f"other-{number}", title=f"Nothing {number}", body=STARS) for number in range(4)]
    for field in ({"title": "Harmonium"}, {"standfirst": "On the harmonium."}, {"tags": ("harmonium",)}):
        one = make_article("one", body="<p>Wheezing reeds.</p>", **{"title": "Reeds", **field})
        two = make_article("two", title="Bellows", body="<p>My harmonium leaks.</p>")
        assert [found.article for found in similar(one, two, *others)["one"]] == ["two"], field


def test_languages_stay_apart() -> None:
    """Articles are compared within a language only; one that names none is in the book's."""
    found = similar(
        make_article("bread", body=BREAD),
        make_article("loaves", body=LOAVES, language="en"),
        make_article("brot", body=BREAD, language="de"),
    )
    assert [one.article for one in found["bread"]] == ["loaves"]
    assert found["brot"] == ()


def test_what_is_related_already_is_not_proposed() -> None:
    """Neither what an article points to, nor what points to it, nor what an editor refused is proposed."""
    three = [make_article(name, body=BREAD) for name in ("one", "two", "three")]
    others = [make_article("stars", body=STARS), make_article("comets", body=COMETS)]
    assert proposed(*three, *others)["one"] == ["three", "two"]
    pointing = make_article("two", body=BREAD, related=["one"])
    assert proposed(three[0], pointing, three[2], *others) == {
        "one": ["three"],
        "two": ["three"],
        "three": ["one", "two"],
        "stars": ["comets"],
        "comets": ["stars"],
    }
    assert proposed(*three, *others, refused={"one": {"two"}})["one"] == ["three"]
    assert proposed(*three, *others, limit=1)["one"] == ["three"]
    assert proposed(pointing, *three[::2], limit=1)["two"] == []


VOCABULARY = [
    "harbour",
    "bread",
    "stars",
    "winter",
    "ferry",
    "salt",
    "oven",
    "telescope",
    "garden",
    "letter",
    "island",
    "baker",
]
texts = st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=30).map(" ".join)


@settings(deadline=None)
@given(st.lists(texts, min_size=2, max_size=9), st.randoms(use_true_random=False))
def test_the_order_of_the_articles_changes_nothing(bodies: list[str], chance: random.Random) -> None:
    """The same articles in another order get the same proposals, with the same figures and reasons."""
    articles = [make_article(f"a{number}", body=f"<p>{body}</p>") for number, body in enumerate(bodies)]
    found = similar(*articles)
    chance.shuffle(articles)
    assert similar(*articles) == found


@settings(deadline=None)
@given(st.lists(texts, min_size=2, max_size=9))
def test_likeness_is_the_same_both_ways(bodies: list[str]) -> None:
    """Two articles are as similar to each other as to themselves at most, and equally so from either side."""
    articles = [make_article(f"a{number}", body=f"<p>{body}</p>") for number, body in enumerate(bodies)]
    found = similar(*articles)
    figures = {(here, one.article): one.likeness for here, same in found.items() for one in same}
    assert all(0 < likeness <= 1 for likeness in figures.values())
    assert all(
        figures.get((there, here), likeness) == likeness for (here, there), likeness in figures.items()
    )


def test_a_large_book_finds_the_same_pairs() -> None:
    """Where not every pair is compared, what belongs together is still found."""
    chance = random.Random(7)
    articles = []
    for number in range(80):
        shared = f"{number // 2:02}".translate(str.maketrans("0123456789", "abcdefghij"))
        words = [shared + "kettle", shared + "lantern"] * 3 + chance.choices(VOCABULARY, k=40)
        articles.append(make_article(f"a{number:02}", title="Piece", body=f"<p>{' '.join(words)}</p>"))
    found = similar(*articles)
    assert all(found[f"a{number:02}"][0].article == f"a{number ^ 1:02}" for number in range(80))
