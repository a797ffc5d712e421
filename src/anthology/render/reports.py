"""Reports: pages for editors, authors and publishers, which are no part of a book."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from anthology.render.engine import check_well_formed, environment_for, fill

if TYPE_CHECKING:
    from anthology.theme import Theme

_FOLDER = "reports/"


def render_report(theme: Theme, name: str, **values: Any) -> str:
    """Render a report as one XHTML page that needs no other file.

    Args:
        theme: its templates, and its style sheets `reports/base.css` and `reports/NAME.css`.
        name: the template's, within `reports/`, without suffix.
        values: what the template shows.

    Raises ContentError where a template of the project is at fault.
    """
    from markupsafe import Markup

    template = f"{_FOLDER}{name}.html"
    sheets = (theme.styles.get(f"{_FOLDER}{part}.css", "") for part in ("base", name))
    # In XML a style sheet is text like any other, in HTML its letters count as they are: it may hold none of these.
    style = "\n".join(sheets).replace("<", "\\3c ").replace("&", "\\26 ")
    html = fill(environment_for(theme), template, {"style": Markup(style), **values})
    check_well_formed(html, template, name)
    return html


def english_of(language: str) -> str:
    """Give the language (BCP 47) of reports on a book: English, and that of the book if it is in English."""
    return language if language.partition("-")[0].lower() == "en" else "en"
