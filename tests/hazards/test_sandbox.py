"""A build asks no network and reads no file outside its project, whatever articles, drawings, styles and templates want."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import lxml.etree
import lxml.html
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
from anthology.model import Origin
from anthology.network import Web
from anthology.planning import plan_project
from anthology.printers import load_profile
from anthology.problems import AnthologyError, Problem
from anthology.proposing import propose_related
from anthology.verify.preflight import examine

Share = Callable[[int, int], int]
SETTINGS = '[book]\ntitle = "A Book"\n[editions.ebook]\nformat = "epub"\n[editions.print]\nformat = "pdf"\n'
WORDS = "Some words, and then some more of them."


@pytest.fixture
def bird(tmp_path: Path) -> Iterator[Canary]:
    """Let a canary sing beside the project: files in outside/, and a server that has the same."""
    with canary(tmp_path / "outside") as found:
        yield found


@pytest.fixture(autouse=True)
def no_second_wall(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let this process reach hosts, so that the server hears of whatever would; in the others, who tries is told of."""
    monkeypatch.setattr("anthology.offline._EVENTS", {})


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
    options = Options(editions, keep_going=True, cache=Cache(cache), jobs=1)
    try:
        problems = build(root, options, lambda stage, detail: None).problems
    except AnthologyError as error:
        problems = error.problems
    found = [*traces_in_folder(bird, root / "dist"), *traces_in_folder(bird, cache)]
    found += [f"asked for {path}" for path in bird.asked]
    found += [f"tried: {problem.message}" for problem in problems if "from the network: " in problem.message]
    return set(found), problems


def held(bird: Canary, roots: Iterable[Path], editions: tuple[str, ...] = ()) -> tuple[list[str], int]:
    """Build projects; give the traces that there are, and how many editions came of all."""
    failed, editions_made = [], 0
    for root in roots:
        found, _ = made(root, bird, editions)
        failed += [f"{root.name}: {trace}" for trace in sorted(found)]
        editions_made += sum(path.suffix in {".epub", ".pdf"} for path in (root / "dist").glob("*"))
    return failed, editions_made


def look_at(root: Path) -> None:
    """Do with a project and its PDF all that writes nothing."""
    cache = Cache(root.parent / f"{root.name}-cache")
    plan_project(root, Options(cache=cache), lambda stage, detail: None)
    with suppress(AnthologyError):
        propose_related(root, "", 1, cache, lambda stage, detail: None)
    examine(
        (root / "dist/a-book-print.pdf").read_bytes(),
        load_profile("kdp", {}),
        bleed=None,
        part="interior",
        path="x",
    )


def article_files(bird: Canary) -> dict[str, str]:
    """Write an article for each vector in text and each kind of address, by name."""
    near, out = {**web_addresses(bird), **file_addresses(bird)}, paths_out("../../../")
    articles = {}
    for name, markup in {**HTML, **MARKDOWN}.items():
        articles[name] = article(name, "\n\n".join(markup.format(x=x) for x in near.values()))
        # What leads out by a path is often an error, and keeps its article out of the book: it has one of its own.
        for way, x in out.items():
            articles[f"{name}-{way}"] = article(f"{name} {way}", markup.format(x=x))
    for way, x in {**near, **out}.items():
        front = f"image: {x}.png\nsource: {{capture: '{x}.txt', url: '{x}.html'}}\nrelated: ['{x}.md']\n"
        articles[f"front-{way}"] = article(f"front {way}", "", front)
    return articles


def drawing_files(bird: Canary) -> dict[str, str]:
    """Write a drawing for each vector in drawings and each address, by name."""
    near, out = {**web_addresses(bird), **file_addresses(bird)}, paths_out("../../../")
    return {
        f"{name}-{way}": text.format(x=x)
        for name, text in DRAWINGS.items()
        for way, x in {**near, **out}.items()
    }


def style_sheets(bird: Canary) -> dict[str, str]:
    """Write a style sheet for each vector in styles, with all addresses, by name."""
    ways = {**web_addresses(bird), **file_addresses(bird), **paths_out("../../"), "site": "/outside/c"}
    return {name: "\n".join(rule.format(x=x) for x in ways.values()) for name, rule in STYLES.items()}


