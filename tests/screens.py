"""An e-book on screens: every document in headless Chromium, as wide, as dark and in letters as large as asked."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import zipfile
from html import escape, unescape
from io import BytesIO
from pathlib import Path

BROWSER = os.environ.get("CHROMIUM") or next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None
)

# Paper and ink of reading systems, as they force them on a page.
DAY, SEPIA, NIGHT, BLACK = ("#fff", "#000"), ("#f4ecd8", "#4a3520"), ("#121212", "#ddd"), ("#000", "#fff")

# What makes letters readable, and what shows that there is something (WCAG 2.2, 1.4.3 and 1.4.11).
CONTRAST_OF_TEXT, CONTRAST_OF_RULES = 4.5, 3

_RESULT = re.compile(r'<pre id="result">(.*?)</pre>', re.DOTALL)
_SCRIPT = Path(__file__).with_suffix(".js")


def faults_on_screens(epub: bytes, folder: Path) -> tuple[list[str], int]:
    """Look at a book, unpacked into an empty folder: name what does not fit or cannot be read, and count the looks."""
    with zipfile.ZipFile(BytesIO(epub)) as packed:
        packed.extractall(folder)
    documents = sorted(folder.rglob("*.xhtml"))
    frames = "".join(f'<iframe src="{escape(document.as_uri())}"></iframe>' for document in documents)
    asked = {
        "screens": [[width, size] for width in (320, 800) for size in (100, 200)],
        "colours": [DAY, SEPIA, NIGHT, BLACK],
        "text": CONTRAST_OF_TEXT,
        "rules": CONTRAST_OF_RULES,
    }
    page = folder / "screens.html"
    page.write_text(
        f"<!DOCTYPE html><meta charset='utf-8'><style>iframe {{ height: 600px; border: 0 }}</style>{frames}"
        f'<pre id="result"></pre><script>const asked = {json.dumps(asked)};\n{_SCRIPT.read_text()}</script>'
    )
    found = _RESULT.search(dom_of(page, folder))
    assert found, "Chromium made no page"
    assert found[1], "Chromium ran no script"
    result = json.loads(unescape(found[1]))
    return result["faults"], result["looks"]


def dom_of(page: Path, folder: Path, *more: str) -> str:
    """Open a page, with more options of Chromium, and give what its scripts have made of it; `folder` is for a profile."""
    assert BROWSER
    options = ["--headless", "--disable-gpu", "--allow-file-access-from-files", "--dump-dom", *more]
    options.append(f"--user-data-dir={folder / 'profile'}")
    if getattr(os, "geteuid", lambda: 1)() == 0:
        options.append("--no-sandbox")  # Chromium refuses its sandbox to the administrator
    done = subprocess.run(
        [BROWSER, *options, page.as_uri()], capture_output=True, text=True, check=False, timeout=120
    )
    return done.stdout
