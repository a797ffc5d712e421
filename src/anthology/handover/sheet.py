"""The metadata sheet: what the forms of printers and shops ask of a book."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from anthology.handover.release import Release


def metadata_csv(release: Release) -> bytes:
    """Write it."""
    return b""
