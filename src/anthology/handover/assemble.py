"""Put together what is handed over."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from anthology.editions.printing import printing_of
from anthology.handover.release import Handover, Release
from anthology.handover.reports import reports_of
from anthology.handover.sheet import metadata_csv
from anthology.problems import Problem
from anthology.writing import SUMS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FRONT_COVER = "front-cover.jpg"
METADATA = "metadata.csv"


def hand_over(release: Release) -> Handover:
    """Put together the folder of a release: its editions and covers, the front alone, metadata, reports, digests.

    The same release gives the same bytes. Raises ContentError for a cover picture that cannot be used.
    """
    from anthology.editions.epub.front_cover import cover_of

    manuscript = release.manuscript
    book = manuscript.config.book
    front, _ = cover_of(manuscript)  # what there is to tell of it has been told with the e-book
    reports, problems = reports_of(release)
    files = {
        **release.files,
        FRONT_COVER: front.data,
        METADATA: metadata_csv(release),
        **reports,
    }
    folder = f"handover/{book.slug}-{book.edition}-{manuscript.day.isoformat()}"
    return Handover(
        folder,
        {**files, SUMS: sums_of(files)},
        (*problems, *_without_cover(release), *_without_isbn(release)),
    )


def sums_of(files: Mapping[str, bytes]) -> bytes:
    """Write the digests of files as `sha256sum -c` reads them, sorted by name."""
    lines = (f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(files.items()))
    return "".join(lines).encode()


def _without_cover(release: Release) -> Iterator[Problem]:
    """Tell of editions whose printer wants a cover that could not be made: nobody should find that out at the printer's."""
    config, find = release.manuscript.config, release.manuscript.find_profile
    for name, edition, made, _ in release.made:
        if edition.format != "pdf" or edition.wrap is False or made.cover:
            continue
        profile = printing_of(config, name, edition, find).profile
        if profile and profile.cover:
            message = f'the edition "{name}" cannot be handed over without its cover'
            hint = "mend what is said of the cover, or write wrap = false where it is made elsewhere"
            yield Problem("B024", "error", message, config.origin("editions", name), hint)


def _without_isbn(release: Release) -> Iterator[Problem]:
    """Tell of editions without the number that shops know a book by; files for screens and archives need none."""
    config, find = release.manuscript.config, release.manuscript.find_profile
    for name, edition, _, _ in release.made:
        if edition.format == "pdf" and edition.printer:
            sold = printing_of(config, name, edition, find).for_paper
        else:
            sold = True
        if sold and not edition.isbn:
            message = f'the edition "{name}" is handed over without an ISBN'
            hint = 'give it one, isbn = "…", or let the shop assign one'
            yield Problem("B021", "warning", message, config.origin("editions", name), hint)
