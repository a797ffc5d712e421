"""A build asks no network and reads no file outside its project, whatever articles, drawings, styles and templates want."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import pytest
from canaries import Canary, canary, traces, traces_in_folder
from conftest import Tell
from making import write_project
from vectors import (
    DRAWINGS,
    HTML,
    MARKDOWN,
    STYLES,
    TEMPLATES,
    file_addresses,
    paths_out,
    web_addresses,
)

from anthology.build import Options, build
from anthology.cache import Cache
from anthology.importing import Options as ImportOptions
from anthology.importing import import_sources
from anthology.network import Web
from anthology.problems import AnthologyError, Problem

Share = Callable[[int, int], int]
SETTINGS = '[book]\ntitle = "A Book"\n[editions.ebook]\nformat = "epub"\n[editions.print]\nformat = "pdf"\n'
WORDS = "Some words, and then some more of them."


@pytest.fixture
def bird(tmp_path: Path) -> Iterator[Canary]:
    """Let a canary sing beside the project: files in outside/, and a server that has the same."""
    with canary(tmp_path / "outside") as found:
        yield found


def article(name: str, text: str, front: str = "") -> str:
    """Write an article."""
    return f"---\ntitle: The {name}\n{front}---\n\n{WORDS}\n\n{text}\n\n{WORDS}\n"


def with_links(folder: Path, bird: Canary, *suffixes: str) -> None:
    """Put links to the files outside into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for suffix in suffixes:
        (folder / f"link.{suffix}").symlink_to(bird.folder / f"c.{suffix}")


def made(root: Path, bird: Canary, editions: tuple[str, ...] = ()) -> tuple[set[str], tuple[Problem, ...]]:
    """Build what can be built; give what traces of the canary there are, and the problems."""
    shutil.rmtree(root / "dist", ignore_errors=True)
    cache = root.parent / f"{root.name}-cache"
    options = Options(editions, keep_going=True, cache=Cache(cache), jobs=2)
    try:
        problems = build(root, options, lambda stage, detail: None).problems
    except AnthologyError as error:
        problems = error.problems
    found = [*traces_in_folder(bird, root / "dist"), *traces_in_folder(bird, cache)]
    return {*found, *(f"asked for {path}" for path in bird.asked)}, problems


def held(bird: Canary, builds: Mapping[str, Path], editions: tuple[str, ...] = ()) -> tuple[list[str], int]:
    """Build projects by name; give those with traces, and how many editions came of all."""
    failed, editions_made = [], 0
    for name, root in builds.items():
        found, _ = made(root, bird, editions)
        failed += [f"{name}: {trace}" for trace in sorted(found)]
        editions_made += sum(path.suffix in {".epub", ".pdf"} for path in (root / "dist").glob("*"))
    return failed, editions_made


def parted(articles: Mapping[str, str], bird: Canary, root: Path, count: int) -> dict[str, Path]:
    """Write articles into so many projects, as evenly as they go."""
    projects = {}
    for number in range(count):
        some = {
            f"content/mind/{name}.md": text for name, text in [*articles.items()][number::count]
        }
        project = write_project(root / f"book-{number}", {"anthology.toml": SETTINGS, **some})
        with_links(project / "content/mind", bird, "png", "svg", "txt", "html", "css", "otf")
        projects[" ".join(name for name in list(some)[:2])] = project
    return projects


def test_articles(bird: Canary, tmp_path: Path, share: Share, tell: Tell) -> None:
    """Whatever an article's Markdown and HTML ask for, they get nothing from outside, in either edition."""
    addresses = {**web_addresses(bird), **file_addresses(bird)}
    out = paths_out("../../../")
    articles = {
        name: article(name, "\n\n".join(markup.format(x=x) for x in addresses.values()))
        for name, markup in {**HTML, **MARKDOWN}.items()
    }
    # What leads out by a path is often an error, and keeps its article out of the book: it has one of its own.
    by_path = {
        f"{name}-{way}": article(f"{name} {way}", markup.format(x=x))
        for name, markup in {**HTML, **MARKDOWN}.items()
        for way, x in out.items()
    }
    for way, x in {**addresses, **out}.items():
        front = f"image: {x}.png\nsource: {{capture: '{x}.txt', url: '{x}.html'}}\nrelated: ['{x}.md']\n"
        by_path[f"front-{way}"] = article(f"front {way}", "", front)
    tried = articles | dict(list(by_path.items())[: share(6, len(by_path))])
    count = share(1, len(HTML))
    failed, editions = held(bird, parted(tried, bird, tmp_path, count))
    tell("files and network: articles", 2 * len(tried), 2 * len(tried) - len(failed), "articles × editions")
    assert failed == []
    assert editions == 2 * count


