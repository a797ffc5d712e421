"""The book that the preview shows: it follows the disk, and what cannot be read stays as it was."""

from __future__ import annotations

import errno
import hashlib
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import watchfiles
from making import write_project

from anthology.cache import Cache
from anthology.preview import serving
from anthology.preview.answers import Answers, lines_around
from anthology.preview.asking import places_of_queries
from anthology.preview.book import Book, alone, read_book
from anthology.preview.desk import Desk
from anthology.preview.editors import address_of, template_of
from anthology.preview.following import Follower
from anthology.problems import ContentError
from anthology.project import Project

TOML = '[book]\ntitle = "Harbours"\n\n[[sections]]\ntitle = "Tides"\n'
ONE = "---\ntitle: High water\nrelated: [two]\n---\n\nThe sea comes in.\n"
TWO = "---\ntitle: Low water\n---\n\nThe sea goes out.\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Write a book of two articles, one related to the other."""
    files = {"anthology.toml": TOML, "content/tides/one.md": ONE, "content/tides/two.md": TWO}
    return write_project(tmp_path / "book", files)


@pytest.fixture
def desk(project: Path, tmp_path: Path) -> Desk:
    """Lay the book on a desk, read once."""
    desk = Desk(project, 1, Cache(tmp_path / "cache"))
    desk.refresh()
    return desk


def bodies(book: Book) -> dict[str, str]:
    """Give what the articles of a book say, without their marks."""
    assert book.manuscript
    pieces = book.manuscript.linked.anthology.pieces
    return {piece.id: " ".join(piece.body.split(">")[1].split("<")[:1]) for piece in pieces}


def test_one_edit_reads_one_file(project: Path, desk: Desk) -> None:
    """After an edit the article is as it is on the disk, and every other is taken from where it was kept."""
    (project / "content/tides/one.md").write_text(ONE.replace("comes in", "comes back"))
    desk.refresh()
    assert bodies(desk.book) == {"one": "The sea comes back.", "two": "The sea goes out."}
    assert desk.book.manuscript
    assert (desk.book.manuscript.reused, desk.book.manuscript.anew) == (1, 1)
    assert desk.book.number == 2


def test_an_edit_is_felt_by_what_is_related(project: Path, desk: Desk) -> None:
    """A new title is a new title in the related reading of the others."""
    (project / "content/tides/two.md").write_text(TWO.replace("Low", "Lowest"))
    desk.refresh()
    assert [entry.title for entry in desk.order(desk.book).articles[0].related] == ["Lowest water"]


def test_new_renamed_and_deleted_articles_are_followed(project: Path, desk: Desk) -> None:
    """What is in the folder is in the book, under the name that it has there now."""
    content = project / "content/tides"
    (content / "three.md").write_text(TWO.replace("Low", "Slack"))
    (content / "two.md").rename(content / "ebb.md")
    (content / "one.md").unlink()
    desk.refresh()
    assert sorted(bodies(desk.book)) == ["ebb", "three"]


def test_an_article_that_cannot_be_read_stays_as_it_was(project: Path, desk: Desk) -> None:
    """An error in the front matter is told, and the article is shown as it last was; mended, it is shown as it is."""
    path = project / "content/tides/one.md"
    path.write_text(ONE.replace("related: [two]", "related: [two").replace("comes in", "is away"))
    desk.refresh()
    assert bodies(desk.book)["one"] == "The sea comes in."
    assert desk.book.stale == {"content/tides/one.md"}
    (told,) = [problem for problem in desk.book.problems if problem.severity == "error"]
    assert (told.code, told.origin and told.origin.path) == ("F002", "content/tides/one.md")
    answer = Answers(project, "").book(desk.book, desk.order(desk.book))
    one, _ = answer["plan"]["sections"][0]["articles"]
    assert one["stale"]
    assert [problem["code"] for problem in one["problems"] if problem["severity"] == "error"] == ["F002"]
    path.write_text(ONE.replace("comes in", "is here"))
    desk.refresh()
    assert bodies(desk.book)["one"] == "The sea is here."
    assert desk.book.stale == frozenset()


def test_an_article_that_could_never_be_read_is_told_of(project: Path, tmp_path: Path) -> None:
    """Without anything good to show, the problem stands with those of the book, and the others are shown."""
    (project / "content/tides/one.md").write_text("---\ntitle: [\n---\n\nNothing yet.\n")
    desk = Desk(project, 1, Cache(tmp_path / "cache"))
    desk.refresh()
    answer = Answers(project, "").book(desk.book, desk.order(desk.book))
    assert [article["id"] for article in answer["plan"]["sections"][0]["articles"]] == ["two"]
    assert "content/tides/one.md" in {problem["path"] for problem in answer["plan"]["problems"]}


