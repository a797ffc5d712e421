"""`anthology import` as a whole: sources on the disk become articles of a project, and stay right the next time."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
from base64 import b64encode
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from anthology.cli import anthology
from anthology.config import load_config
from anthology.importers.model import Imported
from anthology.importing import Options, Outcome, compose, import_sources, known
from anthology.importing.articles import Settled
from anthology.model import Origin, Source
from anthology.problems import ContentError

OWL = """\
Night life
Why owls turn their heads.
An owl cannot move its eyes, and so it moves all the rest.
Published by Amara Okonkwo
July 29, 2025 - 3 min Read
An owl sits in the barn and hears the mouse before the mouse has made up its mind.
An owl sits in the barn and hears the mouse before the mouse has made up its mind.
Its neck has fourteen bones, which is twice as many as the neck of the farmer has.
Related Articles
Night life
The moth finds the moon by keeping it on one side.
July 15, 2025
"""
MOTH = """\
Night life
How moths steer.
The moth finds the moon by keeping it on one side…
Published by Ben Adler
July 15, 2025 - 2 min Read
A lamp is a moon that comes nearer, and for that no moth was ever made.
"""
POST = "---\ntitle: {title}\n---\nThe first paragraph of this post says little.\n\nThe second says more.\n"


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """Make a folder of two captures."""
    return written(tmp_path / "inbox", {"owl.txt": OWL, "moth.txt": MOTH})


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Name a project that is not there yet."""
    return tmp_path / "my-book"


def written(folder: Path, files: dict[str, str]) -> Path:
    """Write files below a folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    return folder


def run(*arguments: object, **environment: str) -> Result:
    """Run `anthology import`."""
    return CliRunner(env=environment).invoke(anthology, ["import", *map(str, arguments)])


def brought(*sources: Path, into: Path, force: bool = False, dry_run: bool = False) -> Outcome:
    """Import without the command line."""
    return import_sources(sources, into, Options(force=force, dry_run=dry_run))


def state(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Take down the bytes and times of all files."""
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def became(outcome: Outcome) -> list[str]:
    """Say what became of each source."""
    return [account.became for account in outcome.accounts]


def codes(outcome: Outcome) -> list[str]:
    """Name the codes of the problems of the rim itself."""
    return [problem.code for problem in outcome.problems if problem.code >= "M080"]


OWL_PATH = "content/night-life/why-owls-turn-their-heads.md"


def test_a_project_is_made_of_captures(inbox: Path, book: Path) -> None:
    """Captures become articles under the slugs of their titles; the project lists their section and keeps them raw."""
    brought(inbox, into=book)
    assert sorted(state(book)) == [
        ".anthology/imports/how-moths-steer.json",
        ".anthology/imports/how-moths-steer.md",
        ".anthology/imports/why-owls-turn-their-heads.json",
        ".anthology/imports/why-owls-turn-their-heads.md",
        "anthology.toml",
        "captures/moth.txt",
        "captures/owl.txt",
        "content/night-life/how-moths-steer.md",
        OWL_PATH,
    ]
    config = load_config((book / "anthology.toml").read_bytes())
    assert config.book.title == "My book"
    assert config.book.identifier.startswith("urn:uuid:")
    assert [(section.title, section.slug) for section in config.sections] == [("Night life", "night-life")]
    assert (book / "captures/owl.txt").read_bytes() == (inbox / "owl.txt").read_bytes()
    article = (book / OWL_PATH).read_text(encoding="utf-8")
    assert "\nid: why-owls-turn-their-heads\n" in article
    assert "\n  capture: captures/owl.txt\n" in article
    assert "\nsection:" not in article


def test_importing_twice_changes_nothing(inbox: Path, book: Path) -> None:
    """The second time every file has the bytes and the time that it had."""
    brought(inbox, into=book)
    before = state(book)
    assert became(brought(inbox, into=book)) == ["unchanged", "unchanged"]
    assert became(brought(inbox / "owl.txt", into=book)) == ["unchanged"]
    assert became(brought(book / "captures", into=book)) == ["unchanged", "unchanged"]
    assert state(book) == before


def test_a_dry_run_writes_nothing(inbox: Path, book: Path) -> None:
    """`--dry-run` shows the table of contents that it would make."""
    result = run(inbox, "--into", book, "--dry-run")
    assert result.exit_code == 0
    assert not book.exists()
    shown = [" ".join(line.split()) for line in result.stderr.splitlines()]
    at = shown.index("Night life")
    assert shown[at - 1 : at + 3] == [
        "title authors date",
        "Night life",
        "How moths steer Ben Adler 2025-07-15",
        "Why owls turn their heads Amara Okonkwo 2025-07-29",
    ]
    assert shown[-1] == "2 articles, 2 of them to be written; nothing was"
    assert result.stdout == ""


