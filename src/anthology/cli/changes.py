"""`anthology changes`: what an editor changed in an article since it was imported."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from anthology.cli.completion import complete_articles
from anthology.cli.options import cache_dir_option, chosen_cache, no_cache_option, project_argument

if TYPE_CHECKING:
    from collections.abc import Iterator

    from anthology.proofing import Proofed
    from anthology.proofs import Piece, Proof

# How words that were taken out and put in are written where there is no colour, and where there is.
_SIGNS = {"out": ("[-", "-]", "red"), "in": ("{+", "+}", "green")}


@click.command()
@click.argument("article", metavar="ID", shell_complete=complete_articles)
@project_argument
@click.option(
    "-o",
    "--out",
    "files",
    multiple=True,
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write a proof for the author, not to the terminal: FILE.html or FILE.pdf; may be repeated.",
)
@no_cache_option
@cache_dir_option
def changes(
    article: str, project: Path, files: tuple[Path, ...], no_cache: bool, cache_dir: Path | None
) -> None:
    """Show what was changed in the article ID of PROJECT since it was imported, word by word.

    ID may also be the path of its file. What was taken out stands in [-…-], what was put in in {+…+}; the editor's
    queries stand below the passages that they are in.

    \b
    anthology changes low-water                     what was changed, in the terminal
    anthology changes low-water -o low-water.pdf    a proof to send to its author
    """
    from anthology.build import Options
    from anthology.cli.progress import StageLines
    from anthology.cli.report import tell
    from anthology.editions.proof_sheet import make_proof_sheet, proof_page
    from anthology.proofing import proof_of
    from anthology.proofs import counts_of
    from anthology.writing import write_files

    for file in files:
        _check_suffix(file)
    cache = chosen_cache(no_cache, cache_dir)
    options = Options(jobs=os.cpu_count() or 1, cache=cache)
    with StageLines() as progress:
        proofed = proof_of(project, article, options, progress.begin)
        made = {
            file: make_proof_sheet(proofed.proof, proofed.manuscript, cache)
            if file.suffix.lower() == ".pdf"
            else proof_page(proofed.proof, proofed.manuscript).encode()
            for file in files
        }
    if cache:
        cache.prune()
    for file, data in made.items():
        write_files(file.parent, {file.name: data})
        click.echo(f"{file}: {len(data) / 1024:,.0f} kB", err=True)
    for line in () if files else _lines(proofed):
        click.echo(line, err=True)
    # Queries stand in the text already; to a proof in a file they are told beside it.
    tell(problem for problem in proofed.problems if files or problem.code != "T023")
    click.echo(f"{counts_of(proofed.proof.compared)}{_state(proofed.proof)}", err=True)


def _check_suffix(file: Path) -> None:
    from anthology.problems import Problem, UsageError

    if file.suffix.lower() not in (".html", ".pdf"):
        message = f"{file.name}: a proof is made as HTML or as PDF"
        hint = f"call it {file.stem or file.name}.html or {file.stem or file.name}.pdf"
        raise UsageError(Problem("D006", "error", message, None, hint))


def _lines(proofed: Proofed) -> Iterator[str]:
    from anthology.proofs import stretches_of, told_of

    proof = proofed.proof
    yield f"{proof.article.origin.path}: {proof.article.title}"
    for stretch in stretches_of(proof.compared):
        if stretch.folded:
            yield f"\n    … {len(stretch.passages)} passages unchanged …"
            continue
        for one in stretch.passages:
            yield ""
            if told := told_of(one):
                yield click.style(f"({told})", dim=True)
            yield "".join(_written(piece) for piece in one.pieces)
            for number in one.queries:
                query = proof.queries[number]
                yield f"    ?{number + 1} line {query.origin.line}: {query.text}"
    yield ""


def _written(piece: Piece) -> str:
    text = "".join(
        word.before * bool(at) + word.text + "".join(f" ?{number + 1}" for number in word.queries)
        for at, word in enumerate(piece.words)
    )
    before = piece.words[0].before
    if piece.change == "same":
        return before + text
    opening, closing, colour = _SIGNS[piece.change]
    return before + click.style(f"{opening}{text}{closing}", fg=colour)


def _state(proof: Proof) -> str:
    """Say how many queries are open, and whether the article is approved."""
    count = len(proof.queries)
    asked = f"; {count} {'query' if count == 1 else 'queries'} open" if count else ""
    if not proof.article.approved:
        return f"{asked}; not approved"
    edited = ", and edited since" if proof.edited else ""
    return f"{asked}; approved: {proof.article.approved}{edited}"
