"""What the preview answers: this machine alone, nothing that changes anything, and nothing of other files."""

from __future__ import annotations

import socket
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Timer
from typing import Any

import pytest
from click.testing import CliRunner
from making import write_project
from werkzeug.test import Client, TestResponse

from anthology.cache import Cache
from anthology.cli.preview import preview as command
from anthology.editions.workshop import Workshop
from anthology.preview import Settings, preview
from anthology.preview.desk import Desk
from anthology.preview.paper import Paper
from anthology.preview.screen import Screen
from anthology.preview.server import Application
from anthology.problems import UsageError

ONE = "---\ntitle: High water\nrelated: [two]\n---\n\nThe sea comes in.\n\n![A pier](pier.svg)\n"
TWO = "---\ntitle: Low water\n---\n\nThe sea [goes out](one.md).\n"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Write a book of two articles in one section with an introduction, and a foreword."""
    return write_project(
        tmp_path / "book",
        {
            "anthology.toml": '[book]\ntitle = "Harbours"\n\n[[sections]]\ntitle = "Tides"\n',
            "content/tides/_intro.md": "Twice a day.\n",
            "content/tides/one.md": ONE,
            "content/tides/two.md": TWO,
            "content/tides/pier.svg": SVG,
            "content/front/foreword.md": "---\ntitle: Foreword\n---\n\nBefore the sea.\n",
            "secret.txt": "nobody's affair\n",
        },
    )


@pytest.fixture
def desk(project: Path, tmp_path: Path) -> Desk:
    """Lay the book on a desk, read once."""
    desk = Desk(project, 1, Cache(tmp_path / "cache"))
    desk.refresh()
    return desk


@pytest.fixture
def client(desk: Desk, tmp_path: Path) -> Client:
    """Ask the application without a network; nothing here sets pages."""
    workshop = Workshop(ThreadPoolExecutor(1), 1, Cache(tmp_path / "cache"))
    return Client(Application(desk, Screen(workshop), Paper(workshop), ""))


def get(client: Client, path: str, **more: Any) -> TestResponse:
    """Ask as a browser on this machine asks."""
    return client.get(path, base_url="http://127.0.0.1:4747", **more)


@pytest.mark.parametrize("host", ["127.0.0.1:4747", "localhost:4747", "localhost", "[::1]:4747"])
def test_this_machine_is_answered(client: Client, host: str) -> None:
    """The names of this machine, with and without a port."""
    assert client.get("/book", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    ["book.example", "127.0.0.1.book.example", "localhost.book.example:4747", "192.0.2.1", "", "[::2]:1"],
)
def test_every_other_name_is_refused(client: Client, host: str) -> None:
    """A page elsewhere whose name is made to lead to this machine reads nothing (DNS rebinding)."""
    answer = client.get("/book", headers={"Host": host})
    assert (answer.status_code, answer.text) == (403, "This page is for this machine alone.")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_nothing_can_be_changed(client: Client, method: str) -> None:
    """There is nothing to send, and no other site is told that it might."""
    answer = client.open("/book", method=method, base_url="http://127.0.0.1:4747")
    assert answer.status_code == 405
    assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize("path", ["/", "/page/preview.js", "/book", "/screen/one", "/nowhere", "/fonts/none"])
def test_every_answer_says_how_far_it_reaches(client: Client, path: str) -> None:
    """The page takes everything from here; what is sent is what it says it is, and no other site may read it."""
    headers = get(client, path).headers
    assert headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'; ")
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"
    assert "Access-Control-Allow-Origin" not in headers


def test_an_article_can_run_nothing(client: Client) -> None:
    """The document of an article is boxed in by its own policy as well as by the frame that it is shown in."""
    assert get(client, "/screen/one").json["name"] == "one.xhtml"
    answer = get(client, "/ebook/one.xhtml")
    assert answer.mimetype == "application/xhtml+xml"
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("sandbox allow-same-origin; default-src 'none'; ")
    assert "script" not in policy
    frame = get(client, "/").text.partition("<iframe")[2].partition(">")[0]
    assert 'sandbox="allow-same-origin"' in frame


def test_an_article_is_shown_as_the_e_book_has_it(client: Client) -> None:
    """Its document, its picture and the style sheet come as they are packed."""
    html = get(client, "/screen/one").json["html"]
    assert "The sea comes in." in html
    assert 'href="two.xhtml"' in html
    picture = html.partition('src="')[2].partition('"')[0]
    assert get(client, f"/ebook/{picture}").mimetype == "image/svg+xml"
    assert "font-face" in get(client, "/ebook/styles/anthology.css").text


def test_queries_come_beside_the_article_and_not_in_it(client: Client, desk: Desk, project: Path) -> None:
    """Where each stands is told with the document, which is the e-book's: word for word as if nobody had asked."""
    path = project / "content/tides/one.md"
    before = get(client, "/screen/one").json
    assert before["asked"] == []
    path.write_text(ONE.replace("comes in", "comes <!-- ? When? --> in"))
    desk.refresh()
    after = get(client, "/screen/one").json
    assert after["html"] == before["html"]
    (query,) = after["asked"]
    assert (query["message"], query["line"]) == ("When?", 6)
    assert (query["before"], query["behind"]) == ("The sea comes", " in.")
    assert f'id="{query["block"]}"' in after["html"]
    path.write_text(ONE.replace("related: [two]", "related: [two").replace("comes in", "comes <!-- ? --> in"))
    desk.refresh()
    # As it was, and nobody knows where in the file of now.
    (stale,) = get(client, "/screen/one").json["asked"]
    assert (stale["message"], "block" in stale) == ("When?", False)