def written(
    root: Path, bird: Canary, articles: Mapping[str, str], drawings: Mapping[str, str], styles: str = ""
) -> Path:
    """Write a book of articles, of drawings with an article for each, and of styles as its own and as a theme's."""
    shown = {f"of-{name}": article(f"of {name}", f"![A drawing]({name}.svg)") for name in drawings}
    files = {f"content/mind/{name}.md": text for name, text in (articles | shown).items()}
    files |= {f"content/mind/{name}.svg": text for name, text in drawings.items()}
    files |= {"styles/house.css": styles, "styles/themes/q/house.css": styles} if styles else {}
    settings = SETTINGS + ('theme = "q"\n' if styles else "")
    write_project(root, {"anthology.toml": settings, **files})
    with_links(root / "content/mind", bird, "png", "svg", "txt", "html", "css", "otf")
    for folder in ("styles", "styles/themes/q") if styles else ():
        with_links(root / folder, bird, "png", "svg", "otf", "txt")
    return root


def test_a_book_holds_nothing_from_outside(bird: Canary, tmp_path: Path, share: Share, tell: Tell) -> None:
    """Whatever articles, drawings and styles ask for, they get nothing from outside, in either edition."""
    articles, drawings, sheets = article_files(bird), drawing_files(bird), style_sheets(bird)
    articles = dict(list(articles.items())[:: share(4, 1)])
    drawings = dict(list(drawings.items())[:: share(9, 1)])
    if share(1, 0):
        roots = [written(tmp_path / "book", bird, articles, drawings, "\n".join(sheets.values()))]
    else:
        roots = [
            written(tmp_path / f"articles-{number}", bird, dict(list(articles.items())[number::20]), {})
            for number in range(20)
        ]
        one = {"one": article("one", "")}
        for number, drawing in enumerate(DRAWINGS):
            some = {name: text for name, text in drawings.items() if name.startswith(f"{drawing}-")}
            roots.append(written(tmp_path / f"drawing-{number}", bird, one, some))
        roots += [written(tmp_path / f"style-{name}", bird, one, {}, sheet) for name, sheet in sheets.items()]
    failed, editions = held(bird, roots)
    for root in roots:
        look_at(root)
    failed += [f"asked for {path}" for path in bird.asked]
    count = 2 * (len(articles) + len(drawings) + len(sheets))
    tell("files and network: articles, drawings and styles", count, count - len(failed), "vectors × editions")
    assert failed == []
    assert editions == 2 * len(roots)


def test_templates(bird: Canary, tmp_path: Path, share: Share, tell: Tell) -> None:
    """A template of the project names nothing outside the book, and gets at nothing of Python."""
    addresses = {**web_addresses(bird), **file_addresses(bird), **paths_out("../../")}
    html = "\n".join(well_formed(markup.format(x=x)) for markup in HTML.values() for x in addresses.values())
    programs = {name: text.format(x=bird.folder / "c") for name, text in TEMPLATES.items()}
    tried = {"html": html, **dict(list(programs.items())[: share(2, len(programs))])}
    failed: list[str] = []
    for name, text in tried.items():
        template = (
            f"{{% extends 'packaged/document.html' %}}{{% block body %}}<p>{WORDS}</p>{text}{{% endblock %}}"
        )
        files = {"templates/title-page.html": template, "content/mind/one.md": article("one", "")}
        root = write_project(tmp_path / f"book-{name}", {"anthology.toml": SETTINGS, **files})
        for edition in ("ebook", "print") if name == "html" else ("ebook",):
            found, problems = made(root, bird, (edition,))
            failed += [f"{name}: {trace}" for trace in found]
            told = {problem.code for problem in problems if _is_of_template(problem)}
            # What HTML asks for is refused in an e-book; paper only does not get it.
            if edition == "ebook" and told != {"S006" if name == "html" else "S001"}:
                failed.append(f"{name}: {told} is said of it")
    tell("files and network: templates", len(tried), len(tried) - len(failed), "templates")
    assert failed == []


def _is_of_template(problem: Problem) -> bool:
    return problem.origin is not None and problem.origin.path.startswith("templates/")


def well_formed(markup: str) -> str:
    """Write HTML as XML, which a template has to make."""
    parsed = lxml.html.fragment_fromstring(markup, create_parent="div")
    return str(lxml.etree.tostring(parsed, encoding="unicode"))


