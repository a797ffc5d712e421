"""Names of authors, out of the words that pages put around them."""

from __future__ import annotations

import re

from anthology.importers.dates import find_date

_LEAD = re.compile(
    r"^(?:(?:(?:written|posted|published|reported|reviewed|submitted|contributed|created|story|words|text|article|post|"
    r"report|analysis|opinion|review|photographs?|interview|commentary|exclusive|guest post)\s*)?(?:by|:)\s+|by\s*:\s*|author[s(]*\)?\s*[:–-]?\s+|"
    r"(?:(?:geschrieben|veröffentlicht|ein (?:artikel|beitrag|gastbeitrag)|text)\s+)?von:?\s+|autor(?:in|en|es)?\s*:\s+|(?:publié |écrit )?par:?\s+|"
    r"(?:publicado |escrito )?por:?\s+|door:?\s+|di\s+(?=[A-Z])|av\s+(?=[A-ZÅÄÖ])|auteurs?\s*:\s+)",
    re.IGNORECASE,
)
_BY_WITHIN = re.compile(
    r"(?:^|[\s|•·,–—-])(?:written |posted |published |reported )?by:?\s+(?=[^\W\d_])", re.IGNORECASE
)
_CUT = re.compile(
    r"\s*(?:[|•·\n\t►»>]|\s[-–—/]+\s|\s[-–—]{1,2}(?=[A-Z])|\(|\[|\s+\d{1,2}[:.]\d{2}\b|"
    r"\b(?:updated|published|posted|last (?:updated|modified)|modified|follow|view (?:all|profile|bio)|read more|share|email|"
    r"contact|filed under|comments?|min(?:ute)?s? read|about the author|see more|more (?:from|by|about|posts)|all posts|"
    r"twitter|facebook|@|\d+ (?:min|comments?)|veröffentlicht|aktualisiert|mis à jour|publié le)\b|@).*$",
    re.IGNORECASE | re.DOTALL,
)
_FOR_WHOM = re.compile(r"\s+(?:for|at|from|of|in|on|reporting from)\s+(?:the\s+)?(?=[A-Z]).*$")
_URL = re.compile(
    r"(?:https?:)?//\S+|\bwww\.\S+|\S+@\S+\.\S+|@\w+|\b\S+\.(?:com|org|net|co\.uk|de|fr)/\S*", re.IGNORECASE
)

_BETWEEN = re.compile(
    r"\s*[;、،]\s*|\s+(?:and|und|et|y|e|og|och|en|&|with|mit|avec)\s+|\s*&\s*|\s*\+\s*", re.IGNORECASE
)
_JOB = re.compile(
    r"\b(?:editors?|reporters?|correspondents?|writers?|columnists?|producers?|journalists?|contributors?|contributing|staff|"
    r"professor|lecturer|researcher|director|manager|analyst|fellow|chief|officer|author|blogger|critic|intern|bureau|desk|"
    r"team|head of|president|founder|ceo|cto|photographer|phd|ph\.d\.?|m\.?d\.?|redakteur(?:in)?|redaktion|journaliste|"
    r"correspondant|autor(?:in)?|freelance|senior|special to|specialist|expert|engineer|developer|consultant)\b",
    re.IGNORECASE,
)
_SUFFIX = re.compile(r"(?:jr|sr|ii|iii|iv|md|m\.d|phd|ph\.d|mba|esq|rn|ma|msc|rd|do|dphil)\.?", re.IGNORECASE)
_ORGANISATION = re.compile(
    r"\b(?:news|press|agency|agence|times|post|magazine|institute|university|universität|college|department|ministry|"
    r"association|society|foundation|stiftung|centers?|centres?|council|committee|commission|office|group|media|network|"
    r"company|inc|ltd|llc|gmbh|e\.v|board|reuters|afp|dpa|bloomberg|verlag|clinic|hospital|school|organi[sz]ation|"
    r"government|federation|union|trust|team|staff|redaktion|rédaction|redacción|collective|project|lab|labs|"
    r"today|journal|gazette|tribune|herald|international|academy|library|museum|alliance|initiative|partners|consumer|wire)\b",
    re.IGNORECASE,
)
_NOBODY_NAMES = (
    "admin administrator author authors by editor editorial editors guest none null undefined unknown staff webmaster "
    "am at on anonymous root user contributor contributors writer reporter n/a na default team redaktion redaktör redaction "
    "rédaction redacción posted published updated home about share print email comments contributing"
)
_NOBODY = frozenset(_NOBODY_NAMES.split())
_PHOTOGRAPH = re.compile(
    r"(?:photo|image|picture|illustration)s?(?:graph(?:s|y|ed)?)?\s*(?:by|credit|:|courtesy)", re.IGNORECASE
)
_PARTICLE_NAMES = "van von der den de del della di da dos du la le los bin ibn ben ter ten zu al el"
_PARTICLES = frozenset(_PARTICLE_NAMES.split())
_MOST_WORDS = 6


