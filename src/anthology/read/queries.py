"""The editor's queries: marked comments, which are told to the editor and stand in no edition.

`<!-- ? Is this date right? -->` and `<!-- query: Is this date right? -->` are queries, also in the values of the front
matter. They are taken out before the
text is read, for of a comment with an empty line in it, or one in brackets, Markdown would make words; and one on a
line of its own would divide the paragraph or the list round it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from anthology.model import Origin, Query
from anthology.read.code import tokens_of
from anthology.read.source import decode

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from anthology.read.source import Source

_QUERY = re.compile(
    r"<!--\s*(?:\?|query(?![\w-])[:,]?)(?P<text>.*?)(?P<end>-->|\Z)", re.DOTALL | re.IGNORECASE
)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
# Before these the space in front of a query would be one too many: what touches a query ends something.
_NO_SPACE_BEFORE = re.compile(r"""[ \t]|$|[.,;:!?)\]}’”…"'*_~|]""", re.MULTILINE)
_INDENTED = re.compile(r"(?: {4}|\t| {1,3}\t)[^\n]*\Z")
_CODE = re.compile(r"<(?:code|pre)\b[^>]*>(.*?)</(?:code|pre)>", re.DOTALL)
# Where queries are to be seen, these stand for them: characters of the last private plane, which no text has.
FIRST_MARK = 0x10F000
_MOST_MARKS = 0xFFD


class Found(NamedTuple):
    """A query in a text: where it begins, where it ends, what it asks, and whether it ends at all."""

    start: int
    end: int
    text: str
    closed: bool


def queries_in(source: Source) -> tuple[Query, ...]:
    """Find the queries of a text; each is a warning with its line, one that never ends an error."""
    found = find_queries(source.text, source.body_at)
    told = (_told(source, one, source.line_at(one.start)) for one in found)
    return tuple(query for query in told if query)


def take_queries(value: str, line: int, source: Source) -> tuple[str, tuple[Query, ...]]:
    """Take the queries out of a value of the front matter that stands on this line; they are told as those of a text."""
    found = [query for at in _COMMENT.finditer(value) if (query := _found(at.start(), at.group()))]
    if not found:
        return value, ()
    told = (_told(source, one, line) for one in found)
    return _without(value, found).strip(), tuple(query for query in told if query)


def _told(source: Source, found: Found, line: int) -> Query | None:
    if not found.closed:
        source.error("T024", "a query begins here and never ends", line, "write --> where it ends")
        return None
    source.warn(
        "T023",
        f"a query is open: {found.text or '(it asks nothing)'}",
        line,
        "answer it, then delete it; no edition shows it",
        fold="{count} queries are open: `anthology plan` lists them",
    )
    return Query(Origin(source.path, line), found.text)


def find_queries(text: str, start: int = 0) -> tuple[Found, ...]:
    """Find the queries of a text from `start` on, in order; what looks like one in code is code."""
    tokens = tokens_of(text, start)
    found = [query for token in tokens if (query := _found(token.start(), token.group()))]
    indented = {one.start for one in found if _INDENTED.search(text, 0, one.start)}
    if indented:
        code = _in_code(text, start, [one for one in found if one.start in indented])
        found = [one for one in found if one.start not in code]
    return tuple(found)


def without_queries(text: str) -> str:
    """Take the queries out of a text of Markdown, so that what is left reads as if nobody had asked."""
    return _without(text, find_queries(text))


def _found(start: int, comment: str) -> Found | None:
    query = _QUERY.match(comment)
    if not query:
        return None
    return Found(start, start + query.end(), " ".join(query["text"].split()), bool(query["end"]))


def _without(text: str, queries: Iterable[Found]) -> str:
    out, at = [], 0
    for found in queries:
        start, end = _extent(text, found, at)
        out.append(text[at:start])
        at = end
    return "".join((*out, text[at:]))


def with_marks(data: bytes) -> bytes:
    """Put a mark into a content file for each of its queries: the n-th from 0 is `chr(FIRST_MARK + n)`.

    Who shows queries reads that file, and finds the marks among the words. Returns UTF-8.
    """
    source = decode("", data)
    found = find_queries(source.text, _body_at(source))[:_MOST_MARKS]
    return _marked(source.text, [one for one in found if one.closed]).encode()


def _body_at(source: Source) -> int:
    from anthology.read.front_matter.fences import read_front_matter

    read_front_matter(source)
    return source.body_at


def _marked(text: str, found: Sequence[Found]) -> str:
    out, at = [], 0
    for number, one in enumerate(found):
        out += [text[at : one.start], chr(FIRST_MARK + number)]
        at = one.end
    return "".join((*out, text[at:]))


def _extent(text: str, found: Found, after: int) -> tuple[int, int]:
    """Say what goes with a query: its lines if it has them to itself, else the space that would be one too many."""
    line = text.rfind("\n", 0, found.start) + 1
    end = text.find("\n", found.end)
    end = len(text) if end < 0 else end
    before = text[max(line, after) : found.start]
    if not before.strip() and not text[found.end : end].strip():
        return max(line, after), min(end + 1, len(text))
    start = found.start
    if before.strip() and _NO_SPACE_BEFORE.match(text, found.end):
        start -= len(before) - len(before.rstrip(" \t"))
    return start, found.end


def _in_code(text: str, start: int, found: Sequence[Found]) -> frozenset[int]:
    """Tell which queries stand in code that is indented: only Markdown knows that from a paragraph of a list."""
    from anthology.read.markdown.converter import convert

    markup, _ = convert(_marked(text, found)[start:])
    marks = {letter for code in _CODE.findall(markup) for letter in code}
    return frozenset(one.start for number, one in enumerate(found) if chr(FIRST_MARK + number) in marks)
