"""House style at work: fifty articles into which faults were planted; all are found, where they stand, and nothing else."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from making import write_project

from anthology.build import Options
from anthology.checking.project import check_project

ARTICLES = 50

STYLE = """
[style]
quotes = "double"
dashes = "spaced-en"
ellipsis = "character"
ranges = "en-dash"
dates = "day-month-year"
spelling = "en-GB"
"""

# What every article says, in one style: the first lines use each thing that can be mixed, more than once.
CLEAN = (
    "It’s said – and not by pilots – that “the tide” waits… and “nobody” knows why… The colour of the harbour is grey.",
    "Between 8–12 and 14–18 people came on 3 March and on 4 April 2026, organised by those who realised what was coming.",
    "The ferryman’s house, its windows, its door: all of it – roof and cellar – was painted in one colour, a light grey.",
    "> Click here, said the sign, and the tide -- it’s true -- waited... on March 5, for 8-12 people in gray.",
    "She answered, “yesterday I saw the color of it, on March 5, for 8-12 days,” and then looked away.",
    'Type `click  here -- the the ...` and press [the bell](https://tide.example/a--b-8-12 "It\'s ...") twice.',
    "## The bell of the harbour",
    "- Rope, a lantern, and what else hung on the wall of the ferryman’s house",
    "- Bread; cheese; and something that he called wine",
    "She had had enough of all that that winter, and so, so many had. It was the last month of the old harbour.",
    "In the ’90s, rock ’n’ roll reached the island; ’tis still there. A dash was never heard of, nor Pier 8-3, nor e.g. this.",
    "What was typed:\n\n    the the  code -- it's ...\n\n```\nthe the  code -- it's ...\n```",
    "| Bell | Rung at 7 |\n|------|-----------|\n| Low  | Never     |",
    "The Lincoln Center is spelt as it’s spelt there, and a hyphen in pre- and post-war houses is no dash at all.",
)

# Each fault: what is planted, the code where nothing is chosen, and the code where the house has chosen.
FAULTS = (
    ("The pilot's boat was not at its place that morning.", "H001", "H002"),
    ("In the '90s the pilots had a house of their own.", "H003", "H003"),
    ("A song, ‘twas heard as far as the quay.", "H003", "H003"),
    ("The bell rang—nobody came to ring it.", "H004", "H005"),
    ("The bell rang -- nobody came to ring it.", "", "H005"),
    ("The bell rang - nobody came to ring it.", "H004", "H005"),
    ("They waited ... for the last of the boats.", "H006", "H007"),
    ("It took 20-25 minutes to cross.", "H008", "H009"),
    ("On March 12 the last of them left.", "H010", "H011"),
    ("The color had gone out of the sky.", "H012", "H013"),
    ("They never apologized to anybody.", "H012", "H013"),
    ("He sent an Email to the harbour office.", "H016", "H016"),
    ("To see the timetable, click here.", "H017", "H017"),
    ("Read more about bells on the mainland.", "H017", "H017"),
    ("Don’t forget to subscribe to our newsletter!", "H017", "H017"),
    ("Last week the ferry did not run.", "H017", "H017"),
    ("## Related articles", "H017", "H017"),
    ("The boat lay at the the quay.", "H018", "H018"),
    ("- A lantern of of brass", "H018", "H018"),
    ("The quay  was empty.", "H019", "H019"),
    ("The quay , as always, was empty.", "H020", "H020"),
    ("Nobody was there !", "H020", "H020"),
    ("The quay,the boats and the bell were his.", "H021", "H021"),
    ("Nobody was there.The bell rang.", "H021", "H021"),
)
_PREFERRED = '[style.preferred]\nemail = "e-mail"\n'
# Of these, one a topic and an article: what is told is that two kinds are mixed.
MIXTURES = frozenset({"H001", "H004", "H006", "H008", "H010", "H012"})

Places = set[tuple[str, int, str]]


def planted(number: int, *, chosen: bool) -> tuple[str, list[tuple[int, str]]]:
    """Make an article with five faults: its text, and the line and code of each."""
    dice = random.Random(number)
    lines = ["---", f"title: Number {number}", "---", ""]
    wanted: list[tuple[int, str]] = []
    seen: set[str] = set()
    faults = [FAULTS[number % len(FAULTS)], *dice.sample(FAULTS, 8)]
    body: list[tuple[str, str]] = [(text, "") for text in CLEAN[2:]]
    for text, mixed, otherwise in faults:
        code = otherwise if chosen else mixed
        if len(seen) == 5 or not code or code in seen & MIXTURES or text in {held for held, _ in body}:
            continue
        seen.add(code)
        body.insert(dice.randrange(len(body) + 1), (text, code))
    for text, code in [*((text, "") for text in CLEAN[:2]), *body]:
        if code:
            wanted.append((len(lines) + 1, code))
        lines += [*text.split("\n"), ""]
    return "\n".join(lines), wanted


@pytest.mark.parametrize("chosen", [False, True], ids=["as written", "chosen"])
def test_all_planted_faults_are_found_and_nothing_else(tmp_path: Path, chosen: bool) -> None:
    """Fifty articles of fourteen paragraphs, each with some faults: every one is told with its line, and no other."""
    files = {
        "anthology.toml": '[book]\ntitle = "A Book"\nlanguage = "en-GB"\n'
        + (STYLE if chosen else "")
        + _PREFERRED
    }
    wanted: Places = set()
    for number in range(ARTICLES):
        path = f"content/tides/number-{number}.md"
        files[path], places = planted(number, chosen=chosen)
        wanted |= {(path, line, code) for line, code in places}
    report = check_project(write_project(tmp_path, files), Options(), lambda *_: None, quick=True)
    found = {
        (problem.origin.path, problem.origin.line or 0, problem.code)
        for problem in report.problems
        if problem.code.startswith("H") and problem.origin
    }
    assert len(wanted) > ARTICLES * 4
    assert sorted(wanted - found) == []
    assert sorted(found - wanted) == []
