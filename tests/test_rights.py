"""Rights: what may not be printed is named, and every right is listed."""

from __future__ import annotations

import csv
import datetime as dt
from io import StringIO
from pathlib import Path

import pytest
from making import BOOK, make_article, make_config, write_project

from anthology.build import Options
from anthology.config import load_config
from anthology.editions.base import Manuscript
from anthology.model import Anthology, Picture, Rights, Section
from anthology.preparing import prepare
from anthology.problems import Problem, has_errors
from anthology.project import CONFIG, Project
from anthology.rights import permissions_csv, permissions_of, rights_of_pictures

REQUIRED = f"{BOOK}date = 2026-11-22\n[rights]\nrequired = true\n"
FERRY = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><title>A ferry</title></svg>'
OWN = "rights: {status: own}\n"
PIECE = "---\ntitle: Tides\n{}---\n\nThe water goes.\n"
SHOWN = f"{PIECE}\n![The ferry.](images/ferry.svg)\n"


def prepared(root: Path, files: dict[str, str], *, proof: bool = False) -> tuple[Manuscript, list[Problem]]:
    """Prepare a project, and give what is told of rights."""
    write_project(root, files)
    project = Project(root)
    config = load_config(project.config(), CONFIG)
    manuscript, problems = prepare(project, config, Options(proof=proof), lambda stage, detail: None)
    return manuscript, [problem for problem in problems if problem.code[0] == "R" or problem.code == "F013"]


def told(problems: list[Problem]) -> list[str]:
    """Write problems as an editor reads them, the hint behind the message."""
    return [
        f"{problem.origin.path}:{problem.origin.line or ''} {problem.severity} {problem.code}: {problem.message}"
        f" | {problem.hint}"
        for problem in problems
        if problem.origin
    ]


CLEAR_ARTICLE = "clear it and say so in `rights`, or leave the article out with `draft: true`"


@pytest.mark.parametrize(
    ("rights", "message"),
    [
        ("", "nothing is said of the rights to this article"),
        ("rights: {holder: Ada Quill}\n", "nothing is said of the rights to this article"),
        ("rights: {status: requested}\n", 'the rights to this article are "requested"'),
        ("rights: {status: refused}\n", 'the rights to this article are "refused"'),
        (
            "rights: {status: cleared, expires: 2026-11-21}\n",
            "the permission for this article expired on 2026-11-21",
        ),
        ("rights: {status: cleared, expires: 2026-11-22}\n", ""),
        ("rights: {status: cleared}\n", ""),
        ("rights: {status: own}\n", ""),
        ("rights: {status: public-domain}\n", ""),
    ],
)
def test_an_article_that_may_not_be_printed_is_named(tmp_path: Path, rights: str, message: str) -> None:
    """Where rights are required, a piece stops the book unless it is cleared, one's own or in the public domain."""
    files = {"anthology.toml": REQUIRED, "content/sea/tides.md": PIECE.format(rights)}
    _, problems = prepared(tmp_path, files)
    expected = f"content/sea/tides.md: error R001: {message} | {CLEAR_ARTICLE}"
    assert told(problems) == ([expected] if message else [])


def test_introductions_and_matter_have_rights_too(tmp_path: Path) -> None:
    """Introductions, front and back matter are asked for their rights as articles are."""
    files = {
        "anthology.toml": REQUIRED,
        "content/front/preface.md": PIECE.format(""),
        "content/sea/_intro.md": PIECE.format(""),
        "content/sea/tides.md": PIECE.format(OWN),
        "content/back/thanks.md": PIECE.format(""),
    }
    _, problems = prepared(tmp_path, files)
    assert sorted(problem.origin.path for problem in problems if problem.origin) == [
        "content/back/thanks.md",
        "content/front/preface.md",
        "content/sea/_intro.md",
    ]


IN_CONFIG = '[rights.pictures."content/sea/images/ferry.svg"]\n'
IN_ARTICLE = "picture-rights:\n  - {{file: images/ferry.svg, {}}}\n"
CLEARED = "rights: {status: cleared}\n"
CLEAR_HERE = "clear it and say so here, or take the picture out"


