"""Text captures: bylines, dates, reading times, instructions and litter, form by form."""

from __future__ import annotations

import datetime as dt

import pytest

from anthology.importers.bylines import is_organisation, read_byline, split_names
from anthology.importers.dates import find_date, read_reading_time
from anthology.importers.instructions import take_instruction
from anthology.importers.litter import reason_of, reasons
from anthology.importers.page_data import is_notice, read_page_data
from anthology.importers.page_head import without_full_stop


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Published by Emily Black", ["Emily Black"]),
        ("By Emily Black", ["Emily Black"]),
        ("Written by A. Carr and B. Dunn", ["A. Carr", "B. Dunn"]),
        ("Written by Ada Carr, Bo Dunn and Cy Eck", ["Ada Carr", "Bo Dunn", "Cy Eck"]),
        ("By Ada Carr & Bo Dunn", ["Ada Carr", "Bo Dunn"]),
        ("By A. B. Carr, Jr.", ["A. B. Carr, Jr."]),
        ("By Black, Emily", ["Emily Black"]),
        ("By Ludwig van der Meer and María de la Cruz", ["Ludwig van der Meer", "María de la Cruz"]),
        ("By O’Neil D’Arcy and al-Hakim", ["O’Neil D’Arcy", "al-Hakim"]),
        ("By Smith and Sons Ltd", ["Smith and Sons Ltd"]),
        ("By Emily Black and Smith & Sons Ltd", ["Emily Black", "Smith & Sons Ltd"]),
        (
            "By the Department of Health, Education and Welfare",
            ["Department of Health, Education and Welfare"],
        ),
        ("By the Institute for Rivers and Coastal Studies", ["Institute for Rivers and Coastal Studies"]),
        ("By our own correspondent", ["our own correspondent"]),
        ("Von Rut Kallweit und Jörg Überall", ["Rut Kallweit", "Jörg Überall"]),
        ("Par Odile Garance et Yves Morel", ["Odile Garance", "Yves Morel"]),
        ("Por Lucía Prado y Juan Paz", ["Lucía Prado", "Juan Paz"]),
    ],
)
def test_bylines_name_people_and_organisations(line: str, names: list[str]) -> None:
    """A byline gives each name once; an organisation stays whole whatever commas and "and"s it has."""
    byline = read_byline(line)
    assert byline
    assert [credit.name for credit in byline.credits] == names
    assert {credit.role for credit in byline.credits} == {"author"}


def test_bylines_tell_roles() -> None:
    """Translators, photographers and the others are credited for what they did."""
    byline = read_byline(
        "By Ada Carr, translated from the German by Bo Dunn, photographs by Cy Eck and Di Foss; edited by Ed Gray"
    )
    assert byline
    assert [(credit.name, credit.role) for credit in byline.credits] == [
        ("Ada Carr", "author"),
        ("Bo Dunn", "translator"),
        ("Cy Eck", "photographer"),
        ("Di Foss", "photographer"),
        ("Ed Gray", "editor"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "By Monday morning the river had risen.",
        "By night, the harbour sleeps",
        "By day",
        "Von Anfang an war der Fluss zu hoch",
        "Interview: a life in salt",
        "Photo: the quay in winter.",
        "Published by the river, this book went under in 2011 and 2013, and then it stayed under for good",
        "Emily Black",
    ],
)
def test_sentences_are_no_bylines(line: str) -> None:
    """A sentence or headline that begins like a byline is none."""
    assert read_byline(line) is None


def test_degrees_are_printed_and_not_part_of_the_name() -> None:
    """A degree stays in print, and the name without it finds the person."""
    (credit,) = split_names("Wanda Pryce, PhD")
    assert (credit.name, credit.printed) == ("Wanda Pryce", "Wanda Pryce, PhD")
    assert is_organisation("University of the Quay")
    assert not is_organisation("Wanda Pryce")


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("July 29, 2025", dt.date(2025, 7, 29)),
        ("Jul. 29 2025", dt.date(2025, 7, 29)),
        ("29 July 2025", dt.date(2025, 7, 29)),
        ("Tuesday, 29th of July 2025", dt.date(2025, 7, 29)),
        ("29. Juli 2025", dt.date(2025, 7, 29)),
        ("Dienstag, den 1. März 2022", dt.date(2022, 3, 1)),
        ("1er août 2025", dt.date(2025, 8, 1)),
        ("29 de julio de 2025", dt.date(2025, 7, 29)),
        ("2025-07-29T09:30:00Z", dt.date(2025, 7, 29)),
        ("29.07.2025", dt.date(2025, 7, 29)),
        ("29/07/2025", dt.date(2025, 7, 29)),
    ],
)
def test_dates_are_read(text: str, date: dt.date) -> None:
    """Dates are found in each form that pages write, from end to end."""
    found = find_date(text)
    assert found
    assert (text[found.begin : found.end], found.date) == (text, date)


@pytest.mark.parametrize(
    "text", ["July 2025", "03/04/2025", "in 2025", "version 1.2.2025b", "May 2 to 2025 people"]
)
def test_what_is_no_date_is_not_read(text: str) -> None:
    """A month, a date of two readings, and other figures are no dates."""
    assert find_date(text) is None


