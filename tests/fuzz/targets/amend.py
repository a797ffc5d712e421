"""Proposals in front matter: in, nothing else changed; and out again, to the byte."""

from __future__ import annotations

from anthology.amend import CannotAmend, propose_in, refused_in, without_proposals
from anthology.read.front_matter.fences import read_front_matter
from anthology.read.source import decode
from fuzz.choices import Choices, document
from fuzz.targets.front_matter import TOKENS as _FRONT

TOKENS = (
    *_FRONT,
    *("related: [salt]\n", "related: salt\n", "related:\n  - salt\n", "related:\n- salt\n", "related: []\n", "related: {title: a}\n"),
    *("related: >\n  salt\n", '"related": [salt, # a\n  sea]\n', "related = []\n", 'related = ["a", # b\n]\n', "related.name = 'a'\n"),
    *('[[related]]\nname = "a"\n', "[related]\n", "'related' = 'a'\n", "related:\n\n# a\n\n", "related: ~\n", "related: # a\n", "title: a\n"),
    *("  # proposed", "  # proposed (a, b)\n", "  # proposed: salt\n", "  # proposed, with the brackets: a\n", "# front matter for what is proposed\n"),
)  # fmt: skip
SEEDS = (
    b"---\ntitle: A\nrelated:\n  - salt\n  # why\n\ntags: [a]\n---\nText.\n",
    b'+++\ntitle = "A"\nrelated = ["salt"] # why\n[source]\nurl = "b"\n+++\nText.\n',
    b"Text alone.\n",
    b"---\r\ntitle: A\r\nrelated: [salt, 'a, b'] # why\r\n---\r\nText.",
    b'+++\n[[related]]\nname = "salt"\n\n[[related]]\nstandfirst = "A"\n+++\n',
)
_PROPOSALS = (
    {"lamp": ("light", "oil")},
    {"lamp": (), "sea-wall": ("wall",)},
    {"a": ("b",), "b": (), "c-3": ("été",)},
)
_FENCES = (b"---\n", b"+++\n")


def check(data: bytes) -> None:
    """Propose: the entries are read back behind those that were there; taken out, the file is what it was."""
    choices = Choices(data)
    proposals = choices.one_of(_PROPOSALS)
    kind = choices.number(3)
    file = document(choices.rest(), SEEDS, TOKENS)
    if kind < 2 and not file.startswith(_FENCES):
        file = _FENCES[kind] + file + b"\n" + _FENCES[kind] + b"Text.\n"
    refused_in(file)
    try:
        amended = propose_in(file, proposals)
    except CannotAmend as why:
        assert str(why).strip()
        return
    assert propose_in(file, {}) == file
    before, after = _related(file), _related(amended)
    assert after == [*before, *proposals], (file, amended)
    assert refused_in(amended) == refused_in(file)
    if b"# proposed" not in file and b"# front matter for" not in file:
        assert without_proposals(amended) == file, (file, amended, without_proposals(amended))


def _related(data: bytes) -> list[str]:
    front = read_front_matter(decode("", data))
    assert front is not None
    return [reference.name for reference in front.values.get("related", ())]
