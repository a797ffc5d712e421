"""Hazards: hostile files in a folder of good articles; the good ones are whole in both editions, whatever stands beside them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import zipfile
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pymupdf
from hostile import Hostile, good, hostile_files
from lxml import etree
from making import write_project

SEED = 7
# Two of each family, and one more; a tenth of the good articles would not show one that is missing.
SOME_HOSTILE, ALL_HOSTILE = 34, 200
SOME_GOOD, ALL_GOOD = 10, 50
# A machine that has other things to do gets an hour for what takes minutes.
PATIENCE = 3600


def build(root: Path) -> tuple[subprocess.CompletedProcess[str], dict[str, Any]]:
    """Build a project by the command line, going on after errors; give what it said and its record."""
    command = [
        sys.executable,
        "-m",
        "anthology",
        "build",
        str(root),
        "--keep-going",
        "--no-cache",
        "--json",
        "-j",
        "2",
    ]
    environment = os.environ | {"SOURCE_DATE_EPOCH": "1700000000"}
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        env=environment,
        check=False,
        encoding="utf-8",
    )
    return done, json.loads(done.stdout)


def e_book(root: Path) -> dict[str, bytes]:
    """Read the e-book of a project."""
    (path,) = (root / "dist").glob("*.epub")
    with zipfile.ZipFile(path) as book:
        return {name: book.read(name) for name in book.namelist()}


def words_of(document: bytes) -> list[str]:
    """Give the text of the paragraphs of an article in the e-book."""
    tree = etree.fromstring(document)
    return [
        " ".join("".join(map(str, paragraph.itertext())).split())
        for paragraph in tree.iter("{http://www.w3.org/1999/xhtml}p")
    ]


def letters_in_print(root: Path) -> str:
    """Give the letters of the print edition, without the hyphens and spaces that lines bring."""
    (path,) = (root / "dist").glob("*.pdf")
    with pymupdf.open(path) as book:
        return re.sub(r"[\W_]", "", "".join(page.get_text() for page in book))


def ends_right(path: str, hostile: Hostile, record: dict[str, Any]) -> bool:
    """Tell whether an article is in every edition without an error, or in none with errors of the right kinds."""
    beside = {str(Path(path).with_name(name)) for name in hostile.files}
    codes = {
        problem["code"]
        for problem in record["problems"]
        if problem["severity"] == "error" and problem["path"] in {path, *beside}
    }
    left_out = any(problem["code"] == "B019" and problem["path"] == path for problem in record["problems"])
    return codes <= hostile.errors and left_out == bool(codes)


def test_hostile_files_cost_no_other_article_anything(
    tmp_path: Path, share: Callable[[int, int], int], tell: Callable[..., None]
) -> None:
    """Hostile files of many families end as output or right problems; the good are word for word as in a book of their own."""
    count = share(SOME_GOOD, ALL_GOOD)
    goods = {f"content/good/good-{number}.md": good(number) for number in range(count)}
    write_project(tmp_path / "alone", goods)
    write_project(tmp_path / "beside", goods)
    made = hostile_files(share(SOME_HOSTILE, ALL_HOSTILE), SEED)
    for path, (_, hostile) in made.items():
        place = tmp_path / "beside" / path
        place.parent.mkdir()
        place.write_bytes(hostile.data)
        for name, data in hostile.files.items():
            place.with_name(name).write_bytes(data)
    alone, _ = build(tmp_path / "alone")
    done, record = build(tmp_path / "beside")
    wrong = defaultdict(list)
    for path, (family, hostile) in made.items():
        if not ends_right(path, hostile, record):
            wrong[family] += [
                f"{p['code']} {p['message']}" for p in record["problems"] if p["path"] == path
            ] or [path]
    bad = sum(not ends_right(path, hostile, record) for path, (_, hostile) in made.items())
    tell("hostile files", len(made), len(made) - bad, "files")
    assert (alone.returncode, done.returncode) == (0, 1)
    assert "Traceback" not in done.stderr
    assert dict(wrong) == {}
    before, after = e_book(tmp_path / "alone"), e_book(tmp_path / "beside")
    printed = letters_in_print(tmp_path / "beside")
    whole = 0
    for number in range(count):
        name = f"EPUB/good-{number}.xhtml"
        paragraphs = [text for text in words_of(after[name]) if text.startswith(f"Good {number} says")]
        own = [text for text in words_of(before[name]) if text.startswith(f"Good {number} says")]
        in_print = all(re.sub(r"[\W_]", "", text) in printed for text in own)
        whole += len(own) == 4 and paragraphs == own and in_print
    tell("good articles beside hostile files", count, whole, "articles")
    assert whole == count
    titles = [edition["name"] for edition in record["editions"]]
    assert titles == ["ebook", "print"]
