"""Find the files to import: those that were named, and those in the folders that were named."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from anthology.importing.other_formats import other_format
from anthology.model import Origin
from anthology.problems import Problem, RefusedFile
from anthology.read.source import ILLEGAL
from anthology.regular_files import read_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MAX_BYTES = 10 * 1024 * 1024

# What accompanies articles and is none: pictures, styles, scripts, typefaces, settings, film and sound.
_COMPANIONS = re.compile(
    r"\.(?:png|jpe?g|gif|webp|svg|avif|ico|bmp|tiff?|css|scss|sass|less|[mc]?js|ts|map|json|xml|toml|ya?ml|lock|ini|cfg|"
    r"woff2?|ttf|otf|eot|mp[34]|m4a|ogg|webm|wav|new|old)",
    re.IGNORECASE,
)
_ABOUT_THE_FOLDER = frozenset({"readme", "license", "licence", "changelog", "contributing"})
_NEVER_ENTERED = frozenset({"node_modules", "__pycache__"})
# Of the project itself only what is not made from imports is looked into.
_MADE_HERE = ("content", "dist", "templates", "styles", ".anthology")
# Folders that say how a site is kept, not what an article is about.
_PLAIN_FOLDERS = frozenset(
    {"_posts", "posts", "post", "_drafts", "drafts", "content", "src", "_articles", "pages"}
)
_PAGE_SUFFIXES = (".html", ".htm", ".xhtml")


@dataclass(frozen=True, slots=True)
class Found:
    """A file to import.

    `label` is its path as people know it: from the project if it lies there, else from the folder that was
    named. `folder` is the folder that gives it a section ("" for a file that was named alone). `root` is the
    folder outside which nothing is read.
    """

    path: Path
    label: str
    root: Path
    folder: str = ""
    in_project: bool = False

    @property
    def is_section_page(self) -> bool:
        """Tell whether this is the page of a section (`_index.md` of Hugo and Zola)."""
        return self.path.stem.split(".")[0] == "_index"

    def beside(self, address: str) -> bytes | None:
        """Read a file by its address in the source; None where there is none, it lies outside `root`, or is hidden."""
        try:
            path = unquote(urlsplit(address).path)
        except ValueError:  # an address that is none: //[…
            path = address
        for written in dict.fromkeys((address, path)):
            # A page that was saved into somebody's home must not bring their keys along.
            if any(part.strip(".") and part.startswith(".") for part in written.split("/")):
                continue
            with suppress(RefusedFile):
                data = read_file(self.path.parent / written, written, MAX_BYTES, self.root)
                if data is not None:
                    return data
        return None

    def read(self) -> bytes:
        """Read the file; raises RefusedFile where it is gone, or has become what is not read."""
        data = read_file(self.path, self.label, MAX_BYTES)
        if data is None:
            raise RefusedFile(Problem("M080", "error", "the file is gone", Origin(self.label)))
        return data


def find_sources(arguments: Iterable[Path], project: Path) -> tuple[tuple[Found, ...], tuple[Problem, ...]]:
    """Find the files to import, each once, in the order of the arguments and sorted within a folder.

    Arguments: files and folders; the project's folder. Also returns a problem for each file that was refused.
    """
    found: dict[Path, Found] = {}
    problems: list[Problem] = []
    for argument in arguments:
        each = (
            _in_folder(argument, project.resolve())
            if argument.is_dir()
            else [_named(argument, project.resolve())]
        )
        for one in each:
            if isinstance(one, Problem):
                problems.append(one)
            else:
                found.setdefault(one.path.resolve(), one)
    return tuple(found.values()), tuple(problems)


def _named(path: Path, project: Path) -> Found | Problem:
    if not path.is_file():
        return Problem("M080", "error", "this is no file that can be read", Origin(path.as_posix()))
    label = _label_in(path, project)
    folder = path.resolve().parent
    # What is called "index" is called so after its folder.
    name = f"{folder.name}/{path.name}" if path.stem.split(".")[0] in ("index", "_index") else path.name
    name = _readable(name)
    return _refused(path, label or name) or Found(path, label or name, folder, in_project=bool(label))


def _in_folder(folder: Path, project: Path) -> Iterator[Found | Problem]:
    root = folder.resolve()
    name = root.name or "files"
    unread: list[OSError] = []
    for path in _walk(root, project, unread):
        below = path.relative_to(root)
        inside = _label_in(path, project)
        label = inside or _readable((Path(name) / below).as_posix())
        if path.is_symlink() and root not in (path.resolve(), *path.resolve().parents):
            hint = "copy the file itself into the folder"
            yield Problem(
                "M081", "error", "a symbolic link that leads out of the folder", Origin(label), hint
            )
        elif path.is_dir() or _COMPANIONS.fullmatch(path.suffix):
            continue
        elif path.stem.lower() in _ABOUT_THE_FOLDER:
            hint = "name it on the command line to import it"
            yield Problem("M085", "warning", "passed over: it is about the folder", Origin(label), hint)
        else:
            yield _refused(path, label) or Found(
                path, label, root, _section_folder(name, below), bool(inside)
            )
    for error in unread:
        shown = _readable((Path(name) / Path(error.filename).relative_to(root)).as_posix())
        why = "this folder may not be read: nothing in it is imported"
        yield Problem("M080", "error", why, Origin(shown), "change its permissions, or take it away")


def _walk(root: Path, project: Path, unread: list[OSError]) -> Iterator[Path]:
    """Give the files below a folder, and the symbolic links to folders, sorted; hidden ones are not entered.

    What is said of folders that cannot be read is added to `unread`.
    """
    for held, folders, files in os.walk(root, onerror=unread.append):
        here = Path(held)
        pages = {Path(file).stem for file in files if file.endswith(_PAGE_SUFFIXES)}
        links = [folder for folder in folders if (here / folder).is_symlink()]
        folders[:] = sorted(
            folder
            for folder in folders
            if not folder.startswith(".")
            and folder not in _NEVER_ENTERED
            and not (here == project and folder in _MADE_HERE)
            # What a browser saved beside a page: its pictures, and the pages of its advertisements.
            and not any(folder in (f"{page}_files", f"{page}-files", f"{page}.files") for page in pages)
        )
        for name in sorted(files + links):
            if not name.startswith(".") and (here / name) != project / "anthology.toml":
                yield here / name


def _refused(path: Path, label: str) -> Problem | None:
    """Tell why a file is not imported, before anything is: it cannot be read, or is too large."""
    origin = Origin(label)
    try:
        if not path.is_file():
            return Problem("M080", "error", "this is no file that can be read", origin)
        size = path.stat().st_size
        with path.open("rb") as file:
            file.read(1)
    except OSError as error:
        return Problem(
            "M080", "error", f"it cannot be read: {(error.strerror or str(error)).lower()}", origin
        )
    if size > MAX_BYTES:
        if problem := other_format(origin):
            return problem
        message = f"the file has {size / 1024 / 1024:.1f} MB; the most is {MAX_BYTES // 1024 // 1024} MB"
        return Problem("M082", "error", message, origin, "take out what is not text, or divide it")
    return None


def _label_in(path: Path, project: Path) -> str:
    whole = path.resolve()
    return _readable(whole.relative_to(project).as_posix()) if project in whole.parents else ""


def _readable(path: str) -> str:
    """Write a path as front matter keeps it, on one line; bytes that are no text become signs that say so."""
    return " ".join(ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", path).split())


def _section_folder(name: str, below: Path) -> str:
    """Name the folder that gives a file its section: the first that says more than that posts lie in it."""
    folders = [*below.parts[:-1]]
    if below.stem.split(".")[0] == "index" and folders:
        folders.pop()  # the folder of a bundle is the article's own
    telling = [folder for folder in folders if folder.lower() not in _PLAIN_FOLDERS and not folder.isdigit()]
    return telling[0] if telling else name.lstrip("_")
