"""The codes of the problems that related reading can raise, and what each means."""

from __future__ import annotations

CODES: dict[str, str] = {
    "L002": "warning: a related entry finds no article",
    "L003": "warning: an article refers to itself",
    "L004": "warning: a related entry stands twice",
    "L007": "warning: a captured related entry comes close to an article, but does not quite fit it",
    "L008": "warning: a related entry names a draft",
    "L009": "warning: a captured related entry fits several articles",
    "L010": "warning: proposals cannot be written into the front matter of an article",
}