def names_in(written: str, *, is_organisation: bool = False) -> tuple[str, ...]:
    """Find the names in a byline or in a declared author.

    Arguments: the text; whether the page says that an organisation is meant, whose name is never taken apart.
    Returns the names as they are printed, without "By", jobs, dates, addresses and handles; none where there are none.
    """
    text = _URL.sub(" ", written)
    text = "\n".join(" ".join(line.split()) for line in text.splitlines() if line.strip())
    if _PHOTOGRAPH.match(text):
        return ()
    if is_organisation:
        name = " ".join(text.split())
        return (name,) if name and name.casefold() not in _NOBODY and len(name) < 100 else ()
    within = _BY_WITHIN.search(text)
    if within and within.start() < 60:
        text = text[within.end() :]
    previous = ""
    while text != previous:
        previous, text = text, _LEAD.sub("", text).strip(" \n,:;|–—-·•")
    text = _CUT.sub("", text).strip()
    date = find_date(text)
    if date:
        text = text[: date.begin]
    text = re.sub(r"\s+(?:on|am|at|um|le|,)\s*$", "", text.strip(" ,;:–—-"))
    if _ORGANISATION.search(text) and _is_one_organisation(text):
        return tuple(name for name in (_organisation(text),) if name)
    first, *others = re.split(r"\s*,\s*", text)
    if others and is_organisation_name(first) and not any(_is_two_or_three_names(other) for other in others):
        # Its seat: "Example Media GmbH, Munich, Germany".
        return tuple(name for name in (_organisation(first),) if name)
    found = [name for part in _BETWEEN.split(text) for name in _by_commas(part)]
    return tuple(dict.fromkeys(name for name in found if name))


def is_personal(name: str) -> bool:
    """Tell whether a name reads as a person's full name: two words or more, each with a capital or a particle."""
    words = name.split()
    return (
        len(words) > 1
        and all(word[0].isupper() or word in _PARTICLES for word in words)
        and words[-1][0].isupper()
    )


def is_organisation_name(name: str) -> bool:
    """Tell whether a name reads as an organisation's."""
    return bool(_ORGANISATION.search(name)) or (name.isupper() and " " not in name and len(name) > 1)


def _is_one_organisation(text: str) -> bool:
    """Tell whether a text is one organisation's name: no comma, and no person before "and"."""
    if "," in text or ";" in text or len(text.split()) > 12:
        return False
    parts = _BETWEEN.split(text)
    return len(parts) == 1 or not _is_two_or_three_names(parts[0]) or bool(_ORGANISATION.search(parts[0]))


def _is_two_or_three_names(text: str) -> bool:
    words = text.split()
    return 2 <= len(words) <= 3 and all(word[0].isupper() for word in words)


def _organisation(text: str) -> str:
    if _JOB.fullmatch(text):
        return ""
    shorter = re.sub(r"\s+(?:Staff|staff|STAFF)(?:\s+[Ww]riters?|\s+[Rr]eporters?)?$", "", text).strip()
    # "Jane Doe Staff Writer": a person with her job run into the name.
    jobless = _without_job(shorter)
    name = jobless or shorter
    return "" if name.casefold() in _NOBODY else name


def _without_job(text: str) -> str:
    """Take a job off the end of a person's name that runs into it."""
    found = re.search(
        r"\s+(?:(?:[Ss]enior|[Ss]taff|[Cc]ontributing|[Ss]pecial|[Cc]hief|[Aa]ssociate|[Mm]anaging|[Dd]eputy|[\w&]+)\s+)?"
        r"(?:[Ee]ditor|[Rr]eporter|[Cc]orrespondent|[Ww]riter|[Cc]olumnist|[Pp]roducer|[Jj]ournalist|[Cc]ontributor)s?\b.*$",
        text,
    )
    if not found or len(text[: found.start()].split()) < 2:
        return ""
    return text[: found.start()]


def _by_commas(text: str) -> list[str]:
    parts = [part.strip() for part in re.split(r"\s*,\s*", text) if part.strip()]
    if (
        len(parts) == 2
        and all(" " not in part and part[0].isupper() for part in parts)
        and not _SUFFIX.fullmatch(parts[1])
    ):
        # "Doe, Jane"; two single names side by side are rarer.
        if not _JOB.search(parts[1]) and not is_organisation_name(parts[1]):
            return [_name(f"{parts[1]} {parts[0]}")]
        return [_name(parts[0])]
    names: list[str] = []
    for number, part in enumerate(parts):
        if _SUFFIX.fullmatch(part) and names:
            if re.fullmatch(r"(?:jr|sr|ii|iii|iv)\.?", part, re.IGNORECASE):
                names[-1] += f", {part}"
            continue
        if number and names and (_JOB.search(part) or is_organisation_name(part) or not part[0].isupper()):
            # The rest tells who the person is.
            if part[0].islower() or not any(
                _is_two_or_three_names(later) and not is_organisation_name(later)
                for later in parts[number + 1 :]
            ):
                break
            continue
        names.append(_name(part))
    return names


def _name(text: str) -> str:
    name = _without_job(text) or text
    name = _FOR_WHOM.sub("", name)
    name = name.strip(" .,:;|–—-·•'\"“”*_") + ("." if re.search(r"\b(?:Jr|Sr)\.$", name.strip()) else "")
    words = name.split()
    if (
        not words
        or len(words) > _MOST_WORDS
        or name.casefold() in _NOBODY
        or not any(letter.isalpha() for letter in name)
    ):
        return ""
    if (
        _JOB.fullmatch(name)
        or re.search(r"[!?{}<>=/\\]", name)
        or (len(words) > 1 and any(letter.isdigit() for letter in name))
        or len(name) > 60
    ):
        return ""
    if words[0].lower() in (
        "the",
        "this",
        "these",
        "a",
        "an",
        "in",
        "on",
        "at",
        "we",
    ) and not is_organisation_name(name):
        return ""
    if name.isupper() and len(words) > 1 and name.isascii():
        name = " ".join(_in_small_letters(word) for word in words)
    return name


def _in_small_letters(word: str) -> str:
    """Write a name set in capitals as one writes it; initials stay."""
    if "." in word or len(word) <= 2:
        return word
    return re.sub(r"[A-Z]+", lambda found: found[0].capitalize(), word)
