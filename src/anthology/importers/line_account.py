"""The account of a capture's lines: which are the article's, and what becomes of the others."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from anthology.importers.instructions import Instructed, is_instruction, is_one_sentence, take_instruction
from anthology.importers.lines import Line, same_text
from anthology.importers.litter import reasons
from anthology.importers.model import Dropped, LineCounts, PullQuote
from anthology.importers.page_data import is_notice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from anthology.importers.model import Reason
    from anthology.importers.page_head import PageHead
    from anthology.importers.related_list import RelatedLists

Fate = Literal["kept", "front_matter", "related", "dropped"]
_FATES: tuple[Fate, ...] = ("kept", "front_matter", "related", "dropped")

_ENDS = (".", "!", "?", "…", ":", ";", '"', "'", "”", "’", "»", "“", ")", "]", "。", "！", "？", "」")
_END_MARKS = " .!?…\"'"
_SHORT_WORDS = 8


@dataclass(frozen=True, slots=True)
class Part:
    """A line of the article's text: what it shares with its copies; and, of a pull quote, what was asked for."""

    line: Line
    key: str
    is_quote: bool = False
    instruction: str = ""


@dataclass(slots=True)
class Account:
    """What becomes of each line, by its number."""

    fates: dict[int, Fate] = field(default_factory=dict)
    dropped: list[Dropped] = field(default_factory=list)
    unrecognised: list[tuple[int, str]] = field(default_factory=list)

    def drop(self, line: Line, reason: Reason) -> None:
        """Leave a line out."""
        self.fates[line.number] = "dropped"
        self.dropped.append(Dropped(line.number, reason, line.text))

    def counts(self, lines: Sequence[Line]) -> LineCounts:
        """Count the fates of all lines."""
        counted = Counter(self.fates.values())
        blank = sum(not line.text for line in lines)
        return LineCounts(len(lines), blank, **{fate: counted[fate] for fate in _FATES})


def article_parts(lines: Sequence[Line], account: Account) -> tuple[list[Part], int | None]:
    """Leave out litter and doubled lines; give the rest, and before which of it the share bar stood."""
    written = [line for line in lines if line.text]
    parts: list[Part] = []
    share_bar_before: int | None = None
    awaits_quote = ""
    for line, reason in zip(written, reasons([line.plain for line in written]), strict=True):
        if reason:
            account.drop(line, reason)
            if reason == "share-bar" and share_bar_before is None:
                share_bar_before = len(parts)
            continue
        if is_instruction(line.plain) and parts:
            account.drop(line, "instruction")
            awaits_quote = line.plain
            continue
        part = _part(line, awaits_quote)
        awaits_quote = ""
        if parts and parts[-1].key == part.key and (parts[-1].is_quote or not part.is_quote):
            account.drop(line, "doubled")
        else:
            parts.append(part)
    return parts, share_bar_before


def _part(line: Line, instruction: str) -> Part:
    instructed = take_instruction(line.text)
    if instructed is None and instruction and is_one_sentence(line.plain):
        instructed = Instructed(instruction, line.text)
    if instructed is None:
        return Part(line, same_text(line.plain))
    return Part(Line(line.number, instructed.text), same_text(instructed.text), True, instructed.instruction)


def settle(parts: Sequence[Part], head: PageHead, lists: RelatedLists, account: Account) -> list[Part]:
    """Say what becomes of each line that is left; give the parts of the article's text."""
    text: list[Part] = []
    for at, part in enumerate(parts):
        line = part.line
        if at in lists.doubled:
            account.drop(line, "doubled")
        elif at in lists.used:
            account.fates[line.number] = "related"
        elif at < head.end and at not in head.rest:
            account.fates[line.number] = "front_matter"
        else:
            account.fates[line.number] = "kept"
            text.append(part)
            if not is_notice(line.plain) and (at in lists.strays or at < head.end or _is_odd(part)):
                account.unrecognised.append((line.number, line.text))
    return text


def _is_odd(part: Part) -> bool:
    """Tell a line that may be a heading, a name, a left-over: a few words and no end of a sentence."""
    text = part.line.plain
    return not part.is_quote and len(text.split()) <= _SHORT_WORDS and not text.endswith(_ENDS)


def pull_quotes_of(text: Sequence[Part]) -> tuple[PullQuote, ...]:
    """Give the pull quotes of a text, and whether its paragraphs say them in so many words."""
    said = "\n".join(part.key.casefold() for part in text if not part.is_quote)
    return tuple(
        PullQuote(part.line.text, part.line.number, part.key.casefold().strip(_END_MARKS) in said)
        for part in text
        if part.is_quote
    )
