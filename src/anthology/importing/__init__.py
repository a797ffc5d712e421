"""Import: sources become articles of a project. The only part that puts importers and the disk together.

What it needs to merge the next time lies in the project's folder `.anthology/imports/`: for each article `ID.md`, the
text as it was last imported, and `ID.json`, the digests of its captures and of the pictures that came along.
"""

from __future__ import annotations

from anthology.importing.compose import Options, Outcome, import_sources

__all__ = ["Options", "Outcome", "import_sources"]
