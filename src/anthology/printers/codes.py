"""The codes of the problems that profiles of printers and asking for them can have, and what each means; a code is stable."""

from __future__ import annotations

CODES: dict[str, str] = {
    "V001": "error: there is no such profile of a printer",
    "V002": "error: a profile extends one that is not there, or itself",
    "V003": "error: there is nothing that can be checked",
    "V004": "error: an option means nothing for what is checked",
    "V005": "error: a file that is to be checked cannot be read",
}
