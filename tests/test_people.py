"""People: kinds, sort names and variants are proposed, and used unasked only where they are certain."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from making import make_anthology, make_article, make_config

from anthology.labels import labels_for
from anthology.layout import EReaderLayout
from anthology.link import link
from anthology.model import Credit, Related, RelatedReading
from anthology.people import credited, index_key, kind_of, merges, names_to_confirm, sort_name
from anthology.views import Views

ADA, PIET = Credit("Ada Lindqvist"), Credit("Piet Nolan")


@pytest.mark.parametrize(
    "name",
    [
        "The Copy Desk",
        "Tideline Staff",
        "Onlineredaktion",
        "Die Redaktion",
        "Slipway Books Ltd",
        "Slipway, Inc.",
        "Hafenverlag GmbH",
        "Harbour Institute",
        "University of Skerry",
        "Skerry University Press",
        "編集部",
        "海洋研究所",
    ],
)
def test_organisations_are_recognised(name: str) -> None:
    """What only organisations are called is certainly one, and its name is not turned round."""
    assert (kind_of(name).kind, kind_of(name).certain) == ("organisation", True)
    assert (sort_name(name).text, sort_name(name).certain) == (name, True)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Odalys", "person"),
        ("AFP", "organisation"),
        ("Staff", "organisation"),
        ("Orla Press", "organisation"),
        ("Friends of the Estuary", "organisation"),
        ("Pier 9", "organisation"),
    ],
)
def test_what_could_be_either_is_uncertain(name: str, kind: str) -> None:
    """A single word, a word that is also a surname, or figures leave the kind to the editor."""
    assert (kind_of(name).kind, kind_of(name).certain) == (kind, False)


@pytest.mark.parametrize(
    "name", ["Emily Black", "Yo-Yo Ma", "村上春樹", "김 철수", "J. R. Wren", "Jane Teams"]
)
def test_people_are_people(name: str) -> None:
    """A given and a family name make a person."""
    assert (kind_of(name).kind, kind_of(name).certain) == ("person", True)


@pytest.mark.parametrize(
    ("name", "language", "sort"),
    [
        ("Emily Black", "en", "Black, Emily"),
        ("Emily J. Black", "en", "Black, Emily J."),
        ("Black, Emily", "en", "Black, Emily"),
        ("Meer, Ludo van der", "nl", "Meer, Ludo van der"),
        ("van der Meer, Ludo", "nl", "Meer, Ludo van der"),
        ("Dr. Anna Bell, PhD", "en", "Bell, Anna"),
        ("Tom Ash Jr.", "en", "Ash, Tom, Jr."),
        ("Tom Ash, Jr.", "en", "Ash, Tom, Jr."),
        ("Tom Ash III", "en", "Ash, Tom, III"),
        ("Ewan McColl", "en", "McColl, Ewan"),
        ("Máire O'Brien", "en", "O'Brien, Máire"),
        ("Angela D'Angelo", "en", "D'Angelo, Angela"),
        ("Hanae KAWADA", "ja", "KAWADA, Hanae"),
        ("川田花江", "ja", "川田花江"),
        ("김 철수", "ko", "김 철수"),
        ("Odalys", "es", "Odalys"),
        ("Yo-Yo Ma", "en", "Ma, Yo-Yo"),
        ("ليلى قلم", "ar", "قلم، ليلى"),
        ("قلم، ليلى", "ar", "قلم، ليلى"),
        ("", "en", ""),
    ],
)
def test_certain_sort_names(name: str, language: str, sort: str) -> None:
    """A plain name is turned round, and one that says itself how it is sorted is believed."""
    assert (sort_name(name, language).text, sort_name(name, language).certain) == (sort, True)


@pytest.mark.parametrize(
    ("name", "language", "sort", "why"),
    [
        ("Ludo van der Meer", "nl", "Meer, Ludo van der", '"van der" is sorted differently by country'),
        ("Ludo van der Meer", "nl-BE", "van der Meer, Ludo", '"van der" is sorted differently by country'),
        ("James Van Allen", "en", "Van Allen, James", '"Van" is sorted differently by country'),
        ("Ilse von Trauben", "de", "Trauben, Ilse von", '"von" is sorted differently by country'),
        ("Inés de la Vega", "es", "Vega, Inés de la", '"de la" is sorted differently by country'),
        ("Jean de La Rive", "fr", "La Rive, Jean de", '"de La" is sorted differently by country'),
        ("Gino De Santis", "it", "De Santis, Gino", '"De" is sorted differently by country'),
        ("Noor al-Haddad", "en", "Haddad, Noor al-", '"al-" is sorted differently by country'),
        ("Jeanne d'Orme", "fr", "Orme, Jeanne d'", '"d\'" is sorted differently by country'),
        ("Rosa García Montes", "en", "García Montes, Rosa", "it may have two surnames"),
        ("Rosa Pilar Montes", "es", "Pilar Montes, Rosa", "it may have two surnames"),
        ("José Ortega y Prado", "es", "Ortega y Prado, José", "it may have two surnames"),
        ("Nagy Péter", "hu", "Nagy Péter", "in Hungarian the family name often comes first"),
        ("Kawada Hanae", "ja-Latn", "Kawada Hanae", "in Japanese the family name comes first"),
        ("Trần Văn Bình", "vi", "Trần Văn Bình", "in Vietnamese the family name comes first"),
        ("マリア・ロペス", "ja", "マリア・ロペス", "it looks like the transcription of a foreign name"),
    ],
)
def test_sort_names_to_confirm(name: str, language: str, sort: str, why: str) -> None:
    """What is sorted otherwise from country to country is a proposal with its reason, and not used unasked."""
    found = sort_name(name, language)
    assert (found.text, found.certain, found.why) == (sort, False, why)


def test_the_index_key_uses_what_is_certain_only() -> None:
    """Where a sort name is to be confirmed, the last word decides; where it is certain, the sort name does."""
    assert index_key("Ludo van der Meer", "nl-BE") == "meer, ludo van der"
    assert index_key("Tom Ash Jr.", "en") == "ash, tom, jr."
    assert index_key("Tideline Staff", "en") == "tideline staff"


@given(st.text(max_size=30), st.sampled_from(["", "en", "es", "fr", "hu", "ja", "nl", "vi"]))
def test_any_name_can_be_sorted(name: str, language: str) -> None:
    """No name, however odd, fails, and none is lost on the way to its sort name."""
    assert bool(sort_name(name, language).text) == bool(name.strip())
    assert bool(index_key(name, language)) == bool(name.strip())


@given(st.lists(st.from_regex(r"[A-Z][a-z]{3,8}", fullmatch=True), min_size=2, max_size=4))
def test_no_word_of_a_name_is_lost(words: list[str]) -> None:
    """A sort name has the words of the name, each once."""
    assume(not {word.casefold() for word in words} & {"prof", "dame", "lcsw", "lmft", "psyd", "dphil"})
    found = sort_name(" ".join(words))
    assert sorted(found.text.replace(",", "").split()) == sorted(words)


def proposals(*names: str, distinct: tuple[str, ...] = ()) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Give the reasons by the names proposed as one."""
    return {merge.names: merge.why for merge in merges(names, distinct)}


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("Emily Black", "E. Black", "initials stand for names"),
        ("Emily Black", "Emily J. Black", "a middle name more or less"),
        ("Emily Jane Black", "E. J. Black", "initials stand for names"),
        ("Emily Jane Black", "E. Black", "initials and a middle name"),
        ("Emily Black", "Black, Emily", "the same words, written otherwise"),
        ("Kawada Hanae", "Hanae Kawada", "the same words in another order"),
        ("Emily Black", "EMILY BLACK", "only capitals differ"),
        ("Søren Aas", "Soren Aas", "only accents differ"),
        ("Zoë Ångström", "Zoe Angstrom", "only accents differ"),
        ("J. R. Wren", "J.R. Wren", "only spaces and signs differ"),
        ("Tobias Kowalczyk", "Tobias Kowalzcyk", "one letter differs"),
        ("Ludo van der Meer", "L. van der Meer", "initials stand for names"),
        ("The Copy Desk", "Copy Desk", "the same words, written otherwise"),
        ("Anna Bell", "Dr. Anna Bell", "the same words, written otherwise"),
        ("村上 春樹", "村上春樹", "only spaces and signs differ"),
    ],
)
def test_variants_are_proposed(one: str, other: str, why: str) -> None:
    """Two forms of one name are proposed as one person's, with the reason, whichever comes first."""
    for names in ((one, one, other), (other, one, one)):
        found = proposals(*names)
        assert {frozenset(group) for group in found} == {frozenset({one, other})}
        assert list(found.values()) == [(why,)]


