"""Codes: each one that the program can say is registered, and each registered one can be said."""

from __future__ import annotations

import re
from pathlib import Path

from anthology.codes import CODES

SOURCE = Path(__file__).parent.parent / "src" / "anthology"


def test_codes_are_those_that_the_source_says() -> None:
    """No problem has a code that is not explained, and no code is explained that no problem has."""
    said = set()
    for path in SOURCE.rglob("*.py"):
        if path.name != "codes.py":
            said |= set(re.findall(r'"([A-Z][0-9]{3})"', path.read_text(encoding="utf-8")))
    assert said == set(CODES)


def test_explanations_name_the_severity() -> None:
    """Each explanation begins with the severity."""
    assert all(re.match(r"(error|warning): \w", meaning) for meaning in CODES.values())
