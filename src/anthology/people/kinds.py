"""Person or organisation: what a name says of itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from anthology.people.names import is_east_asian, spaced

Kind = Literal["person", "organisation"]

# Words that only organisations have in their names, in the languages that bylines come in.
_SURE_WORDS = """
inc incorporated ltd limited llc llp plc gmbh kg ev corp corporation company bv nv spa sarl pty
staff team desk editors editorial newsroom contributors
redaktion rédaction redaction redacción redazione redactie redação redakcja
institute institut instituto istituto university universität université universidad università
universidade universiteit foundation stiftung fondation fundación fondazione association verein
committee department ministry council commission agency alliance coalition federation collective
bureau network organisation organization museum society centre magazine verlag
"""
_SURE = frozenset(_SURE_WORDS.split())
# Words that stand in the names of organisations, and in those of some people (Eyal Press).
_LIKELY_WORDS = """
press news media books group project office board church college school hospital community studio
studios lab labs partners review journal times post library center union
"""
_LIKELY = frozenset(_LIKELY_WORDS.split())
# How German joins them to what goes before: Onlineredaktion.
_JOINED = re.compile(r"\w{3,}(?:redaktion|verlag|institut|universität|stiftung|verein|verband)")
_EAST_ASIAN = re.compile(
    r"編集部|编辑部|編輯部|委員会|委员会|委員會|大学|大學|協会|协会|協會|学会|学院|研究所|出版社|新聞|通信社|基金会|会社"
    r"|편집부|협회|대학|연구소|신문|위원회|재단"
)
# A family name and a given name; more signs are a transcription or an organisation.
_LONGEST_EAST_ASIAN = 5
_BETWEEN = frozenset({"of", "for", "für", "pour", "para", "per", "voor"})


@dataclass(frozen=True, slots=True)
class KindGuess:
    """Whether a name is a person's or an organisation's, whether that is certain, and what tells."""

    kind: Kind
    certain: bool
    why: str = ""


def kind_of(name: str) -> KindGuess:
    """Tell from a name whether a person or an organisation has it; a single word can be either."""
    name = spaced(name)
    if is_east_asian(name):
        return _east_asian(name)
    words = [word.strip(".,;:()&").replace(".", "").casefold() for word in name.split()]
    for word in words:
        if _JOINED.fullmatch(word):
            return KindGuess("organisation", True, f'it has the word "{word}"')
    if len(words) < 2:
        kind: Kind = "organisation" if name.isupper() or (words and words[0] in _SURE) else "person"
        return KindGuess(kind, False, "it is a single word")
    if words[0] == "the":
        return KindGuess("organisation", True, 'it has the word "The"')
    for word in words:
        if word in _SURE:
            return KindGuess("organisation", True, f'it has the word "{word}"')
    for word in words:
        if word in _LIKELY:
            return KindGuess("organisation", False, f'it has the word "{word}"')
    for word in name.split()[1:-1]:
        if word in _BETWEEN:
            return KindGuess("organisation", False, f'it has the word "{word}"')
    if any(letter.isdigit() for letter in name):
        return KindGuess("organisation", False, "it has figures in it")
    return KindGuess("person", True)


def _east_asian(name: str) -> KindGuess:
    sure = _EAST_ASIAN.search(name)
    if sure:
        return KindGuess("organisation", True, f'it has the word "{sure[0]}"')
    signs = sum(not letter.isspace() for letter in name)
    if signs > _LONGEST_EAST_ASIAN and not re.search(r"[・·=＝]", name):
        return KindGuess("person", False, "it is longer than names usually are in this script")
    return KindGuess("person", True)
