"""The codes of problems with web pages."""

from __future__ import annotations

CODES = {
    "M040": "error: a web page is larger than we read",
    "M042": "warning: a tag has too many attributes",
    "M043": "warning: tags are nested too deep",
    "M044": "warning: bytes are no characters of the page's encoding",
    "M045": "error: there is no text on a page",
    "M046": "warning: a page does not say its title",
    "M047": "warning: an article could not be told from what stands around it",
    "M048": "warning: a picture is on the web and was not fetched",
    "M049": "warning: a picture is not beside the page, or cannot be read out of it",
}
