"""The codes of the problems that reading an article can raise, and what each means.

A code is stable: editors list it in `[check] ignore`, and scripts look for it.
"""

from __future__ import annotations

CODES: dict[str, str] = {
    "F001": "error: the front matter is never closed",
    "F002": "error: the front matter is not well-formed YAML or TOML",
    "F003": "error: the front matter uses an anchor or alias of YAML",
    "F004": "error: the front matter is too long or nested too deep",
    "F005": "error: a key is written twice",
    "F006": "error: a value is of the wrong kind (a list where a text belongs)",
    "F007": "error: a date cannot be read, or there is no such day",
    "F008": "error: a value is neither yes nor no",
    "F009": "error: a language is not a language tag (BCP 47)",
    "F010": "error: a role or a rights status is not one of those known",
    "F011": "warning: a key inside authors, related, rights or source is not known",
    "F012": "error: a weight is not a number",
    "T001": "warning: the file is not UTF-8 and was read as Windows-1252",
    "T002": "warning: characters that no book can hold were taken out",
    "T003": "warning: the article has no title",
    "T004": "error: the text is nested too deep",
    "T005": "error: the text cannot be read",
    "T010": "warning: a raw HTML aside is set as an aside",
    "T011": "warning: embedded matter (a frame, film, sound) became a link to it",
    "T012": "warning: a script, style sheet or template was left out",
    "T013": "warning: a control of a form was left out",
    "T014": "warning: a tag that HTML does not know is set as text, or left out with its content kept",
    "T015": "warning: a link that runs code or opens a file was taken away",
    "T016": "warning: a tag that would swallow what follows it is set as text",
    "T017": "warning: a reference to a note that does not exist",
    "T018": "warning: a note that nothing refers to",
    "T019": "warning: two notes have the same label",
    "T020": "warning: an id was used twice",
    "T021": "warning: a part of a drawing or formula was left out",
    "T022": "warning: a tag is opened and never closed",
    "I001": "warning: a picture has no description",
    "I002": "error: a picture file does not exist",
    "I003": "warning: a picture on the web is not in the book",
    "I004": "warning: a picture addressed from the root of a website is not in the project",
    "I005": "error: a file is no picture that can be read",
    "I006": "error: a picture has too many pixels",
    "I007": "error: a picture lies outside the project",
    "I010": "warning: the description of a picture does not say what it shows",
    "I011": "warning: a part of a drawing was left out, or is set otherwise",
    "I012": "warning: a picture moves, and many readers see only its first frame",
}
