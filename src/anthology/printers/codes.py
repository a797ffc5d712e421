"""The codes of the problems that profiles of printers can have, and what each means; a code is stable."""

from __future__ import annotations

CODES: dict[str, str] = {
    "V001": "error: there is no such profile of a printer",
    "V002": "error: a profile extends one that is not there, or itself",
}