def test_a_draft_leaves_the_book(project: Path, desk: Desk) -> None:
    """What the editor takes out is not kept as it was: only errors are."""
    (project / "content/tides/one.md").write_text(ONE.replace("related:", "draft: yes\nrelated:"))
    desk.refresh()
    assert sorted(bodies(desk.book)) == ["two"]


def test_a_book_that_cannot_be_read_stays_as_it_was(project: Path, desk: Desk) -> None:
    """A broken anthology.toml, and one that is gone, are told with the last good book; mended, all is well."""
    for broken in ("[book\n", "[book]\ntitel = 'Harbours'\n", None):
        if broken is None:
            (project / "anthology.toml").unlink()
        else:
            (project / "anthology.toml").write_text(broken)
        desk.refresh()
        assert desk.book.failures
        assert sorted(bodies(desk.book)) == ["one", "two"]
    (project / "anthology.toml").write_text(TOML.replace("Harbours", "Havens"))
    desk.refresh()
    assert desk.book.failures == ()
    assert desk.book.manuscript
    assert desk.book.manuscript.config.book.title == "Havens"


def test_a_book_that_could_never_be_read_is_told_of(project: Path, tmp_path: Path) -> None:
    """From the beginning broken: there is nothing to show, and the page is told why."""
    (project / "anthology.toml").write_text("[book\n")
    book = read_book(project, Book(), 1, Cache(tmp_path / "cache"))
    answer = Answers(project, "").book(book, None)
    assert [problem["code"] for problem in answer["failures"]] == ["C001"]
    assert "plan" not in answer
    with pytest.raises(ContentError):
        alone(book, "one")


PIER = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'
ASKING = """---
title: High water
---

<!-- ? Does it begin well? -->

The “sea” comes in <!-- ? When? --> twice a day<!-- query: Everywhere? -->, and goes out.

<!-- ? A picture here?

Or none? -->

- Mud
- Gulls and terns <!-- ? --> cry.

| Port | Hours |
|------|-------|
| Low  | 6 <!-- ? Six? --> |

![A pier <!-- ? Which pier? -->](pier.svg)

    <!-- ? in code -->
"""


def test_queries_stand_beside_their_article(project: Path, tmp_path: Path) -> None:
    """Each comes with file and line; the warning that there is one, which says the same, is not told besides."""
    (project / "content/tides/one.md").write_text(ASKING)
    desk = Desk(project, 1, Cache(tmp_path / "cache"))
    desk.refresh()
    answer = Answers(project, "pen://{path}:{line}").book(desk.book, desk.order(desk.book))
    one, two = answer["plan"]["sections"][0]["articles"]
    asked = [problem for problem in one["problems"] if problem["severity"] == "query"]
    assert asked[1] == {
        "code": "",
        "severity": "query",
        "message": "When?",
        "path": "content/tides/one.md",
        "line": 7,
        "hint": "",
        "address": f"pen://{project.resolve().as_posix()}/content/tides/one.md:7",
    }
    assert [query["message"] for query in asked] == [
        "Does it begin well?",
        "When?",
        "Everywhere?",
        "A picture here? Or none?",
        "(it asks nothing)",
        "Six?",
        "Which pier?",
    ]
    told = [*one["problems"], *two["problems"], *answer["plan"]["problems"]]
    assert "T023" not in {problem["code"] for problem in told}


def test_where_queries_stand(project: Path, tmp_path: Path) -> None:
    """Each has the words round it and the block that it is in, one on a line of its own those before it or else behind."""
    path = project / "content/tides/one.md"
    path.write_text(ASKING)
    (project / "content/tides/pier.svg").write_text(PIER)
    desk = Desk(project, 1, Cache(tmp_path / "cache"))
    desk.refresh()
    assert desk.book.manuscript
    piece = next(piece for piece in desk.book.manuscript.linked.anthology.pieces if piece.id == "one")
    places = places_of_queries(piece, path.read_bytes(), "en", Project(project).find)
    sea = "The “sea” comes in twice a day, and goes out."
    assert {number: (place.before, place.behind) for number, place in places.items()} == {
        0: ("", sea),
        1: ("The “sea” comes in", " twice a day, and goes out."),
        2: ("The “sea” comes in twice a day", ", and goes out."),
        3: (sea, ""),
        4: ("Gulls and terns", " cry."),
        5: ("6", ""),
    }
    paragraph, item, cell = places[0].block, places[4].block, places[5].block
    assert [places[number].block for number in (1, 2, 3)] == [paragraph] * 3
    for block, words in ((paragraph, "The “sea”"), (item, "Gulls"), (cell, "6")):
        assert re.search(rf'id="{block}"[^>]*>{words}', piece.body)
    edited = path.read_bytes().replace(b"twice", b"once")
    assert places_of_queries(piece, edited, "en", Project(project).find) == {}


