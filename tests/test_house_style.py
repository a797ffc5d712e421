"""House style: what is a fault in any house, what is mixed, and what is not as the house has chosen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from making import BOOK, make_config, write_project

from anthology.build import Options
from anthology.checking.house_style import body_of
from anthology.checking.mending import mend_project
from anthology.checking.project import check_project
from anthology.config import load_config
from anthology.config.style import HouseStyle
from anthology.problems import ContentError
from anthology.project import Project
from anthology.style.desk import faults_in, findings_of, style_for, uses_in
from anthology.style.mending import mend_text
from anthology.style.passages import passages_of
from anthology.style.titles import in_title_case, title_of_house, way_of_title

ROOT = Path(__file__).parent.parent


def told(text: str, language: str = "en-GB", **style: Any) -> list[str]:
    """Give code and message of all that is found in a text, in its order."""
    return [line.split(" -> ")[0] for line in in_whole(text, language, **style)]


def in_whole(text: str, language: str = "en-GB", **style: Any) -> list[str]:
    """Give code, message, hint and what would stand in its place."""
    house = HouseStyle(**style)
    passages = passages_of(text, 0, language)
    found = [*findings_of(uses_in(passages, house), house), *faults_in(passages, house)]
    found.sort(key=lambda each: (each.passage.places[each.start], each.code))
    return [f"{each.code}: {each.message} -> {each.hint} -> {each.mended}" for each in found]


def mended(text: str, language: str = "en-GB", **style: Any) -> str:
    """Mend a text in the style of a house."""
    return mend_text(text, 0, language, HouseStyle(**style))


def words_of(text: str, language: str = "en") -> list[str]:
    """Give the passages of a text; what is no words is a square."""
    return [passage.text.replace("\ufffc", "□") for passage in passages_of(text, 0, language)]


def own_words_of(text: str, language: str = "en") -> list[str]:
    """Give the passages with the letters of quotations as dots."""
    return [
        "".join(letter if passage.is_own(at, at + 1) else "." for at, letter in enumerate(passage.text))
        for passage in passages_of(text, 0, language)
    ]


@pytest.mark.parametrize(
    ("text", "passages"),
    [
        ("# A *title* #{.x}\n\nOne\ntwo.", ["A title #", "One\ntwo."]),
        ("Title\n=====\n\n* * *\n\n---", ["Title"]),
        ("- one\n- two `code` end\n  goes on\n\n1. three", ["one", "two □ end\ngoes on", "three"]),
        ("Text\n```python\nx = 'y'\n```\nmore", ["Text", "more"]),
        ("Text.\n\n    code = 'x'\n\nMore.", ["Text.", "More."]),
        ("- item\n\n    goes on\n\n        code\n", ["item", "goes on"]),
        ("1. item\n\n   - inner\n\n     goes on", ["item", "inner", "goes on"]),
        ("See [the *page*](a_b.md \"A 'title'\") and <https://x.org/a--b>.", ["See the page and □."]),
        ("See [it][1] and [^2] https://x.org/--.\n\n[1]: http://y.org 'T'\n[^2]: A note.", None),
        ("| a | b \\| c |\n|---|---|\n| `x|y` | d |", ["a", "b □ c", "d"]),
        ('![An "alt"](x.png) after <span title="it\'s">in</span> it', ["□ after in it"]),
        ("a <b>bold</b><br>word<p>new</p>", ["a bold", "word", "new"]),
        ("<pre>it's</pre>\n\n<!-- it's -->\n\n<style>a</style>it", ["□it"]),
        ("[mot]{lang=fr} and [term]{index=\"terms!it's\"} {% raw 'x' %} {page}", ["□ and term □ □"]),
        ('An \\"escaped\\" &quot;mark&quot;, snake_case and _em_ 2 * 3.', None),
        ("Term\n:   What 'it' is.\n\n*[HTML]: Hyper 'Text'", ["Term", "What 'it' is."]),
        ("- [ ] to do\n- [x] done", ["to do", "done"]),
    ],
)
def test_words_are_found_in_markdown(text: str, passages: list[str] | None) -> None:
    """Passages are what is read; code, addresses, tags, definitions and marks of markup are not among their words."""
    wanted = {
        "See [it]": ["See it and  □.", "A note."],
        'An \\"esc': ["An □escaped□ □mark□, snake_case and em 2 * 3."],
    }
    found = [each for each in words_of(text) if each != "□"]
    assert found == [each for each in passages or wanted[text[:8]] if each != "□"]


def test_every_letter_of_a_passage_has_its_place() -> None:
    """The place of a letter is where it stands in the file."""
    text = "---\ntitle: x\n---\n> One [two](a.md)\n> three\n"
    (passage,) = passages_of(text, 16, "en")
    assert passage.text == "One two\nthree"
    assert "".join(text[at] for at in passage.places) == passage.text
    assert passage.quoted


@pytest.mark.parametrize(
    ("text", "own", "language"),
    [
        ('He said "it\'s so" and left.', 'He said "......." and left.', "en"),
        ("He said “it’s ‘so’ now” and left.", "He said “.............” and left.", "en"),
        ("‘It’s so,’ he said. ‘Is it?’", "‘........’ he said. ‘......’", "en"),
        ("‘The dogs’ bowls,’ he said.", "‘................’ he said.", "en"),
        ("Er sagte: „Das ist’s“ und ging.", "Er sagte: „.........“ und ging.", "de"),
        ("Er sagte: »Das ist’s« und ging.", "Er sagte: ».........« und ging.", "de"),
        ("Il dit : « C’est ça » et partit.", "Il dit : «..........» et partit.", "fr"),
        ("Han sa: ”Det är så” och gick.", "Han sa: ”.........” och gick.", "sv"),
        ('It is 6" long, and 5\' 3" high.', 'It is 6" long, and 5\' 3" high.', "en"),
        ("In the ‘90s and '80s, the dogs’ bowls.", "In the ‘90s and '80s, the dogs’ bowls.", "en"),
        ('"A paragraph that goes on.', "..........................", "en"),
        ("It ends here.” And so on.", ".........................", "en"),
        ("> Quoted.", ".......", "en"),
        ("> [!NOTE]\n> Ours.", "[!NOTE]\nOurs.", "en"),
        ("<blockquote>Quoted.</blockquote>", ".......", "en"),
        ("<div class='pullquote'>Quoted.</div>", ".......", "en"),
    ],
)
def test_quotations_are_found(text: str, own: str, language: str) -> None:
    """What is between marks is somebody else's; where marks do not pair, all of a paragraph is."""
    assert own_words_of(text, language) == [own]


