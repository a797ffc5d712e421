"""Tags of site generators in a post's text: put into Markdown where there is a counterpart, else named."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from anthology.importers.model import Dropped

if TYPE_CHECKING:
    from collections.abc import Callable

    from anthology.problems import Problem

_Lines = list[tuple[int, str]]

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_CODE_SPAN = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)")
# No tag is longer: a text of nothing but beginnings must not take for ever.
_TAG = re.compile(r"\{\{[<%].{0,1000}?[>%]\}\}|\{%.{0,1000}?%\}|\{\{.{0,1000}?\}\}")
_INSIDE = re.compile(r"^\{\{?[<%]?-?\s*/?\s*|\s*/?\s*-?[>%]?\}?\}$")
_NAMED_VALUE = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|`([^`]*)`|([^\s,()]+))""")
_VALUE = re.compile(r'"([^"]*)"|\'([^\']*)\'|`([^`]*)`|(\S+)')
_CODE_BEGINS = re.compile(
    r"\s*(?:\{%-?\s*highlight\s+([\w+#-]+)[^%]*%\}|\{\{[<%]\s*highlight\s+\"?([\w+#-]*)\"?.*?[>%]\}\}"
    # Hexo, and the theme of Hugo's own handbook: the language by itself, or as the suffix of a file.
    r"|\{%-?\s*code(?:block)?\b(?:[^%]*?lang:([\w+#-]+))?[^%]*%\}"
    r"|\{\{[<%]\s*code(?:\s[^>%]*?(?:file=\"[^\">%]*?\.|lang=\")(\w+)\")?[^>%]*[>%]\}\})\s*"
)
_CODE_ENDS = re.compile(
    r"\s*(?:\{%-?\s*end(?:highlight|code(?:block)?)\s*-?%\}|\{\{[<%]\s*/\s*(?:highlight|code)\s*[>%]\}\})\s*"
)
_COMMENT_BEGINS = re.compile(r"\s*\{%-?\s*comment\s*-?%\}")
_COMMENT_ENDS = re.compile(r"\{%-?\s*endcomment\s*-?%\}\s*$")
_RAW = re.compile(r"\s*\{%-?\s*(raw|endraw)\s*-?%\}\s*")
_RAW_IN_LINE = re.compile(r"\{%-?\s*raw\s*-?%\}(.*?)\{%-?\s*endraw\s*-?%\}")
# Where a generator puts a table of contents, which the book has of its own; what kramdown is told.
_CONTENTS = re.compile(
    r"\s*(?:\[toc\]|\[\[_?toc_?\]\]|\{:\s*toc\b[^{}]*\}|\$\{toc\}|\{\{[<%]\s*toc\s*/?[>%]\}\})\s*",
    re.IGNORECASE,
)
_CONTENTS_ITEM = re.compile(r" {0,3}(?:[-+*]|\d\.)[ \t].*")
_CONTENTS_OF_LIST = re.compile(r"\s*\{:\s*toc\b[^{}]*\}\s*")
_KRAMDOWN = re.compile(r"\s*\{:(?::(?:nomarkdown|options)\b[^{}]*|/(?:nomarkdown)?)/?\}\s*")
# MDX: what a page takes from scripts, and remarks.
_SCRIPT = re.compile(
    r"import\s+(?:[\w*{},$\s]+\s+from\s+)?(['\"])[^'\"]+\1\s*;?|export\s+\{[\w,\s]*\}\s+from\s+(['\"])[^'\"]+\2\s*;?"
    r"|\{/\*.*\*/\}"
)
_ADDRESS_FILTER = re.compile(r"""^(["'])(.*?)\1\s*\|\s*(?:relative_url|absolute_url|url)$""")
_SITE = re.compile(r"^(?:site\.(?:baseurl|url)|page\.baseurl)(?:\s*\|.*)?$")

# What plays elsewhere, by the name of its tag: a book gives the address.
_PLAYERS = {
    "youtube": "https://www.youtube.com/watch?v={}",
    "vimeo": "https://vimeo.com/{}",
    "gist": "https://gist.github.com/{}",
}
_REFERENCES = frozenset({"ref", "relref", "post_url", "link"})


@dataclass(frozen=True, slots=True)
class Marks:
    """A text with its tags put into Markdown.

    `tags` are those without a counterpart, with their lines; `unrecognised` are the whole lines they stand in.
    """

    lines: _Lines
    dropped: list[Dropped] = field(default_factory=list)
    tags: tuple[tuple[int, str], ...] = ()
    unrecognised: tuple[tuple[int, str], ...] = ()
    problems: tuple[Problem, ...] = ()


