"""What a check comes to: the problems, and which looks were taken or could not be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from anthology.problems import has_errors

if TYPE_CHECKING:
    from anthology.printers import Profile
    from anthology.problems import Problem

Kind = Literal["project", "epub", "pdf"]

# Looks that no program of others takes.
TEXT, EDITION, FILE = "the text", "the edition", "the file"


@dataclass(frozen=True, slots=True)
class Look:
    """One look that belongs to a check.

    `name` is that of the program or of what is looked at ("EPUBCheck", "the text"), `subject` what it was taken at: an
    edition or a file. Where it was not taken, `missing` says why, and `mend` is the command that helps, if one does.
    """

    name: str
    subject: str
    missing: str = ""
    mend: str = ""

    @property
    def taken(self) -> bool:
        """Tell whether it was taken."""
        return not self.missing


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What came of a check.

    `subject` is what was checked, as the command named it, `counted` what it holds, in words ("12 articles", "96
    pages"). For a PDF that was checked for a printer, `profile` is that printer's, `rules` and `pages` count what was
    checked.
    """

    kind: Kind
    subject: str
    problems: tuple[Problem, ...]
    looks: tuple[Look, ...] = ()
    counted: str = ""
    profile: Profile | None = None
    rules: int = 0
    pages: int = 0

    @property
    def complete(self) -> bool:
        """Tell whether all looks were taken."""
        return all(look.taken for look in self.looks)

    def exit_code(self, *, strict: bool = False, complete: bool = False) -> int:
        """Give the exit code: 1 for errors, or for any problem if `strict`; 3 for a missing look if it has to be `complete`."""
        if has_errors(self.problems) or (strict and self.problems):
            return 1
        return 3 if complete and not self.complete else 0
