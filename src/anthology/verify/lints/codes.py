"""The codes of what the desk queries in the text of a book, and what each means; a code is stable."""

from __future__ import annotations

CODES: dict[str, str] = {
    "Q001": "warning: a picture has too few pixels for the width in which it is printed",
    "Q002": "warning: two pieces say the same, word for word",
    "Q003": "warning: two articles share much of their text",
    "Q004": "warning: a long paragraph stands in the book more than once",
    "Q005": "warning: a passage is in another script than its article, and says no language",
    "Q006": "warning: a passage is in another language than its article, and says none",
    "Q007": "warning: nothing shows a picture that lies in content/",
    "Q008": "warning: two articles have the same title",
    "Q009": "warning: two articles have the same standfirst",
    "Q010": "warning: an article has no text",
    "Q011": "warning: an article has a date in the future",
    "Q012": "warning: a pull quote says what its article does not",
    "Q013": "warning: a heading has nothing below it",
    "Q014": "warning: a text begins with its standfirst again",
    "Q015": "warning: a note of the writer's to themselves stands in the text",
    "Q016": "warning: nobody is credited by the name of a contributor",
}