def test_the_report_is_that_of_the_contract(inbox: Path, book: Path, tmp_path: Path) -> None:
    """`--report` accounts for every line, and says of each related entry which article it is or why none."""
    run(inbox, "--into", book, "--report", tmp_path / "report.json")
    moth, owl = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert list(owl) == [
        "source",
        "article",
        "kind",
        "title",
        "authors",
        "date",
        "reading_minutes",
        "section",
        "standfirst",
        "paragraphs",
        "pull_quotes",
        "lines",
        "dropped",
        "related",
        "unrecognised",
    ]
    from anthology.importers.report import report_schema

    assert list(report_schema()["items"]["properties"]) == list(owl)
    assert owl["source"] == "captures/owl.txt"
    assert owl["article"] == OWL_PATH
    assert owl["kind"] == "text-capture"
    assert (owl["authors"], owl["date"], owl["reading_minutes"]) == (["Amara Okonkwo"], "2025-07-29", 3)
    assert owl["lines"] == {"total": 12, "blank": 0, "kept": 2, "front_matter": 5, "related": 4, "dropped": 1}
    assert [(each["line"], each["reason"]) for each in owl["dropped"]] == [(7, "doubled")]
    assert owl["related"] == [
        {
            "section": "Night life",
            "standfirst": "The moth finds the moon by keeping it on one side.",
            "date": "2025-07-15",
            "article": "content/night-life/how-moths-steer.md",
            "why": "the same standfirst and date",
        }
    ]
    assert moth["related"] == []


def test_the_table_adds_up(inbox: Path, book: Path) -> None:
    """The table on the terminal has a row a source and the totals."""
    shown = [" ".join(line.split()) for line in run(inbox, "--into", book).stderr.splitlines()]
    assert "captures/moth.txt 6 1 5 0 0 new" in shown
    assert "captures/owl.txt 12 2 5 4 1 new" in shown
    assert "total 18 3 10 4 1 2 new" in shown
    assert "dropped: 1 doubled" in shown


def test_sections_are_added_and_all_else_is_kept(inbox: Path, book: Path) -> None:
    """A section that `anthology.toml` does not list comes behind those that it does, comments and order kept."""
    text = (
        '# The spring list\n[book]\ntitle = "Birds"  # for now\n\n[[sections]]\n# first\ntitle = "Mornings"\n\n'
        "[related]\nlimit = 3\n"
    )
    written(book, {"anthology.toml": text, "content/mornings/lark.md": "# Lark\n\nIt sings.\n"})
    outcome = brought(inbox, into=book)
    assert (book / "anthology.toml").read_text(encoding="utf-8") == text.replace(
        "[related]", '[[sections]]\ntitle = "Night life"\n\n[related]'
    )
    assert outcome.sections == ("Mornings", "Night life")


def test_folders_that_were_sections_without_a_list_stay_sections(inbox: Path, book: Path) -> None:
    """Where no section was listed every folder was one: the list that is begun names them all."""
    written(
        book,
        {"anthology.toml": '[book]\ntitle = "Birds"\n', "content/mornings/lark.md": "# Lark\n\nIt sings.\n"},
    )
    brought(inbox, into=book)
    config = load_config((book / "anthology.toml").read_bytes())
    assert [section.title for section in config.sections] == ["Mornings", "Night life"]


def test_a_folder_whose_name_is_no_slug_stays_a_section(inbox: Path, book: Path) -> None:
    """A list could not name the folder: none is begun, and all folders are sections as before; ids are slugs."""
    text = '[book]\ntitle = "Birds"\n'
    written(book, {"anthology.toml": text, "content/My Essays/lark.md": "# Lark\n\nIt sings.\n"})
    written(inbox, {"page/My Essays/_index.md": POST.format(title="Essays")})
    outcome = brought(inbox / "owl.txt", inbox / "page/My Essays", into=book)
    assert (book / "anthology.toml").read_text(encoding="utf-8") == text
    assert outcome.sections == ("My Essays", "Night life")
    assert (book / OWL_PATH).is_file()
    assert "\nid: my-essays-intro\n" in (book / "content/My Essays/_intro.md").read_text(encoding="utf-8")
    checked = CliRunner().invoke(anthology, ["check", str(book), "--no-cache"])
    assert "C005" not in checked.stderr
    assert checked.exit_code == 0, checked.stderr


def test_a_listed_section_is_found_by_title_or_slug(inbox: Path, book: Path) -> None:
    """The magazine's "Night life" is the book's section of that title, whatever its slug."""
    text = '[book]\ntitle = "Birds"\n[[sections]]\ntitle = "Night Life"\nslug = "dark"\n'
    written(book, {"anthology.toml": text})
    brought(inbox, into=book)
    assert (book / "anthology.toml").read_text(encoding="utf-8") == text
    assert (book / "content/dark/how-moths-steer.md").is_file()


