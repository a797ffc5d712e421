"""Ace by DAISY, which the trade judges accessibility with, finds nothing to mend in our books."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from making import write_project

from anthology.build import Options, build

# Everything that an article can hold, and in Arabic.
RICH = """---
title: Everything at once
standfirst: A line beneath the title.
authors: [Ada Marsh]
date: 2026-01-31
source: {publication: The Quarterly, date: 2020-05-01}
related: [two, Something that nobody has]
---

A note[^1], `code`, [a link](two.md#there), H~2~O and ==marks==.

> A quotation.
> {: .pullquote }

## Tables

|     | Spring | Autumn |
|-----|-------:|:------:|
| Tea | 1      | 2      |

<table><caption>By hand</caption><tr><th>Year<th>Sum<tr><th>2020<td>1<tr><th>2021<td>2</table>

#### Lists

1. One
    - inside
        1. and inside again
2. Two

- [x] done
- [ ] to do

Term
:   What it means.

## Formulas and drawings

<math display="block"><mfrac><mi>a</mi><mn>2</mn></mfrac></math>

<svg viewBox="0 0 9 9"><title>A square</title><rect width="9" height="9"/></svg>

![Two pilots on a pier](pier.svg "Waiting for the 5.10")

![](pier.svg){.decorative}

```python
def answer() -> int:
    return 42
```

Some <ruby>漢<rt>kan</rt></ruby> and <span lang="fr">du français</span>.

[^1]: The note, with a [link](https://example.org/).
"""

ARABIC = """---
title: الرصيف
language: ar
authors: [نور حداد]
related: [one]
---

نص قصير[^ه].

## عنوان

| اسم | عدد |
|-----|-----|
| شاي | ١   |

[^ه]: هامش.
"""


@pytest.fixture(scope="session")
def ace(request: pytest.FixtureRequest) -> str:
    """Give the path of Ace: ANTHOLOGY_ACE, else the one on the path, else the one that npm has brought."""
    if path := os.environ.get("ANTHOLOGY_ACE") or shutil.which("ace-puppeteer"):
        return path
    path = Path(request.getfixturevalue("node_modules")) / ".bin/ace-puppeteer"
    if not path.exists():
        pytest.skip("Ace by DAISY is missing: make reading-systems brings it")
    return str(path)


def violations(ace: str, chromium: str, book: Path, out: Path) -> list[str]:
    """Let Ace look at a book; give what it finds, each with its place."""
    environment = {**os.environ, "PUPPETEER_EXECUTABLE_PATH": chromium}
    command = [ace, "--force", "--silent", "--outdir", str(out), str(book)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=300)
    report = out / "report.json"
    assert report.is_file(), done.stdout + done.stderr
    return [
        f"{place['earl:testSubject']['url']}: {found['earl:test']['dct:title']}: "
        f"{found['earl:result']['dct:description']}"
        for place in json.loads(report.read_text(encoding="utf-8"))["assertions"]
        for found in place["assertions"]
    ]


def test_ace_finds_nothing_in_the_handbook(ace: str, chromium: str, handbook: Path, tmp_path: Path) -> None:
    """Our own book has no violation."""
    (book,) = handbook.glob("*.epub")
    assert violations(ace, chromium, book, tmp_path) == []


def test_ace_finds_nothing_in_all_that_an_article_can_hold(ace: str, chromium: str, tmp_path: Path) -> None:
    """Notes, tables, lists, formulas, drawings, code, other languages and directions have none either."""
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
    )
    pieces = {
        "anthology.toml": '[book]\ntitle = "Everything"\nrights = "Free"\neditors = ["Ada Marsh"]\n'
        '[accessibility]\nconforms-to = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"\n'
        '[editions.ebook]\nformat = "epub"\npages-from = "print"\n[editions.print]\nformat = "pdf"\n',
        "content/front/foreword.md": "# Foreword\n\nBefore.\n",
        "content/a/_intro.md": "The first part, *briefly*.\n",
        "content/a/one.md": RICH,
        "content/a/pier.svg": drawing,
        "content/a/two.md": "# Two\n\n### There\n\nText.\n",
        "content/b/three.md": ARABIC,
        "content/back/glossary.md": "# Glossary\n\nPier\n:   Where one waits.\n",
        "content/back/bibliography.md": "# Bibliography\n\n- A book.\n",
        **{
            f"content/back/{name}.md": f"# {name.title()}\n\nText.\n"
            for name in (
                "appendix",
                "afterword",
                "dedication",
                "epigraph",
                "colophon",
                "acknowledgments",
                "errata",
            )
        },
    }
    outcome = build(write_project(tmp_path, pieces), Options(), lambda stage, detail: None)
    assert outcome.written
    assert "P008" not in {problem.code for problem in outcome.problems}
    assert violations(ace, chromium, tmp_path / "dist/everything.epub", tmp_path / "ace") == []
