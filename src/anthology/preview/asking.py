"""Where an editor asks: the words round each query of an article, and the block that they stand in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from anthology.read import read_article
from anthology.read.queries import FIRST_MARK, with_marks
from anthology.wording import PICTURE, folded, standing
from anthology.xhtml import parse_fragment

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from anthology.model import Article
    from anthology.wording import Standing

# What stands in a text for its queries: the last private plane, which no text has.
_MARK = re.compile(f"[{chr(FIRST_MARK)}-\U0010fffd]")
# So many characters on either side of a query tell which place is meant.
_AROUND = 60


class Asked(NamedTuple):
    """Where a query stands: the words before and behind it in a block, and the id of that in the linked book."""

    before: str
    behind: str
    block: str


def places_of_queries(
    piece: Article, data: bytes, language: str, find: Callable[[str], bytes | None]
) -> Mapping[int, Asked]:
    """Find where the queries of a piece stand, by their numbers from 0.

    Arguments: the piece as it is linked, the bytes of its file, the book's language (BCP 47), and what gives the bytes
    of a file of the project. A query has no place in a title or in the description of a picture, and none has where
    the file is no longer what was linked.
    """
    marked = read_article(piece.origin.path, with_marks(data), language=language, find=find).article
    if marked is None or not piece.queries:
        return {}
    blocks = [block for block in _blocks_of(piece) if _letters(block.text)]
    texts = [block.text for block in _blocks_of(marked)]
    letters = filter(None, map(_letters, texts))
    if not blocks or [_letters(block.text) for block in blocks] != list(letters):
        return {}
    places = {}
    at = 0
    for text in texts:
        # A query on a line of its own is about what stands before it, or else behind.
        alone = not _letters(text)
        for found in _MARK.finditer(text):
            before, behind = text[: found.start()], text[found.end() :]
            if alone:
                before, behind = (blocks[at - 1].text, "") if at else ("", blocks[0].text)
            block = blocks[max(at - 1, 0) if alone else at].block
            # The mark of a query stands at the word before it.
            gap = " " if before[-1:].isspace() and behind[:1].isalnum() else ""
            places[ord(found.group()) - FIRST_MARK] = Asked(_end_of(before), gap + _start_of(behind), block)
        at += not alone
    return places


def _blocks_of(piece: Article) -> list[Standing]:
    return standing(parse_fragment(piece.body), {block.id for block in piece.blocks})


def _letters(text: str) -> str:
    """Give what is the same whether a query stands beside it or not: quotation marks may turn the other way."""
    return "".join(filter(str.isalnum, folded(text)))


def _start_of(text: str) -> str:
    flat = _flat(text).rstrip()
    return flat if len(flat) <= _AROUND else f"{flat[:_AROUND].rpartition(' ')[0] or flat[:_AROUND]} …"


def _end_of(text: str) -> str:
    flat = _flat(text).strip()
    return flat if len(flat) <= _AROUND else f"… {flat[-_AROUND:].partition(' ')[2] or flat[-_AROUND:]}"


def _flat(text: str) -> str:
    return re.sub(r"\s+", " ", _MARK.sub("", text).replace(PICTURE, ""))
