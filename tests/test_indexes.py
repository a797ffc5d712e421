"""The indexes: what editors write, what comes of it, and in which order."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import make_config

from anthology.arrange import arrange
from anthology.config import Config
from anthology.importers.markdown_post import import_markdown_post
from anthology.indexes import author_index, check_subjects, settle_locators, subject_index
from anthology.indexes.collation import in_order, letter_of
from anthology.indexes.model import Entry
from anthology.indexes.terms import DEEPEST, Term, Word, read_terms
from anthology.link import link
from anthology.model import Anthology, Article, Target
from anthology.read import read_article
from anthology.relate import relate

NO_WORDS = re.compile(r"[!@|;\s]")


def read(name: str, text: str, front: str = "") -> Article:
    """Read an article from Markdown."""
    data = f"---\ntitle: {name.capitalize()}\n{front}---\n\n{text}\n".encode()
    article = read_article(f"content/mind/{name}.md", data, language="en", find=lambda path: None).article
    assert article
    return article


def linked(*articles: Article, config: Config | None = None) -> Anthology:
    """Put articles into a book, up to the stage that makes ids unique."""
    config = config or make_config()
    anthology, _ = arrange(articles, config)
    related, _ = relate(anthology, config, {})
    return link(anthology, related, "en")[0].anthology


def written(entries: tuple[Entry, ...], depth: int = 0) -> list[str]:
    """Write an index as lines: entries with their places, and what they refer to."""
    lines = []
    for entry in entries:
        places = [
            one.first.fragment or one.first.article
            if not one.last
            else f"{one.first.fragment} to {one.last.fragment}"
            for one in entry.locators
        ]
        see = [f"see {'!'.join(one.path)}" for one in entry.see]
        also = [f"also {'!'.join(one.path)}" for one in entry.also]
        said = f": {', '.join((*places, *see, *also))}" if places or see or also else ""
        lines += [f"{'  ' * depth}{entry.name}{said}", *written(entry.entries, depth + 1)]
    return lines


def told(*articles: Article) -> list[tuple[str, int | None, str, str]]:
    """Give what the check says: code, line, message, hint."""
    problems = check_subjects(linked(*articles), make_config())
    assert all(one.severity == "warning" and one.origin for one in problems)
    return [(one.code, one.origin.line if one.origin else None, one.message, one.hint) for one in problems]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("sleep", [Term((Word("sleep"),))]),
        ("stress!cortisol", [Term((Word("stress"), Word("cortisol")))]),
        (" a ;  b  c ", [Term((Word("a"),)), Term((Word("b c"),))]),
        ("naive@naïve", [Term((Word("naïve", "naive"),))]),
        ("x@a!y@b!c", [Term((Word("a", "x"), Word("b", "y"), Word("c")))]),
        ("rest|see sleep!light", [Term((Word("rest"),), "see", ("sleep", "light"))]),
        ("rest|seealso sleep", [Term((Word("rest"),), "seealso", ("sleep",))]),
        ("night|(", [Term((Word("night"),), "open")]),
        ("night|)", [Term((Word("night"),), "close")]),
        ("Stop!!; a@@b;;c||d", [Term((Word("Stop!"),)), Term((Word("a@b;c|d"),))]),
    ],
)
def test_marks_are_those_of_makeindex(text: str, terms: list[Term]) -> None:
    """Levels, sort keys, references and ranges are read; a mark that is written twice stands for itself."""
    assert read_terms(text) == (tuple(terms), ())


WORDS = st.text(min_size=1, max_size=12).filter(lambda text: bool(text.strip()) and text < "\ufdd0")


@given(st.lists(st.lists(WORDS, min_size=1, max_size=DEEPEST), min_size=1, max_size=4))
def test_every_term_can_be_written(paths: list[list[str]]) -> None:
    """Whatever a term consists of, it is read as it was, its marks being written twice."""

    def escaped(text: str) -> str:
        # Two marks of a kind at a border would be taken for one that is meant.
        return " " + re.sub("[!@|;]", lambda found: found.group() * 2, text) + " "

    text = ";".join("!".join(map(escaped, path)) for path in paths)
    terms, faults = read_terms(text)
    assert [list(term.names) for term in terms] == [
        [" ".join(word.split()) for word in path] for path in paths
    ]
    assert not faults


@given(st.text(alphabet="ab!@|;() see\n", max_size=30))
def test_nothing_that_is_written_fails(text: str) -> None:
    """Any text gives terms of one to three words and warnings, never an exception."""
    terms, faults = read_terms(text)
    assert all(1 <= len(term.path) <= DEEPEST and all(term.names) for term in terms)
    assert {fault.code for fault in faults} <= {"X004", "X005", "X006"}
    assert terms or faults


MARKED = """\
The [cortisol]{index="stress!cortisol"} rises at [dawn]{index="dawn; light!of morning"}, not `[here]{index="code"}`.

