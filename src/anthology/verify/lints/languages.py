"""Passages in another language than their article, which say none: they are hyphenated and read aloud wrongly."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from anthology.problems import Problem, shortened
from anthology.verify.lints.scripts import WORDS, script_of, scripts_of
from anthology.verify.lints.small_words import other_language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from anthology.verify.lints.passages import Copy, Passage

# Names and single terms of another script are told by nobody. Latin ones stand everywhere, as names of things.
_LEAST_WORDS = 3
_LEAST_LATIN_WORDS = 8
# Scripts that put no space between words.
_UNSPACED = frozenset({"Hani", "Kana", "Thai", "Laoo", "Khmr", "Mymr", "Tibt"})
_LEAST_LETTERS = 8
_WORD = re.compile(r"\w+")


def untagged_passages(copy: Copy) -> Iterator[Problem]:
    """Look for them in what has no language of its own; each passage is told once."""
    for passage in copy.passages:
        language = passage.language or copy.language
        if run := _strange_run(passage.prose, scripts_of(language)):
            script = script_of(next(filter(script_of, run)))
            letters, example = WORDS[script]
            yield Problem(
                "Q005",
                "warning",
                f'"{shortened(run)}" is in {letters}, and nothing says in which language',
                copy.origin_of(run),
                _hint(passage, example),
                "{count} passages are in another script than their article, and say no language",
            )
        elif found := other_language(passage.prose, language):
            yield Problem(
                "Q006",
                "warning",
                f'"{shortened(passage.prose)}" looks like {_name(found)}, and counts as {_name(language)}',
                copy.origin_of(passage.text),
                _hint(passage, found),
                "{count} passages look like another language than their article's",
            )


def _strange_run(text: str, own: frozenset[str]) -> str:
    """Give the first run of words that is certainly in another script; empty where there is none."""
    if not own or (text.isascii() and "Latn" in own):
        return ""
    start, end, words, letters, running = 0, 0, 0, 0, ""
    for word in _WORD.finditer(text):
        scripts = {script for letter in word[0] if (script := script_of(letter))}
        if not scripts:
            continue
        script = scripts.pop() if len(scripts) == 1 else _joined(scripts)
        # Japanese has Chinese characters in it, and is Japanese.
        if script in own or not script:
            script = ""
        if script != running:
            if _is_long(running, words, letters):
                break
            start, words, letters, running = word.start(), 0, 0, script
        end, words, letters = word.end(), words + 1, letters + len(word[0])
    return text[start:end] if _is_long(running, words, letters) else ""


def _joined(scripts: set[str]) -> str:
    return "Kana" if scripts == {"Hani", "Kana"} else ""


def _is_long(script: str, words: int, letters: int) -> bool:
    if not script:
        return False
    if script in _UNSPACED:
        return letters >= _LEAST_LETTERS
    return words >= (_LEAST_LATIN_WORDS if script == "Latn" else _LEAST_WORDS)


def _hint(passage: Passage, language: str) -> str:
    if passage.kind == "paragraph":
        return f'if it is, write {{: lang="{language}" }} in the line below it; round a part of it, <span lang="{language}">…</span>'
    return f'if it is, put it into <span lang="{language}">…</span>'


def _name(language: str) -> str:
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(language, sep="-").english_name or language
    except (UnknownLocaleError, ValueError):
        return language
