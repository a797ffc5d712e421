"""`anthology build`: the editions of a project."""

from __future__ import annotations

import os
import time
from pathlib import Path

import click

from anthology.cli.completion import complete_articles
from anthology.cli.options import (
    cache_dir_option,
    chosen_cache,
    editions_option,
    jobs_option,
    no_cache_option,
    project_argument,
)


@click.command()
@project_argument
@editions_option
@click.option(
    "--article",
    metavar="ID",
    default="",
    shell_complete=complete_articles,
    help="Only this article, alone; the book stays as it is.",
)
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Write here, not into PROJECT/dist.",
)
@jobs_option
@click.option(
    "--cluster",
    metavar="tcp://HOST:PORT",
    default="",
    help="Set the articles on other machines: the workers of this Dask scheduler.",
)
@click.option("--strict", is_flag=True, help="Let warnings fail the build.")
@click.option("--keep-going", is_flag=True, help="Build without the articles that fail; exit 1 all the same.")
@click.option(
    "--proof",
    is_flag=True,
    help="Build a draft although rights are not cleared, stamped on every page; its files are named so.",
)
@click.option(
    "--handover",
    is_flag=True,
    help="Put all that a printer and the shops are sent into a folder, checked: dist/handover/…",
)
@no_cache_option
@cache_dir_option
@click.option(
    "--allow-network", is_flag=True, help="Fetch pictures that articles show from the web, and say which."
)
@click.option("--json", "as_json", is_flag=True, help="Print the build record on standard output.")
@click.pass_context
def build(
    ctx: click.Context,
    project: Path,
    editions: tuple[str, ...],
    article: str,
    out: Path | None,
    jobs: int | None,
    cluster: str,
    strict: bool,
    keep_going: bool,
    proof: bool,
    handover: bool,
    no_cache: bool,
    cache_dir: Path | None,
    allow_network: bool,
    as_json: bool,
) -> None:
    """Build the editions of PROJECT (a folder with anthology.toml; default: this one).

    \b
    anthology build                     all editions of the book in this folder
    anthology build my-book -e print    only the edition called "print"
    anthology build --proof             a draft to look at, whatever the rights
    """
    from anthology.build import Options, build, failed_record
    from anthology.cli.progress import StageLines
    from anthology.cli.report import tell, tell_fetched
    from anthology.network import Web
    from anthology.problems import AnthologyError

    started = time.perf_counter()
    cache = chosen_cache(no_cache, cache_dir)
    web = Web(tell_fetched) if allow_network else None
    processes = jobs or os.cpu_count() or 1
    options = Options(
        editions, out, processes, strict, keep_going, article, cache, web, cluster, proof, handover
    )
    try:
        with StageLines() as progress:
            outcome = build(project, options, progress.begin)
    except AnthologyError as error:
        if as_json:
            click.echo(failed_record(error).to_json(), nl=False)
        raise
    if cache:
        cache.prune()
    tell(outcome.problems)
    for edition in outcome.record.editions if outcome.written else ():
        pages = f", {edition.pages} pages" if edition.pages else ""
        size = f"{edition.bytes / 1024:,.0f} kB"
        articles = "1 article" if edition.articles == 1 else f"{edition.articles} articles"
        click.echo(f"{outcome.folder / edition.path}: {articles}{pages}, {size}", err=True)
        if edition.cover:
            click.echo(f"{outcome.folder / edition.cover.path}: its cover", err=True)
    if outcome.written:
        verdict = "built without what failed," if outcome.exit_code else "built"
        click.echo(f"{verdict} in {time.perf_counter() - started:.1f} s", err=True)
    if as_json:
        click.echo(outcome.record.to_json(), nl=False)
    ctx.exit(outcome.exit_code)
