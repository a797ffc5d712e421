"""The codes of the problems that the preview can raise, and what each means."""

from __future__ import annotations

CODES: dict[str, str] = {
    "B030": "error: something else listens on the port that the preview was to have",
}