@pytest.mark.parametrize(
    "names",
    [
        ("Emily Black", "Edward Black"),
        ("Emily Black", "Emily White"),
        ("Emily J. Black", "Emily K. Black"),
        ("Marie Dupont", "Maria Dupont"),
        ("Joe Nolan", "Jon Nolan"),
        ("Emily", "Emily Black"),
        ("Emily Black", "Emily Black"),
        ("村上春樹", "村上龍"),
    ],
)
def test_different_people_are_not_proposed(names: tuple[str, ...]) -> None:
    """Names that only look alike are left alone."""
    assert proposals(*names) == {}


def test_initials_that_fit_two_people() -> None:
    """A name that fits two people is proposed for each, and the two are not drawn together by it."""
    found = proposals("E. Black", "Emily Black", "Edward Black")
    assert set(found) == {("Edward Black", "E. Black"), ("Emily Black", "E. Black")}


def test_the_name_to_keep() -> None:
    """The form that is kept is the commonest with a given name in full; initials and capitals are not."""
    names = ["E. Black"] * 9 + ["EMILY BLACK"] * 5 + ["Emily Black"] * 3 + ["Emily J. Black"]
    assert [group[0] for group in proposals(*names)] == ["Emily Black"]


def test_names_that_an_editor_told_apart() -> None:
    """Two names with an entry each are two people, whatever they look like."""
    assert proposals("Emily Black", "E. Black", distinct=("Emily Black", "E. Black")) == {}


