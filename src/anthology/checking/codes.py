"""The codes of what only a check of everything finds, and what each means; a code is stable."""

from __future__ import annotations

CODES: dict[str, str] = {
    "C011": "warning: an entry of [check] ignore fits nothing that was found",
    "C012": "warning: an entry of [check] ignore names an error, which is never ignored",
    "E011": "error: EPUBCheck finds an error in an e-book",
    "E012": "warning: EPUBCheck finds something in an e-book that stops nobody",
    "V040": "error: a PDF breaks a rule of a standard that it claims to keep",
}
