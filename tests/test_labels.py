"""The words that the book itself says."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path

import pytest

import anthology.labels
from anthology.labels import KEYS, labels_for, quotation_marks
from anthology.labels.keys import PLACEHOLDER, ROLE_LABELS
from anthology.labels.labels import CATALOGUES, read_catalogue
from anthology.model import Origin
from anthology.problems import ContentError, Problem

DAY = dt.date(2025, 7, 9)
THREE = ["Amara Okonkwo", "Noor Haddad", "Tobias Wren"]


def test_catalogues_are_packaged() -> None:
    """Every catalogue that lies in the package is offered, and the other way round."""
    folder = Path(anthology.labels.__file__).parent
    assert sorted(path.stem for path in folder.glob("*.toml")) == list(CATALOGUES)


@pytest.mark.parametrize("language", CATALOGUES)
def test_catalogues_are_complete(language: str) -> None:
    """Every language has every word, with the right placeholders, and no word that nothing asks for."""
    catalogue = read_catalogue(language)
    assert list(catalogue.words) == list(KEYS)
    for name, key in KEYS.items():
        found = set(PLACEHOLDER.findall(catalogue.words[name]))
        assert found <= set(key.holds), name
        assert found == set(key.holds) or (key.one_of and found), name
        assert catalogue.words[name].strip(), name
    for numerals in (catalogue.cardinals, catalogue.part_ordinals, catalogue.edition_ordinals):
        assert len(numerals) in (0, 10, 20)
        assert len(set(numerals)) == len(numerals)


@pytest.mark.parametrize("language", [language for language in CATALOGUES if language != "en"])
def test_no_english_is_left_over(language: str) -> None:
    """No language says a sentence of English; the few words that are spelt alike are known."""
    alike = {"Notes", "Links", "Articles", "Illustration", "illustrations", "ISBN {isbn}", "page\u00a0{page}"}
    english = set(read_catalogue("en").words.values())
    assert set(read_catalogue(language).words.values()) & english <= alike


@pytest.mark.parametrize("language", ["ar", "ja"])
def test_other_scripts_have_no_latin_words(language: str) -> None:
    """Arabic and Japanese labels have no Latin letter, but for the Japanese ISBN, which is printed so there."""
    words = " ".join(PLACEHOLDER.sub("", text) for text in read_catalogue(language).words.values())
    assert {letter for letter in words if letter.isascii() and letter.isalpha()} <= set(
        "ISBN" if language == "ja" else ""
    )


@pytest.mark.parametrize(
    ("language", "date", "page", "names", "byline"),
    [
        (
            "en",
            "July 9, 2025",
            "page\u00a012",
            "Amara Okonkwo, Noor Haddad, and Tobias Wren",
            "Translated by Noor Haddad",
        ),
        (
            "en-GB",
            "9 July 2025",
            "page\u00a012",
            "Amara Okonkwo, Noor Haddad and Tobias Wren",
            "Translated by Noor Haddad",
        ),
        (
            "de-AT",
            "9. Juli 2025",
            "Seite\u00a012",
            "Amara Okonkwo, Noor Haddad und Tobias Wren",
            "Übersetzt von Noor Haddad",
        ),
        (
            "fr",
            "9 juillet 2025",
            "page\u00a012",
            "Amara Okonkwo, Noor Haddad et Tobias Wren",
            "Traduit par Noor Haddad",
        ),
        (
            "es",
            "9 de julio de 2025",
            "página\u00a012",
            "Amara Okonkwo, Noor Haddad y Tobias Wren",
            "Traducción de Noor Haddad",
        ),
        (
            "ar",
            "9 يوليو 2025",
            "صفحة\u00a012",
            "Amara Okonkwo وNoor Haddad وTobias Wren",
            "ترجمة: Noor Haddad",
        ),
        ("ja", "2025年7月9日", "12ページ", "Amara Okonkwo、Noor Haddad、Tobias Wren", "訳：Noor Haddad"),
    ],
)
def test_languages(language: str, date: str, page: str, names: str, byline: str) -> None:
    """Dates, page references, lists of names and bylines are those of the language."""
    labels = labels_for(language)
    assert labels.language == language
    assert labels.problems == ()
    assert labels.date(DAY) == date
    assert labels.page("12") == labels.text("page", page="12") == page
    assert labels.names(THREE) == names
    assert labels.credit("translator", ["Noor Haddad"]) == byline


def test_dates_are_in_the_figures_of_the_folios() -> None:
    """Arabic dates have the months of the country and Western figures everywhere, as folios have."""
    assert labels_for("ar-EG").date(DAY) == "9 يوليو 2025"
    assert labels_for("ar-LB").date(DAY) == "9 تموز 2025"


def test_first_day_of_a_french_month() -> None:
    """French counts the first of a month as an ordinal, and no other day."""
    labels = labels_for("fr-CA")
    assert labels.date(dt.date(2025, 7, 1)) == "1er juillet 2025"
    assert labels.date(dt.date(2025, 7, 11)) == "11 juillet 2025"


@pytest.mark.parametrize(
    ("last", "joined"),
    [
        ("Inés Paz", "Ana e Inés Paz"),
        ("Hilario Paz", "Ana e Hilario Paz"),
        ("Íñigo Paz", "Ana e Íñigo Paz"),
        ("Hierro", "Ana y Hierro"),
        ("Ion", "Ana y Ion"),
        ("Yolanda", "Ana y Yolanda"),
        ("Berta", "Ana y Berta"),
    ],
)
def test_spanish_and(last: str, joined: str) -> None:
    """Spanish says "e" for "y" before the sound of i."""
    assert labels_for("es").names(["Ana", last]) == joined


def test_names() -> None:
    """One name stands alone, and none is nothing."""
    assert labels_for("es").names(["Inés"]) == "Inés"
    assert labels_for("en").names([]) == ""


@pytest.mark.parametrize(
    ("language", "first", "second", "twentieth", "after"),
    [
        ("en", "Part one", "Part two", "Part twenty", "Part 21"),
        ("de", "Erster Teil", "Zweiter Teil", "Zwanzigster Teil", "Teil 21"),
        ("fr", "Première partie", "Deuxième partie", "Vingtième partie", "Partie 21"),
        ("es", "Primera parte", "Segunda parte", "Vigésima parte", "Parte 21"),
        ("ar", "الجزء الأول", "الجزء الثاني", "الجزء العشرون", "الجزء 21"),
        ("ja", "第一部", "第二部", "第二十部", "第21部"),
    ],
)
def test_parts(language: str, first: str, second: str, twentieth: str, after: str) -> None:
    """Sections are counted in words up to twenty, then in figures."""
    labels = labels_for(language)
    assert [labels.part(number) for number in (1, 2, 20, 21)] == [first, second, twentieth, after]


@pytest.mark.parametrize(
    ("language", "first", "second", "after"),
    [
        ("en", "First edition", "Second edition", "Edition 11"),
        ("de", "1. Auflage", "2. Auflage", "11. Auflage"),
        ("fr", "Première édition", "Deuxième édition", "11e\u00a0édition"),
        ("es", "Primera edición", "Segunda edición", "11.ª\u00a0edición"),
        ("ar", "الطبعة الأولى", "الطبعة الثانية", "الطبعة 11"),
        ("ja", "初版", "第二版", "第11版"),
    ],
)
def test_editions(language: str, first: str, second: str, after: str) -> None:
    """Editions are counted as imprints in the language count them."""
    labels = labels_for(language)
    assert [labels.edition(number) for number in (1, 2, 11)] == [first, second, after]


def test_every_role_has_a_byline() -> None:
    """Every role of a credit has its phrase; an article's editor is not the book's."""
    labels = labels_for("fr")
    assert [labels.credit(role, ["Anne"]) for role in ROLE_LABELS] == [  # type: ignore[arg-type]
        "Par Anne",
        "Traduit par Anne",
        "Propos recueillis par Anne",
        "Photographies\u00a0: Anne",
        "Illustrations\u00a0: Anne",
        "Édition\u00a0: Anne",
    ]
    assert labels.text("edited-by", names="Anne") == "Textes réunis par Anne"


def test_first_publication() -> None:
    """Where and when a piece first appeared is said as far as it is known."""
    labels = labels_for("en-GB")
    assert labels.first_published("Slack Water", DAY) == "First published in Slack Water, 9 July 2025"
    assert labels.first_published("Slack Water") == "First published in Slack Water"
    assert labels.first_published(day=DAY) == "First published 9 July 2025"
    assert labels.first_published() == ""


def test_values_are_not_read_as_labels() -> None:
    """Braces in a name are a name's, not a placeholder's."""
    assert labels_for("en").text("by", names="{page} {0.__class__}") == "By {page} {0.__class__}"


def test_overrides() -> None:
    """An editor's words win; a page label without a place for the number gets it behind a no-break space."""
    labels = labels_for(
        "en", {"page": "p. ", "related": "More", "part": "Book {cardinal}", "by": "{names} wrote"}
    )
    assert labels.page("ix") == "p.\u00a0ix"
    assert labels["related"] == "More"
    assert labels["notes"] == "Notes"
    assert labels.credit("author", ["Ana"]) == "Ana wrote"
    assert [labels.part(2), labels.part(21)] == ["Book two", "Book 21"]
    assert labels_for("de", {"part": "Buch {number}"}).part(2) == "Buch 2"
    assert labels_for("en")["related"] == "Read on"


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (
            {"relatde": "x"},
            Problem("C002", "error", 'unknown key "relatde" in [labels]', None, 'did you mean "related"?'),
        ),
        (
            {"notes": " "},
            Problem(
                "C005", "error", '"notes" in [labels] is empty', None, "write a word, or delete the line"
            ),
        ),
        (
            {"notes": "Notes {n}"},
            Problem(
                "C009",
                "error",
                '"notes" in [labels] holds {n}, which nothing fills',
                None,
                "delete it, with its braces",
            ),
        ),
        (
            {"part": "Part"},
            Problem(
                "C009",
                "error",
                '"part" in [labels] lacks {cardinal} or {ordinal} or {number}',
                None,
                "write {cardinal} or {ordinal} or {number} where the book fills in its own",
            ),
        ),
        (
            {"first-published-dated": "In {publication}"},
            Problem(
                "C009",
                "error",
                '"first-published-dated" in [labels] lacks {date}',
                None,
                "write {date} where the book fills in its own",
            ),
        ),
    ],
)
def test_wrong_overrides(words: dict[str, str], problem: Problem) -> None:
    """A label that does not exist, is empty, or lacks or invents a placeholder is an error."""
    with pytest.raises(ContentError) as raised:
        labels_for("en", words)
    assert raised.value.problems == (problem,)