def test_drawings(bird: Canary, tmp_path: Path, share: Share, tell: Tell) -> None:
    """A drawing that is a file brings nothing from outside, nor what a definition of its document names."""
    addresses = {**web_addresses(bird), **file_addresses(bird), **paths_out("../../../")}
    drawings = {
        f"{name}-{way}": markup.format(x=x) for name, markup in DRAWINGS.items() for way, x in addresses.items()
    }
    tried = dict(list(drawings.items())[:: share(3, 1)])
    articles = {name: article(name, f"![A drawing]({name}.svg)") for name in tried}
    projects = parted(articles, bird, tmp_path, share(1, 12))
    for root in projects.values():
        write_project(root, {"anthology.toml": SETTINGS} | {f"content/mind/{name}.svg": text for name, text in tried.items()})
    failed, editions = held(bird, projects)
    tell("files and network: drawings", 2 * len(tried), 2 * len(tried) - len(failed), "drawings × editions")
    assert failed == []
    assert editions == 2 * len(projects)


def test_styles(bird: Canary, tmp_path: Path, share: Share, tell: Tell) -> None:
    """The styles of a project, and those of a theme that it brings, reach nothing outside their folder."""
    addresses = {**web_addresses(bird), **file_addresses(bird), **paths_out("../../"), "site": "/outside/c"}
    sheets = {
        name: "\n".join(rule.format(x=x) for x in addresses.values()) for name, rule in STYLES.items()
    }
    sheets = sheets if share(0, 1) else {"all": "\n".join(sheets.values())}
    settings = SETTINGS + 'theme = "q"\n'
    projects = {}
    for name, sheet in sheets.items():
        files = {"styles/house.css": sheet, "styles/themes/q/house.css": sheet}
        root = write_project(
            tmp_path / f"book-{name}",
            {"anthology.toml": settings, "content/mind/one.md": article("one", ""), **files},
        )
        for folder in ("styles", "styles/themes/q"):
            with_links(root / folder, bird, "png", "svg", "otf", "txt")
        projects[name] = root
    failed, editions = held(bird, projects)
    count = len(STYLES) * len(addresses)
    tell("files and network: styles", 2 * count, 2 * count - len(failed), "rules × editions")
    assert failed == []
    assert editions == 2 * len(projects)


def test_templates(bird: Canary, tmp_path: Path, share: Share, tell: Tell) -> None:
    """A template of the project names nothing outside the book, and gets at nothing of Python."""
    addresses = {**web_addresses(bird), **file_addresses(bird), **paths_out("../../")}
    html = "\n".join(markup.format(x=x) for markup in HTML.values() for x in addresses.values())
    programs = {name: text.format(x=bird.folder / "c") for name, text in TEMPLATES.items()}
    tried = {"html": html, **dict(list(programs.items())[: share(2, len(programs))])}
    failed: list[str] = []
    for name, text in tried.items():
        template = f"{{% extends 'packaged/document.html' %}}{{% block body %}}<p>{WORDS}</p>{text}{{% endblock %}}"
        files = {"templates/title-page.html": template, "content/mind/one.md": article("one", "")}
        root = write_project(tmp_path / f"book-{name}", {"anthology.toml": SETTINGS, **files})
        for edition in ("ebook", "print") if name == "html" else ("ebook",):
            found, problems = made(root, bird, (edition,))
            failed += [f"{name}: {trace}" for trace in found]
            told = {(problem.origin and problem.origin.path, problem.code) for problem in problems}
            if not {("templates/title-page.html", "S001"), ("templates/title-page.html", "S006")} & told:
                failed.append(f"{name}: the {edition} says nothing of it")
    tell("files and network: templates", len(tried), len(tried) - len(failed), "templates")
    assert failed == []


def test_imports(bird: Canary, tmp_path: Path, share: Share, tell: Tell) -> None:
    """An import fetches nothing, copies nothing from outside the folder of its source, and expands no entity."""
    addresses = {**web_addresses(bird), **file_addresses(bird), **paths_out("../")}
    inbox = tmp_path / "inbox"
    long = f"<p>{'It hummed, as buildings do at four in the morning, and nobody was there to hear it. ' * 3}</p>"
    for name, markup in HTML.items():
        body = "\n".join(f"{long}{markup.format(x=x)}" for x in addresses.values())
        write_project(inbox, {f"{name}.html": page(name, f"<h1>Of {name}</h1>{body}{long}")})
    for name, text in DRAWINGS.items():
        definition = text.format(x=addresses["file"]).partition("<svg")[0].replace("DOCTYPE svg", "DOCTYPE html")
        if definition:
            xhtml = f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>Q {name}</title></head><body><article>'
            (inbox / f"x-{name}.xhtml").write_text(f"{definition}{xhtml}<h1>Q {name}</h1>{long}<p>a &e; b</p>{long}</article></body></html>")
    for way, x in addresses.items():
        front = f"image: {x}.png\nfeatured_image: {x}.png\nlayout: ../../outside/c\n"
        text = "\n\n".join(markup.format(x=x) for markup in MARKDOWN.values())
        (inbox / f"post-{way}.md").write_text(article(f"post {way}", text, front))
    with_links(inbox, bird, "png", "svg", "css", "otf")
    (inbox / "anthology.toml").unlink()
    outcome = import_sources([inbox], tmp_path / "book", ImportOptions(jobs=2))
    made_of_it = [account for account in outcome.accounts if account.article]
    failed = [*traces_in_folder(bird, tmp_path / "book"), *bird.asked]
    tell("files and network: imports", len(made_of_it), len(made_of_it) - len(failed), "pages and posts")
    assert failed == []
    assert len(made_of_it) > len(HTML)
    if share(0, 1):
        (tmp_path / "book/anthology.toml").write_text(SETTINGS)
        assert held(bird, {"imported": tmp_path / "book"}) == ([], 2)


