"""The page of the preview in Chromium: somebody edits a file, and sees the page change."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from chromium import Window, chromium
from making import write_project
from screens import BROWSER

TOML = '[book]\ntitle = "Harbours"\n\n[[sections]]\ntitle = "Tides"\n\n[[sections]]\ntitle = "Piers"\n'
PARAGRAPHS = "\n\n".join(
    f"Paragraph {number} tells of the sea, the wind and the price of fish." for number in range(40)
)
ONE = f"---\ntitle: High water\nauthors: [Ada Marsh]\nrelated: [two]\n---\n\n{PARAGRAPHS}\n"

# What the frame says, and how far it is turned.
BODY = "document.getElementById('screen').contentDocument?.body"
# Whether the document in the frame is dressed, and listens.
DRESSED = "document.getElementById('screen').contentDocument?.getElementById('_preview')"
SCROLL = "document.getElementById('screen').contentWindow.scrollY"


@dataclass
class Look:
    """A book that is looked at: its folder, the window, the address of the page, and the process that shows it."""

    project: Path
    window: Window
    address: str
    process: subprocess.Popen[str]

    def write(self, path: str, text: str) -> None:
        """Save a file, as an editor does."""
        (self.project / path).write_text(text, encoding="utf-8")

    def listed(self) -> list[str]:
        """Give the titles of the running order."""
        titles: list[str] = self.window.ask(
            "[...document.querySelectorAll('#sections .title')].map(one => one.textContent)"
        )
        return titles

    def shows(self, words: str, place: str = BODY) -> None:
        """Wait until words are to be read."""
        self.window.wait(f"{place}?.textContent.includes({words!r})")


@pytest.fixture(scope="module")
def look(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Look]:
    """Show a book of three articles by the command, and open its page."""
    if not BROWSER:
        pytest.skip("chromium is missing: apt-get install chromium")
    folder = tmp_path_factory.mktemp("preview")
    two = "---\ntitle: Low water\n---\n\nThe sea goes out.\n"
    files = {"anthology.toml": TOML, "content/tides/one.md": ONE, "content/tides/two.md": two}
    files["content/piers/three.md"] = two.replace("Low water", "A pier")
    project = write_project(folder / "book", files)
    command = [sys.executable, "-m", "anthology", "preview", str(project), "--no-open", "-j", "1"]
    with subprocess.Popen(
        [*command, "--cache-dir", str(folder / "cache")],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    ) as process:
        try:
            assert process.stderr
            told = process.stderr.readline()
            address = re.match(r"http://127\.0\.0\.1:\d+/", told)
            assert address, told
            with chromium(folder / "profile") as window:
                window.resize(1280, 800)
                window.prefer(reduced_motion="reduce")
                window.open(f"{address[0]}#one")
                window.wait("document.documentElement.dataset.number")
                yield Look(project, window, address[0], process)
                # An article that is gone is asked for once more.
                assert [told for told in window.complaints if "404" not in told] == []
        finally:
            process.kill()


def test_an_edit_is_seen_where_it_was_made(look: Look) -> None:
    """The article is shown anew with the scroll kept, and the paragraph that changed is marked and in sight."""
    look.shows("Paragraph 39")
    look.window.ask("document.getElementById('screen').contentWindow.scrollTo(0, 50)")
    edited = ONE.replace("Paragraph 1 tells", "Paragraph 1 sings")
    look.write("content/tides/one.md", edited)
    look.shows("Paragraph 1 sings")
    marked = (
        f"[...{BODY}.querySelectorAll('[data-anthology-changed]')].map(one => one.textContent.slice(0, 17))"
    )
    assert look.window.ask(marked) == ["Paragraph 1 sings"]
    assert look.window.ask(SCROLL) == 50
    look.shows("Updated: 1 paragraph changed", "document.getElementById('status')")
    look.write("content/tides/one.md", edited.replace("Paragraph 38 tells", "Paragraph 38 sings"))
    look.shows("Paragraph 38 sings")
    assert look.window.ask(SCROLL) > 500


def test_a_fault_is_told_and_the_article_stays(look: Look) -> None:
    """What cannot be read is shown as it was, with the problem above it; a click on the place shows the line."""
    look.write("content/tides/one.md", ONE.replace("related: [two]", "related: [two").replace("fish", "coal"))
    look.shows("This article cannot be read now", "document.getElementById('piece-problems')")
    assert look.window.ask("document.querySelector('#piece-problems li').className") == "error"
    look.shows("Not updated: there is an error", "document.getElementById('status')")
    assert look.window.ask(f"{BODY}.textContent.includes('the price of fish')")
    look.window.ask("document.querySelector('#piece-problems .error .place').click()")
    look.shows("related: [two", "document.querySelector('#piece-problems .error .source')")
    look.write("content/tides/one.md", ONE)
    look.window.wait("!document.getElementById('piece-problems').textContent.includes('cannot be read now')")


def test_a_query_is_shown_beside_its_article(look: Look) -> None:
    """It is counted by itself, with the words round it and its line; its passage is marked, and nothing put into that."""
    window = look.window
    asking = ONE.replace("Paragraph 2 tells", "Paragraph 2 <!-- ? Does it? --> tells")
    look.write("content/tides/one.md", asking)
    look.shows("1 query", "document.querySelector('#sections [aria-current]')")
    assert (
        window.ask("document.querySelector('#sections [aria-current] .warning')?.textContent") == "1 warning"
    )
    look.shows("Does it?", "document.querySelector('#piece-problems .query')")
    assert window.ask("document.querySelector('#piece-problems summary').textContent") == "1 query, 1 warning"
    said = "[...document.querySelectorAll('#piece-problems .query > :is(p, button)')].map(one => one.textContent)"
    assert window.ask(said) == [
        "Query Does it?",
        "Paragraph 2? (asked here)  tells of the sea, the wind and the price of fish.",
        "content/tides/one.md:11",
    ]
    marked = f"[...{BODY}.querySelectorAll('[data-anthology-asked]')].map(one => one.textContent)"
    assert window.ask(marked) == ["Paragraph 2 tells of the sea, the wind and the price of fish."]
    place = "document.querySelector('#piece-problems .query .place')"
    window.ask(f"{place}.focus()")
    window.press("Enter")
    look.shows("Paragraph 2 <!-- ? Does it? -->", "document.querySelector('#piece-problems .query mark')")
    assert window.ask(f"{place}.getAttribute('aria-expanded')") == "true"
    look.write("content/tides/one.md", ONE)
    window.wait(
        "!document.querySelector('#sections .query') && !document.querySelector('#piece-problems .query')"
    )
    assert window.ask(marked) == []


def test_a_book_that_cannot_be_read_recovers(look: Look) -> None:
    """A broken anthology.toml is told above the article, which stays; mended, the page goes on."""
    look.write("anthology.toml", "[book\n")
    look.shows("The book cannot be read now", "document.getElementById('book-problems')")
    assert look.window.ask(f"{BODY}.textContent.includes('the price of fish')")
    look.write("anthology.toml", TOML.replace("Harbours", "Havens"))
    look.shows("Havens", "document.getElementById('book-title')")
    look.window.wait(
        "document.getElementById('book-problems').textContent === '' || document.getElementById('book-problems').hidden"
    )


def test_new_renamed_and_deleted_articles_are_followed(look: Look) -> None:
    """The running order is that of the folder; where the article that is looked at goes, its neighbour is shown."""
    look.write("content/piers/four.md", "---\ntitle: Another pier\n---\n\nOf wood.\n")
    look.shows("Another pier", "document.getElementById('sections')")
    look.window.ask("location.hash = 'four'")
    look.shows("Of wood.")
    (look.project / "content/piers/four.md").rename(look.project / "content/piers/five.md")
    look.window.wait("location.hash === '#five'")
    (look.project / "content/piers/five.md").unlink()
    look.window.wait("location.hash === '#three'")
    look.shows("“Another pier” is no longer in the book", "document.getElementById('status')")
    assert look.listed() == ["High water", "Low water", "A pier"]


def test_keys_lead_through_the_book(look: Look) -> None:
    """Articles by j and k, the field by /, the list by arrows, day and night by n, and Escape leads back."""
    window = look.window
    window.ask("location.hash = 'one'")
    window.wait("document.getElementById('piece-title').textContent === 'High water'")
    window.ask("document.getElementById('piece').focus()")
    window.press("j")
    window.wait("location.hash === '#two'")
    window.press("k")
    window.wait("location.hash === '#one'")
    window.press("/")
    assert window.ask("document.activeElement.id") == "find"
    for letter in "pier":
        window.press(letter)
    assert window.ask("[...document.querySelectorAll('#sections li:not([hidden])')].length") == 1
    window.press("ArrowDown")
    assert window.ask("document.activeElement.hash") == "#three"
    window.press("Escape")
    assert window.ask("[document.activeElement.id, document.getElementById('find').value]") == ["piece", ""]
    window.press("n")
    assert window.ask(f"getComputedStyle({BODY}).backgroundColor") == "rgb(18, 18, 18)"
    window.press("n")


def test_keys_pressed_while_an_article_is_on_its_way_lose_nothing(look: Look) -> None:
    """Whoever turns to the next article and makes it wide or dark at once sees that article."""
    window = look.window
    window.ask("location.hash = 'one'")
    look.shows("Paragraph 39")
    window.ask("document.getElementById('piece').focus()")
    for key in ("j", "w", "n"):
        window.press(key)
    look.shows("The sea goes out.")
    for key in ("w", "n"):
        window.press(key)


def test_an_address_that_names_nothing_breaks_nothing(look: Look) -> None:
    """Neither does what cannot be read as an address; the article stays."""
    look.window.ask("location.hash = 'one'")
    look.shows("Paragraph 39")
    look.window.ask("location.hash = '%'")
    look.window.ask("location.hash = 'two'")
    look.shows("The sea goes out.")


def test_links_in_the_article_lead_to_its_neighbours(look: Look) -> None:
    """Related reading is followed within the preview."""
    look.window.ask("location.hash = 'one'")
    look.window.wait(f"{DRESSED} && {BODY}?.textContent.includes('Paragraph 39')")
    look.window.ask(f"{BODY}.querySelector('.related a').click()")
    look.window.wait("location.hash === '#two'")


def test_a_frame_that_was_led_astray_comes_back(look: Look) -> None:
    """A link that is followed before the page can listen leads nowhere: what was to be seen is shown again."""
    look.window.ask("location.hash = 'one'")
    look.window.wait(f"{DRESSED} && {BODY}?.textContent.includes('Paragraph 39')")
    look.window.ask(f"{BODY}.setAttribute('data-before', 'yes')")
    look.window.ask("document.getElementById('screen').src = '/ebook/nowhere.xhtml'")
    look.window.wait(f"{DRESSED} && !{BODY}.dataset.before && {BODY}.textContent.includes('Paragraph 39')")


def test_what_cannot_be_shown_is_not_another_article(look: Look) -> None:
    """A template that fails is told of, the article stays; another article is not shown in its place."""
    look.window.ask("location.hash = 'one'")
    look.shows("Paragraph 39")
    (look.project / "templates").mkdir()
    look.write("templates/article.html", "{{ nothing }}")
    look.shows("This article cannot be shown now", "document.querySelector('#piece-problems .lead')")
    look.shows("S001", "document.querySelector('#piece-problems li:first-child')")
    look.shows("Not updated: there is an error", "document.getElementById('status')")
    assert look.window.ask(f"{BODY}.textContent.includes('Paragraph 39')")
    look.window.ask("location.hash = 'two'")
    look.window.wait("document.getElementById('piece-title').textContent === 'Low water'")
    look.window.wait(f"{BODY}?.textContent === ''")
    (look.project / "templates/article.html").unlink()
    look.shows("The sea goes out.")


def test_pages_are_shown_and_follow_too(look: Look) -> None:
    """The same article as it is printed: pictures of its pages, with their words, and the lines that changed marked."""
    window = look.window
    window.ask("location.hash = 'two'")
    window.wait("document.documentElement.dataset.shown?.startsWith('two ')")
    window.ask("document.querySelector('[data-to=paper]').click()")
    look.shows("The sea goes out.", "document.getElementById('paper')")
    window.wait("document.querySelector('#paper img')?.naturalWidth > 300")
    look.write(
        "content/tides/two.md", "---\ntitle: Low water\n---\n\nThe sea goes out.\n\nThe mud remains.\n"
    )
    look.shows("The mud remains.", "document.getElementById('paper')")
    window.wait("document.querySelectorAll('#paper .changed').length === 1")
    window.ask("document.querySelector('[data-to=screen]').click()")


@pytest.mark.skipif(sys.platform != "linux", reason="threads are looked at in /proc")
def test_ctrl_c_can_reach_no_other_thread(look: Look) -> None:
    """Nobody but the main thread takes Ctrl-C, which would be lost there as often as not."""
    threads = Path(f"/proc/{look.process.pid}/task")
    blocked = {
        thread.name: int(re.findall(r"SigBlk:\s(\w+)", (thread / "status").read_text())[0], 16)
        for thread in threads.iterdir()
    }
    assert len(blocked) > 3
    hearing = [name for name, signals in blocked.items() if not signals & 1 << signal.SIGINT - 1]
    assert hearing == [str(look.process.pid)]


def test_nothing_was_written_and_ctrl_c_ends_it(look: Look) -> None:
    """After all that the folder holds the files of the book alone; Ctrl-C ends the command with 0 and no word."""
    files = {path.relative_to(look.project).as_posix() for path in look.project.rglob("*") if path.is_file()}
    names = {"anthology.toml", "content/tides/one.md", "content/tides/two.md", "content/piers/three.md"}
    assert files == names
    look.process.send_signal(signal.SIGINT)
    assert look.process.wait(60) == 0
    assert look.process.stderr
    assert look.process.stderr.read() == ""
    look.window.complaints.clear()  # that the preview has ended