def test_straight_and_curly_marks_are_mixed() -> None:
    """One problem an article, at the first of the rarer kind; what quotations hold is not counted."""
    assert told("It's here, it's there.\n\nHe said “it's so” and ‘no’.") == [
        "H001: quotation marks and apostrophes of 2 kinds are mixed: “ ” (4), straight (2); "
        "the rarest first here: \"It's here, it's there.\""
    ]
    assert told('It is "quoted", isn\'t it?') == []
    assert told("It’s “quoted”, isn’t it?") == []
    assert told("C’est « cité ».", "fr") == told("»Das ist’s«, rief er.", "de") == []
    assert told("C’est « cité ».", "fr", quotes="single") != []
    assert [line[:4] for line in told("„Ja“ und »nein«.", "de")] == ["H001"]


def test_marks_that_are_not_as_the_house_has_them() -> None:
    """Each is told, with what would stand in its place."""
    assert in_whole('A "so" it\'s', quotes="double") == [
        'H002: a quotation mark or an apostrophe is not as the house has it: "A "so" it\'s" ->  -> “',
        'H002: a quotation mark or an apostrophe is not as the house has it: "A "so" it\'s" ->  -> ”',
        'H002: a quotation mark or an apostrophe is not as the house has it: "A "so" it\'s" ->  -> ’',
    ]


@pytest.mark.parametrize(
    "measure", ["6'2\"", "5' 4\"", "10'x12'", '10" × 12"', "40°26'46\"", '6’2"', "6'2''", "1990's 12\""]
)
def test_feet_and_inches_are_left_as_they_are_typed(measure: str) -> None:
    """A mark behind a number that stands for a unit is neither quotation mark nor apostrophe, in any house."""
    text = f"It's {measure}, “all of it”, and {measure} again."
    for quotes in ("double", "single", "guillemets", "straight"):
        after = mended(text, quotes=quotes)
        assert after.count(measure.replace("0's", "0’s") if quotes != "straight" else measure) == 2
        assert after.replace("’", "'")[:4] == "It's"
    assert told(f"It’s {measure}.".replace("0's", "0’s"), quotes="double") == []


