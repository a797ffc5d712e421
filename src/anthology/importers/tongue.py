"""The language of a text, told by its commonest small words."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# Words that one of these languages has and the others have not.
_WORDS = {
    "en": "the and of to is that it with was for are this be as they from which by not have has had but you or",
    "de": "der die und das ist nicht ein eine mit von zu den dem auf für sich auch wird werden es als wie wir sie bei",
    "fr": "le les et des est une dans pour que qui pas sur avec au aux ce cette sont nous vous mais ou par plus il",
    "es": "el los y las del es una por con para que no se su como más pero sus ha este esta son lo al sobre",
    "it": "il di che è gli della per una con non del sono più anche nel alla dei delle come si questo lo ma",
    "nl": "het een van en is dat niet op te zijn voor met die aan er om ook als maar bij naar wordt door zij",
    "pt": "o os e as do da não uma que para com em por mais dos das como mas foi ao ele sua ou quando muito",
}
_LANGUAGES_OF: dict[str, list[str]] = {}
for _language, _words in _WORDS.items():
    for _word in _words.split():
        _LANGUAGES_OF.setdefault(_word, []).append(_language)

_WORD = re.compile(r"[^\W\d_]+")
# Fewer small words than this, or a lead smaller than this, prove nothing.
_LEAST = 8
_LEAD = 1.5
_SAMPLE = 2000


def language_of(texts: Iterable[str]) -> str:
    """Tell the language (BCP 47) of running text; "" where too little speaks for any."""
    words = [word for text in texts for word in _WORD.findall(text.casefold())][:_SAMPLE]
    counts: Counter[str] = Counter()
    for word in words:
        for language in _LANGUAGES_OF.get(word, ()):
            counts[language] += 1
    if not counts:
        return ""
    (best, most), *others = counts.most_common(2)
    second = others[0][1] if others else 0
    return best if most >= _LEAST and most >= second * _LEAD else ""
