"""The design that an edition is made with: its theme, and for paper the files that its styles name."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from anthology.editions.style_media import PAPER
from anthology.editions.style_resources import gather_resources
from anthology.editions.style_traps import traps_in
from anthology.model import Origin

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from anthology.config import Edition
    from anthology.problems import Problem
    from anthology.theme import Theme


_TEMPLATES = "templates/"


class Design(NamedTuple):
    """A theme made ready for an edition, and what there is to tell of its styles."""

    theme: Theme
    problems: tuple[Problem, ...] = ()

    def located(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """Name the files of the theme in problems of its templates, which elsewhere are known by what they make."""
        return tuple(
            replace(problem, origin=Origin(self._file(problem.origin.path), problem.origin.line))
            if problem.origin
            else problem
            for problem in problems
        )

    def _file(self, path: str) -> str:
        template = path.removeprefix(_TEMPLATES)
        return f"{_TEMPLATES}{self.theme.path_of(template)}" if template != path else path


def design_for(edition: Edition, theme: Theme, find: Callable[[str], bytes | None]) -> Design:
    """Choose the theme of an edition; for paper, take in what its styles name.

    Arguments: `theme` has the designs of every name; `find` reads a file of the project. The styles of an e-book are
    made ready where it is packed.
    """
    theme = theme.chosen(edition.theme)
    if edition.format == "epub":
        return Design(theme)
    # The packaged ones name nothing.
    own = {path: text for path, text in theme.sheets("pdf").items() if path in theme.own}
    resources = gather_resources(own, "styles", find, PAPER)
    styles = {**theme.styles, **dict(zip(own, resources.layers, strict=True))}
    files = tuple((file.name, file.data) for file in resources.files)
    return Design(replace(theme, styles=styles, files=files), (*resources.problems, *traps_in(own)))
