"""Progress on a terminal: a line for each stage, with what it works on and how long it took."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import TracebackType

    from rich.console import Console
    from rich.status import Status


class StageLines:
    """Print the stages as they begin and end; print nothing where standard error is no terminal."""

    def __init__(self) -> None:
        from rich.console import Console

        self._console: Console = Console(stderr=True, highlight=False)
        self._status: Status | None = None
        self._stage = ""
        self._started = 0.0

    def __enter__(self) -> StageLines:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end(failed=error is not None)

    def begin(self, stage: str, detail: str) -> None:
        """End the stage before and begin this one."""
        if not self._console.is_terminal:
            return
        from rich.markup import escape

        self._end()
        self._stage = f"{stage:<8} [dim]{escape(detail)}[/dim]"
        self._started = time.perf_counter()
        self._status = self._console.status(self._stage, spinner="dots")
        self._status.start()

    def _end(self, *, failed: bool = False) -> None:
        if self._status is None:
            return
        self._status.stop()
        self._status = None
        seconds = time.perf_counter() - self._started
        mark = "[red]✗[/red]" if failed else "[green]✓[/green]"
        self._console.print(f"{mark} {self._stage} [dim]{seconds:.1f} s[/dim]")