def test_imports(bird: Canary, tmp_path: Path, share: Share, tell: Tell) -> None:
    """An import fetches nothing, copies nothing from outside the folder of its source, and expands no entity."""
    addresses = {**web_addresses(bird), **file_addresses(bird), **paths_out("../")}
    inbox = tmp_path / "inbox"
    long = (
        f"<p>{'It hummed, as buildings do at four in the morning, and nobody was there to hear it. ' * 3}</p>"
    )
    for name, markup in HTML.items():
        body = "\n".join(f"{long}{markup.format(x=x)}" for x in addresses.values())
        write_project(inbox, {f"{name}.html": page(name, f"<h1>Of {name}</h1>{body}{long}")})
    for name, text in DRAWINGS.items():
        definition = (
            text.format(x=addresses["file"]).partition("<svg")[0].replace("DOCTYPE svg", "DOCTYPE html")
        )
        if definition:
            xhtml = f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>Q {name}</title></head><body><article>'
            (inbox / f"x-{name}.xhtml").write_text(
                f"{definition}{xhtml}<h1>Q {name}</h1>{long}<p>a &e; b</p>{long}</article></body></html>"
            )
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
        assert held(bird, [tmp_path / "book"]) == ([], 2)


def test_an_import_brings_pictures_alone(bird: Canary, tmp_path: Path) -> None:
    """A page that lies in somebody's home brings the pictures beside it, not their keys or their diary."""
    words = (
        f"<p>{'It hummed, as buildings do at four in the morning, and nobody was there to hear it. ' * 4}</p>"
    )
    names = ("c.txt", "c.toml", ".keys/c.svg", "%2ekeys/c.svg", "./.keys/c.svg")
    shown = "".join(f'<img src="{name}" alt="x">{words}' for name in names)
    (bird.folder / "page.html").write_text(page("Hum", f"<h1>Hum</h1>{words}{shown}"))
    (bird.folder / ".keys").mkdir()
    (bird.folder / ".keys/c.svg").write_text(bird.svg())
    outcome = import_sources([bird.folder / "page.html"], tmp_path / "book", ImportOptions())
    assert traces_in_folder(bird, tmp_path / "book") == []
    told = " ".join(problem.message for problem in outcome.problems)
    assert [name for name in names if name not in told] == [], told


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
        ('[editions.p]\nformat = "pdf"\nprinter = "../../outside/c"', "B007"),
        ('[editions.p]\nformat = "epub"\ntheme = "../../outside"', "S009"),
        ('[[sections]]\ntitle = "Out"\nslug = "../../outside"', "C005"),
    ],
)
def test_settings_lead_nowhere_outside(bird: Canary, tmp_path: Path, settings: str, told: str) -> None:
    """No path in anthology.toml opens a file outside; the one exception is a colour profile of this machine."""
    text = f'[book]\ntitle = "A Book"\n{settings.format(folder=bird.folder)}\n'
    text += "" if "[editions" in settings else '[editions.ebook]\nformat = "epub"\n'
    root = write_project(tmp_path / "book", {"anthology.toml": text, "content/one.md": article("one", "")})
    with_links(root, bird, "png")
    found, problems = made(root, bird)
    assert found == set()
    assert [problem.code for problem in problems if problem.severity == "error"][:1] == [told]


