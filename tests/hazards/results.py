"""The table of hazards: RESULTS.md, a line for each test and hazard; a run renews the lines of the tests that it ran."""

from __future__ import annotations

import datetime as dt
import platform
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

PATH = Path(__file__).parent / "RESULTS.md"
_HEAD = "| hazard | tried | held | test | on |\n| --- | --- | --- | --- | --- |\n"
_ROW = re.compile(r"\| (.*?) \| (.*?) \| (.*?) \| `(.*?)` \| (.*?) \|")


class Row(NamedTuple):
    """What a test says of a hazard: its name, the test's, what was tried, and how much of it held."""

    hazard: str
    test: str
    tried: str
    held: str


@dataclass
class Results:
    """The lines of the table by hazard and test, each with the day of its run."""

    rows: dict[tuple[str, str], tuple[Row, str]] = field(default_factory=dict)

    @classmethod
    def load(cls) -> Results:
        """Read the table that there is."""
        results = cls()
        if PATH.is_file():
            for hazard, tried, held, test, day in _ROW.findall(PATH.read_text(encoding="utf-8")):
                results.rows[hazard, test] = Row(hazard, test, tried, held), day
        return results

    def note(self, row: Row) -> None:
        """Take in a line."""
        self.rows[row.hazard, row.test] = row, dt.datetime.now(dt.UTC).date().isoformat()

    def write(self) -> None:
        """Write the table, sorted by hazard."""
        lines = [
            f"| {row.hazard} | {row.tried} | {row.held} | `{row.test}` | {day} |\n"
            for row, day in (self.rows[key] for key in sorted(self.rows))
        ]
        about = (
            "# Hazards: what was tried, and what held\n\n"
            "`make hazards` writes this table; `make test` tries a share of each. A line is a test: how many inputs, kills or\n"
            f"builds it tried, and how many kept the promise. Run with Python {platform.python_version()}.\n\n"
        )
        PATH.write_text(about + _HEAD + "".join(lines), encoding="utf-8")
