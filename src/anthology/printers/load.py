"""Profiles by name: the packaged ones, and those of a project in `printers/NAME.toml`."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from anthology.config.model import nearest_origin
from anthology.config.syntax import read_toml
from anthology.config.translate import Finding, found_by_model, keys_of, subject, table_name
from anthology.model import Origin
from anthology.printers.table import BarcodeTable, CoverTable, GutterTable, ProfileTable, SidesTable
from anthology.problems import ContentError, Problem, did_you_mean, sorted_problems

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic_core import ErrorDetails

    from anthology.config.positions import KeyPath
    from anthology.config.table import Table
    from anthology.printers.model import Profile

PROFILES = ("screen", "archive", "kdp", "ingram", "lulu", "press")

# Where a project keeps its own.
FOLDER = "printers"

_TABLES: Mapping[str, type[Table]] = {
    "bleed": SidesTable,
    "margins": SidesTable,
    "margins-with-bleed": SidesTable,
    "gutters": GutterTable,
    "cover": CoverTable,
}
_INNER: Mapping[str, type[Table]] = {"bleed": SidesTable, "barcode": BarcodeTable}

_EXAMPLES = {
    "title": 'add title = "…"',
    "verified-on": "add the day on which you looked its rules up: verified-on = 2026-01-31",
}


def known_profiles(own: Mapping[str, bytes]) -> tuple[str, ...]:
    """Name the profiles that there are: the packaged ones, then those of the project by name.

    Args:
        own: the files of the project's `printers/` by name without suffix.
    """
    return (*PROFILES, *sorted(name for name in own if name not in PROFILES))


def load_profile(name: str, own: Mapping[str, bytes], origin: Origin | None = None) -> Profile:
    """Read a profile.

    A project's profile comes before a packaged one of its name, and may say `extends = "kdp"` and only what differs.

    Args:
        name: its name.
        own: the files of the project's `printers/` by name without suffix.
        origin: where the name was written, for the problem of an unknown one.

    Raises:
        ContentError: there is no such profile, or it cannot be used; all that is wrong with it, each with its line.
    """
    if name not in known_profiles(own):
        known = known_profiles(own)
        hint = did_you_mean(name, known) or (
            f"there are: {', '.join(known)}; or write your own, {FOLDER}/{name}.toml"
        )
        raise ContentError(
            Problem("V001", "error", f'no profile of a printer is called "{name}"', origin, hint)
        )
    raw, _ = _merged(name, own, ())
    return ProfileTable.model_validate(raw, by_alias=True, by_name=False).profile(name)


def _merged(name: str, own: Mapping[str, bytes], within: tuple[str, ...]) -> tuple[dict[str, Any], str]:
    """Read a profile over the one that it extends, and check what comes of it.

    `within` are the project's profiles that lead here by extending: none of them is read again, so that one of the
    project's can extend the packaged one of its own name.
    """
    packaged = name not in own or name in within
    path = f"{FOLDER}/{name}.toml"
    data = files(__package__).joinpath(f"{name}.toml").read_bytes() if packaged else own[name]
    raw, lines = read_toml(data, path)
    base = raw.get("extends")
    whole = raw
    if isinstance(base, str) and base:
        chain = (*within, name)
        if base not in known_profiles(own) or (base in chain and base not in PROFILES):
            message = (
                f'"extends" is "{base}", which is {"this profile itself" if base in chain else "no profile"}'
            )
            hint = did_you_mean(base, known_profiles(own)) if base not in chain else "delete the line"
            hint = hint or f"there are: {', '.join(known_profiles(own))}"
            raise ContentError(
                Problem("V002", "error", message, Origin(path, lines.get(("extends",), 1)), hint)
            )
        whole = _over(_merged(base, own, chain)[0], raw)
    found = list(_findings(whole))
    if found:
        raise ContentError(
            *sorted_problems(
                Problem(each.code, "error", each.message, nearest_origin(path, lines, each.key), each.hint)
                for each in found
            )
        )
    return whole, path


def _over(base: dict[str, Any], raw: dict[str, Any]) -> dict[str, Any]:
    """Lay what a profile says over what it extends: tables key by key, all else as a whole."""
    merged = {**base, **raw}
    for key, value in raw.items():
        if isinstance(value, dict) and isinstance(base.get(key), dict):
            merged[key] = _over(base[key], value)
    return merged


def _findings(raw: dict[str, Any]) -> Iterator[Finding]:
    try:
        table = ProfileTable.model_validate(raw, by_alias=True, by_name=False)
    except ValidationError as error:
        found = [finding for each in error.errors() for finding in _in_our_words(each, raw)]
        yield from dict.fromkeys(found)
        return
    if not table.colours:
        yield Finding(
            ("colours",), "C005", '"colours" is empty', 'write one or more of "gray", "rgb", "cmyk"'
        )
    if table.least_pages > table.most_pages:
        message = f'"least-pages" is {table.least_pages}, more than "most-pages", {table.most_pages}'
        yield Finding(("least-pages",), "C005", message)


def _in_our_words(error: ErrorDetails, raw: dict[str, Any]) -> Iterator[Finding]:
    path = tuple(error["loc"])
    if error["type"] == "extra_forbidden":
        yield _unknown_key(path)
    elif error["type"] == "missing" and len(path) == 1:
        hint = _EXAMPLES.get(str(path[0]), f"add {path[0]} = …")
        yield Finding(path, "C004", f"there is no {subject(path)}", hint)
    else:
        yield from found_by_model(error, raw, frozenset())


def _unknown_key(path: KeyPath) -> Finding:
    *table, name = path
    place = f" in {table_name(tuple(table))}" if table else ""
    inner = [part for part in table if isinstance(part, str)]
    model: type[Table] = ProfileTable
    if inner:
        model = _INNER[inner[1]] if len(inner) > 1 else _TABLES[inner[0]]
    known = keys_of(model)
    hint = did_you_mean(str(name), known) or f"the keys here are: {', '.join(known)}"
    return Finding(path, "C002", f'unknown key "{name}"{place}', hint)