def test_the_canary_sings(bird: Canary, tmp_path: Path) -> None:
    """Where the files do get into a book, in either edition, each is found there: the other tests can fail."""
    root = write_project(
        tmp_path / "book",
        {
            "anthology.toml": SETTINGS,
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
    assert kinds >= {
        ".xhtml: the word", ".png: the colour", ".svg: the word", ".otf: the word",
        ".pdf: the word on a page", ".pdf: the word in a stream", ".pdf: the colour on a page",
    }  # fmt: skip


def test_other_programs_fall_for_them(bird: Canary, share: Share) -> None:
    """WeasyPrint with its defaults asks the server for these, or attaches the file: they are no straw men."""
    import weasyprint

    least = {"img", "object", "embed", "link-stylesheet", "link-attachment", "a-attachment", "style-import",
             "style-url", "svg-image"}  # fmt: skip
    fell = set()
    for name in share(1, 0) * sorted(least) or HTML:
        bird.asked.clear()
        addresses = web_addresses(bird)["redirection"], file_addresses(bird)["file"]
        text = "".join(HTML[name].format(x=x) for x in addresses)
        pdf = weasyprint.HTML(string=page("x", f"<p>x</p>{text}")).write_pdf()
        if bird.asked or traces(bird, "x.pdf", pdf):
            fell.add(name)
    assert least <= fell


def test_leave_is_asked_for(bird: Canary, tmp_path: Path) -> None:
    """With `--allow-network` the pictures of an article are asked for, and nothing else; each is told."""
    told: list[str] = []
    address = web_addresses(bird)["redirection"]
    texts = [
        HTML[name].format(x=address)
        for name in ("img", "object", "link-attachment", "style-url", "svg-image")
    ]
    root = write_project(tmp_path / "book", {"content/one.md": article("one", "\n\n".join(texts))})
    build(
        root, Options(("ebook",), web=Web(lambda where, what: told.append(where))), lambda stage, detail: None
    )
    assert bird.asked == ["/to/c.png", "/c.png"]
    assert told == [f"{address}.png"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{% for a in range(10**9) %}x{% endfor %}", "Range too big. The sandbox blocks ranges larger than MAX_RANGE (100000)."),
        ("{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}", "it takes more than 1 s and was given up"),
        ("{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(99) }}", "it takes more than 1 s and was given up"),
        ("{{ 10 ** (10 ** 10) }}", "it reckons with a number of more figures than any book has"),
        ("{% set n = namespace(x='xxxxxxxx') %}{% for a in range(99) %}{% set n.x = n.x ~ n.x %}{% endfor %}", "it takes more than 200 MB of memory and was given up"),
        ("{{ 'x'.center(10 ** 11) }}", "it takes more than 200 MB of memory and was given up"),
    ],
    ids=["range", "loops", "macro", "power", "doubling", "width"],
)  # fmt: skip
def test_templates_come_to_an_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, told: str
) -> None:
    """A template that runs without end, or fills the memory, is given up with its line; nothing is made."""
    if "1 s" in told:
        monkeypatch.setattr("anthology.render.engine._SECONDS", 1)
    monkeypatch.setattr("anthology.render.engine._MEGABYTES", 200)
    template = "{% extends 'packaged/document.html' %}\n{% block body %}\n" + text + "{% endblock %}"
    files = {"templates/title-page.html": template, "content/mind/one.md": article("one", "")}
    root = write_project(tmp_path / "book", files)
    with pytest.raises(AnthologyError) as raised:
        build(root, Options(("ebook",)), lambda stage, detail: None)
    (problem,) = raised.value.problems
    assert (problem.origin, problem.code, problem.message) == (
        Origin("templates/title-page.html", 3),
        "S001",
        told,
    )


def test_a_machine_without_any_network_makes_the_same_book(
    bird: Canary, tmp_path: Path, share: Share, tell: Tell
) -> None:
    """In a network namespace of its own, where not even this machine answers, every byte comes out the same."""
    if share(0, 1) == 0:
        pytest.skip("only when all hazards are tried")
    alone = ["unshare", "--map-root-user", "--net"]
    if not shutil.which("unshare") or subprocess.run([*alone, "true"], check=False).returncode:
        pytest.skip("this machine lets nobody make a network namespace")
    sheet = "\n".join(style_sheets(bird).values())
    articles = dict(list(article_files(bird).items())[::4])
    root = written(tmp_path / "book", bird, articles, drawing_files(bird), sheet)
    files = []
    for number, before in enumerate(([], alone)):
        out = tmp_path / f"out-{number}"
        command = [
            *before,
            sys.executable,
            "-m",
            "anthology",
            "build",
            root,
            "-o",
            out,
            "--keep-going",
            "--no-cache",
        ]
        subprocess.run(command, check=False, capture_output=True)
        files.append(
            {path.name: path.read_bytes() for path in out.iterdir() if path.suffix in {".epub", ".pdf"}}
        )
    held = sum(files[0][name] == files[1].get(name) for name in files[0])
    tell("files and network: no network at all", 2, held, "editions")
    assert len(files[0]) == 2
    assert files[0] == files[1]
