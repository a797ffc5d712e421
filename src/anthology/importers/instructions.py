"""Editorial length instructions that were left in front of a pull quote: "9–11 words", "(10 to 12 words)"."""

from __future__ import annotations

import re
from dataclasses import dataclass

_UNIT = r"(?:words?|wörter|worte|mots|palabras)"
_TO = r"\s*(?:[-–—‒]|to|bis|à|a|or)\s*"
_NUMBERS = rf"\d{{1,2}}(?:{_TO}\d{{1,2}})?"
_LABEL = r"(?:pull[- ]?quote|quote|zitat|exergue|destacado)"
_LENGTH = rf"(?:(?:max\.?|about|approx\.?|ca\.?|up to)\s+)?{_NUMBERS}[\s-]{_UNIT}"
_BRACKETED = rf"[(\[]\s*(?:{_LABEL}\s*[,:;]?\s*)?{_LENGTH}(?: (?:max|maximum))?\s*[)\]]"
_MARK = r"\s*[:.–—|-]+"

# With a mark of its own an instruction is sure; a bare range is one where a sentence begins behind it.
_SURE = re.compile(
    rf"(?:{_LABEL}\s*)?(?:{_BRACKETED}(?:{_MARK})?|{_LENGTH}{_MARK})(?=\s|$)|{_LABEL}\s*[:,]\s*{_LENGTH}(?:{_MARK})?(?=\s|$)",
    re.IGNORECASE,
)
_LABEL_ALONE = re.compile(r"pull[- ]?quote\s*[:–—|-]\s*", re.IGNORECASE)
_BARE = re.compile(rf"(?:{_LABEL}\s+)?{_LENGTH}(?=\s)", re.IGNORECASE)
_ALONE = re.compile(
    rf"(?:{_LABEL}\s*[:,]?\s*)?(?:{_BRACKETED}|{_LENGTH})(?:{_MARK})?|pull[- ]?quote\s*:?", re.IGNORECASE
)
_BEHIND = re.compile(rf"\s+{_BRACKETED}$", re.IGNORECASE)
_NEXT_SENTENCE = re.compile(r"(?<!\b[A-Z])[.!?…][\"”’'»)]*\s+(?=[\"“‘'«(]?[A-ZÀ-ÞĀ-Ž])")

# A pull quote is a sentence or two; more than this is a paragraph that happens to begin so.
_MOST_WORDS = 45


@dataclass(frozen=True, slots=True)
class Instructed:
    """A pull quote and the instruction that stood with it."""

    instruction: str
    text: str


def is_instruction(text: str) -> bool:
    """Tell a line that holds nothing but an instruction; the pull quote stands in the next."""
    return bool(_ALONE.fullmatch(text))


def is_one_sentence(text: str) -> bool:
    """Tell whether a text is short and a single sentence, as pull quotes are."""
    return len(text.split()) <= _MOST_WORDS and not _NEXT_SENTENCE.search(text)


def take_instruction(text: str) -> Instructed | None:
    """Take the instruction from a pull quote; None for a line without one."""
    found = _SURE.match(text) or _LABEL_ALONE.match(text)
    if found is None and (bare := _BARE.match(text)) and _begins_quote(bare, text[bare.end() :].strip()):
        found = bare
    if found is not None:
        rest, instruction = text[found.end() :].strip(), found.group().strip()
    elif behind := _BEHIND.search(text):
        rest, instruction = text[: behind.start()].strip(), behind.group().strip()
    else:
        return None
    return Instructed(instruction, rest) if rest and len(rest.split()) <= _MOST_WORDS else None


def _begins_quote(bare: re.Match[str], rest: str) -> bool:
    """Tell "9–11 words Safety nurtures …" from "10–12 words are enough", by its capital or its length."""
    numbers = [int(number) for number in re.findall(r"\d+", bare.group())]
    if len(numbers) < 2 or not rest or not is_one_sentence(rest):
        return False
    first = rest.lstrip("\"“‘'«„(")[:1]
    if first.isupper() or first.isdigit() or (first.isalpha() and not first.islower()):
        return True
    return (
        first.isalpha()
        and numbers[0] <= len(rest.split()) <= numbers[1]
        and not re.match(
            r"(?:are|is|was|were|of|per|in|a|an|for|that|which|and|or|may|can|will|would|long|each|at|to|on|than)\b",
            rest,
        )
    )
