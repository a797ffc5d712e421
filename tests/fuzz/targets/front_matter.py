"""Front matter: YAML and TOML, their fences, and every field."""

# ruff: noqa: SIM905 - names are read, and added to, as text

from __future__ import annotations

from fuzz.choices import document
from fuzz.promises import read
from fuzz.samples import ARTICLE, TOML_ARTICLE

_KEYS = (
    "title short-title standfirst description summary authors author date section tags related weight "
    "order language lang id aliases image rights picture-rights source status approved draft name role "
    "credited-as url publication holder licence credit evidence expires file byline capture sha256"
).split()
TOKENS = (
    *("---\n", "+++\n", "\n", " ", "  ", ": ", " = ", "- ", "-", "[", "]", "{", "}", ", ", '"', "'", "#", " # "),
    *("|\n", ">-\n", "|2\n", "? ", "...\n", "&a ", "*a ", "!!str ", "!", "%YAML 1.2\n", "\t", "\\", "<<", "~", "@", "`"),
    *('"a\\nb": ', '"a\\nb" = 1\n', '"a\\nb"', "\ufeff", "\x85", "\u2028", "\xa0", "\x00", "\x7f", "\r\n", "\r", '"\\u0001"', '"\\ud83d\\ude00"', '"\\ud800"'),
    *('"\\x85"', '"\\uFFFE"', '"""', "'''", "[[related]]\n", "[source]\n", "[a.b]\n", "a.b.c = 1\n", "\\N", "\\_"),
    *("yes", "no", "true", "null", "010", "1.10", "12:30:45", "2024-02-30", "2025-07-29", "July 29, 2025", "1e999"),
    *("0x1f", "0o7", "1_000", "nan", "-inf", "99999999999999999999", "٣", "３", "0000-01-01", "2025-7-9T99:99"),
    *("en", "zh-Hant", "x", "../../etc", "é", "日本", "\U0001f600", "\u202e", "<b>", "&amp;", "{{ 7 }}", "a: b", "a" * 300),
    *(f"\n{key}: " for key in _KEYS),
    *(f"\n{key} = " for key in ("title", "date", "related", "authors", "draft")),
)  # fmt: skip
SEEDS = (ARTICLE.encode(), TOML_ARTICLE.encode(), ARTICLE.partition("\n# ")[0].encode())
_FENCES = (b"---\n", b"+++\n")


def check(data: bytes) -> None:
    """Read a file: an article or an error; problems name a line of the file; the ids are as promised."""
    made = document(data, SEEDS, TOKENS)
    if data[:1] and data[0] % 8 in (1, 2) and not made.startswith(_FENCES):
        fence = _FENCES[data[0] % 2]
        made = fence + made + b"\n" + fence + b"Text.\n"
    read(made)
