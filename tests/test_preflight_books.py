"""Editions for printers, built whole: each passes its own preflight, and fails another's where the rules differ."""

from __future__ import annotations

import pytest
from making import write_project

from anthology.build import Options, build
from anthology.printers import load_profile
from anthology.verify.preflight import preflight

ARTICLE = "---\ntitle: {title}\nauthors: [Mara Lind]\n---\n\nA river keeps no diary. [Its ferry](https://example.org/) does.\n"
# A book of a few pages: the rules of the printer, but for the least number of pages.
THIN = 'extends = "{printer}"\nleast-pages = 2\n'
EDITION = '[editions.{name}]\nformat = "pdf"\nprinter = "{printer}"\nwrap = false\n'


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Build one small book for several printers, once for all tests: the files by edition."""
    printers = {"kdp": "thin-kdp", "ingram": "thin-ingram", "lulu": "thin-lulu", "screen": "screen"}
    editions = "".join(EDITION.format(name=name, printer=printer) for name, printer in printers.items())
    folder = tmp_path_factory.mktemp("book")
    write_project(
        folder,
        {
            "anthology.toml": f'[book]\ntitle = "A Book"\n{editions}',
            "content/rivers/one.md": ARTICLE.format(title="The ferry"),
            "content/rivers/two.md": ARTICLE.format(title="The bridge"),
            **{f"printers/thin-{name}.toml": THIN.format(printer=name) for name in ("kdp", "ingram", "lulu")},
        },
    )
    build(folder, Options(tuple(printers), None, 1), lambda stage, detail: None)
    return {name: (folder / "dist" / f"a-book-{name}.pdf").read_bytes() for name in printers}


def codes(data: bytes, printer: str, root: dict[str, bytes]) -> set[str]:
    """Hold a file against a profile, and give the codes of what is found."""
    return {problem.code for problem in preflight(data, load_profile(printer, root))}


OWN = {f"thin-{name}": THIN.format(printer=name).encode() for name in ("kdp", "ingram", "lulu")}


@pytest.mark.parametrize(
    ("edition", "printer"),
    [("kdp", "thin-kdp"), ("ingram", "thin-ingram"), ("lulu", "thin-lulu"), ("screen", "screen")],
)
def test_an_edition_passes_the_preflight_of_its_printer(
    books: dict[str, bytes], edition: str, printer: str
) -> None:
    """What is built for a printer is what it takes, to the last rule."""
    assert codes(books[edition], printer, OWN) == set()


def test_an_edition_for_screens_is_nothing_for_printers(books: dict[str, bytes]) -> None:
    """Its links, its outline and its colours are what printers refuse."""
    assert {"V028", "V029"} <= codes(books["screen"], "thin-kdp", OWN)
    assert {"V024", "V028"} <= codes(books["screen"], "thin-ingram", OWN)


def test_an_edition_for_printers_is_nothing_for_screens(books: dict[str, bytes]) -> None:
    """It has neither tags nor a claim to be read aloud; and a press asks for more than a printer on demand."""
    assert {"V034", "V039"} <= codes(books["kdp"], "screen", OWN)
    assert {"V033", "V034"} <= codes(books["kdp"], "press", OWN)


def test_colour_for_one_printer_is_none_for_another(books: dict[str, bytes]) -> None:
    """Lulu prints from RGB, which IngramSpark does not take."""
    assert "V024" in codes(books["lulu"], "thin-ingram", OWN)
