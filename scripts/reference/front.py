"""The head of an article of the reference."""

from __future__ import annotations

from typing import Any

DAY = "2026-11-30"


def head(article: dict[str, Any]) -> str:
    """Write the front matter of an article, and the remark that nobody should edit it by hand."""
    related = "".join(f'  - "{name}"\n' for name in article["related"])
    return (
        "---\n"
        "# `make reference` writes this file; what it says stands in src/anthology and scripts/reference.\n"
        f'title: "{article["title"]}"\n'
        f'short-title: "{article["short-title"]}"\n'
        f'standfirst: "{article["standfirst"]}"\n'
        "authors: [The Copy Desk]\n"
        f"date: {DAY}\n"
        f"weight: {article['weight']}\n"
        "related:\n"
        f"{related}"
        "---\n\n"
    )


def sentence(text: str) -> str:
    """Begin a text with a capital letter."""
    return text[:1].upper() + text[1:]
