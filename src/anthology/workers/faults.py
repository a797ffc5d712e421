"""What can come between a task and its end."""

from __future__ import annotations

import signal


class LostTask(Exception):  # noqa: N818  # its kinds say what happened
    """A task came to no end: it went over a budget, or its process died. The text says which."""


class OverTime(LostTask):
    """A task took longer than its budget of `seconds`, and was ended."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds

    def __str__(self) -> str:
        return f"it took more than {self.seconds:g} s and was given up"


class OverMemory(LostTask):
    """The process of a task took more memory than its budget of `megabytes` (of 2**20 bytes)."""

    def __init__(self, megabytes: int) -> None:
        super().__init__(megabytes)
        self.megabytes = megabytes

    def __str__(self) -> str:
        return f"it took more than {self.megabytes} MB of memory and was given up"


class WorkerDied(LostTask):
    """The process of a task ended in the middle of it; a negative `exit_code` is the signal that ended it."""

    def __init__(self, exit_code: int) -> None:
        super().__init__(exit_code)
        self.exit_code = exit_code

    def __str__(self) -> str:
        if self.exit_code >= 0:
            return f"its process ended by itself, with exit code {self.exit_code}"
        told = signal.strsignal(-self.exit_code) or f"signal {-self.exit_code}"
        return f"its process died ({told.lower()})"
