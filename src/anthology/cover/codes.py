"""The codes of the problems that covers of printed books can have, and what each means; a code is stable."""

from __future__ import annotations

CODES: dict[str, str] = {
    "K001": "warning: the width of the spine is not known, and there is no cover; an error where one is asked for",
    "K002": "error: a cover is asked for, and the printer's profile has none",
    "K003": "warning: the text of the back has no room, and there is no cover; an error where one is asked for",
    "K004": "warning: the title has no room on the spine, which has no words",
    "K005": "warning: words on the front are cut short",
    "K006": "error: a picture for the cover is missing, cannot be used, or has not its size",
    "K007": "warning: a picture for the cover has too few pixels to be printed",
    "K008": "error: the cover is to be printed in CMYK, and no profile of the press is named",
}