def test_languages_without_words() -> None:
    """A language without a catalogue gets English words with one warning, but its own dates and lists."""
    origin = Origin("anthology.toml", 3)
    labels = labels_for("nl", origin=origin)
    assert labels.problems == (
        Problem(
            "C010",
            "warning",
            'no words for "nl"; English ones are used',
            origin,
            "write your own under [labels]; `anthology schema config` names them all",
        ),
    )
    assert (labels.language, labels.catalogue.language) == ("nl", "en")
    assert labels["contents"] == "Contents"
    assert labels.date(DAY) == "9 juli 2025"
    assert labels.names(THREE) == "Amara Okonkwo, Noor Haddad en Tobias Wren"
    assert labels.part(2) == "Part 2"


def test_an_editor_can_bring_a_whole_language() -> None:
    """Whoever writes every label needs no catalogue, and is not warned."""
    words = {**read_catalogue("de").words, "part": "Deel {number}"}
    labels = labels_for("nl", words)
    assert labels.problems == ()
    assert labels.part(2) == "Deel 2"


def test_languages_nobody_knows() -> None:
    """A private language has English words and dates."""
    labels = labels_for("qaa-x-harbour")
    assert [problem.code for problem in labels.problems] == ["C010"]
    assert labels.date(DAY) == "July 9, 2025"


