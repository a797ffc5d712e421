"""The margins of an edition's pages: what the styles print in them, set apart from the leaves and kept like them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from anthology.digests import digest
from anthology.leaves import Frame, FramesTask, Furniture, RulesTask
from anthology.numbering import kinds_of, strings_in
from anthology.problems import AnthologyError, ContentError, Problem
from anthology.typeset import read_frames, set_frames
from anthology.workers import LostTask

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from concurrent.futures import Future

    from anthology.editions.workshop import Workshop
    from anthology.leaves import Leaf, RulesRead, Sheet

T = TypeVar("T")

# Frames set in one task.
_FRAMES = 60


class Margins:
    """Has margins set; `ground` is the digest of the sheet, which every key has."""

    def __init__(self, workshop: Workshop, sheet: Sheet, ground: str) -> None:
        self._workshop = workshop
        self._sheet = sheet
        self._ground = ground

    def rules(self, leaves: Sequence[Leaf]) -> RulesRead:
        """Read what pages of the kinds that leaves have print in their margins, and where their type area lies."""
        task = RulesTask(kinds_of(leaves), strings_in(leaves), self._sheet)
        key = digest("rules", self._ground, repr(task.kinds), repr(task.strings))
        kept: RulesRead | None = self._workshop.kept(key)
        if kept is None:
            ((_, future),) = self._workshop.perform(read_frames, [task])
            kept = _result_of(future)
            self._workshop.keep(key, kept, ())
        assert kept is not None
        return kept

    def furniture(self, frames: Iterable[Frame]) -> dict[Frame, Furniture]:
        """Take furniture from the cache, and have the rest set.

        Raises ContentError where the margins cannot be set.
        """
        made: dict[Frame, Furniture] = {}
        missing = []
        for frame in sorted(set(frames), key=repr):
            kept = self._workshop.kept(self._frame_key(frame))
            if kept is None:
                missing.append(frame)
            else:
                made[frame] = kept
        batches = []
        for roman in (True, False):
            some = [frame for frame in missing if frame.roman is roman]
            batches += [tuple(some[at : at + _FRAMES]) for at in range(0, len(some), _FRAMES)]
        tasks = (FramesTask(batch, self._sheet, frozenset(self._workshop.faces)) for batch in batches)
        for task, future in self._workshop.perform(set_frames, tasks):
            done = _result_of(future)
            self._workshop.add_faces(done.faces)
            for frame, furniture in zip(task.frames, done.furniture, strict=True):
                made[frame] = furniture
                self._workshop.keep(
                    self._frame_key(frame), furniture, {font.face for font in furniture.fonts}
                )
        return made

    def _frame_key(self, frame: Frame) -> str:
        return digest("frame", self._ground, repr(frame))


def reason_of(error: Exception) -> str:
    """Say why something cannot be set, as an end of a sentence."""
    if isinstance(error, LostTask | ValueError) and str(error):
        return str(error)
    if isinstance(error, OSError) and error.strerror:
        return f"the disk refuses: {error.strerror}"
    return f"WeasyPrint fails on it ({type(error).__name__}{f': {error}' if str(error) else ''})"


def _result_of(future: Future[T]) -> T:
    """Give what came of a task for the margins; raises ContentError where they cannot be set."""
    try:
        return future.result()
    except AnthologyError:
        raise
    except Exception as error:  # whatever the engine can fail with
        message = f"the running heads and page numbers cannot be set: {reason_of(error)}"
        hint = "look at the margin boxes of @page in your styles/"
        raise ContentError(Problem("P006", "error", message, None, hint)) from error
