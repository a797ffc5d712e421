"""Explanations of codes: one for each, true to the register, readable on a terminal and in the handbook."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from anthology.cli.check import check
from anthology.codes import CODES
from anthology.explanations import explained, explanation, explanations
from anthology.problems import UsageError

ROOT = Path(__file__).parent.parent
EXPLANATIONS = ROOT / "src" / "anthology" / "explanations"
REFERENCE = ROOT / "content" / "reference"


def test_every_code_is_explained() -> None:
    """Each code has an explanation in whole sentences, no explanation is of a code that is not there or misfiled."""
    assert [told.code for told in explanations()] == sorted(CODES)
    for told in explanations():
        assert f"{told.severity}: {told.meaning}" == CODES[told.code]
        for words in (told.why, told.remedy):
            assert re.fullmatch(r"[A-Z`][^\n]*[.?!]", words), (told.code, words)
            assert words.count("`") % 2 == 0, told.code
            assert "  " not in words
            assert len(words.split()) < 75, told.code
    for path in EXPLANATIONS.glob("*.toml"):
        headed = re.findall(r"(?m)^\[(.*)\]$", path.read_text(encoding="utf-8"))
        assert headed == sorted(code for code in CODES if code.startswith(path.stem))


def test_an_explanation_reads_well_on_a_terminal() -> None:
    """The code with its meaning stands first, then why and what to do, in lines that fit; no word is cut."""
    assert explained(explanation("l003")) == (
        "warning L003: an article refers to itself\n"
        "\n"
        "    The article recommends itself. The entry is left out, for a reader who has\n"
        "    just finished does not want to begin again.\n"
        "\n"
        "    What to do: Take the entry out of `related`."
    )
    for told in explanations():
        narrow = explained(told, 40)
        assert all(len(line) <= 40 or len(line.split()) == 1 for line in narrow.splitlines()), narrow
        assert " ".join(narrow.split()) == (
            f"{told.severity} {told.code}: {told.meaning} {told.why} What to do: {told.remedy}"
        )


@pytest.mark.parametrize(
    ("code", "hint"),
    [
        ("L02", 'did you mean "L002"?'),
        ("hello", "a code is a letter and three figures, like L002, in front of a message"),
    ],
)
def test_a_code_that_is_not_there(code: str, hint: str) -> None:
    """A mistyped code gets the closest one, and anything else is told what a code looks like."""
    with pytest.raises(UsageError) as caught:
        explanation(code)
    (problem,) = caught.value.problems
    assert (problem.code, problem.message, problem.hint) == (
        "B018",
        f'no problem has the code "{code}"',
        hint,
    )


def test_the_handbook_s_reference_is_what_is_made(tmp_path: Path) -> None:
    """What `make reference` writes is what is committed, and nothing else lies there but the introduction."""
    command = [sys.executable, str(ROOT / "scripts" / "reference"), "--into", str(tmp_path)]
    subprocess.run(command, check=True)
    made = {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()}
    committed = {path.name: path.read_text(encoding="utf-8") for path in REFERENCE.glob("[!_]*.md")}
    assert sorted(made) == sorted(committed)
    assert made == committed, "run `make reference`"


def test_every_code_has_a_place_in_the_handbook() -> None:
    """Each code is told once, under the anchor by which links find it."""
    told = "".join(path.read_text(encoding="utf-8") for path in REFERENCE.glob("codes-*.md"))
    anchors = re.findall(r"\{: #([a-z][0-9]{3}) \}", told)
    assert sorted(anchors) == sorted(code.lower() for code in CODES)


def test_the_command_line_explains() -> None:
    """`anthology check --explain CODE` prints the explanation and checks nothing; an unknown code is a slip."""
    told = CliRunner().invoke(check, ["--explain", "l002"])
    assert (told.output, told.exit_code) == (f"{explained(explanation('L002'))}\n", 0)
    assert isinstance(CliRunner().invoke(check, ["--explain", "L0022"]).exception, UsageError)
