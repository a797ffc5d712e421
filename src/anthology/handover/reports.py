"""What the editions of a release are held against, and the reports of that."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from anthology.handover.release import Release
    from anthology.problems import Problem


def reports_of(release: Release) -> tuple[dict[str, bytes], tuple[Problem, ...]]:
    """Examine the files of a release; give the reports by file name, and what would be refused."""
    return {}, ()