def test_the_words_round_a_query_are_few(project: Path, tmp_path: Path) -> None:
    """Of a long paragraph there are as many as tell the place, cut between two words."""
    path = project / "content/tides/one.md"
    path.write_text(ONE.replace("The sea", f"{'before ' * 50}<!-- ? --> {'behind ' * 50}"))
    desk = Desk(project, 1, Cache(tmp_path / "cache"))
    desk.refresh()
    assert desk.book.manuscript
    piece = next(piece for piece in desk.book.manuscript.linked.anthology.pieces if piece.id == "one")
    (place,) = places_of_queries(piece, path.read_bytes(), "en", lambda name: None).values()
    assert place.before == "… " + " ".join(["before"] * 8)
    assert place.behind == " " + " ".join(["behind"] * 8) + " …"


def test_nothing_is_written_into_the_book(project: Path, desk: Desk) -> None:
    """Every file is as it was, and there is none that was not."""

    def held() -> dict[str, str]:
        files = (path for path in project.rglob("*") if path.is_file())
        return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}

    before = held()
    desk.refresh()
    desk.order(desk.book)
    assert held() == before


def test_what_is_no_part_of_the_book_is_not_followed(project: Path, tmp_path: Path) -> None:
    """Output, hidden files, those that editors put beside ours, and a cache within the project change nothing."""
    follower = Follower(project, [project / "cache"])
    root = project.resolve()
    matters = ["anthology.toml", "content/tides/one.md", "images/pier.png", "dist/build.json"]
    others = [
        "dist/book.epub",
        ".git/index",
        "content/.one.md.swp",
        "content/one.md~",
        "cache/ab/abcdef",
        "../x.md",
    ]
    assert [path for path in (*matters, *others) if follower.matters((root / path).resolve())] == matters


def test_edits_are_followed_where_the_system_watches_no_more_files(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each user may watch so many files; beyond that their times are looked at."""
    watch = watchfiles.watch

    def watch_some(*folders: Path, force_polling: bool | None, **others: Any) -> Iterator[Any]:
        if not force_polling:
            raise OSError(errno.ENOSPC, "OS file watch limit reached")
        return watch(*folders, force_polling=True, **others)

    class SeenTwiceError(Exception):
        """Raised when the edit is seen."""

    rounds = 0

    def refresh() -> None:
        nonlocal rounds
        rounds += 1
        if rounds == 2:
            raise SeenTwiceError
        threading.Timer(1, (project / "content/tides/one.md").write_text, (TWO,)).start()

    monkeypatch.setattr("watchfiles.watch", watch_some)
    with pytest.raises(SeenTwiceError):
        Follower(project).follow(refresh)


def test_ctrl_c_waits_for_no_page_that_is_being_set(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The workers hear of the interruption, upon which they are killed: a long article is set for half a minute."""
    ends: list[object] = []

    class Interrupted:
        def __init__(self, *_: object) -> None: ...

        def follow(self, refresh: object) -> None:
            raise KeyboardInterrupt

    @contextmanager
    def workers(jobs: int) -> Iterator[None]:
        try:
            yield
        except BaseException as error:
            ends.append(type(error))
            raise

    monkeypatch.setattr(serving, "Follower", Interrupted)
    monkeypatch.setattr(serving, "setting_workers", workers)
    monkeypatch.setattr(serving, "_warm_up", lambda *_: None)
    serving.preview(project, serving.Settings(), lambda address: None)
    assert ends == [KeyboardInterrupt]


def test_problems_open_in_an_editor(project: Path) -> None:
    """An editor is known by its name, or by its address; letters that addresses cannot hold are escaped."""
    address = address_of(template_of("vscode"), project / "a b", "content/é.md", 7)
    assert address == f"vscode://file{project.resolve().as_posix()}/a%20b/content/%C3%A9.md:7"
    assert address_of(template_of("pen://{path}#{line}"), Path("/"), "x.md", None) == "pen:///x.md#1"
    assert address_of(template_of(""), project, "x.md", 1) == ""


@pytest.mark.parametrize("wrong", ["vim", "pen://file", "javascript:alert('{path}')", "file://{path}"])
def test_an_address_that_opens_no_editor_is_refused(wrong: str) -> None:
    """A name that nobody knows, an address without a place for the path, and one that would run in the page."""
    with pytest.raises(ValueError, match=r"editor|give one of"):
        template_of(wrong)


def test_the_lines_round_a_problem_are_shown() -> None:
    """The line that is meant stands between its neighbours, also at either end of a file."""
    text = b"one\ntwo\nthree\nfour\nfive\nsix\n"
    assert lines_around(text, 4) == [(2, "two"), (3, "three"), (4, "four"), (5, "five"), (6, "six")]
    assert lines_around(text, 1) == [(1, "one"), (2, "two"), (3, "three")]
    assert lines_around(text, 99) == []
    # What is a line to an editor, in whatever encoding it was saved; what was pasted from the web may part lines too.
    odd = "one\u2028and\x0chalf\ntwo\n"
    assert lines_around(odd.encode("utf-16"), 2) == [(1, "one\u2028andhalf"), (2, "two")]
