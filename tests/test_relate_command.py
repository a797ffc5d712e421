"""`anthology relate`: proposals shown, written into front matter, and taken out again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import example, given, settings
from hypothesis import strategies as st
from making import BOOK, write_project

from anthology.amend import CannotAmend, propose_in, refused_in, without_proposals
from anthology.cli.relate import relate
from anthology.problems import ContentError

PROPOSALS = {"two": ("oven", "salt"), "three": ()}


def amended(text: str) -> str:
    """Put two proposals into a file."""
    return propose_in(text.encode(), PROPOSALS).decode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("---\ntitle: One\n---\n", "---\ntitle: One\nrelated:  # proposed\n  - two  # proposed (oven, salt)\n  - three  # proposed\n---\n"),
        ("---\nrelated:\n- a # mine\n\n# on tags\ntags: [b]\n---\n", "---\nrelated:\n- a # mine\n- two  # proposed (oven, salt)\n- three  # proposed\n\n# on tags\ntags: [b]\n---\n"),
        ("---\nrelated:\n  - standfirst: >\n      A long\n      one\n    date: 2025-07-15\n---\n", "---\nrelated:\n  - standfirst: >\n      A long\n      one\n    date: 2025-07-15\n  - two  # proposed (oven, salt)\n  - three  # proposed\n---\n"),
        ("---\nrelated:   # none yet\ntitle: One\n---\n", "---\nrelated:   # none yet\n  - two  # proposed (oven, salt)\n  - three  # proposed\ntitle: One\n---\n"),
        ("---\nrelated: [a, b]  # mine\n---\n", "---\nrelated: [a, b, two, three]  # mine  # proposed: two, three\n---\n"),
        ("---\nrelated: []\n---\n", "---\nrelated: [two, three]  # proposed: two, three\n---\n"),
        ("---\nrelated: [\n  a,\n  b,  # b\n]\n---\n", "---\nrelated: [\n  a,\n  b, two, three,  # b  # proposed: two, three\n]\n---\n"),
        ("---\nrelated: 'a'\n---\n", "---\nrelated: ['a', two, three]  # proposed, with the brackets: two, three\n---\n"),
        ("---\nrelated: {standfirst: A}\n---\n", "---\nrelated: [{standfirst: A}, two, three]  # proposed, with the brackets: two, three\n---\n"),
        ("# One\n", "---\n# front matter for what is proposed\nrelated:  # proposed\n  - two  # proposed (oven, salt)\n  - three  # proposed\n---\n# One\n"),
        ('+++\ntitle = "One"\n+++\n', '+++\ntitle = "One"\nrelated = [  # proposed\n  "two",  # proposed (oven, salt)\n  "three",  # proposed\n]  # proposed\n+++\n'),
        ('+++\n[source]\nurl = "x"\n+++\n', '+++\nrelated = [  # proposed\n  "two",  # proposed (oven, salt)\n  "three",  # proposed\n]  # proposed\n[source]\nurl = "x"\n+++\n'),
        ('+++\nrelated = ["a]", \'b\'] # mine\n+++\n', '+++\nrelated = ["a]", \'b\', "two", "three"] # mine  # proposed: two, three\n+++\n'),
        ('+++\nrelated = [\n  "a", # [\n]\ntitle = "One"\n+++\n', '+++\nrelated = [\n  "a", "two", "three", # [  # proposed: two, three\n]\ntitle = "One"\n+++\n'),
        ("+++\nrelated = []\n+++\n", '+++\nrelated = ["two", "three"]  # proposed: two, three\n+++\n'),
        ('+++\nrelated = "a"\n+++\n', '+++\nrelated = ["a", "two", "three"]  # proposed, with the brackets: two, three\n+++\n'),
        ('+++\n[[related]]\nstandfirst = "A"\n+++\n', '+++\n[[related]]\nstandfirst = "A"\n[[related]]  # proposed\nname = "two"  # proposed (oven, salt)\n[[related]]  # proposed\nname = "three"  # proposed\n+++\n'),
    ],
)  # fmt: skip
def test_where_proposals_go(before: str, after: str) -> None:
    """Proposals go behind what the editor has, marked, whatever way the list is written; and out again to the byte."""
    for newline in ("\n", "\r\n"):
        file = before.replace("\n", newline)
        assert amended(file) == after.replace("\n", newline)
        assert without_proposals(amended(file).encode()) == file.encode()
    marked = "\ufeff" + before
    assert amended(marked) == "\ufeff" + after
    assert without_proposals(amended(marked).encode()) == marked.encode()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("---\nrelated:\n  standfirst: A\n  section: B\n---\n", "`related` is a single captured entry: put a hyphen in front of it"),
        ("---\nrelated: |\n  a\n---\n", "`related` is a text of several lines: make it a list"),
        ("---\nrelated: Sleep, a guide\n---\n", "the entry would not stand there as it is meant"),
        ("---\n{title: One}\n---\n", "its front matter is a group in braces"),
        ('+++\n[related]\nstandfirst = "A"\n+++\n', "`related` is a single captured entry: write its header as [[related]]"),
        ("---\ntitle: One\n", "its front matter is never closed"),
    ],
)  # fmt: skip
def test_where_proposals_cannot_go(text: str, why: str) -> None:
    """Front matter that takes no more entries is left alone, and the reason is one that an editor can act on."""
    with pytest.raises(CannotAmend) as refusal:
        amended(text)
    assert str(refusal.value) == why


def test_a_file_in_another_encoding_is_left_alone() -> None:
    """A file that is not UTF-8 is not rewritten."""
    with pytest.raises(CannotAmend, match="the file is not UTF-8"):
        propose_in("---\ntitle: Café\n---\n".encode("cp1252"), PROPOSALS)


def test_what_an_editor_keeps_stays() -> None:
    """A proposal whose mark was taken away is the editor's own, and the list around it with it."""
    text = amended("---\ntitle: One\n---\n").replace("two  # proposed (oven, salt)", "two")
    assert without_proposals(text.encode()) == b"---\ntitle: One\nrelated:\n  - two\n---\n"
    text = amended('+++\ntitle = "One"\n+++\n').replace('"two",  # proposed (oven, salt)', '"two",')
    assert without_proposals(text.encode()) == b'+++\ntitle = "One"\nrelated = [\n  "two",\n]\n+++\n'


