"""`anthology schema`: JSON Schemas for editors' tools and for scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable


def _config() -> dict[str, Any]:
    from anthology.config import config_schema

    return config_schema()


def _front_matter() -> dict[str, Any]:
    from anthology.read import front_matter_schema

    return front_matter_schema()


def _build() -> dict[str, Any]:
    from anthology.record import record_schema

    return record_schema()


def _plan() -> dict[str, Any]:
    from anthology.plan.record import plan_schema

    return plan_schema()


def _check() -> dict[str, Any]:
    from anthology.checking.record import check_schema

    return check_schema()


def _report() -> dict[str, Any]:
    from anthology.importers.report import report_schema

    return report_schema()


_SCHEMAS: dict[str, Callable[[], dict[str, Any]]] = {
    "config": _config,
    "front-matter": _front_matter,
    "build": _build,
    "report": _report,
    "plan": _plan,
    "check": _check,
}


@click.command()
@click.argument("name", type=click.Choice(list(_SCHEMAS)), required=False)
def schema(name: str | None) -> None:
    """Print a JSON Schema: of anthology.toml (config), front matter, build.json (build), import report, plan, or check.

    Without NAME, print all of them in one object, by name.

    \b
    anthology schema config           what anthology.toml may say
    anthology schema front-matter     what may stand above an article
    """
    import json

    made = _SCHEMAS[name]() if name else {each: make() for each, make in _SCHEMAS.items()}
    click.echo(json.dumps(made, indent=2, ensure_ascii=False))
