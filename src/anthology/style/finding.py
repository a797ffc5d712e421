"""What is found in a passage: a fault, or a use of one of several ways that a house may choose from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from anthology.style.passages import Passage

AS_WRITTEN = "as-written"


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault: where it stands in its passage, what is wrong with it and what to do, in an editor's words.

    What can be mended without touching a word has a `mended`, to stand in its place; all else is for the editor.
    """

    code: str
    passage: Passage
    start: int
    end: int
    message: str
    hint: str = ""
    fold: str = ""
    mended: str | None = None

    @property
    def written(self) -> str:
        """Give what stands there."""
        return self.passage.text[self.start : self.end]

    @property
    def is_mendable(self) -> bool:
        """Tell whether it can be mended where it stands: in one piece, and in a heading without another name for links."""
        if self.mended is None or not self.passage.is_whole(self.start, self.end):
            return False
        same_spaces = any(map(str.isspace, self.written)) == any(map(str.isspace, self.mended))
        return same_spaces or self.passage.kind != "heading"


@dataclass(frozen=True, slots=True)
class Use:
    """A place where a writer could have done it otherwise.

    `topic` is the key of `[style]` that is about it, `way` the value of that key that the writer goes by, or a name for
    a way that no house would choose. `mended` is how the house has it, where that is another way and can be put in
    without touching a word; `wanted` says that it is as the house has it, or that the house has chosen nothing.
    """

    topic: str
    way: str
    passage: Passage
    start: int
    end: int
    wanted: bool = True
    mended: str | None = None
    hint: str = ""
