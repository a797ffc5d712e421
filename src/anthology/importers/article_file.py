"""The article file that an import makes: front matter in YAML, then the text in Markdown."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from anthology.importers.model import Imported, Stub
    from anthology.model import Credit

# PyYAML breaks a line behind the word that crosses this column: about 100 letters come out.
_WIDTH = 92


def write_article(
    imported: Imported,
    *,
    article_id: str,
    capture: str,
    sha256: str,
    section_written: bool,
    book_language: str = "",
) -> str:
    """Write an article file.

    Arguments: what was imported; the article's id; the path of its capture and the capture's SHA-256 in
    hexadecimal, kept in `source`; whether `section` is written, which it need not be where the folder says the
    same; and the book's language (BCP 47), which an article does not repeat. Keys come in one order, and empty
    ones not at all, so that equal imports make equal files.
    """
    front = _without_empty(
        {
            "title": imported.title,
            "standfirst": imported.standfirst,
            "authors": [_credit(credit) for credit in imported.credits],
            "date": imported.date,
            "section": imported.section if section_written else "",
            "language": "" if _is_said_by(book_language, imported.language) else imported.language,
            "tags": list(imported.tags),
            "image": imported.image,
            "id": article_id,
            "aliases": list(imported.aliases),
            "draft": imported.draft,
            **{key: _plain(value) for key, value in imported.extra.items()},
            "related": [*imported.references, *(_stub(stub) for stub in imported.related)],
            "source": _source(imported, capture, sha256),
        }
    )
    body = imported.body.strip("\n")
    return f"---\n{front_matter_yaml(front)}---\n" + (f"\n{body}\n" if body else "")


def front_matter_yaml(front: Mapping[str, Any]) -> str:
    """Write front matter as YAML, without fences: keys in the order given, dates as dates, lines of some 100 letters."""
    import yaml

    return yaml.dump(
        dict(front),
        Dumper=_dumper(),
        allow_unicode=True,
        sort_keys=False,
        width=_WIDTH,
        default_flow_style=False,
    )


def _is_said_by(book_language: str, language: str) -> bool:
    """Tell whether the book's language says all that an article's does: `en-GB` says `en`."""
    return f"{book_language.lower()}-".startswith(f"{language.lower()}-")


def _credit(credit: Credit) -> str | dict[str, str]:
    if credit.role == "author" and not credit.credited_as:
        return credit.name
    role = "" if credit.role == "author" else credit.role
    return _without_empty({"name": credit.name, "role": role, "credited-as": credit.credited_as})


def _stub(stub: Stub) -> dict[str, Any]:
    return _without_empty({"standfirst": stub.standfirst, "section": stub.section, "date": stub.date})


def _source(imported: Imported, capture: str, sha256: str) -> dict[str, Any]:
    """Give what was captured, which stays as it is when an editor rewrites the article."""
    return _without_empty(
        {
            "url": imported.url,
            "publication": imported.publication,
            "title": imported.title,
            "standfirst": imported.standfirst,
            "section": imported.section,
            "date": imported.date,
            "byline": imported.byline,
            "capture": capture,
            "sha256": sha256,
        }
    )


def _without_empty(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value not in (None, "", [], {}, False)}


def _plain(value: Any) -> Any:
    """Give a value of a post's own front matter in the types that YAML has."""
    if isinstance(value, dict):
        return {str(key): _plain(held) for key, held in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(held) for held in value]
    if value is None or isinstance(value, (str, bool, int, float, dt.date)):
        return value
    return str(value)


@cache
def _dumper() -> Any:
    import yaml

    class Dumper(yaml.SafeDumper):
        """Writes lists inside their keys, and the same date twice as two dates: readers refuse aliases."""

        def ignore_aliases(self, data: Any) -> bool:
            return True

        def increase_indent(self, flow: bool = False, indentless: bool = False) -> Any:
            return super().increase_indent(flow, False)

    return Dumper
