"""Bylines: who is named, and for what; organisations stay whole."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from anthology.model import Credit

if TYPE_CHECKING:
    from anthology.model import Role

_FROM = r"(?: from(?: the)? \w+)?"
# What is said before a name, by role; the first word of a byline, and of each new role in it.
_PHRASES: tuple[tuple[Role, str], ...] = (
    (
        "translator",
        rf"translated{_FROM} by|translation(?: by|:)|(?:aus dem \w+ )?übersetzt von|übersetzung:|aus dem \w+ von|"
        r"traduit (?:d\S+ \S+ )?par|traduction :|traducid[oa] (?:del? \w+ )?por|traducción(?: de|:)",
    ),
    (
        "photographer",
        r"(?:photo(?:graph)?s?|photography|pictures?|images?)(?: by|:)|photographed by|fotos?(?: von| de|:)|"
        r"fotografien(?: von|:)|photo(?:graphie)?s?(?: de| :)|fotografías? (?:de|por)",
    ),
    (
        "illustrator",
        r"illustrat(?:ed|ions?) by|illustrations?(?: von| de| par|:| :)|drawings by|art(?:work)? by|illustriert von|"
        r"zeichnungen von|dessins de|ilustracion(?:es)? de|ilustrado por",
    ),
    ("editor", r"edited by|editor:|redaktion:|herausgegeben von"),
    ("interviewer", r"interview(?:ed)?(?: by| von| de|:| :)|entrevista de|propos recueillis par"),
    (
        "author",
        r"(?:published|posted|uploaded) by|(?:written|words|text|story|reported|essay|reporting) by|by|authors?:|text:|"
        r"geschrieben von|veröffentlicht von|von|autor(?:in)?:|écrit par|publié par|texte(?: de|:| :)|par|"
        r"escrito por|publicado por|texto(?: de|:)|por",
    ),
)
_PHRASE = re.compile(
    r"(?<![\w-])(?:" + "|".join(f"(?P<{role}>{phrase})" for role, phrase in _PHRASES) + r")\s+", re.IGNORECASE
)
# Short words that prose also has in mid-sentence: they begin a byline, and no role inside one.
_ONLY_FIRST = frozenset({"by", "von", "par", "por"})
_UPLOADER = re.compile(
    r"(?:published|posted|uploaded|veröffentlicht|publié|publicado) (?:by|von|par|por)\s", re.IGNORECASE
)

_ORGANISATION = re.compile(
    r"\b(?:academ(?:y|ie)|agenc[ey]|agence|agencia|archives?|association|asociación|board|bureau|büro|cent(?:er|re)|"
    r"club|co\.|coalition|collective|college|commission|committee|company|consortium|cooperative|corporation|council|"
    r"department|desk|editors|federation|fondation|foundation|fundación|gesellschaft|gmbh|group|gruppe|guild|hospital|"
    r"inc|initiative|instituto?|institute|journal|kollektiv|laborator(?:y|io)|league|library|llc|llp|ltd|magazine|"
    r"ministry|ministerium|museum|museo|network|netzwerk|news|office|orchestra|organi[sz]ation|press|project|redaktion|"
    r"rédaction|redacción|review|school|service|societ(?:y|é)|sociedad|sons|staff|stiftung|studios?|team|times|trust|"
    r"union|universit(?:y|ät|é)|universidad|verein|verlag|workshop)\b",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(
    r"\s*(?:,\s*(?:and|und|et|y)\s+|,\s+|\s&\s|\s(?:and|und|et|y|with|mit|avec|con)\s|;\s*|\s/\s)\s*"
)
_STRONG = re.compile(r"\s*(?:;\s*|\s/\s)\s*")
_GENERATION = re.compile(r"(?:jr|sr|ii|iii|iv)\.?", re.IGNORECASE)
_DEGREE = re.compile(
    r"(?:ph\.?\s?d|m\.?d|m\.?sc|m\.?a|b\.?a|b\.?sc|rn|lcsw|msw|mba|mph|dphil|psy\.?d|esq|j\.?d)\.?",
    re.IGNORECASE,
)
_PARTICLE = re.compile(
    r"van|von|der|den|de|del|della|di|da|dos|du|la|le|los|las|el|al|bin|ibn|ben|ter|ten|zu|zur|y|e|of|the|for|and|für|"
    r"und|des|et|en|&"
)
# "al-Hakim", "d'Arcy": a small letter that belongs to a name.
_PREFIXED = re.compile(r"(?:al-|d[’']|l[’']|[’'])\w+", re.IGNORECASE)
_STAFF = re.compile(
    r"(?:the |our |a )?(?:\w+ ){0,3}(?:staff|editors?|team|desk|correspondents?|reporters?|writers?|newsroom)",
    re.IGNORECASE,
)
_THE_AUTHOR = frozenset({"author", "the author", "authors", "the authors"})
_JOINT_AT_END = re.compile(r"[\s,;|·•–—-]+(?:(?:and|und|et|y)\s*)?$")
_ABBREVIATED = re.compile(r"(?:\b[A-Z]|\b(?:Jr|Sr|Inc|Ltd|Co|Ph\.?D|M\.?D))\.$")
_MOST_WORDS = 8
_MOST_WORDS_OF_PERSON = 5
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Byline:
    """A byline: as it was written, whom it names, and whether it may name who put the page up."""

    text: str
    credits: tuple[Credit, ...]
    is_uploader: bool = False

    def and_then(self, other: Byline) -> Byline:
        """Join the rest of a byline that a bar or dot cuts in two."""
        credits = tuple(dict.fromkeys((*self.credits, *other.credits)))
        return Byline(f"{self.text} · {other.text}", credits, self.is_uploader or other.is_uploader)


def read_byline(text: str) -> Byline | None:
    """Read a byline ("By A and B; photographs by C"); None for a line that is none."""
    text = " ".join(text.split())
    first = _PHRASE.match(text)
    if first is None or len(text) > _LONGEST:
        return None
    found: list[Credit] = []
    for phrase, role, names in _by_role(text, first):
        credits = split_names(names, role)
        # "By" and "Interview:" also begin sentences and headlines: what follows must look like names throughout.
        is_strict = phrase in _ONLY_FIRST or phrase.endswith(":")
        if is_strict and names.endswith(".") and not _ABBREVIATED.search(names):
            return None
        if not credits or not all(_is_name(credit.printed, is_strict) for credit in credits):
            return None
        found += [credit for credit in credits if credit.name.casefold() not in _THE_AUTHOR]
    return Byline(text, tuple(dict.fromkeys(found)), bool(_UPLOADER.match(text)))


def split_names(text: str, role: Role = "author") -> tuple[Credit, ...]:
    """Split names into credits ("A, B and C"); an organisation with "and" or commas in its name stays whole.

    Degrees ("PhD") are kept as the name is printed and left out of the name itself.
    """
    credits: list[Credit] = []
    for part in _STRONG.split(_without_full_stop(text.strip(" ,;:|·•-–—"))):
        credits += [_credit(name, role) for name in _names(part) if name]
    return tuple(dict.fromkeys(credits))


def is_organisation(name: str) -> bool:
    """Tell whether a name is that of an organisation, by a word that such names have."""
    return bool(_ORGANISATION.search(name))


def _by_role(text: str, first: re.Match[str]) -> list[tuple[str, Role, str]]:
    """Cut a byline at its phrases: each phrase, its role, and the names behind it."""
    marks = [first] + [
        mark
        for mark in _PHRASE.finditer(text, first.end())
        if mark.group().strip().casefold() not in _ONLY_FIRST and mark.lastgroup != "author"
    ]
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    parts = []
    for mark, end in zip(marks, ends, strict=True):
        role: Role = next(role for role, _ in _PHRASES if mark.group(role))
        names = _JOINT_AT_END.sub("", text[mark.end() : end])
        parts.append((mark.group().strip().casefold(), role, names))
    return parts


def _without_full_stop(names: str) -> str:
    return names[:-1] if names.endswith(".") and not _ABBREVIATED.search(names) else names


def _names(text: str) -> list[str]:
    """Cut a run of names at commas and "and", then put together what belongs to one name."""
    pieces: list[str] = []
    joints: list[str] = []
    at = 0
    for joint in _SEPARATOR.finditer(text):
        pieces.append(text[at : joint.start()].strip())
        joints.append(joint.group())
        at = joint.end()
    pieces.append(text[at:].strip())
    if [joint.strip() for joint in joints] == [","] and not any(" " in piece for piece in pieces):
        # "Black, Emily": the family name first.
        return [text] if is_organisation(text) else [f"{pieces[1]} {pieces[0]}"]
    names = [pieces[0]]
    for between, piece in zip(joints, pieces[1:], strict=True):
        if _belongs(names[-1], between, piece):
            names[-1] = f"{names[-1]}{between}{piece}"
        else:
            names.append(piece)
    return names


def _belongs(before: str, joint: str, piece: str) -> bool:
    """Tell whether a piece goes on with the name before it."""
    if joint.strip() == "," and (_GENERATION.fullmatch(piece) or _DEGREE.fullmatch(piece)):
        return True
    single = " " not in piece
    if is_organisation(before):
        # "Department of Health, Education and Welfare", "Institute for Rivers and Coastal Studies".
        of_something = re.search(r"\b(?:of|for|für|de|des|du|del)\b", before, re.IGNORECASE) is not None
        is_whole = re.search(r"\s(?:and|und|et|y|&)\s", before) is not None
        return (
            not is_organisation(piece) and of_something and not is_whole and (single or joint.strip() != ",")
        )
    # "Smith and Sons Ltd"
    return is_organisation(piece) and " " not in before and "," not in joint and _is_firm(piece)


def _is_firm(piece: str) -> bool:
    return bool(
        re.fullmatch(
            r"(?:\w+ )?(?:sons|co\.?|company|ltd\.?|inc\.?|gmbh|partners|associates)(?: .*)?",
            piece,
            re.IGNORECASE,
        )
    )


def _credit(name: str, role: Role) -> Credit:
    name = name.strip()
    if name.startswith("the ") and name[4:5].isupper():
        name = name[4:]
    bare = name
    while (cut := bare.rpartition(",")) and cut[0] and _DEGREE.fullmatch(cut[2].strip()):
        bare = cut[0].strip()
    return Credit(bare, role, name if bare != name else "")


def _is_name(name: str, is_strict: bool) -> bool:
    words = name.replace(",", " ").split()
    if not words or len(words) > _MOST_WORDS or re.search(r"[!?·|…:]|\d{3}|[a-zß-ÿ]{3,}\. ", name):
        return False
    if not is_strict or _STAFF.fullmatch(name):
        return True
    if len(words) > _MOST_WORDS_OF_PERSON and not is_organisation(name):
        return False
    proper = [word for word in words if not _PARTICLE.fullmatch(word.casefold())]
    return bool(proper) and all(
        word[0].isupper() or not word[0].isalpha() or _PREFIXED.fullmatch(word) for word in proper
    )