def test_a_changed_capture_goes_into_an_untouched_article(inbox: Path, book: Path) -> None:
    """Nobody edited the article: it says what the page says now; both captures are kept."""
    brought(inbox, into=book)
    written(inbox, {"owl.txt": OWL.replace("fourteen", "14")})
    assert became(brought(inbox, into=book)) == ["unchanged", "changed"]
    assert "has 14 bones" in (book / OWL_PATH).read_text(encoding="utf-8")
    assert len(list((book / "captures").glob("owl*.txt"))) == 2
    assert became(brought(inbox, into=book)) == ["unchanged", "unchanged"]
    # All that was ever captured, once more: the older capture does not come back.
    assert sorted(became(brought(book / "captures", into=book))) == ["earlier", "unchanged", "unchanged"]


def test_edits_and_a_changed_capture_are_merged(inbox: Path, book: Path) -> None:
    """An editor's sentence and the page's new one both stand in the article."""
    brought(inbox, into=book)
    edit(book / OWL_PATH, "An owl sits in the barn", "A barn owl sits in the rafters")
    written(inbox, {"owl.txt": OWL.replace("fourteen", "14")})
    assert became(brought(inbox, into=book))[1] == "merged"
    text = (book / OWL_PATH).read_text(encoding="utf-8")
    assert "A barn owl sits in the rafters" in text
    assert "has 14 bones" in text
    assert became(brought(inbox, into=book))[1] == "unchanged"


def test_a_conflict_leaves_the_article_and_lays_the_new_text_beside(inbox: Path, book: Path) -> None:
    """Both changed one sentence: the editor's stays, the page's lies beside it where no book reads it, and it is told."""
    brought(inbox, into=book)
    edit(book / OWL_PATH, "fourteen bones", "14 bones")
    edited = (book / OWL_PATH).read_text(encoding="utf-8")
    written(inbox, {"owl.txt": OWL.replace("fourteen bones", "a great many bones")})
    outcome = brought(inbox, into=book)
    assert became(outcome)[1] == "stays"
    assert (book / OWL_PATH).read_text(encoding="utf-8") == edited
    assert "a great many bones" in (book / f"{OWL_PATH}.new").read_text(encoding="utf-8")
    problem = next(problem for problem in outcome.problems if problem.code == "M089")
    assert problem.origin
    assert problem.origin.path == OWL_PATH
    assert problem.message == (
        "edited here and changed in its source at the same place: it stays as it is, and the new text is "
        f"{OWL_PATH}.new"
    )
    assert outcome.exit_code == 0
    before = state(book)
    brought(inbox, into=book)
    assert state(book) == before


def test_force_takes_the_new_text_and_keeps_the_old(inbox: Path, book: Path) -> None:
    """`--force` puts the import in place of the edited article, which lies beside it."""
    brought(inbox, into=book)
    imported = (book / OWL_PATH).read_bytes()
    edit(book / OWL_PATH, "fourteen bones", "14 bones")
    edited = (book / OWL_PATH).read_bytes()
    assert became(brought(inbox, into=book, force=True)) == ["unchanged", "replaced"]
    assert (book / OWL_PATH).read_bytes() == imported
    assert (book / f"{OWL_PATH}.old").read_bytes() == edited


def test_a_moved_article_is_found_again(inbox: Path, book: Path) -> None:
    """Renamed, moved to another section, given another id and title: it is still that article, once."""
    brought(inbox, into=book)
    moved = book / "content/birds/owls.md"
    moved.parent.mkdir()
    (book / OWL_PATH).rename(moved)
    edit(moved, "id: why-owls-turn-their-heads", "id: owls")
    edit(moved, "title: Why owls turn their heads\nstandfirst", "title: Owls\nstandfirst")
    written(inbox, {"owl.txt": OWL.replace("fourteen", "14")})
    outcome = brought(inbox, into=book)
    assert outcome.accounts[1].article == "content/birds/owls.md"
    assert not (book / OWL_PATH).exists()
    text = moved.read_text(encoding="utf-8")
    assert "has 14 bones" in text
    assert "\nid: owls\n" in text


def test_a_deleted_article_stays_deleted(inbox: Path, book: Path) -> None:
    """An editor threw it out: it does not come back but by force."""
    brought(inbox, into=book)
    (book / OWL_PATH).unlink()
    outcome = brought(inbox, into=book)
    assert became(outcome) == ["unchanged", "deleted"]
    assert codes(outcome) == ["M091"]
    assert not (book / OWL_PATH).exists()
    assert became(brought(inbox, into=book, force=True)) == ["unchanged", "new"]
    assert (book / OWL_PATH).exists()