def test_a_language_with_straight_marks_keeps_what_is_typed() -> None:
    """Japanese prints the marks that are typed, so that other ones would be printed otherwise; apostrophes it has set."""
    text = "これは\"Insights\" 'so' “curly” don{}t"
    for quotes in ("double", "single", "guillemets"):
        assert mended(text.format("'"), "ja", quotes=quotes) == text.format("’")
        assert told(text.format("’"), "ja", quotes=quotes) == []
    assert mended(text.format("’"), "ja", quotes="straight") == text.format("'")
    assert told(text.format("'"), "ja", quotes="straight") == []


def test_marks_that_do_not_pair_are_told_once() -> None:
    """A paragraph that is not mended is told with one problem, which promises nothing that --fix would not do."""
    text = "It's \"so -- and the '90s, it's ... 8-12"
    house = {"quotes": "double", "dashes": "em", "ranges": "en-dash", "ellipsis": "character"}
    assert in_whole(text, **house) == [
        "H023: the quotation marks of this paragraph do not pair: \"It's \"so -- and the '90s, it's ... …\" "
        "-> pair them by hand; until then, `anthology check --fix` mends nothing in it -> None"
    ]
    assert mended(text, **house) == text
    assert told(text) == told(f"> {text}", **house) == []


def test_a_quotation_without_a_certain_end_is_told_once() -> None:
    """Where an apostrophe may be a closing mark, all marks stay, and one problem says why; the dashes are mended."""
    text = "It's 'so' -- with the dogs' bowls, rock 'n' roll and '90s."
    assert in_whole(text, quotes="double") == [
        "H023: a quotation of this paragraph may end at one mark or another: \"It's 'so' -- with the dogs' …\" "
        "-> type its marks and its apostrophes as they are printed; until then, they stay as they are -> None"
    ]
    assert mended(text, quotes="double") == text
    assert mended("It's ‘so’ -- the dogs bowl", quotes="double") == "It’s “so” -- the dogs bowl"


def test_a_quotation_of_several_paragraphs() -> None:
    """An opening mark may stand at each paragraph, and the closing one at the last; between items of a list, none may."""
    text = 'He said: "Para -- one\n\n"Para -- two\n\n"para -- three," and it\'s -- so.'
    assert mended(text, quotes="double", dashes="spaced-en") == (
        "He said: “Para -- one\n\n“Para -- two\n\n“para -- three,” and it’s – so."
    )
    assert [line[:4] for line in told('- "one\n- "two"', quotes="single")] == ["H023", "H002", "H002"]
    assert [line[:4] for line in told('"one\n\ntwo"', quotes="straight")] == ["H023", "H023"]


def test_apostrophes_that_look_like_opening_marks() -> None:
    """Decades and words that begin with an apostrophe are told, whichever way they are typed."""
    assert in_whole("In the '90s, ‘tis said, rock ‘n’ roll ended; ’tis true.") == [
        f'H003: an apostrophe looks like an opening quotation mark: "{around}" -> type ’ -> ’'
        for around in (
            "In the '90s, ‘tis said, rock ‘n’ roll …",
            "In the '90s, ‘tis said, rock ‘n’ roll …",
            "In the '90s, ‘tis said, rock ‘n’ roll ended; ’tis true.",
        )
    ]
    assert told("In the '90s.", quotes="straight") == []


def test_dashes() -> None:
    """Kinds of dashes are told apart as they are printed; ranges, options, compounds and broken speech are none."""
    assert told("One—two — three, one—two.") == [
        "H004: dashes of 2 kinds are mixed: word—word (2), word — word (1); "
        'the rarest first here: "One—two — three, one—two."'
    ]
    assert (
        told("He went— no. The Paris–London line, `a--b`, --force, 8 – 12, <!-- x -->, pre- and post-war")
        == []
    )
    assert in_whole("One -- two", dashes="spaced-en") == [
        'H005: a dash is not as the house has it: "One -- two" ->  ->  – '
    ]
    assert in_whole("One - two", dashes="em")[0].endswith("-> —")
    assert in_whole("One —\ntwo", dashes="em")[0].endswith("-> None")
    assert in_whole("One —\ntwo", dashes="spaced-en")[0].endswith("->  –\n")