def translate(lines: _Lines) -> Marks:
    """Put the tags of a text, given as lines with their numbers, into Markdown; code is passed over.

    Highlighted code becomes a fence, a figure a picture, a film the link to it, a reference to another post a
    link to its name. Comments and marks without text of their own are dropped as instructions.
    """
    if not any("{" in line or "[" in line or "import" in line for _, line in lines):
        return Marks(lines)
    made: _Lines = []
    dropped: list[Dropped] = []
    tags: list[tuple[int, str]] = []
    unrecognised: dict[int, str] = {}
    fence, highlighting, within_comment, raw = "", False, False, False
    endings = {number for number, line in lines if _COMMENT_ENDS.search(line)}
    last_ending = max(endings, default=0)
    last_code = max((number for number, line in lines if _CODE_ENDS.fullmatch(line)), default=0)
    last_raw = max((number for number, line in lines if _raw(line) == "endraw"), default=0)
    for number, line in lines:
        opening = _FENCE.match(line)
        if highlighting:
            highlighting = not _CODE_ENDS.fullmatch(line)
            made.append((number, line if highlighting else "```"))
        elif fence:
            closes = opening and opening.group(1).startswith(fence) and not line.strip().strip(fence[0])
            fence = "" if closes else fence
            made.append((number, line))
        elif within_comment or (_COMMENT_BEGINS.match(line) and last_ending >= number):
            within_comment = number not in endings
            dropped.append(Dropped(number, "instruction", line.strip()))
        elif opening:
            fence = opening.group(1)
            made.append((number, line))
        elif (code := _CODE_BEGINS.fullmatch(line)) and number < last_code:
            highlighting = True
            made.append((number, f"```{next(filter(None, code.groups()), '')}"))
        elif mark := _raw(line):
            raw = mark == "raw" and number < last_raw
            dropped.append(Dropped(number, "instruction", line.strip()))
        elif raw:
            made.append((number, line))
        elif _is_instruction(line):
            if made and _CONTENTS_OF_LIST.fullmatch(line) and _CONTENTS_ITEM.fullmatch(made[-1][1]):
                dropped.append(Dropped(made[-1][0], "instruction", made.pop()[1].strip()))
            dropped.append(Dropped(number, "instruction", line.strip()))
        else:
            told: list[str] = []
            made.append((number, _line(line, told.append)))
            if told:
                tags += [(number, tag) for tag in told]
                unrecognised[number] = line.strip()
    return Marks(made, dropped, tuple(tags), tuple(unrecognised.items()))


def _raw(line: str) -> str:
    found = _RAW.fullmatch(line)
    return found.group(1) if found else ""


def _is_instruction(line: str) -> bool:
    return any(pattern.fullmatch(line) for pattern in (_CONTENTS, _KRAMDOWN, _SCRIPT))


def _line(line: str, tell: Callable[[str], None]) -> str:
    """Translate the tags of a line; what stands between `raw` and `endraw` is meant as it is written."""
    if "endraw" not in line:
        return _spoken(line, tell)
    parts = _RAW_IN_LINE.split(line)
    return "".join(part if at % 2 else _spoken(part, tell) for at, part in enumerate(parts))


def _spoken(line: str, tell: Callable[[str], None]) -> str:
    spans = [found.span() for found in _CODE_SPAN.finditer(line)]

    def replaced(found: re.Match[str]) -> str:
        if any(begin <= found.start() < end for begin, end in spans):
            return found.group()
        counterpart = _counterpart(found.group())
        if counterpart is None:
            tell(found.group())
            return found.group()
        return counterpart

    return _TAG.sub(replaced, line)


def _counterpart(tag: str) -> str | None:
    """Write in Markdown what a tag stands for; None where there is nothing."""
    inside = _INSIDE.sub("", tag)
    if _SITE.match(inside) and tag.startswith("{{"):
        return ""
    if found := _ADDRESS_FILTER.match(inside):
        return found.group(2)
    name, values, first = _parts(inside)
    if name == "figure" and values.get("src"):
        return _figure(values)
    if name in _PLAYERS:
        which = values.get("id") or first
        return f"<{_PLAYERS[name].format(which)}>" if re.fullmatch(r"[\w./-]+", which) else None
    if name in _REFERENCES and first:
        return _post_name(first)
    return None


def _parts(inside: str) -> tuple[str, dict[str, str], str]:
    """Take a tag apart: its name, its named values, and the first value without a name."""
    name, _, rest = inside.partition(" ") if "(" not in inside.split(" ")[0] else inside.partition("(")
    if name == "include":  # Jekyll: {% include youtube.html id="…" %}
        name, _, rest = rest.strip().partition(" ")
        name = name.rpartition("/")[2].removesuffix(".html")
    values = {found[0]: next(filter(None, found[1:]), "") for found in _NAMED_VALUE.findall(rest)}
    plain = _VALUE.match(_NAMED_VALUE.sub("", rest).strip())
    return name.strip().lower(), values, next(filter(None, plain.groups()), "") if plain else ""


def _figure(values: dict[str, str]) -> str:
    caption = values.get("caption") or values.get("title") or values.get("attr") or ""
    words = (values.get("alt") or "").replace("[", "(").replace("]", ")")
    quoted = f' "{caption}"' if '"' not in caption else f" '{caption}'"
    source = values["src"] if " " not in values["src"] else f"<{values['src']}>"
    return f"![{words}]({source}{quoted if caption else ''})"


def _post_name(written: str) -> str:
    """Give the name by which a post answers to a reference: that of its file, without date, folder and suffix."""
    path, mark, place = written.partition("#")
    parts = [part for part in path.split("/") if part]
    name = parts[-1] if parts else ""
    if re.fullmatch(r"_?index(?:\.\w+)*", name) and len(parts) > 1:
        name = parts[-2]
    name = re.sub(r"\.(?:md|markdown|html)$", "", name)
    return re.sub(r"^\d{4}-\d{1,2}-\d{1,2}-", "", name) + mark + place