@pytest.mark.parametrize(
    ("config", "front", "expected"),
    [
        # Somebody who lets you print a text may not even have the rights to the pictures in it.
        (
            "",
            CLEARED,
            "content/sea/tides.md:8 error R002: content/sea/images/ferry.svg: nothing is said of the rights to this "
            "picture | clear it and say so in `picture-rights`, or under "
            '[rights.pictures."content/sea/images/ferry.svg"]',
        ),
        # One's own articles have one's own pictures, as long as nothing else is said.
        ("", OWN, ""),
        ("", "rights: {status: public-domain}\n", ""),
        (
            f'{IN_CONFIG}status = "requested"\n',
            OWN,
            "anthology.toml:6 error R002: content/sea/images/ferry.svg: the rights to this picture are "
            f'"requested" | {CLEAR_HERE}',
        ),
        (f'{IN_CONFIG}status = "cleared"\n', CLEARED, ""),
        (
            f'{IN_CONFIG}status = "cleared"\nexpires = 2026-01-31\n',
            OWN,
            "anthology.toml:6 error R002: content/sea/images/ferry.svg: the permission for this picture expired on "
            f"2026-01-31 | {CLEAR_HERE}",
        ),
        ("", CLEARED + IN_ARTICLE.format("status: cleared"), ""),
        (
            "",
            OWN + IN_ARTICLE.format("status: refused"),
            "content/sea/tides.md:5 error R002: content/sea/images/ferry.svg: the rights to this picture are "
            f'"refused" | {CLEAR_HERE}',
        ),
        # What stands with the article outranks what stands far from it.
        (f'{IN_CONFIG}status = "refused"\n', OWN + IN_ARTICLE.format("status: cleared"), ""),
        ('[rights.pictures."./content/sea/../sea/images/ferry.svg"]\nstatus = "own"\n', CLEARED, ""),
    ],
)
def test_a_picture_that_may_not_be_printed_is_named(
    tmp_path: Path, config: str, front: str, expected: str
) -> None:
    """Where rights are required, a picture stops the book unless it is free by itself or by what shows it."""
    files = {
        "anthology.toml": REQUIRED + config,
        "content/sea/tides.md": SHOWN.format(front),
        "content/sea/images/ferry.svg": FERRY,
    }
    _, problems = prepared(tmp_path, files)
    assert told(problems) == ([expected] if expected else [])


def test_pictures_of_covers_have_rights(tmp_path: Path) -> None:
    """The front cover's picture and the whole cover's are asked for their rights where they are named."""
    covers = REQUIRED.replace("[rights]", 'cover = "front.svg"\n[cover]\npicture = "whole.svg"\n[rights]')
    files = {
        "anthology.toml": covers,
        "front.svg": FERRY,
        "whole.svg": FERRY,
        "content/sea/tides.md": PIECE.format(OWN),
    }
    _, problems = prepared(tmp_path, files)
    assert told(problems) == [
        f"anthology.toml:{line} error R002: {name}: nothing is said of the rights to this picture | clear it and say "
        f'so under [rights.pictures."{name}"], or take the picture out'
        for line, name in ((4, "front.svg"), (6, "whole.svg"))
    ]


def test_nothing_is_asked_where_rights_are_not_required(tmp_path: Path) -> None:
    """Without `required`, nothing is said of pieces and pictures that are not cleared."""
    files = {
        "anthology.toml": BOOK,
        "content/sea/tides.md": SHOWN.format("rights: {status: refused}\n"),
        "content/sea/images/ferry.svg": FERRY,
    }
    assert prepared(tmp_path, files)[1] == []


def test_a_proof_is_built_whatever_the_rights(tmp_path: Path) -> None:
    """In a proof everything that is not cleared is named all the same, and stops nothing."""
    files = {
        "anthology.toml": REQUIRED,
        "content/sea/tides.md": SHOWN.format(""),
        "content/sea/images/ferry.svg": FERRY,
    }
    manuscript, problems = prepared(tmp_path, files, proof=True)
    assert manuscript.proof
    assert [problem.code for problem in problems] == ["R001", "R002"]
    assert not has_errors(problems)


def test_records_that_lead_nowhere_are_told(tmp_path: Path) -> None:
    """A record of a picture that is not there, or that nothing shows, is told with the name that may be meant."""
    files = {
        "anthology.toml": f'{BOOK}[rights.pictures."content/sea/images/fery.svg"]\nstatus = "own"\n'
        '[rights.pictures."content/sea/images/idle.svg"]\nstatus = "own"\n',
        "content/sea/tides.md": SHOWN.format(
            "picture-rights:\n  - {file: images/idle.svg, status: own}\n  - {file: image/ferry.svg, status: own}\n"
            "  - {status: own}\n"
        ),
        "content/sea/images/ferry.svg": FERRY,
        "content/sea/images/idle.svg": FERRY.replace("9", "8"),
    }
    write_project(tmp_path, files)
    project = Project(tmp_path)
    config = load_config(project.config(), CONFIG)
    _, problems = prepare(project, config, Options(), lambda stage, detail: None)
    idle = "nothing in the book shows content/sea/images/idle.svg, of whose rights this tells"
    delete = "delete the record, or write the path of the picture that is shown"
    assert sorted(told(list(problems))) == [
        "anthology.toml:3 warning R003: there is no picture content/sea/images/fery.svg, of whose rights this tells"
        ' | did you mean "content/sea/images/ferry.svg"?',
        f"anthology.toml:5 warning R004: {idle} | {delete}",
        f"content/sea/tides.md:4 warning R004: {idle} | {delete}",
        'content/sea/tides.md:5 warning F013: "picture-rights": there is no picture image/ferry.svg; what is said of '
        'its rights is left out | did you mean "images/ferry.svg"?',
        'content/sea/tides.md:6 error F006: an entry of "picture-rights" has no "file" | write the path of the '
        "picture, from this file on",
    ]


