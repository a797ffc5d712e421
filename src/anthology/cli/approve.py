"""`anthology approve`: who approved an article as it is now, recorded in its front matter."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import click

from anthology.cli.completion import complete_articles
from anthology.cli.options import cache_dir_option, chosen_cache, no_cache_option, project_argument


@click.command()
@click.argument("article", metavar="ID", shell_complete=complete_articles)
@project_argument
@click.option("--by", metavar="NAME", default="", help="Who approved it.")
@click.option("--date", type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD", help="When; default: today.")
@click.option("--withdraw", is_flag=True, help="Take the approval back.")
@no_cache_option
@cache_dir_option
def approve(
    article: str,
    project: Path,
    by: str,
    date: dt.datetime | None,
    withdraw: bool,
    no_cache: bool,
    cache_dir: Path | None,
) -> None:
    """Record in the article ID of PROJECT that NAME approved it as it is now.

    What prints of it is remembered by a digest: edit that, and each build warns that it is no longer what was approved.

    \b
    anthology approve low-water --by "Ada Lindqvist"    she has approved it today
    anthology approve low-water --withdraw              it is open again
    """
    from anthology.amend import is_text
    from anthology.build import Options
    from anthology.cli.report import tell
    from anthology.proofing import approve as approve_article

    by = " ".join(by.split())
    if withdraw and (by or date):
        raise click.UsageError("--withdraw takes an approval back: leave out --by and --date")
    if not withdraw and not by:
        raise click.UsageError('who approved it is missing: add --by "NAME", or --withdraw')
    if not is_text(by):
        raise click.UsageError(
            "the name behind --by has bytes that are no UTF-8: type it in a terminal that is set to UTF-8, or write"
            " `approved: NAME` into the article by hand"
        )
    day = None if withdraw else (date.date() if date else dt.date.today())
    cache = chosen_cache(no_cache, cache_dir)
    options = Options(jobs=os.cpu_count() or 1, cache=cache)
    approved = approve_article(project, article, by, day, options, lambda stage, detail: None)
    if cache:
        cache.prune()
    tell(approved.problems)
    path = approved.article.origin.path
    if withdraw:
        told = "not approved any more" if approved.changed else "nobody had approved it"
    else:
        told = f"approved: {approved.approval} ({approved.approval.digest})"
    click.echo(f"{path}: {told}", err=True)
