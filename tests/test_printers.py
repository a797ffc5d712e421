"""Profiles of printers: the packaged ones are sourced and read whole, and a project's own are checked like its config."""

from __future__ import annotations

import pytest

from anthology.model import Origin
from anthology.printers import PROFILES, GutterBand, Paper, Profile, Sides, known_profiles, load_profile
from anthology.problems import ContentError

INCH = 25.4


def faults(name: str, **own: str) -> list[str]:
    """Load a profile that cannot be used, and tell what is wrong: place, code, message and hint."""
    files = {each: text.encode() for each, text in own.items()}
    with pytest.raises(ContentError) as caught:
        load_profile(name, files, Origin("anthology.toml", 7))
    return [
        f"{problem.origin.path}:{problem.origin.line} {problem.code} {problem.message} | {problem.hint}"
        for problem in caught.value.problems
        if problem.origin
    ]


@pytest.mark.parametrize("name", PROFILES)
def test_packaged_profiles_say_where_and_when_they_were_read(name: str) -> None:
    """Printers change their rules: each profile has its day and addresses."""
    profile = load_profile(name, {})
    assert profile.name == name
    assert profile.verified_on.year >= 2026
    assert profile.sources
    assert all(address.startswith("https://") for address in profile.sources)


@pytest.mark.parametrize(
    ("pages", "inches"),
    [
        (24, 0.375),
        (150, 0.375),
        (151, 0.5),
        (300, 0.5),
        (301, 0.625),
        (501, 0.75),
        (701, 0.875),
        (828, 0.875),
    ],
)
def test_the_gutter_of_kdp_follows_the_pages(pages: int, inches: float) -> None:
    """The inside margin is the one that KDP's page gives for so many pages."""
    assert load_profile("kdp", {}).gutter(pages) == pytest.approx(inches * INCH)


def test_the_figures_of_kdp_are_those_of_its_pages() -> None:
    """Lengths are read with their units; the bleed is on three sides."""
    kdp = load_profile("kdp", {})
    assert kdp.bleed == Sides(3.175, 3.175, 3.175, 0.0)
    assert kdp.margins.outside == 6.35
    assert kdp.margins_with_bleed.outside == 9.525
    assert kdp.pages == (24, 828)
    assert kdp.largest == 650_000_000
    assert Paper("cream", 0.0635) in kdp.papers
    assert kdp.cover is not None
    assert kdp.cover.spine_text_from == 79
    assert kdp.cover.barcode == (50.8, 30.48)


def test_the_spine_of_lulu_is_that_of_its_formula() -> None:
    """(pages / 444) + 0.06 in: 200 pages make 13 mm."""
    lulu = load_profile("lulu", {})
    assert lulu.cover is not None
    spine = 200 * lulu.papers[0].page + lulu.cover.cover_boards
    assert spine == pytest.approx((200 / 444 + 0.06) * INCH, abs=0.01)


@pytest.mark.parametrize(
    ("name", "size", "taken"),
    [
        ("kdp", (152.4, 228.6), True),
        ("kdp", (101.6, 152.4), True),
        ("kdp", (100.0, 152.4), False),
        ("kdp", (216.5, 297.0), False),
        ("lulu", (148.0, 210.0), True),
        ("lulu", (148.082, 210.058), True),
        ("lulu", (150.0, 210.0), False),
        ("press", (333.0, 444.0), True),
    ],
)
def test_trims_are_taken_from_a_list_or_a_range(name: str, size: tuple[float, float], taken: bool) -> None:
    """KDP takes any size within its machines, Lulu those of its list, however they are rounded; a press all."""
    assert load_profile(name, {}).takes_trim(*size) is taken


@pytest.mark.parametrize("name", PROFILES)
def test_files_for_printers_are_for_paper_alone(name: str) -> None:
    """Screen and archive keep what can be followed; the rest is for paper."""
    assert load_profile(name, {}).for_print is (name not in ("screen", "archive"))


def test_a_project_s_profile_says_only_what_differs() -> None:
    """Tables are laid over key by key, lists as a whole; the packaged profile stays as it is."""
    own = {
        "house": b'extends = "kdp"\ntitle = "House"\n[margins]\ntop = "20mm"\n[[gutters]]\nmost-pages = 99\ninside = "15mm"'
    }
    house, kdp = load_profile("house", own), load_profile("kdp", own)
    assert (house.name, house.title) == ("house", "House")
    assert house.margins == Sides(20.0, kdp.margins.outside, kdp.margins.bottom, kdp.margins.inside)
    assert house.gutters == (GutterBand(99, 15.0),)
    assert house.forbids == kdp.forbids
    assert kdp.margins.top == 6.35


