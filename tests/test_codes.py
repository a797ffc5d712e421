"""Codes: each one that the program can say is registered, and each has a test that expects it."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from pathlib import Path

from anthology.codes import CODES

TESTS = Path(__file__).parent
SOURCE = TESTS.parent / "src" / "anthology"
_CODE = re.compile(r"\b[A-Z][0-9]{3}\b")

# A cover that cannot be made: an error where the edition asks for one, a warning elsewhere.
OF_TWO_SEVERITIES = {"K001", "K003"}


def modules() -> list[Path]:
    """List the modules that can tell problems."""
    return [path for path in SOURCE.rglob("*.py") if path.name != "codes.py"]


def test_codes_are_those_that_the_source_says() -> None:
    """No problem has a code that is not registered, and no code is registered that no problem has."""
    said = set()
    for path in modules():
        said |= set(re.findall(r'"([A-Z][0-9]{3})"', path.read_text(encoding="utf-8")))
    assert said == set(CODES)


def test_meanings_name_the_severity() -> None:
    """Each meaning begins with the severity."""
    assert all(re.match(r"(error|warning): \w", meaning) for meaning in CODES.values())


def test_the_register_has_the_severity_of_the_source() -> None:
    """Where the source writes a code with its severity, the register has the same."""
    written = defaultdict(set)
    for path in modules():
        text = path.read_text(encoding="utf-8")
        for code, severity in re.findall(r'"([A-Z][0-9]{3})",\s*"(error|warning)"', text):
            written[code].add(severity)
        for severity, code in re.findall(r'\.(error|warn)\(\s*"([A-Z][0-9]{3})"', text):
            written[code].add({"warn": "warning"}.get(severity, severity))
    assert len(written) > 140
    differ = {code for code, found in written.items() if found != {CODES[code].partition(":")[0]}}
    assert differ == OF_TWO_SEVERITIES


def _said_by_tests() -> set[str]:
    """Gather the codes in the strings of tests and in what is expected of books and captures.

    Names and docstrings do not count, nor does a code that a test only puts into settings to be ignored.
    """
    said = set()
    for path in TESTS.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        spoken = {
            id(node.body[0].value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)
            and node.body
            and isinstance(node.body[0], ast.Expr)
        }
        if path != Path(__file__):
            for node in ast.walk(tree):
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in spoken:
                    said |= set(_CODE.findall(re.sub(r'code = "[^"]*"', "", node.value)))
    for path in (*TESTS.glob("books/*/expected/problems.txt"), *TESTS.glob("captures/expected.json")):
        said |= set(_CODE.findall(path.read_text(encoding="utf-8")))
    return said


def test_every_code_is_named_by_a_test() -> None:
    """No code is without a test that expects it; this module names some by rule, which does not count.

    Naming is no proof that a test brings the problem about. It makes sure that whoever adds a code writes the test.
    """
    assert set(CODES) - _said_by_tests() == set()