def test_a_deleted_article_comes_back_where_it_was(tmp_path: Path, book: Path) -> None:
    """`--force` brings it back into its own section and file, though its source is named without the folder."""
    site = written(tmp_path / "ps", {"po/post.md": POST.format(title="Post")})
    brought(site, into=book)
    before = state(book)
    article = book / "content/po/post.md"
    article.unlink()
    assert became(brought(site / "po/post.md", into=book, force=True)) == ["new"]
    assert {path: data for path, (data, _) in state(book).items()} == {
        path: data for path, (data, _) in before.items()
    }
    # Where an editor put it since, it is found again at the next import, and comes back there.
    (book / "content/po/deep").mkdir()
    article.rename(book / "content/po/deep/moved.md")
    brought(site, into=book)
    (book / "content/po/deep/moved.md").unlink()
    brought(site / "po/post.md", into=book, force=True)
    assert (book / "content/po/deep/moved.md").is_file()
    # What lies there now keeps its place, and a record that names no place in the book has none.
    (book / "content/po/deep/moved.md").write_text("---\nid: mine\n---\nMine.\n", encoding="utf-8")
    brought(site / "po/post.md", into=book, force=True)
    assert (book / "content/articles/post.md").is_file()
    record = book / ".anthology/imports/post.json"
    for place in (
        "../out.md",
        "content/../anthology.toml",
        "content/po/.x.md",
        "content/po/a\0.md",
        3,
        "/a.md",
    ):
        (book / "content/articles/post.md").unlink()
        record.write_text(json.dumps({**json.loads(record.read_text()), "article": place}))
        brought(site / "po/post.md", into=book, force=True)
        assert (book / "content/articles/post.md").is_file()


def test_the_line_ends_of_an_editor_s_machine_are_kept(inbox: Path, book: Path) -> None:
    """An editor on Windows saved the article: it is merged all the same, and keeps its line ends."""
    brought(inbox, into=book)
    article = book / OWL_PATH
    text = article.read_text(encoding="utf-8").replace("An owl sits", "The owl sits")
    article.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    written(inbox, {"owl.txt": OWL.replace("fourteen", "14")})
    assert became(brought(inbox, into=book))[1] == "merged"
    data = article.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf---\r\n")
    assert data.count(b"\n") == data.count(b"\r\n")
    assert b"The owl sits" in data
    assert b"has 14 bones" in data


def test_one_piece_under_two_names_is_one_article(inbox: Path, book: Path) -> None:
    """The same bytes twice make one article, and one capture."""
    written(inbox, {"owl-again.txt": OWL})
    assert became(brought(inbox, into=book)) == ["new", "new", "doubled"]
    assert len(list((book / "captures").iterdir())) == 2


def test_two_pieces_under_one_name_are_two_articles(tmp_path: Path, book: Path) -> None:
    """Captures of one name from two folders keep both their texts."""
    inbox = written(tmp_path / "inbox", {"a/page.txt": OWL, "b/page.txt": MOTH})
    brought(inbox, into=book)
    before = state(book)
    assert became(brought(inbox, into=book)) == ["unchanged", "unchanged"]
    assert state(book) == before
    assert len(list((book / "captures").iterdir())) == 2
    assert len(list((book / "content").rglob("*.md"))) == 2