@given(
    st.permutations(["E. Black", "Emily Black", "Emily J. Black", "Edward Black", "Ada Reed", "Black, Emily"])
)
def test_proposals_do_not_depend_on_order(names: list[str]) -> None:
    """The same names give the same proposals, in whatever order they come."""
    assert merges(names) == merges(sorted(names))


def test_everybody_who_is_credited() -> None:
    """People are known by the name in `[contributors]`, with all their roles and articles, sorted."""
    config = make_config('[contributors.ada]\nname = "Ada Lindqvist"\nalso = ["A. Lindqvist"]\nsort = "Aa"\n')
    articles = [
        make_article("one", credits=(ADA, Credit("Piet Nolan", "photographer"))),
        make_article("two", credits=(Credit("A. Lindqvist", "translator"), PIET)),
    ]
    ada, piet = credited(articles, config)
    assert (ada.name, ada.names) == ("Ada Lindqvist", ("Ada Lindqvist", "A. Lindqvist"))
    assert (ada.label, ada.sort, ada.roles) == ("ada", "Aa", ("author", "translator"))
    assert (piet.name, piet.roles, piet.articles) == (
        "Piet Nolan",
        ("photographer", "author"),
        ("one", "two"),
    )
    assert (piet.label, piet.origin.path) == ("", "content/mind/one.md")


def test_questions_about_names() -> None:
    """Each doubtful name is asked about once, with the words to paste; what the editor settled is not."""
    config = make_config(
        '[contributors.ilse]\nname = "Ilse von Trauben"\nsort = "Trauben, Ilse von"\n'
        '[contributors.desk]\nname = "The Night Desk"\n'
    )
    names = ["Ilse von Trauben", "Ludo van der Meer", "Odalys", "Ada Reed and Piet Nolan", "The Night Desk"]
    articles = [make_article("one", credits=tuple(Credit(name) for name in [*names, *names]))]
    told = [
        (problem.code, problem.message, problem.hint)
        for problem in names_to_confirm(credited(articles, config))
    ]
    assert sorted(told) == [
        (
            "N002",
            'is "Ludo van der Meer" sorted as "Meer, Ludo van der"? "van der" is sorted differently by country',
            'write sort = "Meer, Ludo van der", or what is right, under [contributors.ludo-van-der-meer] '
            "in anthology.toml",
        ),
        (
            "N003",
            'is "Odalys" a person or an organisation? It is a single word; it is taken for a person',
            'write kind = "person" or "organisation" under [contributors.odalys] in anthology.toml',
        ),
        (
            "N003",
            'is "The Night Desk" a person or an organisation? It has the word "The"; it is taken for a person',
            'write kind = "person" or "organisation" under [contributors.desk] in anthology.toml',
        ),
        (
            "N004",
            '"Ada Reed and Piet Nolan" may be the names of two people',
            "if so, write them in a list: authors: [One Name, Another Name]",
        ),
    ]


def test_the_list_of_contributors_is_sorted() -> None:
    """The contributors' pages follow `sort`, then certain sort names, then the last word of the name."""
    names = ["Tom Ash Jr.", "Ludo van der Meer", "Tideline Staff", "Zoe Abel", "Kawada Hanae"]
    article = make_article(
        "one", credits=tuple(Credit(name) for name in names), date=dt.date(2026, 1, 1), body="<p>One.</p>"
    )
    config = make_config('[contributors.k]\nname = "Kawada Hanae"\nsort = "Kawada Hanae"\n')
    linked, _ = link(make_anthology(article), Related({"one": RelatedReading()}), "en")
    views = Views(linked, config, labels_for("en", {}), EReaderLayout())
    assert [view.name for view in views.contributors] == [
        "Zoe Abel",
        "Tom Ash Jr.",
        "Kawada Hanae",
        "Ludo van der Meer",
        "Tideline Staff",
    ]
