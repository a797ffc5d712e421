"""The codes of the problems that importers can raise, and what each means; a code is stable."""

from __future__ import annotations

CODES: dict[str, str] = {
    "M001": "error: a captured page holds no article",
    "M002": "error: a file is no captured text, or too long for one page",
    "M003": "warning: a captured page has no title, and its file name gives it one",
    "M004": "warning: a capture is not UTF-8 and was read as Windows-1252",
    "M005": "warning: entities of HTML in a text capture became their characters",
    "M006": "warning: a captured page has a title and no text",
    "M007": "warning: a captured page names no section, standfirst, byline or date",
    "M008": "warning: a byline may name who put the page up",
    "M009": "warning: a pull quote is not what the article says",
    "M010": "warning: a related article is named without its date",
}