def test_a_refused_proposal_is_remembered() -> None:
    """A proposed line that an editor made a comment is known as refused; other comments are not."""
    text = amended("---\n# - four\ntitle: One\n---\n").replace("  - two", "#  - two")
    assert refused_in(text.encode()) == {"two"}
    assert (
        without_proposals(text.encode()).decode()
        == "---\n# - four\ntitle: One\n#  - two  # proposed (oven, salt)\n---\n"
    )


lines = st.lists(
    st.sampled_from(
        [
            "title: One",
            "related:",
            "related: [a, 'b']",
            "related: []",
            "related: a",
            "  - a",
            "- b",
            "  - {standfirst: C, date: 2025-07-15}",
            "  # a comment",
            "",
            "note: |+",
            "  # no comment",
            "tags: [x, y]",
            "  - d  # e",
        ]
    ),
    max_size=9,
)
endings = st.sampled_from(["\n", "\r\n", "\r"])


@settings(deadline=None)
@given(
    lines, endings, st.sampled_from(["", "\ufeff"]), st.sampled_from(["", "# A title", "Text\n\n---\n\nmore"])
)
@example(["note: |+", "  # no comment", "", ""], "\n", "", "")
def test_in_and_out_again(front: list[str], newline: str, mark: str, body: str) -> None:
    """Whatever front matter takes proposals, they come out again and leave the bytes that were there."""
    data = (mark + newline.join(["---", *front, "---", body])).encode()
    try:
        written = propose_in(data, PROPOSALS)
    except CannotAmend:
        return
    assert written != data
    assert without_proposals(written) == data
    assert propose_in(data, {}) == data


BREAD = "Sourdough bread rises slowly while his oven warms, and our baker waits.\n"
STARS = "A telescope gathers light from faint stars; an astronomer hopes for clear nights.\n"


def project(root: Path, **files: str) -> Path:
    """Make an anthology with two articles on bread and two on stars."""
    articles = {
        "one": f"---\ntitle: One\nrelated: [Gone]\n---\n\n{BREAD}",
        "two": f"---\ntitle: Two\nrelated:\n  - Gone\n---\n\n{BREAD}",
        "three": f'+++\ntitle = "Three"\n+++\n\n{STARS}',
        "four": f"# Four\n\n{STARS}",
    }
    return write_project(root, {f"content/mind/{name}.md": text for name, text in (articles | files).items()})


def run(root: Path, *options: str) -> Result:
    """Run the command on a project."""
    return CliRunner().invoke(relate, [str(root), "--no-cache", *options], catch_exceptions=False)