FERRY_PICTURE = Picture("f.svg", "content/sea/images/ferry.svg", "image/svg+xml", 9, 9)
MOON = Picture("m.svg", "content/sky/moon.svg", "image/svg+xml", 9, 9)


def test_rights_of_pictures_are_known_by_picture() -> None:
    """A picture that two articles show is one right; that of an article that is one's own serves for both."""
    anthology = Anthology(
        (
            Section(
                "Sea",
                "sea",
                (
                    make_article("ebb", pictures=(FERRY_PICTURE,), rights=Rights("cleared")),
                    make_article("flood", pictures=(FERRY_PICTURE,), image=MOON, rights=Rights("own", "We")),
                ),
            ),
        )
    )
    config = make_config('cover = "content/sky/moon.svg"\n')
    ferry, moon = rights_of_pictures(anthology, config)
    assert (ferry.key, ferry.articles, ferry.rights.holder, ferry.cover) == (
        "f.svg",
        ("ebb", "flood"),
        "We",
        False,
    )
    assert (moon.path, moon.articles, moon.cover, moon.stated) == (MOON.path, ("flood",), True, False)


# Rows as they stand in the file, but for the mark of the byte order and the line ends.
LIST = """\
kind,id,title,holder,licence,credit,status,expires,evidence,editions,pages
article,ebb,Ebb,Ada Quill,CC BY 4.0,© Ada Quill,cleared,2031-12-31,letters/ada.pdf,ebook; print,print: 5
article,flood,Flood,,,'=HYPERLINK(0),requested,,,ebook; print,print: 9
picture,content/sea/images/ferry.svg,Ebb,Ben Arrow,,'@ben,cleared,,,ebook; print,"print: 5, 9"
cover,front.svg,A Book,,,,,,,ebook; print,
cover,whole.svg,A Book,,,,,,,print,
"""


def test_the_list_of_permissions() -> None:
    """Each right is a row with holder, credit line and evidence, and nothing in it runs as a formula."""
    ebb = make_article(
        "ebb",
        pictures=(FERRY_PICTURE,),
        rights=Rights(
            "cleared", "Ada Quill", "CC BY 4.0", evidence="letters/ada.pdf", expires=dt.date(2031, 12, 31)
        ),
    )
    rights = Rights("requested", credit="=HYPERLINK(0)")
    flood = make_article("flood", pictures=(FERRY_PICTURE,), rights=rights)
    config = make_config(
        'cover = "front.svg"\n[cover]\npicture = "whole.svg"\n'
        f'{IN_CONFIG}status = "cleared"\nholder = "Ben Arrow"\ncredit = "@ben"\n'
    )
    folios = {"ebook": {}, "print": {"ebb": "5", "flood": "9"}}
    anthology = Anthology((Section("Sea", "sea", (ebb, flood)),))
    data = permissions_csv(permissions_of(anthology, config, folios, ["print"]))
    assert data.startswith(b"\xef\xbb\xbfkind,")
    assert data.decode("utf-8-sig") == LIST.replace("\n", "\r\n")
    rows = list(csv.DictReader(StringIO(data.decode("utf-8-sig"), newline="")))
    assert rows[0]["credit"] == "© Ada Quill"


def test_a_book_that_says_nothing_of_rights_has_no_list() -> None:
    """Nothing is listed where nothing is asked for or said; where rights are required, what is unknown is."""
    anthology = Anthology((Section("Sea", "sea", (make_article("ebb"),)),))
    assert permissions_of(anthology, make_config(), {"ebook": {}}, ()) == ()
    required = make_config("[rights]\nrequired = true\n")
    assert [row.id for row in permissions_of(anthology, required, {"ebook": {}}, ())] == ["ebb"]