def test_ellipses() -> None:
    """Three dots, dots with spaces and the character are told apart; four dots are none of them."""
    assert told("Well ... no… and so. . . on....") == [
        "H006: ellipses of 3 kinds are mixed: ... (1), … (1), . . . (1); "
        'the rarest first here: "Well ... no… and so. . . on...."'
    ]
    assert in_whole("Well ...", ellipsis="character") == [
        'H007: an ellipsis is not as the house has it: "Well ..." ->  -> …'
    ]
    assert in_whole("Well…", ellipsis="three-dots")[0].endswith("-> ...")


def test_number_ranges() -> None:
    """Rising numbers are a range; scores, names, telephone numbers, dates and abbreviations with figures are not."""
    assert told("Pages 8-12 and 1914–18.") == [
        "H008: ranges of 2 kinds are mixed: 8-12 (1), 8–12 (1); "
        'the rarest first here: "Pages 8-12 and 1914–18."'
    ]
    assert in_whole("from 8-12", ranges="en-dash") == [
        'H009: a range is not as the house has it: "from 8-12" ->  -> –'
    ]
    none = "It was 3-2, ISO 8859-1, a Boeing 737-800, 030-1234, 2026-11-30, COVID-19, 978-3-16, 10.1-2, 1-2-3, A4-5"
    assert told(none, ranges="en-dash") == []


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("Open Mon - Fri, 9am - 5pm.", "Open Mon – Fri, 9am – 5pm."),
        ("Sat. -- Sun., 9:00 - 17:30, noon - 2 p.m.", "Sat. – Sun., 9:00 – 17:30, noon – 2 p.m."),
        ("January--March, Sept-Nov", "January–March, Sept–Nov"),
        ("lundi - vendredi", "lundi – vendredi"),
        (
            "He sat - sun or not - from Friday - March was over.",
            "He sat—sun or not—from Friday—March was over.",
        ),
        ("On Monday - the worst day", "On Monday—the worst day"),
    ],
)
def test_ranges_of_days_and_times(text: str, after: str) -> None:
    """Between days, months and times stands what the house has between numbers, in the spaces that it has; no dash."""
    assert mended(text, dashes="em", ranges="en-dash") == after
    assert mended(after, dashes="em", ranges="en-dash") == after


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("London - Paris", "London - Paris"),
        ("Trains: London - Paris, Rome -- Milan.", "Trains: London - Paris, Rome -- Milan."),
        ("Open a - b and B -- C.", "Open a - b and B -- C."),
        ("So did I - a long time ago.", "So did I—a long time ago."),
        ("Yes - please. It rained - Paris.", "Yes—please. It rained—Paris."),
        ("Type ls -la -- file or git add -- -x.", "Type ls -la -- file or git add -- -x."),
    ],
)
def test_what_joins_is_no_dash(text: str, after: str) -> None:
    """Between two letters, two names that are all that is said, and the words of a command, no sentence is parted."""
    assert mended(text, dashes="em", ranges="en-dash") == after


def test_dates() -> None:
    """The order of day and month is told in English."""
    assert told("On 3 March, the 4th of May 2026 and March 5, 2026.") == [
        "H010: dates of 2 kinds are mixed: 3 March (2), March 3 (1); "
        'the rarest first here: "… the 4th of May 2026 and March 5, 2026."'
    ]
    assert in_whole("On March 5 we met.", dates="day-month-year") == [
        'H011: "March 5" is not as the house has it: "On March 5 we met." -> write "5 March" -> None'
    ]
    assert (
        told("In March 2026 it may 3 times, 12 March Street. On 3 März.", "de", dates="month-day-year") == []
    )


def test_spelling() -> None:
    """Both sides of the Atlantic are known; names and quotations are of neither."""
    assert told("The colour is gray, at the Lincoln Center, the “color” of Labor Day.") == [
        "H012: words of 2 kinds are mixed: British (1), American (1); "
        'the rarest first here: "The colour is gray, at the Lincoln Center, the …"'
    ]
    assert told("We organise and realize.") == [
        'H012: verbs of 2 kinds are mixed: -ise (1), -ize (1); the rarest first here: "We organise and realize."'
    ]
    text = "Colour, organise, realize, traveler, analyses; exercise, size, promise, tire, program, advertise."
    assert in_whole(text, spelling="en-US") == [
        'H013: "Colour" is not as the house has it: "Colour, organise, realize, …" -> write "Color" -> None',
        'H013: "organise" is not as the house has it: "Colour, organise, realize, traveler, …" '
        '-> write "organize" -> None',
    ]
    assert [line.split("write ")[1] for line in in_whole(text, spelling="en-GB")] == [
        '"realise" -> None',
        '"traveller" -> None',
    ]
    assert [line.split("write ")[1] for line in in_whole(text, spelling="en-GB-oxendict")] == [
        '"organize" -> None',
        '"traveller" -> None',
    ]