def files_of(root: Path) -> dict[str, bytes]:
    """Give every file of a project."""
    return {path.name: path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def test_proposals_are_shown(tmp_path: Path) -> None:
    """Without options, proposals and pieces worth adding are shown and nothing is written."""
    root = project(tmp_path)
    before = files_of(root)
    done = run(root)
    assert done.exit_code == 0
    assert done.stdout == ""
    assert (
        done.stderr.splitlines()[-10:]
        == [
            "content/mind/four.md: Four",
            "    0.93  three: Three (astronomer, clear, faint, from)",
            "content/mind/one.md: One",
            "    0.96  two: Two (baker, bread, his, our)",
            "content/mind/three.md: Three",
            "    0.93  four: Four (astronomer, clear, faint, from)",
            "content/mind/two.md: Two",
            "    0.96  one: One (baker, bread, his, our)",
            "worth adding to the book:",
            '    2 articles point to "Gone"',
        ]
        or done.stderr
    )
    assert files_of(root) == before


def test_writing_twice_and_withdrawing(tmp_path: Path) -> None:
    """What is written once is not written again, and withdrawn leaves every file as it was."""
    root = project(tmp_path)
    before = files_of(root)
    assert "4 entries proposed, written into 4 files" in run(root, "--write").stderr
    written = files_of(root)
    assert b"related: [Gone, two]  # proposed: two" in written["one.md"]
    assert "0 entries proposed, written into 0 files" in run(root, "--write").stderr
    assert files_of(root) == written
    assert "proposals taken out of 4 files" in run(root, "--withdraw").stderr
    assert files_of(root) == before


def test_a_refusal_lasts(tmp_path: Path) -> None:
    """A proposal that an editor made a comment is not proposed again."""
    root = project(tmp_path)
    run(root, "--write")
    two = root / "content/mind/two.md"
    two.write_text(two.read_text().replace("  - one", "  # - one"))
    before = files_of(root)
    run(root, "--write")
    assert files_of(root) == before


def test_machine_output(tmp_path: Path) -> None:
    """With `--json` everything is on standard output, with reasons."""
    root = project(tmp_path)
    data = json.loads(run(root, "--json").stdout)
    assert [(entry["article"], entry["related"][0]["article"]) for entry in data["proposals"]] == [
        ("four", "three"),
        ("one", "two"),
        ("three", "four"),
        ("two", "one"),
    ]
    assert data["proposals"][1]["path"] == "content/mind/one.md"
    assert sorted(data["proposals"][1]["related"][0]) == ["article", "likeness", "title", "words"]
    assert data["worth_adding"] == [
        {
            "standfirst": "",
            "name": "Gone",
            "url": "",
            "section": "",
            "date": None,
            "count": 2,
            "articles": ["one", "two"],
        }
    ]
    assert data["near"] == data["changed"] == []


def test_what_cannot_be_written_is_told(tmp_path: Path) -> None:
    """A file that takes no proposals is named with the reason and what to do; the others are written."""
    root = project(tmp_path, one=f"---\ntitle: One\nrelated: |\n  Gone\n---\n\n{BREAD}")
    done = run(root, "--write")
    assert (
        "content/mind/one.md: warning L010: the proposals cannot be written into `related`: "
        "`related` is a text of several lines: make it a list\n    hint: add by hand what fits: two\n"
    ) in done.stderr
    assert "written into 3 files" in done.stderr


def test_opposite_options(tmp_path: Path) -> None:
    """Writing and withdrawing at once is refused."""
    done = run(project(tmp_path), "--write", "--withdraw")
    assert done.exit_code == 2
    assert "--write and --withdraw do opposite things: choose one of them" in done.output


def test_a_broken_article_changes_nothing(tmp_path: Path) -> None:
    """With an article that cannot be read, nothing is written at all."""
    root = project(tmp_path, five="---\ntitle: Five\n")
    before = files_of(root)
    with pytest.raises(ContentError, match="never closed"):
        run(root, "--write")
    assert files_of(root) == before


def test_drafts_are_not_proposed(tmp_path: Path) -> None:
    """A draft is neither proposed nor given proposals, and a reference to it says that it is one."""
    root = project(
        tmp_path,
        two=f"---\ntitle: Two\ndraft: true\n---\n\n{BREAD}",
        one=f"---\nrelated: [two]\n---\n{BREAD}",
    )
    (root / "anthology.toml").write_text(BOOK)
    done = run(root)
    assert '"two" is a draft (content/mind/two.md), and drafts are not in the book' in done.stderr
    assert "2 entries proposed" in done.stderr
