"""How an edition is printed: its settings and its printer's profile, and what a printer does not take."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pymupdf
import pytest
from making import make_config, write_project
from press_profile import cmyk_profile

from anthology.build import Options, build
from anthology.cache import Cache
from anthology.config import Config, PdfEdition
from anthology.editions.printing import Printing, printing_of
from anthology.printers import Sides
from anthology.problems import ContentError

PROFILE = cmyk_profile()
BOOK = '[book]\ntitle = "Tides"\n[editions.print]\nformat = "pdf"\ntrim = "6x9in"\nprinter = "harbour"\nwrap = false\n'


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


def test_a_file_claims_one_level_of_a_standard() -> None:
    """What the edition asks for takes the place of the profile's level of the same standard; others stay."""
    archive = 'printer = "archive"'
    own = printing(f'{archive}\nstandard = "pdf/a-2b"')
    # A preflight asks for what the file claims.
    assert own.profile is not None
    assert own.profile.standards == own.standards
    assert printing(archive).standards == ("pdf/a-3a", "pdf/ua-1")
    assert printing(f'{archive}\nstandard = "pdf/a-2b"').standards == ("pdf/ua-1", "pdf/a-2b")
    assert printing(f'{archive}\nstandard = "pdf/ua-1"').standards == ("pdf/a-3a", "pdf/ua-1")


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


def test_an_article_alone_is_set_as_in_its_book_and_fills_no_sheet(tmp_path: Path) -> None:
    """A proof of one article has the inside margin of the whole book, and no blank pages behind it."""
    profile = (
        'extends = "kdp"\nverified-on = 2026-11-01\nleast-pages = 1\nsignature = 16\n'
        'gutters = [{ most-pages = 3, inside = "10mm" }, { most-pages = 900, inside = "30mm" }]\n'
    )
    # What stands before a W is wider in a justified line than the engine thinks; yet no line comes too near the spine.
    words = "It is so. We saw, and nobody told us a word, that the tide had gone out. " * 40
    root = write_project(
        tmp_path / "book",
        {
            "anthology.toml": BOOK,
            "printers/harbour.toml": profile,
            **{f"content/sea/{name}.md": f"---\ntitle: {name}\n---\n\n{words}\n" for name in ("one", "two")},
        },
    )
    options = Options(("print",), tmp_path / "dist", cache=Cache(tmp_path / "cache"))
    whole = build(root, options, lambda stage, detail: None)
    alone = build(root, replace(options, article="two"), lambda stage, detail: None)
    assert (whole.exit_code, alone.exit_code) == (0, 0), (whole.problems, alone.problems)
    with (
        pymupdf.open(tmp_path / "dist" / whole.record.editions[0].path) as book,
        pymupdf.open(tmp_path / "dist" / alone.record.editions[0].path) as article,
    ):
        inside, pages = ([page.get_text("words") for page in pdf] for pdf in (book, article))
    assert len(pages) == 2
    assert all(pages)
    assert pages in [inside[at : at + len(pages)] for at in range(len(inside))]
