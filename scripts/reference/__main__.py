"""Writes the handbook's reference from what the program knows of itself: codes, settings, front matter.

    make reference
    .venv/bin/python scripts/reference --into content/reference

What it writes is committed, so that the handbook can be read and built without it; a test holds the two together.
"""

from __future__ import annotations

import argparse
import tomllib
from pathlib import Path

from code_articles import codes_article
from key_articles import front_matter_article, labels_article, settings_article

HERE = Path(__file__).parent
ROOT = HERE.parent.parent


def articles() -> dict[str, str]:
    """Make the articles: file name → text."""
    plan = tomllib.loads((HERE / "articles.toml").read_text(encoding="utf-8"))
    made = {f"{each['slug']}.md": codes_article(each) for each in plan["codes"]}
    made[f"{plan['settings']['slug']}.md"] = settings_article(plan["settings"])
    made[f"{plan['labels']['slug']}.md"] = labels_article(plan["labels"])
    made[f"{plan['front-matter']['slug']}.md"] = front_matter_article(plan["front-matter"])
    return made


def main() -> None:
    """Write the articles, and remove those that an earlier run made of letters that have moved."""
    parser = argparse.ArgumentParser(description="Write the handbook's reference.")
    parser.add_argument("--into", type=Path, default=ROOT / "content" / "reference", metavar="DIR")
    into = parser.parse_args().into
    into.mkdir(parents=True, exist_ok=True)
    made = articles()
    for path in into.glob("[!_]*.md"):
        if path.name not in made:
            path.unlink()
    for name, text in made.items():
        (into / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