[]{index="night|("}

[Night]{index="rest|see sleep"} falls.[^1] And [this] is plain, as is [that]{.quiet}.

| Hour | Word |
|---|---|
| 1 | [nap]{index="nap\\|seealso sleep"} <span data-index="nap">raw</span> |

- [Last]{index="sleep"} of [all]{index="night|)"}

[^1]: Even in [notes]{index="stress"}.
"""


def test_terms_become_entries() -> None:
    """Text, tables, lists, notes and raw HTML can be marked; code cannot; plain brackets stay as they are."""
    anthology = linked(read("one", MARKED), read("two", 'More [light]{index="light; stress!cortisol"}.'))
    assert written(subject_index(anthology, make_config())) == [
        "dawn: one--_term-2",
        "light: two--_term-1",
        "  of morning: one--_term-2",
        "nap: one--_term-6, also sleep",
        "night: one--_term-3 to one--_term-8",
        "rest: see sleep",
        "sleep: one--_term-7",
        "stress: one--_term-9",
        "  cortisol: one--_term-1, two--_term-1",
    ]
    assert check_subjects(anthology, make_config()) == ()
    body = anthology.articles[0].body
    assert "[this] is plain" in body
    assert '<span class="quiet">that</span>' in body
    assert '[here]{index="code"}' in body
    assert "<p></p>" not in body
    assert body.count("<p ") == 3


def test_marks_outlive_an_import() -> None:
    """A post that comes in with marks for the index keeps every one of them as it was written."""
    imported = import_markdown_post("captures/one.md", f"---\ntitle: One\n---\n\n{MARKED}".encode())
    assert imported.body == MARKED.strip()


def test_a_mark_on_a_line_of_its_own_makes_no_paragraph() -> None:
    """It marks the paragraph behind it, or closes a range at the end of the one before."""
    body = read("one", 'First.\n\n[]{index="a|("}\n\nSecond.\n\n[]{index="a|)"}\n\nThird.').body
    assert [re.sub("<[^>]*>", "", line) for line in body.splitlines()] == ["First.", "Second.", "Third."]
    assert re.search(
        r'<p id="\S+"><span data-index="a\|\("[^>]*></span>Second.<span data-index="a\|\)"', body
    )


def test_faults_are_named_with_file_and_line() -> None:
    """Each fault of a term is a warning with file and line, and the rest of the index is made."""
    article = read(
        "one",
        'One [a]{index="open|("}.\n\nTwo [b]{index="shut|)"}.\n\nThree [c]{index="dream|see sleeep"}.\n\n'
        'Four [d]{index="; sleep"}.\n\nFive [e]{index="a!b!c!d"}.\n\nSix [f]{index="bold|textbf"}.\n\n'
        'Seven [g]{index="echo|see echo"}.',
    )
    assert sorted(told(article)) == [
        (
            "X001",
            5,
            'the range of "open" in the index is opened here and never closed',
            'write []{index="open|)"} where it ends; the index gives its first page alone',
        ),
        (
            "X002",
            7,
            'the range of "shut" in the index is closed here and was never opened',
            'write []{index="shut|("} where it begins; the index gives its last page alone',
        ),
        (
            "X003",
            9,
            '"dream" in the index refers to "sleeep", which leads to no place in the book',
            'did you mean "sleep"?',
        ),
        ("X003", 17, '"echo" in the index refers to itself', "name another entry, or none"),
        (
            "X004",
            11,
            "an index term is empty",
            "write a word between the quotation marks, or take the mark away",
        ),
        (
            "X005",
            13,
            'the index term "a!b!c!d" has too many levels',
            'two levels below an entry are printed; what stands behind "c" is left out',
        ),
        (
            "X006",
            15,
            'nothing is known of "|textbf" behind the index term "bold"',
            "write |see, |seealso, |( or |) behind a term; || is a bar in the term itself",
        ),
    ]
    assert [entry.name for entry in subject_index(linked(article), make_config())] == [
        "a",
        "bold",
        "open",
        "shut",
        "sleep",
    ]


def test_nothing_leads_to_what_an_edition_leaves_out() -> None:
    """Terms without a place go, with entries that only refer to them, however long the chain."""
    text = '[a]{index="a"} [b]{index="b; x|see a; y|see x; b|seealso a; c!d"}'
    anthology = linked(read("one", text), read("two", '[e]{index="e"}', "draft: false\n"))
    there = {"one--_term-2", "two--_term-1"}
    assert written(subject_index(anthology, make_config(), there)) == [
        "b: one--_term-2",
        "c",
        "  d: one--_term-2",
        "e: two--_term-1",
    ]
    assert subject_index(anthology, make_config(), set()) == ()


def test_entries_that_refer_in_a_circle_lead_nowhere() -> None:
    """Two entries that name each other and no place are left out, and the editor is told of both."""
    article = read("one", '[a]{index="a|see b; b|see a; c"}')
    assert [code for code, *_ in told(article)] == ["X003", "X003"]
    assert [entry.name for entry in subject_index(linked(article), make_config())] == ["c"]


def test_tags_are_listed_only_if_asked() -> None:
    """`tags` puts the tags of articles into the index, each leading to the beginning of its article."""
    articles = (
        read("one", '[x]{index="sleep"}', "tags: [sleep, Night]\n"),
        read("two", "x", "tags: [sleep]\n"),
    )
    assert written(subject_index(linked(*articles), make_config())) == ["sleep: one--_term-1"]
    tagged = make_config("[index]\ntags = true\n")
    assert written(subject_index(linked(*articles), tagged)) == [
        "Night: one",
        "sleep: one--_term-1, one, two",
    ]
    only = make_config("[index]\ntags = true\nsubjects = false\n")
    assert written(subject_index(linked(*articles), only)) == ["Night: one", "sleep: one, two"]


@pytest.mark.parametrize(
    ("language", "words", "letters"),
    [
        ("en", "Ångström apple éclair egg naïve nap zebra", "A A E E N N Z"),
        ("en", "co-op coop", "C C"),
        ("de", "Apfel Ärger Bär Bart Ofen Öl Zug", "A A B B O O Z"),
        ("sv", "apa zon ål åska ärta öga", "A Z Å Å Ä Ö"),
        ("nb", "apa zon ære øl ål", "A Z Æ Ø Å"),
        ("da", "zoo Østen Aalborg", "Z Ø Å"),
        ("fr", "cote coté côte côté école été", "C C C C E E"),
        ("es", "nube ñandú ojo", "N Ñ O"),
        ("pl", "las ład maj", "L Ł M"),
        ("cs", "cena čas hrad chata iris", "C Č H Ch I"),
        ("tr", "ısı iz", "I İ"),
        ("ru", "ёлка ель жук", "Е Е Ж"),
        ("ar", "أرق تاريخ ثلج نوم", "ا ت ث ن"),
        ("fa", "پدر ژاله گل مادر وقت هوا", "پ ژ گ م و ه"),
        ("ja", "あさ アジア がく かぜ ゆめ ん", "あ あ か か や わ"),
        ("ko", "가을 까치 나비", "ㄱ ㄱ ㄴ"),
        ("el", "άλφα βήτα", "Α Β"),
    ],
)
def test_an_index_is_sorted_as_its_language_sorts(language: str, words: str, letters: str) -> None:
    """Letters with accents stand with the plain ones, but where the language counts them as letters of their own."""
    wanted = words.split()
    assert in_order(reversed(wanted), str, language) == wanted
    assert [letter_of(word, language) for word in wanted] == letters.split()


def test_marks_at_the_beginning_of_a_term_are_passed_over() -> None:
    """An option, a quotation or a file stands under its first letter; figures and ideographs have no letter."""
    words = ["3D", "“Arms and the Man”", "apples", "--proof", "_intro.md", "睡眠"]
    assert in_order(words, str, "en") == [
        "3D",
        "apples",
        "“Arms and the Man”",
        "_intro.md",
        "--proof",
        "睡眠",
    ]
    assert [letter_of(word, "en") for word in words] == ["", "A", "A", "P", "I", ""]


PLAIN = st.text(alphabet="abcXYZ -'.,()&3", min_size=1, max_size=8)


@given(st.lists(PLAIN, max_size=8))
def test_plain_terms_are_sorted_alike_with_and_without_the_tables(words: list[str]) -> None:
    """One accent among the terms of a book changes the order of none of the others."""
    assert in_order(words, str, "en") == [
        word for word in in_order([*words, "zzé"], str, "en") if word != "zzé"
    ]


def test_authors_stand_under_the_name_that_sorts_them() -> None:
    """Names are printed family name first where that is known, each person once, whatever the bylines say."""
    config = make_config(
        '[contributors.a]\nname = "Amara Okonkwo"\nalso = ["A. Okonkwo"]\nsort = "Okonkwo, Amara"\n'
        '[contributors.b]\nname = "The Night Desk"\nkind = "organisation"\nsort = "Night Desk"\n'
        '[contributors.c]\nname = "Ludwig van Beethoven"\nsort = "beethoven"\n'
    )
    anthology = linked(
        read("one", "x", "authors: [Emily Black, A. Okonkwo, {name: Bo Ek, role: translator}]\n"),
        read("two", "x", "authors: [Amara Okonkwo, The Night Desk, Ludwig van Beethoven]\n"),
        config=config,
    )
    assert [(one.name, one.letter, one.articles) for one in author_index(anthology, config)] == [
        ("Ludwig van Beethoven", "B", (Target("two"),)),
        ("Black, Emily", "B", (Target("one"),)),
        ("The Night Desk", "N", (Target("two"),)),
        ("Okonkwo, Amara", "O", (Target("one"), Target("two"))),
    ]
    assert author_index(anthology, make_config("[index]\nauthors = false\n")) == ()


def entry(name: str, locators: str, more: str = "") -> str:
    """Write an entry as the template does."""
    return (
        f'<li class="index-entry" id="i-{name}"><span class="index-name">{name}</span>'
        f"{f', <span class={chr(34)}locators{chr(34)}>{locators}</span>' if locators else ''}{more}</li>"
    )


def slot(place: str) -> str:
    """Write a locator as the template does."""
    return f'<a class="locator" href="anthology:x#{place}"><span class="slot" data-target="anthology:x#{place}"/></a>'


def span(first: str, last: str) -> str:
    """Write a range as the template does."""
    return f'<span class="locator-range">{slot(first)}–{slot(last)}</span>'


def see(*names: str) -> str:
    """Write references as the template does."""
    links = "; ".join(f'<a class="index-reference" href="anthology:_i#i-{name}">{name}</a>' for name in names)
    return f'; <span class="index-references"><em class="index-see">see </em>{links}</span>'


def settled(pages: dict[str, int], *entries: str) -> str:
    """Settle an index and write it as text, a place for its number."""
    html = (
        '<html xmlns="http://www.w3.org/1999/xhtml"><body><section class="index-group"><h2>A</h2>'
        f'<ul class="index">{"".join(entries)}</ul></section></body></html>'
    )
    made = settle_locators(html, pages)
    assert settle_locators(made, pages) == made
    made = re.sub(
        r'<span class="slot" data-target="[^"]*#(\w+)">', r"\1", made.partition("<body")[2].partition(">")[2]
    )
    return re.sub(r"\s*\n\s*", " / ", re.sub("<[^>]*>", "", made.replace("</li>", "\n"))).strip(" /")


@pytest.mark.parametrize(
    ("locators", "wanted"),
    [
        ([slot("a1"), slot("b1"), slot("c2")], "Ax, a1, c2"),
        ([slot("c2"), slot("a1")], "Ax, a1, c2"),
        ([span("a1", "c2")], "Ax, a1–c2"),
        ([span("a1", "b1")], "Ax, a1"),
        ([slot("a1"), span("b1", "d3"), slot("c2"), slot("d3"), slot("e4")], "Ax, b1–d3, e4"),
        ([span("a1", "c2"), span("c2", "d3")], "Ax, a1–c2, c2–d3"),
        ([slot("gone"), slot("c2")], "Ax, c2"),
        ([span("gone", "c2")], "Ax, c2"),
        ([span("a1", "gone")], "Ax, a1"),
        ([slot("gone")], ""),
    ],
)
def test_a_page_is_printed_once(locators: list[str], wanted: str) -> None:
    """No page twice, a range on one page as that page, nothing without a page; and doing it again changes nothing."""
    pages = {"a1": 1, "b1": 1, "c2": 2, "d3": 3, "e4": 4}
    assert settled(pages, entry("x", ", ".join(locators))) == wanted


def test_what_refers_to_a_vanished_entry_vanishes() -> None:
    """A reference goes with what it names, and an entry with its last reference."""
    pages = {"a": 1}
    gone = entry("gone", slot("nowhere"))
    assert settled(pages, gone, entry("x", slot("a"), see("gone"))) == "Ax, a"
    assert settled(pages, gone, entry("x", slot("a"), see("gone", "x"))) == "Ax, a; see x"
    assert settled(pages, gone, entry("x", slot("a"), see("x", "gone"))) == "Ax, a; see x"
    assert settled(pages, gone, entry("y", "", see("gone")), entry("z", "", see("y"))) == ""
    below = f'<ul class="index-sub">{entry("below", slot("a"))}</ul>'
    assert settled(pages, entry("x", slot("nowhere"), below), gone) == "Axbelow, a"