def test_a_word_of_the_house() -> None:
    """Words that are not preferred are told, not inside the right one, with a capital where a sentence begins."""
    style = {
        "preferred": {"ebook": "e-book", "mail": "e-mail", "Internet": "internet", "web site": "website"}
    }
    assert told("Ebooks no. Ebook, e-mail, eBook, the Internet, a web\nsite; “ebook”.", **style) == [
        'H016: the house writes "E-book", not "Ebook": "Ebooks no. Ebook, e-mail, eBook, the …"',
        'H016: the house writes "e-book", not "eBook": "Ebooks no. Ebook, e-mail, eBook, the Internet, a web site; …"',
        'H016: the house writes "internet", not "Internet": "… Ebook, e-mail, eBook, the Internet, a web site; “ebook”."',
        'H016: the house writes "website", not "web site": "… eBook, the Internet, a web site; “ebook”."',
    ]


@pytest.mark.parametrize(
    ("text", "language", "phrases"),
    [
        ("Please click here. Read more about it.", "en", ["click here", "Read more"]),
        ("They read more. He was born yesterday; the next week, the last month.", "en", []),
        (
            "Last week we met.\n\n## Advertisement\n\nThe advertisement ran.",
            "en",
            ["Last week", "Advertisement"],
        ),
        ("Sign up for our newsletter!", "en", ["Sign up for our newsletter"]),
        ("She said: “click here”.\n\n> Yesterday it rained.", "en", []),
        ("Klicken Sie hier. Gestern regnete es.", "de", ["Klicken Sie hier", "Gestern"]),
        ("Cliquez ici. L’article d’hier. Hier, il pleuvait.", "fr", ["Cliquez ici", "Hier"]),
        ("Haz clic aquí. Ayer llovió.", "es", ["Haz clic aquí", "Ayer"]),
        ("Klik her.", "da", []),
    ],
)
def test_what_the_web_left_behind(text: str, language: str, phrases: list[str]) -> None:
    """Phrases are told as wholes, each once; figures of speech and quotations are not."""
    assert [line.split('"')[1] for line in told(text, language) if line[:4] == "H017"] == phrases


def test_what_is_said_of_a_residue() -> None:
    """What leads nowhere and what counts from an unknown day have words of their own."""
    assert in_whole("Click here. Last week it rained.") == [
        'H017: "Click here" makes sense on a website alone: "Click here. Last week it rained." '
        "-> take it out, or write it for paper -> None",
        'H017: "Last week" counts from a day that readers of a book do not know: "Click here. Last week it rained." '
        "-> write the date, or how long it was before what is told -> None",
    ]


def test_doubled_words() -> None:
    """A word that stands twice is told, over the end of a line and through emphasis; what may stand twice is not."""
    assert told("It was the\n*the* end. They had had that that way. New York, New York. Duran Duran.") == [
        'H018: "the" stands twice: "It was the the end. They had had that that …"'
    ]
    assert [line[:4] for line in told("Er ist ist da, die die kommen.", "de")] == ["H018"]
    assert [line[:4] for line in told("Il vient de de loin, nous nous voyons.", "fr")] == ["H018"]
    assert told("kiss-kiss, blah blah, that's that is", "en") == []


def test_spaces() -> None:
    """Spaces are told with what would be put in, in quotations without; French may have one before high marks."""
    assert in_whole("One  two , three,four. Ends here.Begins.") == [
        'H019: more than one space: "One two , three,four. Ends …" -> take it out ->  ',
        'H020: a space before a punctuation mark: "One two , three,four. Ends …" -> take it out -> ',
        'H021: no space behind a punctuation mark: "One two , three,four. Ends here.Begins." -> put one in -> , ',
        'H021: no space behind a punctuation mark: "One two , three,four. Ends here.Begins." -> put one in -> None',
    ]
    assert in_whole("> One  two.")[0].endswith("-> None")
    assert told("Qui ? Moi ; toi : nous !", "fr") == []
    assert told("1,000 items, Node.js, e.g. this, TL;DR, U.S.A., .NET, and a hard break  \nhere.") == []


