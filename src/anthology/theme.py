"""The theme: templates and styles, the project's own file before the packaged one.

A design by name is a folder of the same: what lies in `styles/themes/NAME/` comes on top of the layer of its name,
and what lies in `templates/themes/NAME/` takes the place of the packaged template.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from anthology.model import Origin
from anthology.problems import ContentError, Problem
from anthology.regular_files import LARGEST_TEXT, paths_below, read_file

if TYPE_CHECKING:
    from collections.abc import Mapping

# The layers of the styles, in the order of the cascade; the fourth is the edition's own.
LAYERS = {
    "pdf": ("reset.css", "type.css", "parts.css", "paper.css", "house.css"),
    "epub": ("reset.css", "type.css", "parts.css", "e-reader.css", "house.css"),
    "wrap": ("reset.css", "wrap.css", "house.css"),
}
THEMES = "themes/"
_SUFFIXES = (".html", ".xhtml", ".ncx", ".css")
# The style sheets of reports, which are no part of a book.
REPORTS = ("reports/base.css", "reports/plan.css", "reports/changes.css", "reports/changes-paper.css")


@dataclass(frozen=True, slots=True)
class Theme:
    """Templates and styles by file name.

    `templates` has the project's files over the packaged ones; `packaged` has the packaged ones alone, so that
    an override can extend what it replaces (`{% extends "packaged/article.html" %}`). `own` names the project's
    own files. All of them hold the designs of every name in `themes/`; `name` is that of the chosen one, empty for
    the usual. `files` are what the styles name: names and bytes, once an edition has taken them in.
    """

    templates: Mapping[str, str]
    packaged: Mapping[str, str]
    styles: Mapping[str, str]
    own: tuple[str, ...] = ()
    name: str = ""
    files: tuple[tuple[str, bytes], ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Name the designs that there are beside the usual one, sorted."""
        return tuple(sorted({theme_of(path) for path in (*self.styles, *self.templates)} - {""}))

    def chosen(self, name: str) -> Theme:
        """Give the theme with the templates and styles of the design `name`; where there is none, the usual."""
        if name not in self.names:
            return self
        folder = f"{THEMES}{name}/"
        design = replace(self, name=name)
        designed = {path.removeprefix(folder) for path in self.templates if path.startswith(folder)}
        templates = {template: self.templates[design.path_of(template)] for template in designed}
        return replace(design, templates={**self.templates, **templates})

    def path_of(self, template: str) -> str:
        """Name the file within templates/ that a template is read from.

        The project's file for the chosen design comes before the project's for all editions, and both come before
        the packaged ones.
        """
        designed = f"{THEMES}{self.name}/{template}"
        if designed in self.own or (designed in self.packaged and template not in self.own):
            return designed
        return template

    def sheets(self, format: str) -> dict[str, str]:
        """Give the style sheets of a format (`pdf` or `epub`) by path within styles/, in the order of the cascade.

        The layers of the chosen design come on top of the usual ones, and the house has the last word: its layer
        for all editions, then that for this design.
        """
        folder = f"{THEMES}{self.name}/" if self.name else ""
        *layers, house = LAYERS[format]
        designed = [f"{folder}{layer}" for layer in layers] if folder else []
        order = (*layers, *designed, house, *([f"{folder}{house}"] if folder else []))
        return {path: self.styles[path] for path in order if path in self.styles}

    def layers(self, format: str) -> tuple[str, ...]:
        """Give the style sheets of a format (`pdf` or `epub`), in the order of the cascade."""
        return tuple(self.sheets(format).values())


def theme_of(path: str) -> str:
    """Name the design that a template or style sheet belongs to; empty for what belongs to all."""
    folder, _, file = path.removeprefix(THEMES).partition("/")
    return folder if path.startswith(THEMES) and file else ""


def load_theme(project: Path) -> Theme:
    """Read the templates and styles of a project folder, and the packaged ones for those it does not have.

    Raises ContentError for a file of the project that is not UTF-8, and RefusedFile for one that is not read.
    """
    packaged = _packaged_files("templates")
    templates, styles = _own_files(project, "templates"), _own_files(project, "styles")
    if packaged_folder("styles").resolve() == (project / "styles").resolve():
        return Theme(packaged, packaged, styles)
    return Theme(
        templates=packaged | templates,
        packaged=packaged,
        styles=_packaged_files("styles") | styles,
        own=(*templates, *styles),
    )


def packaged_folder(name: str) -> Path:
    """Find a folder of packaged defaults: inside the installed package, else at the top of the checkout.

    Raises FileNotFoundError if neither is there, which means a broken installation.
    """
    package = Path(__file__).parent
    for folder in (package / "_defaults" / name, package.parent.parent / name):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"anthology is installed without its {name}/")


def _packaged_files(name: str) -> dict[str, str]:
    folder = packaged_folder(name)
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8-sig")
        for path in sorted(folder.rglob("*"))
        if path.suffix in _SUFFIXES
    }


def _own_files(project: Path, name: str) -> dict[str, str]:
    """Read what lies in a folder of the project: it may come from anywhere, and hold anything."""
    folder = project / name
    texts = {}
    for path in paths_below(folder, project):
        if path.suffix in _SUFFIXES:
            shown = path.relative_to(project).as_posix()
            data = read_file(path, shown, LARGEST_TEXT, project)
            if data is not None:
                texts[path.relative_to(folder).as_posix()] = _text_of(data, shown)
    return texts


def _text_of(data: bytes, shown: str) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ContentError(
            Problem("S004", "error", "not UTF-8", Origin(shown, line), "save the file as UTF-8")
        ) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")
