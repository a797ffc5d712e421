"""Fences of code: what stands behind the opening one, in the form that the converter knows.

CommonMark lets anything follow the marks (0.31.2, section 4.5: the info string), and writers use that: `rust,ignore`,
`js{1,3}`, `{.python startFrom="100"}`, `sh:setup.sh`. The converter takes such a fence for no fence at all.
"""

from __future__ import annotations

import re

_PLAIN = re.compile(r"""[ \t]*(?:[\w#+-][\w#.+-]*)?(?:[ \t]+title=(?:"[^"\n]*"|'[^'\n]*'))?[ \t]*""")
_LANGUAGE = re.compile(r"[ \t]*\{?:?[ \t]*\.?([\w#+-][\w#.+-]*)")
_FIRST_CLASS = re.compile(r"(?:^|\s)\.([\w#+-]+)")
_TITLE = re.compile(r"""(?<![\w-])title=("[^"\n]*"|'[^'\n]*')""")


def plain_fence(line: str, marks: str) -> str:
    """Write an opening fence so that the converter takes it for one.

    Arguments: the line, which begins with the marks, and the marks (three backticks or tildes, or more). Returns
    the marks, the language where one is named, and the title; what else was said is for other programs.
    """
    said = line[len(marks) :].rstrip()
    if _PLAIN.fullmatch(said):
        return line
    braced = said.lstrip().startswith("{")
    language = (_FIRST_CLASS.search(said.strip(" {}")) if braced else None) or _LANGUAGE.match(said)
    title = _TITLE.search(said)
    word = language.group(1) if language and "=" not in said[language.end() : language.end() + 1] else ""
    return marks + word + (f" title={title.group(1)}" if title else "")