@pytest.mark.parametrize(
    ("title", "way"),
    [
        ("The Last Ferry to the Islands", "title-case"),
        ("The last ferry to the islands", "sentence-case"),
        ("The last ferry to Lower Brae", "sentence-case"),
        ("A Ferry to lower Brae Harbour", ""),
        ("Ferries", ""),
        ("Low Water", ""),
        ("Ferries: A New Beginning for Everyone", "title-case"),
    ],
)
def test_titles_are_told_apart(title: str, way: str) -> None:
    """Two words that matter tell; a name among small letters tells nothing."""
    assert way_of_title(title, "en") == way
    assert way_of_title(title, "de") == ""


def test_a_title_in_capitals() -> None:
    """Words that matter get a capital, and no other letter changes."""
    assert (
        in_title_case("the last ferry from NASA to iPhone-land, and on")
        == "The Last Ferry from NASA to iPhone-Land, and On"
    )


@pytest.mark.parametrize(
    ("title", "put"),
    [
        (
            "A Guide To The Perplexed And The Bored Of The World",
            "A Guide to the Perplexed and the Bored of the World",
        ),
        (
            "the Cost of Being Online in the Modern World",
            "The Cost of Being Online in the Modern World",
        ),
        ("Security Best Practices for your Project", "Security Best Practices for Your Project"),
        ("The history of the Royal Society in London", "The History of the Royal Society in London"),
        ("Low water", "Low Water"),
        ("A Life In the Theatre: a Memoir", "A Life in the Theatre: A Memoir"),
        ("The Well-being of the People", ""),
        ("Vincent van Gogh at The Hague", ""),
        ("Send In the Clowns, Bring Up the Bodies, Turn On the npm", ""),
        ("Growing Up, Logging In, and So On with iOS, npm.js and NASA", ""),
        ("What Vitamin A Is For: The Answer", ""),
        ("“The Tide” and (A Few) Others", ""),
        ("The Rise of the 20th Century with `ls -la`", ""),
    ],
)
def test_a_title_is_held_against_title_case(title: str, put: str) -> None:
    """Each word that is surely otherwise is told, the small ones as well; names, acronyms and particles are left."""
    assert title_of_house(title, "en", "title-case") == (put or title)
    assert title_of_house(title, "de", "title-case") == title


@pytest.mark.parametrize(
    ("title", "put"),
    [
        ("the cost of being online", "The cost of being online"),
        ("A guide To the perplexed And bored", "A guide to the perplexed and bored"),
        ("The history of the Royal Society in London", ""),
        ("Back to The Hague with The New York Times", ""),
        ("iPhone and macOS", ""),
        ("The tide: A memoir", ""),
    ],
)
def test_a_title_is_held_against_sentence_case(title: str, put: str) -> None:
    """Only the first word and small words before a small one are sure; all other capitals may be those of names."""
    assert title_of_house(title, "en", "sentence-case") == (put or title)


def test_an_article_in_another_language_keeps_its_usage() -> None:
    """Dashes, dates, spelling and words are chosen for the language of the book; marks follow each language."""
    house = HouseStyle(dashes="em", quotes="double", preferred={"Ferry": "Fähre"})
    assert style_for(house, "en-US", "en-GB") is house
    assert style_for(house, "de", "en") == HouseStyle(quotes="double")


def test_the_settings_have_it() -> None:
    """Every key may be left out; a list of words is a table of its own."""
    assert make_config().style == HouseStyle()
    config = make_config('[style]\nquotes = "double"\n[style.preferred]\n"web site" = "website"\n')
    assert config.style == HouseStyle(quotes="double", preferred={"web site": "website"})


