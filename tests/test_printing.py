"""How an edition is printed: its settings and its printer's profile, and what a printer does not take."""

from __future__ import annotations

import pytest
from making import make_config
from press_profile import cmyk_profile

from anthology.config import Config, PdfEdition
from anthology.editions.printing import Printing, printing_of
from anthology.printers import Sides
from anthology.problems import ContentError

PROFILE = cmyk_profile()


def printing(settings: str, files: dict[str, bytes] | None = None) -> Printing:
    """Work out how an edition with these settings is printed."""
    config = make_config(f'[editions.print]\nformat = "pdf"\n{settings}\n')
    return printing_of(config, "print", pdf_edition(config), (files or {}).get)


def pdf_edition(config: Config) -> PdfEdition:
    """Give the settings of the edition."""
    edition = config.editions["print"]
    assert isinstance(edition, PdfEdition)
    return edition


def refused(settings: str, files: dict[str, bytes] | None = None) -> list[str]:
    """Give what is refused, as people see it."""
    with pytest.raises(ContentError) as caught:
        printing(settings, files)
    return [
        f"{problem.origin.path}:{problem.origin.line}: {problem.severity} {problem.code}: {problem.message} | {problem.hint}"
        for problem in caught.value.problems
        if problem.origin
    ]


def test_without_a_printer_a_file_is_for_screen_and_paper() -> None:
    """Without a printer there are colours as they are, links, no bleed, and no margin is asked for."""
    plain = printing("")
    assert (plain.colour, plain.bleed, plain.flat, plain.for_paper) == ("rgb", Sides(), False, False)
    assert (plain.gutter(800), plain.safety) == (0, 0)


def test_a_printer_says_what_the_edition_does_not() -> None:
    """A profile's colour, margins and bans hold; the edition may choose among what the printer takes."""
    kdp = printing('printer = "kdp"')
    assert (kdp.colour, kdp.bleed, kdp.flat, kdp.for_paper, kdp.marks) == ("gray", Sides(), True, True, False)
    assert [round(kdp.gutter(pages) / 25.4, 3) for pages in (100, 150, 151, 501, 800)] == [
        0.375,
        0.375,
        0.5,
        0.75,
        0.875,
    ]
    assert printing('printer = "kdp"\ncolour = "rgb"').colour == "rgb"
    bled = printing('printer = "kdp"\nbleed = true')
    assert [round(side / 25.4, 3) for side in (bled.bleed.outside, bled.bleed.inside, bled.safety)] == [
        0.125,
        0,
        0.375,
    ]


def test_a_press_gets_its_profile() -> None:
    """The press edition is separated for the profile that the project names, which is embedded under its own name."""
    press = printing('printer = "press"\nicc = "press.icc"', {"press.icc": PROFILE})
    assert press.standards == ("pdf/x-4",)
    assert press.marks
    assert press.intent is not None
    assert (press.intent.profile, press.intent.inks) == (PROFILE, 4)
    assert press.intent.name


@pytest.mark.parametrize(
    ("settings", "files", "said"),
    [
        (
            'printer = "lulu"\ntrim = "70x90mm"',
            {},
            "anthology.toml:6: error B016: Lulu, paperback takes no pages of 2.756 × 3.543 in (70 × 90 mm) | ",
        ),
        (
            'printer = "lulu"\ncolour = "cmyk"',
            {},
            'anthology.toml:6: error B016: Lulu, paperback takes no "cmyk" | it takes: ',
        ),
        (
            'printer = "kdp"\npaper = "creme"',
            {},
            'anthology.toml:6: error B016: Amazon KDP, paperback has no paper "creme" | did you mean "cream"?',
        ),
        (
            'printer = "kdp"\nstandard = "pdf/ua-1"',
            {},
            "anthology.toml:6: error B016: [editions.print] names a standard, but files for Amazon KDP, paperback are"
            " for paper alone | delete the line: the profile says what the file claims",
        ),
        (
            'printer = "press"',
            {},
            "anthology.toml:3: error B017: [editions.print] is printed in cmyk, and names no colour profile of the"
            ' press | add icc = "profiles/….icc": the printer tells which, and where it is to be had',
        ),
        (
            'printer = "press"\nicc = "no.icc"',
            {},
            'anthology.toml:6: error B017: there is no colour profile "no.icc" | write icc = ',
        ),
        (
            'printer = "press"\nicc = "no.icc"',
            {"no.icc": b"words"},
            'anthology.toml:6: error B017: "no.icc" is no ICC profile, but cmyk is printed | write icc = ',
        ),
        (
            'printer = "press"\nicc = "rgb.icc"',
            {"rgb.icc": PROFILE[:16] + b"RGB " + PROFILE[20:]},
            'anthology.toml:6: error B017: "rgb.icc" is made for RGB, but cmyk is printed | write icc = ',
        ),
    ],
)
def test_what_a_printer_does_not_take_is_told(settings: str, files: dict[str, bytes], said: str) -> None:
    """What the settings ask for and the printer does not take is an error at its line, with what would do."""
    (told,) = refused(settings, files)
    assert told.startswith(said)


def test_a_printer_that_nobody_knows() -> None:
    """An unknown printer is told at its line, with the nearest name that is known."""
    (told,) = refused('printer = "kpd"')
    assert told.startswith("anthology.toml:5: error V001: ")
    assert '"kdp"' in told


def test_a_profile_of_the_project_may_extend_another_of_it() -> None:
    """A project's profile stands on a packaged one or on another of the project, with what it says itself in front."""
    files = {
        "printers/house.toml": b'title = "The works"\nextends = "kdp"\nresolution = 250\n',
        "printers/thick.toml": b'title = "The works, thick"\nextends = "house"\nsignature = 16\n',
    }
    profile = printing('printer = "thick"', files).profile
    assert profile is not None
    assert (profile.title, profile.resolution, profile.signature, profile.pages[1]) == (
        "The works, thick",
        250,
        16,
        828,
    )
