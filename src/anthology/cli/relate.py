"""`anthology relate`: related reading, proposed for an editor to approve."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from anthology.cli.options import (
    cache_dir_option,
    chosen_cache,
    jobs_option,
    no_cache_option,
    project_argument,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from anthology.proposing import Change, Proposed
    from anthology.relate import OutsidePiece

# So many pieces worth adding are listed on the terminal; `--json` has all.
_MOST_OUTSIDE = 10


@click.command()
@project_argument
@click.option(
    "--write", is_flag=True, help="Write the proposals into the front matter, each marked as proposed."
)
@click.option(
    "--withdraw", is_flag=True, help="Take out of the front matter what is still marked as proposed."
)
@jobs_option
@no_cache_option
@cache_dir_option
@click.option("--json", "as_json", is_flag=True, help="Print it all on standard output.")
def relate(
    project: Path,
    write: bool,
    withdraw: bool,
    jobs: int | None,
    no_cache: bool,
    cache_dir: Path | None,
    as_json: bool,
) -> None:
    """Propose similar articles of PROJECT as related reading, and say which words made them similar.

    \b
    anthology relate             what could be read on with, and pieces worth adding to the book
    anthology relate --write     put it into the front matter: keep the lines that fit, delete the others;
                                 a line that you make a comment with # is not proposed again
    """
    from anthology.cli.progress import StageLines
    from anthology.cli.report import tell
    from anthology.proposing import propose_related

    if write and withdraw:
        raise click.UsageError("--write and --withdraw do opposite things: choose one of them")
    cache = chosen_cache(no_cache, cache_dir)
    change: Change = "write" if write else "withdraw" if withdraw else ""
    with StageLines() as progress:
        proposed = propose_related(project, change, jobs or os.cpu_count() or 1, cache, progress.begin)
    if cache:
        cache.prune()
    tell(proposed.problems)
    if as_json:
        click.echo(json.dumps(_as_data(proposed), ensure_ascii=False, indent=2))
    else:
        for line in _lines(proposed):
            click.echo(line, err=True)
    click.echo(_verdict(proposed, change), err=True)


def _lines(proposed: Proposed) -> Iterator[str]:
    """Write proposals below the article they are for, and then what is worth adding."""
    titles = {article.id: article.title for article in proposed.articles}
    for article in proposed.articles:
        found = proposed.proposals.get(article.id, ())
        if found:
            yield f"{article.origin.path}: {article.title}"
        for similar in found:
            words = ", ".join(similar.words)
            yield f"    {similar.likeness:.2f}  {similar.article}: {titles[similar.article]} ({words})"
    wanted = [piece for piece in proposed.outside if piece.count > 1][:_MOST_OUTSIDE]
    if wanted:
        yield "worth adding to the book:"
    for piece in wanted:
        yield f"    {piece.count} articles point to {_named(piece)}"


def _named(piece: OutsidePiece) -> str:
    known = ", ".join(part for part in (piece.section, str(piece.date or "")) if part)
    name = f'"{piece.name or piece.standfirst}"' if piece.name or piece.standfirst else piece.url
    return f"{name} ({known})" if known else name


def _verdict(proposed: Proposed, change: Change) -> str:
    files = "1 file" if len(proposed.changed) == 1 else f"{len(proposed.changed)} files"
    if change == "withdraw":
        return f"proposals taken out of {files}"
    count = sum(len(found) for found in proposed.proposals.values())
    entries = "1 entry" if count == 1 else f"{count} entries"
    return f"{entries} proposed" + (f", written into {files}" if change else "")


def _as_data(proposed: Proposed) -> dict[str, Any]:
    """Give everything as JSON has it."""
    paths = {article.id: article.origin.path for article in proposed.articles}
    titles = {article.id: article.title for article in proposed.articles}
    return {
        "proposals": [
            {
                "article": article_id,
                "path": paths[article_id],
                "related": [
                    {
                        "article": similar.article,
                        "title": titles[similar.article],
                        "likeness": similar.likeness,
                        "words": list(similar.words),
                    }
                    for similar in proposed.proposals[article_id]
                ],
            }
            for article_id in paths
            if proposed.proposals.get(article_id)
        ],
        "near": [
            {
                "article": article_id,
                "path": found.reference.origin.path,
                "line": found.reference.origin.line,
                "standfirst": found.reference.standfirst,
                "candidate": found.near.id if found.near else "",
                "why": found.why,
            }
            for article_id, found in proposed.near
        ],
        "worth_adding": [
            {
                "standfirst": piece.standfirst,
                "name": piece.name,
                "url": piece.url,
                "section": piece.section,
                "date": piece.date.isoformat() if piece.date else None,
                "count": piece.count,
                "articles": list(piece.articles),
            }
            for piece in proposed.outside
        ],
        "changed": list(proposed.changed),
    }
