"""What came of a run, as tables for the terminal and for RESULTS.md."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from benchmarks.bars import BARS, Bar, NotMeasuredError, Results
from benchmarks.ways import NAMES

_HEADS = ("", "CPU s", "wall s", "peak MB", "pages", "file MB", "runs")
_BAR_HEADS = ("measure", "bar", "this run", "met")

_HOW = """\
Each line is a command in a process of its own. CPU is that of all its processes; peak is the memory of the largest of
them; figures are medians of the runs. `anthology build -e print -j 2` from nothing has an empty cache; each line below
it builds on what the lines above have left there. The edited article keeps its number of pages; then it gets one more;
then an article comes in behind it, to which nothing refers and which refers to eight others.

WeasyPrint sets the documents that anthology renders, each to a tagged file of its own, in two processes: the least that
any way through WeasyPrint can cost. At once, it sets them as one tagged document with page numbers by `target-counter`.
pandoc → Typst sets the same text at the same size on the same page (`book.typ`), tagged, with contents, running heads,
and page numbers beside related reading.

The e-book is made by `anthology build -e ebook -j 2`, without the pages of the print edition, in a cache of its own;
pandoc makes one of the same text with a file an article.

The articles are synthetic: about 900 words each, 8 or 9 paragraphs, 4 pull quotes, a list, 2 headings, now and then a
table or a footnote, 8 related articles. Ratios hold within a run; between runs a machine drifts.
"""


def figures(value: float) -> str:
    """Write a figure with three digits that count, or all of those before the point."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def cost_rows(results: Results, size: int) -> Iterator[tuple[str, ...]]:
    """Give the lines of a size's table."""
    for way, name in NAMES.items():
        found = results.of(way, size)
        if not found:
            continue
        cost, first = results.cost(way, size), found[0]
        pages = f"{first.pages:,}" if first.pages else ""
        size_of_file, memory = figures(first.bytes / 1e6), f"{cost.memory / 1e6:,.0f}"
        yield name, figures(cost.cpu), figures(cost.wall), memory, pages, size_of_file, str(len(found))


def bar_rows(results: Results) -> Iterator[tuple[str, ...]]:
    """Give the lines of the table of bars."""
    for bar in BARS:
        yield (bar.measure, bar.limit, *_verdict(bar, results))


def _verdict(bar: Bar, results: Results) -> tuple[str, str]:
    try:
        found = bar.of(results)
    except NotMeasuredError:
        return "not measured", "–"
    return " and ".join(map(str, found)), "yes" if all(figure.met for figure in found) else "**no**"


def for_terminal(results: Results, left_out: Sequence[str]) -> str:
    """Write all tables with columns that align."""
    parts = [
        f"{size:,} articles\n{_aligned(_HEADS, list(cost_rows(results, size)))}" for size in results.sizes
    ]
    parts.append(_aligned(_BAR_HEADS, list(bar_rows(results))).replace("**no**", "NO"))
    parts += [f"left out: {why}" for why in left_out]
    return "\n\n".join(parts)


def for_file(results: Results, left_out: Sequence[str], day: str, machine: Mapping[str, str]) -> str:
    """Write RESULTS.md."""
    parts = [
        f"# What a book costs\n\n`make bench`, {day}",
        "## The bars",
        table(_BAR_HEADS, bar_rows(results)),
    ]
    parts += [_HOW.strip()]
    for size in results.sizes:
        parts += [f"## {size:,} articles", table(_HEADS, cost_rows(results, size))]
    if left_out:
        parts += ["## Left out", "\n".join(f"- {why}" for why in left_out)]
    parts += ["## Machine and versions", table(("", ""), machine.items())]
    return "\n\n".join(parts) + "\n"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table in Markdown; the figures of costs stand at the right."""
    lines: list[Sequence[str]] = [
        heads,
        ("---", *("---:" for _ in heads[1:])) if heads is _HEADS else ("---",) * len(heads),
    ]
    lines += rows
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _aligned(heads: Sequence[str], rows: list[tuple[str, ...]]) -> str:
    widths = [max(len(row[at]) for row in (heads, *rows)) for at in range(len(heads))]
    lines = []
    for row in (tuple(heads), *rows):
        first, *rest = (
            cell.ljust(width) if heads is _BAR_HEADS or not at else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        lines.append("  ".join((first, *rest)).rstrip())
    return "\n".join(lines)