def test_the_words_of_a_text_are_taken_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many sources of one name are each held against many articles, but no text is taken apart more than once."""
    taken: list[str] = []

    def words(text: str) -> frozenset[str]:
        taken.append(text)
        return frozenset(text.split())

    monkeypatch.setattr(known, "_words", words)
    sought = [
        known.Sought(Imported("web-page", f"New {n}", f"new{n}"), f"captures/{n}/index.html", "")
        for n in range(20)
    ]
    articles = {
        f"content/{n}.md": known.Known(
            f"content/{n}.md", str(n), f"old{n}", source=Source(capture=f"captures/old{n}/index.html")
        )
        for n in range(20)
    }
    assert known.recognise(sought, known.Holdings(articles, {})) == [None] * 20
    assert len(taken) == len(set(taken)) == 40


def test_equal_titles_get_ids_of_their_own(tmp_path: Path, book: Path) -> None:
    """One title in two languages and two sections: language goes in front, then the section, then a number."""
    post = "---\ntitle: On bread\nlang: {language}\n---\nText {number}.\n"
    inbox = written(
        tmp_path / "posts",
        {
            f"{folder}/{number}.md": post.format(language=language, number=number)
            for number, (folder, language) in enumerate(
                [("en", "en"), ("de", "de"), ("mind", "en"), ("work", "en"), ("work", "en"), ("work", "en")]
            )
        },
    )
    outcome = brought(inbox, into=book)
    ids = [
        (account.article, line.removeprefix("id: "))
        for account in outcome.accounts
        for line in (book / account.article).read_text(encoding="utf-8").splitlines()
        if line.startswith("id: ")
    ]
    assert ids == [
        ("content/de/on-bread.md", "on-bread"),
        ("content/en/on-bread.md", "en-on-bread"),
        ("content/mind/on-bread.md", "mind-on-bread"),
        ("content/work/on-bread.md", "work-on-bread"),
        ("content/work/on-bread-2.md", "on-bread-2"),
        ("content/work/on-bread-3.md", "on-bread-3"),
    ]
    assert list(outcome.sections) == ["Deutsch", "English", "Mind", "Work"]


def test_posts_go_to_the_section_that_they_or_their_folders_name(tmp_path: Path, book: Path) -> None:
    """What a post says is its section; else its folder, past those that only say that posts lie there."""
    inbox = written(
        tmp_path / "site",
        {
            "_posts/2019-05-01-one.md": POST.format(title="One"),
            "content/posts/2020/two.md": POST.format(title="Two"),
            "life/_posts/2019-05-01-three.md": POST.format(title="Three"),
            "content/food/four/index.md": POST.format(title="Four"),
            "content/food/_index.md": "---\ntitle: Food & drink\n---\nOn eating.\n",
            "content/front/five.md": POST.format(title="Five"),
            "any/six.md": "---\ntitle: Six\nsection: Front\n---\nText.\n",
        },
    )
    outcome = brought(inbox, into=book)
    assert sorted(account.article for account in outcome.accounts) == [
        "content/food/_intro.md",
        "content/food/four.md",
        "content/front-section/five.md",
        "content/front-section/six.md",
        "content/life/three.md",
        "content/site/one.md",
        "content/site/two.md",
    ]
    assert "Food & drink" in outcome.sections


@pytest.mark.parametrize("force", [False, True])
def test_a_section_has_one_introduction(tmp_path: Path, book: Path, force: bool) -> None:
    """Of two pages of one section the first is its introduction; the other is told, and takes nothing's place."""
    pages = {
        "_index.de.md": "+++\ntitle = 'Die Nacht'\n+++\nIm Dunkeln sind alle wach.\n",
        "_index.en.md": "+++\ntitle = 'Night'\n+++\nIn the dark all are awake.\n",
    }
    told = "passed over: another page of this section is content/night/_intro.md, and a section has one introduction"
    site = written(tmp_path / "night", {"_index.en.md": pages["_index.en.md"]})
    brought(site, into=book)
    before = state(book)
    written(site, pages)
    outcome = brought(site, into=book, force=force)
    assert became(outcome) == ["", "unchanged"]
    assert [(one.code, one.origin, one.message) for one in outcome.problems] == [
        ("M085", Origin("night/_index.de.md"), told)
    ]
    assert state(book) == before
    shutil.rmtree(book)
    outcome = brought(site, into=book)
    assert became(outcome) == ["new", ""]
    assert [(one.code, one.origin, one.message) for one in outcome.problems] == [
        ("M085", Origin("night/_index.en.md"), told)
    ]
    assert "Im Dunkeln" in (book / "content/night/_intro.md").read_text()


def test_a_post_is_known_under_a_longer_and_a_shorter_path(tmp_path: Path, book: Path) -> None:
    """A folder, a folder in it, or the post alone: it is the same post, and nothing changes."""
    inbox = written(
        tmp_path / "posts", {"en/one.md": POST.format(title="One"), "de/one.md": POST.format(title="Eins")}
    )
    brought(inbox, into=book)
    before = state(book)
    assert became(brought(inbox / "en", into=book)) == ["unchanged"]
    assert became(brought(inbox / "de/one.md", into=book)) == ["unchanged"]
    assert state(book) == before


def test_pictures_come_along(tmp_path: Path, book: Path) -> None:
    """Pictures beside a post lie beside its article under safe names; one that is missing is told."""
    text = "---\ntitle: Owl\n---\n![An owl](../img/Big%20Owl.PNG)\n\n![gone](gone.png)\n"
    inbox = written(tmp_path / "posts", {"birds/owl.md": text, "img/Big Owl.PNG": "picture"})
    outcome = brought(inbox, into=book)
    assert (book / "content/birds/images/owl/big-owl.png").read_text() == "picture"
    article = (book / "content/birds/owl.md").read_text(encoding="utf-8")
    assert "![An owl](images/owl/big-owl.png)" in article
    assert "![gone](gone.png)" in article
    assert codes(outcome) == ["M090"]