def page(title: str, body: str) -> str:
    """Write a saved page."""
    return f"<html><head><title>{title}</title></head><body><article>{body}</article></body></html>"


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ('cover = "../outside/c.png"', "C005"),
        ('cover = "{folder}/c.png"', "C005"),
        ('cover = "link.png"', "B007"),
        ('[editions.p]\nformat = "pdf"\nprinter = "press"\nicc = "../outside/c.txt"', "B007"),
        ('[editions.p]\nformat = "pdf"\nprinter = "press"\nicc = "{folder}/c.txt"', "B017"),
        ('[editions.p]\nformat = "pdf"\nprinter = "../outside/c"', ""),
        ('[editions.p]\nformat = "pdf"\ntheme = "../../outside"', ""),
        ('[[sections]]\ntitle = "Out"\nslug = "../../outside"', ""),
    ],
)
def test_settings_lead_nowhere_outside(bird: Canary, tmp_path: Path, settings: str, told: str) -> None:
    """No path in anthology.toml opens a file outside; the one exception is a colour profile of this machine."""
    text = f'[book]\ntitle = "A Book"\n{settings.format(folder=bird.folder)}\n'
    root = write_project(tmp_path / "book", {"anthology.toml": text, "content/one.md": article("one", "")})
    with_links(root, bird, "png")
    found, problems = made(root, bird)
    assert found == set()
    assert [problem.code for problem in problems if problem.severity == "error"][:1] == [told]


def test_the_canary_sings(bird: Canary, tmp_path: Path, tell: Tell) -> None:
    """Where the files do get into a book, in either edition, each is found there: the other tests can fail."""
    root = write_project(
        tmp_path / "book",
        {
            "anthology.toml": SETTINGS + "[editions.print.x]\n" * 0,
            "content/mind/word.md": article("word", f"Of {bird.marker}."),
            "content/mind/picture.md": article("picture", "![One](c.png)"),
            "content/mind/drawing.md": article("drawing", "![One](c.svg)"),
            "styles/house.css": "@font-face { font-family: Q; src: url(c.otf) } p { font-family: Q }",
        },
    )
    for name, folder in (("c.png", "content/mind"), ("c.svg", "content/mind"), ("c.otf", "styles")):
        shutil.copy(bird.folder / name, root / folder / name)
    found, _ = made(root, bird)
    kinds = {re.sub(r"^\S*?(\.\w+): ", r"\1: ", trace) for trace in found}
    print(sorted(kinds))
    assert kinds >= {
        ".xhtml: the word", ".png: the colour", ".svg: the word", ".pdf: the word on a page", ".pdf: the colour on a page",
    }  # fmt: skip


def test_other_programs_fall_for_them(bird: Canary, tmp_path: Path, tell: Tell) -> None:
    """WeasyPrint with its defaults asks the server for many of these, and attaches the file: they are no straw men."""
    from weasyprint import HTML as Page

    fell = []
    for name, markup in HTML.items():
        bird.asked.clear()
        text = markup.format(x=web_addresses(bird)["redirection"]) + markup.format(x=file_addresses(bird)["file"])
        pdf = Page(string=page("x", f"<p>x</p>{text}")).write_pdf()
        if bird.asked or traces(bird, "x.pdf", pdf):
            fell.append(name)
    assert {"img", "object", "embed", "link-stylesheet", "link-attachment", "a-attachment", "style-import", "style-url", "svg-image"} <= set(fell)


def test_leave_is_asked_for(bird: Canary, tmp_path: Path) -> None:
    """With `--allow-network` the pictures of an article are asked for, and nothing else; each is told."""
    told: list[str] = []
    address = web_addresses(bird)["redirection"]
    texts = [HTML[name].format(x=address) for name in ("img", "object", "link-attachment", "style-url", "svg-image")]
    root = write_project(tmp_path / "book", {"content/one.md": article("one", "\n\n".join(texts))})
    build(root, Options(("ebook",), web=Web(lambda where, what: told.append(where))), lambda stage, detail: None)
    assert bird.asked == ["/to/c.png", "/c.png"]
    assert told == [f"{address}.png"]