@pytest.mark.parametrize(
    ("piece", "name"), [("foreword", "foreword.xhtml"), ("tides-introduction", "_section-tides.xhtml")]
)
def test_every_piece_can_be_looked_at(client: Client, piece: str, name: str) -> None:
    """Front matter, and an introduction in the opener of its section."""
    answer = get(client, f"/screen/{piece}").json
    assert answer["name"] == name
    assert ("Before the sea." if piece == "foreword" else "Twice a day.") in answer["html"]


def test_a_broken_template_is_told_of(client: Client, desk: Desk, project: Path) -> None:
    """What keeps the article from being shown comes as its problem, with file and line."""
    path = project / "templates/article.html"
    path.parent.mkdir()
    path.write_text(
        "{% extends 'packaged/article.html' %}\n{% block text %}{{ piece.nothing }}{% endblock %}\n"
    )
    desk.refresh()
    (problem,) = get(client, "/screen/one").json["problems"]
    assert (problem["code"], problem["path"], problem["line"]) == ("S001", "templates/article.html", 2)


@pytest.mark.parametrize(
    "path",
    [
        "/page/../server.py",
        "/page/%2e%2e/server.py",
        "/page/..%2fserver.py",
        "/fonts/..%2f..%2f..%2fetc%2fpasswd",
        "/ebook/../../secret.txt",
        "/ebook/%2e%2e/secret.txt",
        "/ebook/secret.txt",
        "/source/1/secret.txt",
        "/source/1/content/../secret.txt",
        "/source/1//etc/passwd",
        "/source/1/%2e%2e/%2e%2e/etc/passwd",
        "/source/1/content/tides/pier.svg",
        "/drawn/none/0/600.png",
        "/screen/nobody",
        "/paper/print/nobody",
        "/paper/ebook/one",
        "/paper/nothing/one",
    ],
)
def test_nothing_else_is_to_be_had(client: Client, path: str) -> None:
    """No path leads out of what is shown, to a file of the machine or to one of the project that nobody asked for."""
    answer = get(client, path)
    assert answer.status_code in (404, 308)
    assert "nobody's affair" not in answer.text


def test_lines_of_an_article_are_shown(client: Client) -> None:
    """Where there is no editor to open, the page shows the line."""
    answer = get(client, "/source/2/content/tides/one.md")
    assert answer.json["lines"][1] == [2, "title: High water"]


def test_the_page_is_told_when_the_book_has_changed(client: Client, desk: Desk) -> None:
    """The number of the book comes at once, and again as soon as it is read anew (server-sent events)."""
    answer = get(client, "/events", buffered=False)
    assert answer.mimetype == "text/event-stream"
    told = iter(answer.response)
    assert next(told) == b"data: 1\n\n"
    Timer(0.05, desk.refresh).start()
    assert next(told) == b"data: 2\n\n"


def test_it_listens_on_this_machine_alone_until_ctrl_c(project: Path, tmp_path: Path) -> None:
    """The address is one of this machine, the page is there once it is told, and Ctrl-C ends it without a word."""
    told = []

    def ready(address: str) -> None:
        told.append(address)
        raise KeyboardInterrupt

    preview(project, Settings(cache=Cache(tmp_path / "cache")), ready)
    assert told[0].startswith("http://127.0.0.1:")


def test_a_port_that_is_taken_is_named(project: Path) -> None:
    """Whoever asks for a port is told that it is taken, and the command leaves with 2."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(UsageError) as refused:
            preview(project, Settings(port), lambda address: None)
    (problem,) = refused.value.problems
    assert problem.code == "B030"
    assert problem.message == f"port {port} is taken, or may not be had"


def test_a_folder_without_a_book_is_refused(tmp_path: Path) -> None:
    """Nothing is served where there is no anthology.toml."""
    result = CliRunner().invoke(command, [str(tmp_path), "--no-open"])
    assert result.exit_code == 1
    assert "has no anthology.toml" in str(result.exception)


def test_an_editor_that_nobody_knows_is_named() -> None:
    """A slip in the name of the editor is told before anything begins."""
    result = CliRunner().invoke(command, ["--editor", "vscod"])
    assert result.exit_code == 2
    assert "give one of cursor, emacs, idea, sublime, textmate, vscode, vscodium, zed" in result.stderr
