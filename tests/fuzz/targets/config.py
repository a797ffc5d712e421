"""`anthology.toml`: a configuration, or problems that name lines of the file."""

# ruff: noqa: SIM905 - names are read, and added to, as text

from __future__ import annotations

from anthology.config import load_config
from anthology.problems import ContentError
from fuzz.choices import Choices, document
from fuzz.promises import check_problems
from fuzz.samples import CONFIG

_KEYS = (
    "title subtitle language editors publisher description keywords subjects date revised edition rights "
    "identifier cover slug order articles limit suggest backlinks outside name sort also kind bio "
    "required fallback ignore code path reason format isbn pages-from trim start links printer standard "
    "theme bleed colour spine fonts gutter paper binding"
).split()
TOKENS = (
    *(f"\n{key} = " for key in _KEYS),
    *("[book]\n", "[imprint]\n", "[labels]\n", "[[sections]]\n", "[sections]\n", "[related]\n", "[contributors.a]\n", "[rights]\n"),
    *("[fonts]\n", "[accessibility]\n", "[check]\n", "[editions.ebook]\n", "[editions.print]\n", "[editions.kdp]\n", "[editions.a.b]\n"),
    *("[editions]\n", "[printers.own]\n", "[wrap]\n", "[index]\n", "[boko]\n", "[", "]", "{", "}", ",", ".", "=", "\n", " ", "#", '"'),
    *("'", '"""', "'''", "\\", '""', '"A"', '"en-GB"', '"6x9in"', '"0x0mm"', '"-1x9in"', '"9e99x9in"', '"a5"', '"listed"', '"print"'),
    *('"epub"', '"pdf"', '"pdf/x-4"', '["pdf/ua-1", "pdf/a-3b"]', '"kdp"', '"none"', "true", "false", "0", "-1", "1.5", "nan", "inf"),
    *("99999999999999999999", "1979-05-27", "0001-01-01", "9999-12-31", "07:32:00", "1979-05-27T07:32:00Z", "[]", "[1]", '["a", "*"]'),
    *('["../x"]', '"../x"', '"/etc/passwd"', '"a b"', '"é"', '"\\u0000"', '"\\u202e"', '"9780306406157"', '"978-0-306-40615-7"'),
    *('"a\\nb" = 1\n', '["a\\nb"]\n', '"a\\nb"', '"urn:uuid:x"', "\x00", "\ufeff", "\r", "\r\n", "é", "\u2028", "a.b.c = 1\n", '"a".\'b\' = 2\n', "{a = 1, b = {c = []}}", "[" * 40),
)  # fmt: skip
SEEDS = (CONFIG.encode(), b'[book]\ntitle = "A"\n', CONFIG.replace("\n", "\r\n").encode())


_HEADINGS = tuple(token for token in TOKENS if token.startswith("[") and token.endswith("]\n"))
_VALUES = tuple(
    token
    for token in TOKENS
    if token[:1] in {'"', "'", "[", "{", *"0123456789-"} or token in ("true", "false", "nan", "inf")
)


def _tables(choices: Choices) -> bytes:
    """Write lines that are TOML each by itself: headings, and keys with values of any kind."""
    lines = ['[book]\ntitle = "A"']
    while choices.left:
        if choices.number(3):
            lines.append(f"{choices.one_of(_KEYS)} = {choices.one_of(_VALUES)}")
        else:
            lines.append(choices.one_of(_HEADINGS).strip())
    return "\n".join(lines).encode()


def check(data: bytes) -> None:
    """Read a configuration; what is wrong with it is told with lines of the file, twice the same."""
    choices = Choices(data)
    made = _tables(choices) if choices.number(1) else document(choices.rest(), SEEDS, TOKENS)
    try:
        config = load_config(made)
    except ContentError as error:
        assert error.problems
        # TOML ends lines with a line feed alone.
        check_problems(error.problems, made.count(b"\n") + 1, "anthology.toml")
        return
    assert config == load_config(made)