@pytest.mark.parametrize(
    ("language", "marks"),
    [
        ("en-GB", "“”‘’"),
        ("de", "„“‚‘"),
        ("de-AT", "„“‚‘"),
        ("de-CH", "«»‹›"),
        ("es-MX", "«»“”"),
        ("it", "«»“”"),
        ("pt-BR", "“”‘’"),
        ("nl", "“”‘’"),
        ("pl", "„”«»"),
        ("cs", "„“‚‘"),
        ("sk", "„“‚‘"),
        ("sv", "””’’"),
        ("fi", "””’’"),
        ("da", "»«›‹"),
        ("nb", "«»‘’"),
        ("ru", "«»„“"),
        ("ar-EG", "«»‹›"),
        ("ja", "\"\"''"),
        ("zh-Hant-HK", "「」『』"),
        ("qaa", "“”‘’"),
    ],
)
def test_quotation_marks(language: str, marks: str) -> None:
    """Quotation marks are those of the language, by its longest tag that is known."""
    assert "".join(quotation_marks(language)) == marks


def test_french_quotation_marks_have_their_spaces() -> None:
    """French guillemets have narrow no-break spaces inside."""
    assert quotation_marks("fr-CA") == ("«\u202f", "\u202f»", "“", "”")


def test_catalogues_escape_what_cannot_be_seen() -> None:
    """No catalogue has an invisible space in its source: a no-break space is written as an escape."""
    for path in Path(anthology.labels.__file__).parent.glob("*.toml"):
        text = path.read_text("utf-8")
        assert not set(text) & set("\u00a0\u202f\u200f\u200e"), path.name
        assert tomllib.loads(text)
