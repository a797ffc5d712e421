"""axe-core, which others judge web pages by, finds nothing to mend on the page of the preview."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from chromium import Window
from chromium import chromium as opened
from making import write_project

from anthology.cache import Cache
from anthology.preview import Settings, preview

TOML = '[book]\ntitle = "Harbours"\n\n[[sections]]\ntitle = "Tides"\n'
ONE = "---\ntitle: High water\nauthors: [Ada Marsh]\nstatus: proof\nrelated: [two, nobody]\n---\n\nThe sea <!-- ? Which? --> comes in.\n\n![](pier.png)\n"
TWO = "---\ntitle: Low water\n---\n\nThe sea [goes out](one.md).\n"


@pytest.fixture(scope="module")
def window(node_modules: Path, chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Window]:
    """Show a book with errors, warnings, a query and related reading, and open its page."""
    folder = tmp_path_factory.mktemp("preview")
    files = {"anthology.toml": TOML, "content/tides/one.md": ONE, "content/tides/two.md": TWO}
    project = write_project(folder / "book", {**files, "content/tides/_intro.md": "Twice a day.\n"})
    told: list[str] = []
    ready = threading.Event()

    def show(address: str) -> None:
        told.append(address)
        ready.set()

    settings = Settings(cache=Cache(folder / "cache"))
    threading.Thread(target=preview, args=(project, settings, show), daemon=True).start()
    assert ready.wait(60)
    with opened(folder / "profile") as window:
        window.open(f"{told[0]}#one")
        window.wait("document.documentElement.dataset.number")
        window.ask((node_modules / "axe-core/axe.min.js").read_text() + ";0")
        yield window


STATES = {
    "an article": "0",
    "a line of its source": "document.querySelector('#piece-problems .place').click()",
    "related reading": "document.querySelector('#relations').open = true",
    "pages": "document.querySelector('[data-to=paper]').click()",
    "the running order": "document.getElementById('open-order').click()",
    "the keys": "document.getElementById('keys').showModal()",
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing(window: Window, width: int, scheme: str) -> None:
    """On a phone and on a desk, by day and by night, whatever is open: no violation of any rule, best practices too."""
    window.prefer(color_scheme=scheme, reduced_motion="reduce")
    window.resize(width, 800)
    looked_at = 0
    for name, opening in STATES.items():
        window.ask(f"{opening}; 0")
        if name == "pages":
            window.wait("document.querySelector('#paper img')?.naturalWidth > 100")
        # The frame has a book in it, which Ace judges; nothing can run there.
        found = json.loads(window.ask("axe.run({ iframes: false }).then((found) => JSON.stringify(found))"))
        told = [
            (violation["id"], violation["help"], [node["html"] for node in violation["nodes"]])
            for violation in found["violations"]
        ]
        assert told == [], name
        looked_at += len(found["passes"])
    assert looked_at > 100
    window.ask("document.getElementById('keys').close()")
    window.press("Escape")
    window.ask("document.querySelector('[data-to=screen]').click()")
