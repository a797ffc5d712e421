"""Every label there is: its key, what it may hold, and where the book says it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from anthology.problems import Problem, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PLACEHOLDER = re.compile(r"\{([^{}\s]*)\}")


@dataclass(frozen=True, slots=True)
class Key:
    """A label. `holds` names its placeholders; a label with `one_of` needs one of them, any other all."""

    meaning: str
    holds: tuple[str, ...] = ()
    one_of: bool = False


KEYS: Mapping[str, Key] = {
    "contents": Key("Heading of the contents."),
    "table-of-contents": Key("Name of the contents in the navigation of an e-book."),
    "list-of-pages": Key("Heading of the list of printed pages in an e-book."),
    "landmarks": Key("Heading of the landmarks in the navigation of an e-book."),
    "start-of-content": Key("Landmark: where the text begins."),
    "cover": Key("Name of the cover in the navigation."),
    "cover-of": Key("What is shown in place of the cover's picture, or read out.", ("title",)),
    "half-title": Key("Name of the half title in the navigation."),
    "title-page": Key("Name of the title page in the navigation."),
    "imprint": Key("Name of the page behind the title page."),
    "contributors": Key("Heading of the list of contributors."),
    "credits": Key("Heading of the list of sources and permissions."),
    "index-of-authors": Key("Heading of the index of authors."),
    "subject-index": Key("Heading of the index of subjects."),
    "see": Key("Index: sends a reader to other entries.", ("terms",)),
    "see-also": Key("Index: sends a reader to further entries.", ("terms",)),
    "picture-in": Key("Credits: which article a picture stands in.", ("title",)),
    "as-author": Key("Contributors: what somebody did for an article who wrote it, beside other things."),
    "as-translator": Key("Contributors: what somebody did for an article who translated it."),
    "as-interviewer": Key("Contributors: what somebody did for an article who asked the questions."),
    "as-photographer": Key("Contributors: what somebody did for an article who took its photographs."),
    "as-illustrator": Key("Contributors: what somebody did for an article who drew its pictures."),
    "as-editor": Key("Contributors: what somebody did for an article who edited it."),
    "notes": Key("Heading of the notes of an article."),
    "back-to-text": Key("What the link from a note back to the text says."),
    "links": Key("Heading of the list of external links."),
    "related": Key("Heading of the related reading under an article."),
    "referred-by": Key("Heading of the articles that refer to this one."),
    "untitled-section": Key("Name of a section without a title, in outlines and lists."),
    "part": Key(
        "The number of a section on its opener, in words.", ("cardinal", "ordinal", "number"), one_of=True
    ),
    "part-in-figures": Key("The number of a section where the language has no word for it.", ("number",)),
    "page": Key(
        "A reference to a page; without {page}, the number follows after a no-break space.", ("page",)
    ),
    "by": Key("Byline of the authors.", ("names",)),
    "translated-by": Key("Byline of the translators.", ("names",)),
    "interview-by": Key("Byline of the interviewers.", ("names",)),
    "photographs-by": Key("Byline of the photographers.", ("names",)),
    "illustrations-by": Key("Byline of the illustrators.", ("names",)),
    "article-edited-by": Key("Byline of the editors of a single article.", ("names",)),
    "edited-by": Key("The editors of the book, on the title page.", ("names",)),
    "published-by": Key("Imprint: the publisher.", ("publisher",)),
    "printed-by": Key("Imprint: the printing works.", ("printer",)),
    "edition": Key("Imprint: the edition, in words.", ("cardinal", "ordinal", "number"), one_of=True),
    "edition-in-figures": Key("Imprint: the edition where the language has no word for it.", ("number",)),
    "revised": Key("Imprint: the day of the latest revision.", ("date",)),
    "isbn": Key("Imprint: the ISBN of an edition.", ("isbn",)),
    "licence": Key("Credits: the licence of a piece.", ("licence",)),
    "first-published": Key("Credits: where a piece first appeared.", ("publication",)),
    "first-published-dated": Key("Credits: where and when a piece first appeared.", ("publication", "date")),
    "first-published-on": Key("Credits: when a piece first appeared.", ("date",)),
    "proof": Key("Stands on every page of a proof, which nobody is to publish."),
    "illustration": Key("Stands in for the missing description of a picture."),
    "image-omitted": Key("Stands in for a picture that cannot be shown.", ("alt",)),
    "embedded-content": Key("Stands in for a video or other embedded matter.", ("address",)),
    "checked": Key("Read out for a box of a list of tasks that is ticked."),
    "unchecked": Key("Read out for a box of a list of tasks that is not ticked."),
    "accessibility-text": Key("Summary of accessibility: what holds for the text."),
    "accessibility-navigation": Key("Summary of accessibility: what leads through the book."),
    "accessibility-pages": Key("Summary of accessibility: that printed pages are listed."),
    "accessibility-described": Key("Summary of accessibility: that all pictures have a description."),
    "accessibility-undescribed": Key(
        "Summary of accessibility: how many pictures have none.", ("count", "total")
    ),
    "accessibility-decoration": Key("Summary of accessibility: that no picture says anything."),
    "accessibility-no-pictures": Key("Summary of accessibility: that there are no pictures."),
    "accessibility-formulas": Key("Summary of accessibility: how formulas are written."),
    "accessibility-barriers": Key(
        "Summary of accessibility: how many other places keep readers out.", ("count",)
    ),
    "accessibility-still": Key("Summary of accessibility: that there are no hazards."),
    "accessibility-moving": Key("Summary of accessibility: that pictures move."),
    "accessibility-contact": Key("Summary of accessibility: where readers can write to.", ("contact",)),
}

# The label before the names of each role of a byline.
ROLE_LABELS = {
    "author": "by",
    "translator": "translated-by",
    "interviewer": "interview-by",
    "photographer": "photographs-by",
    "illustrator": "illustrations-by",
    "editor": "article-edited-by",
}


def check_labels(overrides: Mapping[str, str]) -> Iterator[tuple[str, Problem]]:
    """Find what is wrong with labels that an editor wrote: each problem with its key, without origin."""
    for name, words in overrides.items():
        if name not in KEYS:
            yield name, _error("C002", f'unknown key "{name}" in [labels]', did_you_mean(name, KEYS))
        elif not words.strip():
            yield name, _error("C005", f'"{name}" in [labels] is empty', "write a word, or delete the line")
        else:
            for problem in _placeholder_problems(name, words):
                yield name, problem


def _placeholder_problems(name: str, words: str) -> Iterator[Problem]:
    key = KEYS[name]
    found = set(PLACEHOLDER.findall(words))
    can_hold = " or ".join(f"{{{place}}}" for place in key.holds)
    for place in sorted(found - set(key.holds)):
        hint = f"it can hold {can_hold}" if key.holds else "delete it, with its braces"
        yield _error("C009", f'"{name}" in [labels] holds {{{place}}}, which nothing fills', hint)
    missing = [place for place in key.holds if place not in found]
    if not missing or name == "page" or (key.one_of and len(missing) < len(key.holds)):
        return
    wanted = can_hold if key.one_of else " and ".join(f"{{{place}}}" for place in missing)
    hint = f"write {wanted} where the book fills in its own"
    yield _error("C009", f'"{name}" in [labels] lacks {wanted}', hint)


def _error(code: str, message: str, hint: str) -> Problem:
    return Problem(code, "error", message, hint=hint)


def labels_schema() -> dict[str, Any]:
    """Give the JSON Schema of the table [labels], with the English words as defaults."""
    from anthology.labels.labels import read_catalogue

    english = read_catalogue("en").words
    return {
        "title": "Labels",
        "type": "object",
        "description": "Words that the book itself says, in place of the catalogue's.",
        "additionalProperties": False,
        "properties": {
            name: {
                "title": name.replace("-", " ").capitalize(),
                "type": "string",
                "minLength": 1,
                "description": f"{key.meaning} In English: {english[name]}",
            }
            for name, key in KEYS.items()
        },
    }