@pytest.mark.parametrize(
    ("written", "message", "hint"),
    [
        (
            'quotes = "dubble"',
            '"quotes" in [style] is "dubble", which is not one of: as-written, straight, double, single, guillemets',
            'did you mean "double"?',
        ),
        ('quote = "double"', 'unknown key "quote" in [style]', 'did you mean "quotes"?'),
        ('preferred = {ebook = ""}', '"ebook" in [style.preferred] is empty', ""),
        (
            'preferred = {" " = "e-book"}',
            "[style.preferred] has an entry for no word",
            'write both words: ebook = "e-book"',
        ),
    ],
)
def test_what_the_settings_refuse(written: str, message: str, hint: str) -> None:
    """A way that there is not, a key that there is not and a word that is none are errors with their line."""
    with pytest.raises(ContentError) as caught:
        load_config(f"{BOOK}[style]\n{written}\n".encode())
    (problem,) = caught.value.problems
    assert (problem.message, problem.hint, problem.origin and problem.origin.line) == (message, hint, 4)


def between_pieces(root: Path, settings: str) -> list[str]:
    """Check a book of two articles that are each of one mind; give what is told of its style."""
    pieces = {
        "content/tides/bell.md": "---\ntitle: The Last Bell of the Harbour\n---\n\nIt rang—for 8-12 days—and no more.\n",
        "content/tides/ferry.md": "---\ntitle: The last ferry home\n---\n\nIt left – for 8–12 days – and no more.\n",
    }
    report = check_project(
        write_project(root, {"anthology.toml": BOOK + settings, **pieces}),
        Options(),
        lambda *_: None,
        quick=True,
    )
    return [
        f"{problem.origin.path}:{problem.origin.line} {problem.code}: {problem.message} -> {problem.hint}"
        for problem in report.problems
        if problem.code.startswith("H") and problem.origin
    ]


def test_pieces_of_several_minds(tmp_path: Path) -> None:
    """Where each article is of one mind, and not all of the same, the book is told of it once."""
    assert between_pieces(tmp_path, "") == [
        "anthology.toml:1 H004: dashes differ from piece to piece: word—word in 1, word – word in 1 "
        "(content/tides/ferry.md) -> choose one with `dashes` under [style]",
        "anthology.toml:1 H008: ranges differ from piece to piece: 8-12 in 1, 8–12 in 1 "
        "(content/tides/ferry.md) -> choose one with `ranges` under [style]",
        "anthology.toml:1 H014: titles differ from piece to piece: title-case in 1, sentence-case in 1 "
        "(content/tides/ferry.md) -> choose one with `titles` under [style]",
    ]


def test_titles_that_are_not_as_the_house_has_them(tmp_path: Path) -> None:
    """The hint has the title as it would be, where only capitals are to come; which words are names, it cannot know."""
    chosen = '[style]\ndashes = "em"\nranges = "hyphen"\ntitles = '
    assert [line for line in between_pieces(tmp_path / "a", f'{chosen}"title-case"\n') if "H015" in line] == [
        'content/tides/ferry.md:2 H015: the title "The last ferry home" is in sentence case '
        '-> write "The Last Ferry Home"'
    ]
    assert [
        line for line in between_pieces(tmp_path / "b", f'{chosen}"sentence-case"\n') if "H015" in line
    ] == [
        'content/tides/bell.md:2 H015: the title "The Last Bell of the Harbour" is in title case '
        "-> give the first word a capital, and names"
    ]


def test_a_single_word_of_a_title_is_told(tmp_path: Path) -> None:
    """A title that is of neither kind is told where one of its words is otherwise, with the title as it would be."""
    piece = "---\ntitle: Best Practices for your Project\n---\n\nIt rang.\n"
    settings = '[style]\ntitles = "title-case"\n'
    files = {"anthology.toml": BOOK + settings, "content/tides/bell.md": piece}
    report = check_project(write_project(tmp_path, files), Options(), lambda *_: None, quick=True)
    assert [(each.message, each.hint) for each in report.problems if each.code == "H015"] == [
        (
            'the title "Best Practices for your Project" is not in title case',
            'write "Best Practices for Your Project"',
        )
    ]


def test_the_handbook_is_in_the_style_of_its_house() -> None:
    """Nothing in it is told, neither by its own style nor where nothing is chosen, and there is nothing to mend."""
    project = Project(ROOT)
    own = load_config(project.config()).style
    for path in project.articles():
        passages = body_of((project.find(path) or b"").decode(), "en-GB")
        for style in (own, HouseStyle()):
            found = [*findings_of(uses_in(passages, style), style), *faults_in(passages, style)]
            assert [(path, each.code, each.message) for each in found] == []
    assert mend_project(ROOT) == ((), ())