def test_a_picture_that_was_worked_on_is_not_overwritten(tmp_path: Path, book: Path) -> None:
    """A cropped picture stays, even when the original changes; the new one lies beside it."""
    inbox = written(
        tmp_path / "posts",
        {"birds/owl.md": "---\ntitle: Owl\n---\n![An owl](owl.png)\n", "birds/owl.png": "one"},
    )
    place = book / "content/birds/images/owl/owl.png"
    brought(inbox, into=book)
    written(inbox, {"birds/owl.png": "two"})
    brought(inbox, into=book)
    assert place.read_text() == "two"
    place.write_text("cropped")
    assert codes(brought(inbox, into=book)) == []
    written(inbox, {"birds/owl.png": "three"})
    assert codes(brought(inbox, into=book)) == ["M092"]
    assert place.read_text() == "cropped"
    assert sorted(path.read_text() for path in place.parent.iterdir()) == ["cropped", "three"]


PAGE = """\
<!doctype html><html lang="en"><head><title>{title}</title><meta name="author" content="Amara Okonkwo">
<meta property="article:section" content="Night life"><link rel="canonical" href="https://barn.example/owls"></head>
<body><article><h1>{title}</h1>
<p>{first} sits in the barn and hears the mouse before the mouse has made up its mind, which is the whole art.</p>
<figure><img src="page_files/owl.png" alt="An owl"><figcaption>At dusk</figcaption></figure>
<p>{second} has fourteen bones, which is twice as many as the neck of the farmer has, and it uses every one.</p>
</article></body></html>
"""


def test_a_saved_page_comes_with_its_pictures(tmp_path: Path, book: Path) -> None:
    """A page is read in a process of its own; what the browser saved beside it is no article, but its pictures come."""
    page = PAGE.format(title="Owls", first="An owl", second="Its neck")
    inbox = written(
        tmp_path / "in",
        {"page.html": page, "page_files/owl.png": "picture", "page_files/ad.html": "<html>Buy"},
    )
    outcome = brought(inbox, into=book)
    assert [(account.source, account.article) for account in outcome.accounts] == [
        ("captures/page.html", "content/night-life/owls.md")
    ]
    assert (book / "content/night-life/images/owls/owl.png").read_text() == "picture"
    assert "(images/owls/owl.png" in (book / "content/night-life/owls.md").read_text(encoding="utf-8")
    before = state(book)
    assert became(brought(inbox, into=book)) == ["unchanged"]
    assert state(book) == before


def test_a_saved_page_comes_with_the_pictures_that_it_holds_within_itself(tmp_path: Path, book: Path) -> None:
    """A page saved as one file has its pictures in it: each becomes a file of its own, the same in each import."""
    square = BytesIO()
    Image.new("RGB", (60, 60), "red").save(square, "PNG")
    page = PAGE.format(title="Owls", first="An owl", second="Its neck")
    picture = f'<img alt="A red square" src="data:image/png;base64,{b64encode(square.getvalue()).decode()}">'
    page = re.sub(r"<img[^>]*>", picture, page)
    inbox = written(tmp_path / "in", {"page.html": page})
    assert codes(brought(inbox, into=book)) == []
    (there,) = (book / "content/night-life/images/owls").iterdir()
    assert re.fullmatch(r"a-red-square-[0-9a-f]{8}\.png", there.name)
    assert there.read_bytes() == square.getvalue()
    assert f"(images/owls/{there.name}" in (book / "content/night-life/owls.md").read_text(encoding="utf-8")
    before = state(book)
    assert became(brought(inbox, into=book)) == ["unchanged"]
    assert state(book) == before


def test_one_address_on_two_pages_does_not_make_them_one(tmp_path: Path, book: Path) -> None:
    """A page that names the front page as its address does not take the place of another; the same page elsewhere does."""
    brought(
        written(tmp_path / "a", {"a.html": PAGE.format(title="Owls", first="An owl", second="Its neck")}),
        into=book,
    )
    other = "<p>" + " ".join(f"thing{number}" for number in range(60)) + "</p>"
    page = PAGE.format(title="Moths", first="x", second="y")
    begins, ends = page.index("<p>"), page.index("</article>")
    outcome = brought(written(tmp_path / "b", {"b.html": page[:begins] + other + page[ends:]}), into=book)
    assert became(outcome) == ["new"]
    again = written(tmp_path / "c", {"c.html": PAGE.format(title="Owls", first="The owl", second="Its neck")})
    assert became(brought(again, into=book)) == ["changed"]


def test_pull_quotes_can_be_left_out(inbox: Path, book: Path, tmp_path: Path) -> None:
    """`--pull-quotes verbatim` keeps what the text says, `none` keeps none; what is left out is in the account."""
    quotes = (
        "9–11 words It hears the mouse before the mouse has made up its mind.\n"
        "9–11 words An owl is a cat that has thought better of it.\n"
    )
    text = OWL.replace("An owl sits in the barn and hears", "It hears").replace(
        "Related Articles", f"{quotes}Related Articles"
    )
    written(inbox, {"owl.txt": text})
    report = tmp_path / "report.json"
    found = {}
    for which in ("all", "verbatim", "none"):
        run(inbox / "owl.txt", "--into", book, "--pull-quotes", which, "--report", report)
        article = (book / OWL_PATH).read_text(encoding="utf-8")
        lines = json.loads(report.read_text(encoding="utf-8"))[0]["lines"]
        found[which] = (article.count("\n> "), lines["kept"], lines["dropped"])
    assert found == {"all": (2, 4, 1), "verbatim": (1, 3, 2), "none": (0, 2, 3)}