def test_a_project_s_profile_comes_before_the_packaged_one() -> None:
    """One of the same name can extend the packaged one."""
    own = {"kdp": b'extends = "kdp"\nresolution = 600'}
    assert load_profile("kdp", own).resolution == 600
    assert known_profiles({**own, "house": b""}) == (*PROFILES, "house")


def test_a_profile_can_be_written_from_nothing() -> None:
    """A title and a day are enough: any size, no bleed, RGB."""
    profile = load_profile("small", {"small": b'title = "Small press"\nverified-on = 2026-02-28'})
    assert isinstance(profile, Profile)
    assert profile.colours == ("rgb",)
    assert profile.takes_trim(50, 60)


def test_an_unknown_profile_names_the_near_one() -> None:
    """A slip of the pen is told where it was written."""
    assert faults("kpd") == [
        'anthology.toml:7 V001 no profile of a printer is called "kpd" | did you mean "kdp"?'
    ]
    assert faults("smudge") == [
        'anthology.toml:7 V001 no profile of a printer is called "smudge" | there are: '
        "screen, archive, kdp, ingram, lulu, press; or write your own, printers/smudge.toml"
    ]


def test_faults_of_a_profile_are_told_all_at_once_with_their_lines() -> None:
    """Kind, value, unit, unknown and missing keys: as in anthology.toml."""
    text = """title = 1
bleeed = 1
colours = ["red"]
bleed = { top = 3, bttom = "1mm" }
least-pages = 0
standards = ["pdf/x-1a"]
[cover]
barcode = { width = "3mm" }
[[gutters]]
most-pages = 3
pages = 3
inside = "1"
"""
    assert faults("own", own=text) == [
        'printers/own.toml:1 C003 "title" must be text, but is a number | put it between quotation marks: title = "1"',
        'printers/own.toml:1 C004 there is no "verified-on" | '
        "add the day on which you looked its rules up: verified-on = 2026-01-31",
        'printers/own.toml:2 C002 unknown key "bleeed" | did you mean "bleed"?',
        'printers/own.toml:3 C005 entry 1 of "colours" is "red", which is not one of: gray, rgb, cmyk | ',
        'printers/own.toml:4 C002 unknown key "bttom" in [bleed] | did you mean "bottom"?',
        'printers/own.toml:4 C003 "top" in [bleed] must be text, but is a number | '
        'put it between quotation marks: top = "3"',
        'printers/own.toml:5 C005 "least-pages" is 0, but the least is 1 | ',
        'printers/own.toml:6 C005 entry 1 of "standards" is "pdf/x-1a", which names no standard that can be kept | '
        'did you mean "pdf/a-1a"?',
        'printers/own.toml:8 C004 [cover.barcode] has no "height" | add height = "…"',
        'printers/own.toml:11 C002 unknown key "pages" in [[gutters]] | did you mean "most-pages"?',
        'printers/own.toml:12 C005 "inside" in [[gutters]] is "1", which is not a length | '
        'write a number and its unit: "12.4mm" or "0.5in"',
    ]


@pytest.mark.parametrize(
    ("own", "message"),
    [
        ({"own": "title = "}, "printers/own.toml:1 C001 a value is missing or is not written as TOML wants it | "),
        ({"own": 'extends = "kpd"'}, 'printers/own.toml:1 V002 "extends" is "kpd", which is no profile | did you mean "kdp"?'),
        ({"own": 'extends = "own"'}, 'printers/own.toml:1 V002 "extends" is "own", which is this profile itself | delete the line'),
        (
            {"own": 'extends = "two"', "two": '# two\nextends = "own"'},
            'printers/two.toml:2 V002 "extends" is "own", which is this profile itself | delete the line',
        ),
        ({"own": 'extends = "kdp"\ncolours = []'}, 'printers/own.toml:2 C005 "colours" is empty | write one or more of "gray", "rgb", "cmyk"'),
        ({"own": 'extends = "kdp"\nleast-pages = 900'}, 'printers/own.toml:2 C005 "least-pages" is 900, more than "most-pages", 828 | '),
        ({"own": 'extends = "kdp"\nsmallest-trim = "6x9"'}, 'printers/own.toml:2 C005 "smallest-trim" is "6x9", which has no unit that is known | write "6x9in", or mm, cm or pt'),
        ({"own": 'extends = "kdp"\n[papers]\nwhite = 0.1'}, 'printers/own.toml:3 C003 "white" in [papers] must be text, but is a number | put it between quotation marks: white = "0.1"'),
    ],
    ids=lambda value: str(value)[:50],
)  # fmt: skip
def test_a_profile_that_cannot_be_used_is_told_with_its_line(own: dict[str, str], message: str) -> None:
    """Syntax, extending, and what keys have to do with one another."""
    told = faults("own", **own)
    assert len(told) == 1
    assert told[0].startswith(message)
