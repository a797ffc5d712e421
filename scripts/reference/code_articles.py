"""Articles of codes: each code with its severity and meaning, why it is told and what to do."""

from __future__ import annotations

from typing import Any

from front import head, sentence

from anthology.explanations import Explanation, explanations


def codes_article(article: dict[str, Any]) -> str:
    """Write the article of some letters."""
    return head(article) + "\n\n".join(_letter(letter) for letter in article["letters"]) + "\n"


def _letter(letter: dict[str, str]) -> str:
    told = [_entry(each) for each in explanations() if each.code.startswith(letter["letter"])]
    mark = f'[]{{index="codes of problems!{letter["letter"]}: {_lowered(letter["heading"])}"}}'
    return "\n\n".join((f"## {letter['letter']}: {letter['heading']}", letter["says"] + mark, *told))


def _lowered(heading: str) -> str:
    return heading[:1].lower() + heading[1:]


def _entry(told: Explanation) -> str:
    """Write an entry of a list of definitions; links find it by its code in small letters."""
    return (
        f"`{told.code}` {sentence(told.meaning)} {{: #{told.code.lower()} }}\n"
        f":   *{sentence(told.severity)}.* {told.why}\n\n"
        f"    *What to do.* {told.remedy}"
    )
