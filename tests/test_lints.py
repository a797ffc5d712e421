"""What a copy editor would query: found where it is, and nowhere else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from anthology.build import Options
from anthology.checking.project import check_project
from anthology.plan.doubles import doubles
from anthology.read import read_article
from anthology.verify.lints.languages import untagged_passages
from anthology.verify.lints.passages import Copy
from anthology.verify.lints.pull_quotes import strange_pull_quotes
from anthology.verify.lints.reminders import reminders
from anthology.verify.lints.scripts import script_of, scripts_of
from anthology.verify.lints.small_words import other_language

ROOT = Path(__file__).parent.parent


def copy_of(text: str, language: str = "en") -> Copy:
    """Read an article as an editor would have written it."""
    data = f"---\ntitle: A Piece\n---\n\n{text}\n".encode()
    article = read_article("content/piece.md", data, language=language, find=lambda path: None).article
    assert article
    return Copy(replace(article, language=language), language, lambda path: data)


def test_nothing_is_told_of_the_handbook() -> None:
    """Everything that a quick check looks for, and nothing of it is in our own book."""
    report = check_project(ROOT, Options(), lambda stage, detail: None, quick=True)
    assert report.problems == ()


# A passage in each of some languages, as an article would have it; written for this test.
PASSAGES = {
    "en": "When the water is low you can see the stones on which the old bridge stood, and if you wait until the evening there will be somebody who tells you how it fell.",
    "fr": "Quand l'eau est basse on voit les pierres sur lesquelles se trouvait le vieux pont, et si vous attendez jusqu'au soir il y aura quelqu'un pour vous dire comment il est tombé dans la rivière.",
    "de": "Wenn das Wasser niedrig ist, sieht man die Steine, auf denen die alte Brücke stand, und wer bis zum Abend wartet, der findet auch jemanden, der ihm sagt, wie sie in den Fluss gefallen ist.",
    "es": "Cuando el agua está baja se ven las piedras sobre las que estaba el viejo puente, y si uno espera hasta la noche no falta alguien que le cuente cómo se cayó en el río.",
    "it": "Quando l'acqua è bassa si vedono le pietre su cui stava il vecchio ponte, e se si aspetta fino alla sera c'è sempre qualcuno che racconta come è caduto nel fiume e perché non è stato più rifatto.",
    "nl": "Als het water laag is, zie je de stenen waar de oude brug op stond, en als je tot de avond wacht is er altijd wel iemand die je vertelt hoe hij in de rivier gevallen is.",
    "pt": "Quando a água está baixa veem-se as pedras sobre as quais estava a velha ponte, e se uma pessoa esperar até à noite há sempre alguém que lhe conta como ela caiu no rio.",
    "sv": "När vattnet är lågt ser man stenarna som den gamla bron stod på, och om man väntar till kvällen finns det alltid någon som kan tala om hur den föll i ån och varför den inte har byggts upp.",
    "pl": "Kiedy woda jest niska, widać kamienie, na których stał stary most, a jeśli się poczeka do wieczora, to zawsze znajdzie się ktoś, kto powie, jak on wpadł do rzeki i dlaczego nikt go już nie odbudował.",
}


@pytest.mark.parametrize("language", PASSAGES)
def test_a_language_is_told_from_the_others(language: str) -> None:
    """A passage is at home in an article of its own language, and is found and named in one of any other."""
    found = {home: other_language(PASSAGES[language], home) for home in PASSAGES}
    assert found == {home: "" if home == language else language for home in PASSAGES}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("She said: не стреляйте в пианиста, and left.", "Q005"),
        ("She said «не надо», and left.", ""),
        ('She said: <span lang="ru">не стреляйте в пианиста</span>, and left.', ""),
        ("The sign says 吾輩は猫である、名前はまだ無い, which nobody reads.", "Q005"),
        ("The sign says 東京, which is a place.", ""),
        ("`не стреляйте в пианиста, он играет`", ""),
        (PASSAGES["fr"], "Q006"),
        (f"{PASSAGES['fr']}\n{{: lang=fr }}", ""),
        (f'<div lang="fr" markdown="1">\n\n{PASSAGES["fr"]}\n\n</div>', ""),
        (f'<div lang="fr" markdown="1">\n\n{PASSAGES["en"]}\n\n</div>', "Q006"),
        ("Baudelaire, Verlaine, Mallarmé, Rimbaud; Les Fleurs du mal, Une saison en enfer, Un coup de dés.", ""),
    ],
)  # fmt: skip
def test_what_says_its_language_is_left_alone(text: str, code: str) -> None:
    """A passage is told of where it is long enough to be certain, and neither it nor what is round it says a language."""
    assert [problem.code for problem in untagged_passages(copy_of(text))] == ([code] if code else [])


def test_japanese_may_quote_latin_names() -> None:
    """Names and terms in Latin letters stand in texts of any script; whole sentences say their language."""
    assert list(untagged_passages(copy_of("編集者は Open Document Format を使っている。", "ja"))) == []
    sentence = "彼は The whole of the ferry is held by one rope alone と書いた。"
    assert [problem.code for problem in untagged_passages(copy_of(sentence, "ja"))] == ["Q005"]


def test_scripts_are_known() -> None:
    """The script of a letter is that of the language that is written in it."""
    for letter, language in (
        ("ж", "ru"),
        ("λ", "el"),
        ("ب", "ar"),
        ("あ", "ja"),
        ("字", "zh-Hant"),
        ("ก", "th"),
    ):
        assert script_of(letter) in scripts_of(language)
    assert scripts_of("sr-Latn") == {"Latn"}
    assert (script_of("1"), scripts_of("tlh")) == ("", scripts_of("tlh"))


@pytest.mark.parametrize(
    ("quote", "told"),
    [("It *never* waves.", 0), ("it never waves", 0), ("It … waves.", 0), ("It always waves.", 1)],
)
def test_a_pull_quote_stands_in_its_article(quote: str, told: int) -> None:
    """Marks, capitals and what is left out with … make no difference; other words do."""
    copy = copy_of(f"So they say: it never waves, not even once.\n\n> {quote}\n{{: .pullquote }}")
    assert len(list(strange_pull_quotes(copy))) == told


@pytest.mark.parametrize(
    "text",
    [
        "She is 6 ft tall; see tktk.example.",
        "A TK number.",
        "`[TODO]`",
        "What??",
        "He works through his todo: list.",
    ],
)
def test_words_are_not_taken_for_reminders(text: str) -> None:
    """What only looks like a reminder is left alone."""
    assert list(reminders(copy_of(text))) == []


def test_how_much_is_shared_is_the_caller_s_to_say() -> None:
    """Texts that share a part are doubles for those who ask for as much."""
    words = [f"word{number}" for number in range(400)]
    texts = {"one": " ".join(words[:200]), "two": " ".join(words[100:300])}
    assert doubles(texts) == ()
    assert [round(double.shared, 1) for double in doubles(texts, 0.3)] == [0.5]