def test_one_bad_file_does_not_stop_the_rest(inbox: Path, book: Path, tmp_path: Path) -> None:
    """What cannot be imported is named with the reason, the exit code is 1, and all others are articles."""
    written(inbox, {"empty.txt": " \n", "broken.md": "---\ntitle: [\n---\nText.\n", "README.md": "About.\n"})
    (inbox / "program.bin").write_bytes(b"\x7fELF\0\0")
    (inbox / "binary.md").write_bytes(b"a\0b")
    (inbox / "large.txt").write_bytes(b"a line\n" * 1_600_000)
    secret = written(tmp_path / "elsewhere", {"secret.txt": MOTH})
    (inbox / "out.txt").symlink_to(secret / "secret.txt")
    (inbox / "folder").symlink_to(secret)
    os.mkfifo(inbox / "pipe.txt")
    result = run(inbox, "--into", book, NO_COLOR="1")
    assert result.exit_code == 1
    told = [line for line in result.stderr.splitlines() if " M08" in line or " F0" in line]
    assert told == [
        "inbox/README.md: warning M085: passed over: it is about the folder",
        "inbox/binary.md: error M083: a binary file, not text",
        "inbox/broken.md:2: error F002: the front matter cannot be read here: this is not YAML",
        "inbox/empty.txt: error M088: the file is empty",
        "inbox/folder: error M081: a symbolic link that leads out of the folder",
        "inbox/large.txt: error M082: the file has 10.7 MB; the most is 10 MB",
        "inbox/out.txt: error M081: a symbolic link that leads out of the folder",
        "inbox/pipe.txt: error M080: this is no file that can be read",
        "inbox/program.bin: error M083: a binary file, not text",
    ]
    assert len(list((book / "content").rglob("*.md"))) == 2


def test_of_nothing_no_project_is_made(tmp_path: Path, book: Path) -> None:
    """A folder without articles is told, and so is a file that is none; neither leaves a project behind."""
    empty = written(tmp_path / "empty", {"style.css": "p {}\n"})
    result = run(empty, "--into", book)
    assert (result.exit_code, book.exists()) == (0, False)
    assert "empty: warning M093: nothing in this folder could be an article" in result.stderr
    (tmp_path / "letter.docx").write_bytes(b"PK\x03\x04\0\0")
    result = run(tmp_path / "letter.docx", "--into", book)
    assert (result.exit_code, book.exists()) == (1, False)


def test_a_folder_that_links_to_itself_is_read_once(inbox: Path, book: Path) -> None:
    """A link to the folder that is imported leads nowhere else, and nothing is wrong with it."""
    (inbox / "here").symlink_to(inbox)
    outcome = brought(inbox, into=book)
    assert (became(outcome), codes(outcome)) == (["new", "new"], [])


def test_lines_that_are_not_recognised_are_named(inbox: Path, book: Path) -> None:
    """What stays in the text because nobody knows it is named with its line, once."""
    written(inbox, {"moth.txt": MOTH + "Wing and lamp\n"})
    shown = run(inbox, "--into", book).stderr.splitlines()
    at = shown.index("not recognised, so kept in the text:")
    assert shown[at + 1].strip() == "captures/moth.txt:7"
    assert "not recognised, so kept" not in run(inbox, "--into", book).stderr


def test_a_configuration_that_cannot_be_read_stops_before_anything_is_written(
    inbox: Path, book: Path
) -> None:
    """The project's own file is at fault: it is named, and nothing changes."""
    written(book, {"anthology.toml": "[book]\ntitel = 1\n"})
    before = state(book)
    result = CliRunner().invoke(anthology, ["import", str(inbox), "--into", str(book)], standalone_mode=False)
    assert result.exception is not None
    assert "titel" in str(result.exception)
    assert state(book) == before


def test_without_a_source_or_a_project_the_usage_is_told(inbox: Path) -> None:
    """A slip on the command line is a usage error."""
    assert run("--into", "x").exit_code == 2
    assert run(inbox).exit_code == 2
    assert run(inbox / "nowhere.txt", "--into", "x").exit_code == 2


def edit(path: Path, before: str, after: str) -> None:
    """Change a text of an article, which must be in it."""
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


