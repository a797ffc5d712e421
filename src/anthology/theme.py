"""The theme: templates and styles, the project's own file before the packaged one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from anthology.model import Origin
from anthology.problems import ContentError, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

# The layers of the styles, in the order of the cascade; the third is the edition's own.
LAYERS = {
    "pdf": ("reset.css", "type.css", "parts.css", "paper.css", "house.css"),
    "epub": ("reset.css", "type.css", "parts.css", "e-reader.css", "house.css"),
}


@dataclass(frozen=True, slots=True)
class Theme:
    """Templates and styles by file name.

    `templates` has the project's files over the packaged ones; `packaged` has the packaged ones alone, so that
    an override can extend what it replaces (`{% extends "packaged/article.html" %}`). `own` names the project's
    own files.
    """

    templates: Mapping[str, str]
    packaged: Mapping[str, str]
    styles: Mapping[str, str]
    own: tuple[str, ...] = ()

    def layers(self, format: str) -> tuple[str, ...]:
        """Give the style sheets of a format (`pdf` or `epub`), in the order of the cascade."""
        return tuple(self.styles[name] for name in LAYERS[format] if name in self.styles)


def load_theme(project: Path) -> Theme:
    """Read the templates and styles of a project folder, and the packaged ones for those it does not have."""
    packaged = _read_folder(packaged_folder("templates"))
    templates, styles = _read_folder(project / "templates"), _read_folder(project / "styles")
    if packaged_folder("styles").resolve() == (project / "styles").resolve():
        return Theme(packaged, packaged, styles)
    return Theme(
        templates=packaged | templates,
        packaged=packaged,
        styles=_read_folder(packaged_folder("styles")) | styles,
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


def _read_folder(folder: Path) -> dict[str, str]:
    if not folder.is_dir():
        return {}
    return {
        path.relative_to(folder).as_posix(): _text_of(path, folder.parent)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix in {".html", ".xhtml", ".ncx", ".css"}
    }


def _text_of(path: Path, project: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        origin = Origin(path.relative_to(project).as_posix(), line)
        raise ContentError(Problem("S004", "error", "not UTF-8", origin, "save the file as UTF-8")) from None