def test_days_that_do_not_exist_are_found_and_not_read() -> None:
    """A day that no calendar has is seen as a date without one."""
    found = find_date("February 30, 2025")
    assert found
    assert found.date is None


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("3 min Read", 3),
        ("4 minute read", 4),
        ("12-minute read", 12),
        ("Reading time: 5 minutes", 5),
        ("3 Min. Lesezeit", 3),
        ("Temps de lecture : 4 min", 4),
        ("3 min de lectura", 3),
        ("3 minutes of fame", None),
    ],
)
def test_reading_times_are_read(text: str, minutes: int | None) -> None:
    """Reading times are read in minutes."""
    assert read_reading_time(text) == minutes


@pytest.mark.parametrize(
    ("line", "names", "date", "minutes"),
    [
        ("July 29, 2025 - 3 min Read", [], dt.date(2025, 7, 29), 3),
        ("29 July 2025 · 4 minute read", [], dt.date(2025, 7, 29), 4),
        ("By Al Gore on July 29, 2025 - 4 min read", ["Al Gore"], dt.date(2025, 7, 29), 4),
        ("By Al Gore | July 29, 2025", ["Al Gore"], dt.date(2025, 7, 29), None),
        ("Published on Friday, May 2, 2025 at 9:30 am | Updated May 4, 2025", [], dt.date(2025, 5, 2), None),
        ("Posted on July 29, 2025 by Al Gore", ["Al Gore"], dt.date(2025, 7, 29), None),
    ],
)
def test_page_data_in_one_line(line: str, names: list[str], date: dt.date, minutes: int | None) -> None:
    """Byline, date and reading time are told apart in one line, in any order."""
    data = read_page_data(line)
    assert data
    assert data.left == ""
    assert [credit.name for credit in (data.byline.credits if data.byline else ())] == names
    assert (data.date, data.minutes) == (date, minutes)


@pytest.mark.parametrize(
    "line", ["On 3 March 1961 he read aloud.", "Updated on July 30, 2025", "Amended on 3 May 2025: it moved."]
)
def test_sentences_with_dates_are_no_page_data(line: str) -> None:
    """A date in a sentence or in a notice of correction is not the date of the page."""
    assert read_page_data(line) is None
    assert is_notice(line) is not line.startswith("On")


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("9–11 words Safety nurtures confidence.", "Safety nurtures confidence."),
        ("9-11 words “Safety nurtures it.”", "“Safety nurtures it.”"),
        ("10-12 words: safety nurtures it.", "safety nurtures it."),
        ("(9 to 11 words) safety nurtures it.", "safety nurtures it."),
        ("[9–11 words] Safety nurtures it.", "Safety nurtures it."),
        ("Pull quote (9–11 words): Safety nurtures it.", "Safety nurtures it."),
        ("Safety nurtures it. (8–10 words)", "Safety nurtures it."),
        ("3–5 words alpha beta gamma delta", "alpha beta gamma delta"),
        ("10–12 words are enough for a headline.", None),
        ("9 words that changed the lane", None),
        ("3 words changed the lane for good.", None),
        ("9–11 words Safety nurtures it. So does salt. " + "And so do lamps. " * 20, None),
    ],
)
def test_instructions_are_told_from_sentences(line: str, text: str | None) -> None:
    """A length instruction goes in each of its forms; a sentence that begins with a number of words stays."""
    found = take_instruction(line)
    assert (found.text if found else None) == text


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("ADVERTISEMENT", "advertisement"),
        ("Story continues below advertisement", "advertisement"),
        ("X Linkedin Facebook Reddit Email Bluesky", "share-bar"),
        ("Share on Facebook", "share-bar"),
        ("Facebook · Twitter · E-Mail", "share-bar"),
        ("Sign up for our newsletter", "newsletter"),
        ("Sign up for our free weekly newsletter. No spam.", "newsletter"),
        ("Skip to main content", "navigation"),
        ("Home > Mind > Sleep", "navigation"),
        ("Back to top", "navigation"),
        ("© 2025 The Magazine. All rights reserved.", "boilerplate"),
        ("All rights reserved", "boilerplate"),
        ("This site uses cookies to improve your experience.", "boilerplate"),
        ("X", None),
        ("Email", None),
        ("Advertisement is the art of asking twice.", None),
        ("We use cookies as counters when we teach fractions.", None),
        ("The newsletter arrives on Fridays, and nobody signs up for it.", None),
        ("Facebook and Twitter were where the quarrel began.", None),
        ("© Photograph: the author", None),
    ],
)
def test_litter_is_told_from_text(line: str, reason: str | None) -> None:
    """Litter is a whole line of its kind; the same words inside a sentence are text."""
    assert reason_of(line) == reason


def test_share_bar_one_name_to_a_line() -> None:
    """Names of networks in lines of their own are a share bar together, and text alone."""
    assert reasons(["Text.", "Facebook", "X", "Reddit", "Text.", "X", "X", "Line"]) == [
        None,
        "share-bar",
        "share-bar",
        "share-bar",
        None,
        None,
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("headline", "title"),
    [
        ("Bread leans.", "Bread leans"),
        ("Bread leans …", "Bread leans …"),
        ("Bread leans...", "Bread leans..."),
        ("Bread in the U.S.", "Bread in the U.S."),
        ("Does bread lean?", "Does bread lean?"),
    ],
)
def test_full_stop_of_a_headline_goes(headline: str, title: str) -> None:
    """A headline loses its full stop, and nothing else."""
    assert without_full_stop(headline) == title