SENTENCES = st.lists(
    st.sampled_from(
        ["Owls turn their heads.", "Moths do not.", "The barn is dark.", "Nobody counts the mice."]
    ),
    min_size=1,
    max_size=4,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    first=SENTENCES, second=SENTENCES, edits=st.lists(st.tuples(st.integers(0, 9), st.booleans()), max_size=3)
)
def test_no_word_that_a_person_wrote_is_gone(
    tmp_path_factory: pytest.TempPathFactory,
    first: list[str],
    second: list[str],
    edits: list[tuple[int, bool]],
) -> None:
    """After any edit and any changed source, every word of the editor stands in the article, and it can be read."""
    folder = tmp_path_factory.mktemp("any")
    source, book = folder / "posts/one.md", folder / "book"
    written(folder, {"posts/one.md": "---\ntitle: One\n---\n" + "\n\n".join(first) + "\n"})
    article = book / brought(source, into=book).accounts[0].article
    lines = article.read_text(encoding="utf-8").split("\n")
    front = lines.index("---", 1) + 1
    for number, (at, replaces) in enumerate(edits):
        place = front + at % max(1, len(lines) - front)
        lines[place : place + replaces] = [f"word{number} of mine."]
    article.write_text("\n".join(lines), encoding="utf-8")
    mine = {word for word in article.read_text(encoding="utf-8").split() if word.startswith("word")}
    source.write_text("---\ntitle: One\n---\n" + "\n\n".join(second) + "\n", encoding="utf-8")
    brought(source, into=book)
    assert mine <= set(article.read_text(encoding="utf-8").split())
    again = state(book)
    brought(source, into=book)
    assert state(book) == again


def test_what_changed_meanwhile_is_not_written_over(
    inbox: Path, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What an editor saves while an import runs stays, and the import writes nothing at all: it is told to run again."""
    brought(inbox, into=book)
    (inbox / "owl.txt").write_text(OWL.replace("twice", "three times"), encoding="utf-8")
    (inbox / "moth.txt").write_text(MOTH.replace("nearer", "closer"), encoding="utf-8")
    settle = compose.settle

    def settle_while_someone_writes(*arguments: Any, **options: Any) -> Settled:
        (book / OWL_PATH).write_text("Mine.", encoding="utf-8")
        return settle(*arguments, **options)

    monkeypatch.setattr(compose, "settle", settle_while_someone_writes)
    before = state(book)
    with pytest.raises(ContentError) as failure:
        brought(inbox, into=book)
    (problem,) = failure.value.problems
    assert problem.code == "B032"
    assert problem.origin == Origin(OWL_PATH)
    assert problem.message == "the file was changed while the command ran; nothing was written"
    assert problem.hint == "run the command again: it goes by what is there now"
    after = state(book)
    assert after.pop(OWL_PATH)[0] == b"Mine."
    assert after == {path: held for path, held in before.items() if path != OWL_PATH}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="killed imports: this system has no fork")
@pytest.mark.parametrize("has_book", [False, True], ids=["a first import", "a second"])
def test_an_import_that_was_killed_is_made_good_by_the_next(
    inbox: Path, tmp_path: Path, has_book: bool
) -> None:
    """Killed after any number of files, an import loses nothing: run again, it makes what it would have made at once."""
    if has_book:
        for name in ("right", "killed"):
            brought(inbox, into=tmp_path / name)
        (inbox / "owl.txt").write_text(OWL.replace("twice", "three times"), encoding="utf-8")
        (inbox / "moth.txt").write_text(MOTH.replace("nearer", "closer"), encoding="utf-8")
    as_it_was = shutil.copytree(tmp_path / "killed", tmp_path / "before") if has_book else None
    brought(inbox, into=tmp_path / "right")
    right, files = texts(tmp_path / "right"), len(state(tmp_path / "right"))
    killed = 0
    for count in range(files):
        book = tmp_path / f"killed-{count}"
        if as_it_was:
            shutil.copytree(as_it_was, book)
        killed += imported_until_killed(inbox, book, count)
        assert codes(brought(inbox, into=book)) == []
        assert texts(book) == right, count
    assert killed > 4


def texts(book: Path) -> dict[str, bytes]:
    """Read articles and what is kept of their import; each project has an identifier and a title of its own."""
    return {path: data for path, (data, _) in state(book).items() if path != "anthology.toml"}


def imported_until_killed(inbox: Path, book: Path, count: int) -> bool:
    """Import in a process that is killed once so many files are in their places; tell whether it was."""
    replace, done = Path.replace, 0

    def one_more(path: Path, target: Path) -> Path:
        nonlocal done
        if done == count:
            os.kill(os.getpid(), signal.SIGKILL)
        done += 1
        return replace(path, target)

    child = os.fork()
    if not child:
        Path.replace = one_more  # type: ignore[method-assign, assignment]  # this process is about to end
        brought(inbox, into=book)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
