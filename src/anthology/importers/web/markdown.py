"""A tree of HTML, as Markdown: headings, lists, tables, quotations, code, links, pictures, emphasis."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from anthology.importers.web.escaping import (
    code_block,
    code_span,
    destination,
    escaped,
    escaped_start,
    label,
    quoted,
)
from anthology.importers.web.tables import table
from anthology.importers.web.tree import BLOCKS, UNREAD

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# Private characters stand for markup until a paragraph is whole; pages have them only for icons.
_BREAK, _STRONG, _STRONG_END, _EM, _EM_END, _DEL, _DEL_END = "\ue000\ue001\ue002\ue003\ue004\ue005\ue006"
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_MARKS = {
    **dict.fromkeys(("b", "strong"), (_STRONG, _STRONG_END)),
    **dict.fromkeys(("i", "em", "cite", "dfn", "var"), (_EM, _EM_END)),
    **dict.fromkeys(("s", "strike", "del"), (_DEL, _DEL_END)),
}
_WRITTEN = {_STRONG: "**", _STRONG_END: "**", _EM: "*", _EM_END: "*", _DEL: "~~", _DEL_END: "~~"}
_CODE = frozenset({"code", "kbd", "samp", "tt"})
_KEPT_TAGS = frozenset({"sub", "sup"})
_LANGUAGE = re.compile(r"(?:^|\s)(?:lang(?:uage)?|highlight-source|brush:|sourceCode)[-:\s]\s*([\w+#.-]+)")
_INDENT = "    "


def markdown_of(root: HtmlElement) -> str:
    """Write what is in an element as Markdown.

    Raises RecursionError where quotations or lists are nested beyond reason.
    """
    return "\n\n".join(_separated(_blocks(root)))


def _separated(blocks: list[str]) -> list[str]:
    """Keep neighbouring lists apart, which Markdown would join; rules at either end part nothing."""
    while blocks and blocks[0] == "---":
        blocks = blocks[1:]
    while blocks and blocks[-1] == "---":
        blocks = blocks[:-1]
    apart: list[str] = []
    for block in blocks:
        if apart and _is_list(apart[-1]) and (_is_list(block) or block.startswith(_INDENT)):
            apart.append("<!-- -->")
        if not (apart and apart[-1] == block == "---"):
            apart.append(block)
    return apart


def _is_list(block: str) -> bool:
    return bool(re.match(r"(?:-|\d+\.) ", block))


def _blocks(element: HtmlElement) -> list[str]:
    """Write the blocks in an element; text between them makes paragraphs."""
    done: list[str] = []
    open_text: list[str] = [_text(element.text)]

    def close() -> None:
        done.extend(_paragraphs("".join(open_text)))
        open_text.clear()

    for child in element:
        if _is_block(child):
            close()
            done += _block(child)
        else:
            open_text.append(_inline(child))
        open_text.append(_text(child.tail))
    close()
    return done


def _is_block(element: HtmlElement) -> bool:
    return element.tag in BLOCKS or any(inner.tag in BLOCKS for inner in element.iterdescendants())


def _block(element: HtmlElement) -> list[str]:
    match element.tag:
        case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
            # The title is the first heading; what stands in the text is below it.
            text = " ".join(_one_line(element).split())
            return [f"{'#' * max(2, int(element.tag[1]))} {text}"] if text else []
        case "ul" | "ol" | "menu":
            return _list(element)
        case "dl":
            return _definitions(element)
        case "blockquote":
            inner = "\n\n".join(_separated(_blocks(element)))
            return ["\n".join(f"> {line}".rstrip() for line in inner.split("\n"))] if inner else []
        case "pre":
            text = code_text(element)
            return [code_block(text, _language(element))] if text.strip() else []
        case "table":
            written = table(element, _one_line)
            return [written] if written else _blocks(element)
        case "hr":
            return ["---"]
        case _:
            return _blocks(element)


def code_text(element: HtmlElement) -> str:
    """Give the text of a code block as it stands, a line for each line break or numbered row."""
    parts: list[str] = []
    for inner in element.iter():
        if inner.tag == "br" or (
            inner is not element
            and inner.tag in ("div", "li", "tr")
            and parts
            and not parts[-1].endswith("\n")
        ):
            parts.append("\n")
        parts.append(str(inner.text or ""))
        if inner is not element:
            parts.append(_tails(inner))
    return "".join(parts)


def _tails(element: HtmlElement) -> str:
    """Give the text behind an element, where nothing of the element is still to come."""
    if len(element):
        return ""
    text, each = "", element
    while True:
        text += str(each.tail or "")
        parent = each.getparent()
        if each.getnext() is not None or parent is None or parent.tag == "pre":
            return text
        each = parent


def _language(element: HtmlElement) -> str:
    for each in (element, *element.iterdescendants("code"), *element.iterancestors("div", "figure")):
        for name in (each.get("class") or "", each.get("data-lang") or "", each.get("data-language") or ""):
            if found := _LANGUAGE.search(name):
                return found[1].lower()
        if plain := each.get("data-lang") or each.get("data-language"):
            return re.sub(r"[^\w+#.-]", "", plain).lower()
    return ""


def _list(element: HtmlElement) -> list[str]:
    items: list[list[str]] = []
    number = _number(element.get("start"), 1)
    loose: HtmlElement | None = None
    for child in element:
        if child.tag == "li":
            if not items and element.tag == "ol":
                number = _number(child.get("value"), number)
            items.append(_blocks(child))
        elif child.tag in ("ul", "ol") and items:
            # A list beside the items is meant to be in the one above it.
            items[-1] += _block(child)
        else:
            loose = child
            items.append(_block(child) if _is_block(child) else _paragraphs(_inline(child)))
    items = [item for item in items if item]
    if loose is not None and not items:
        return []
    is_loose = any(len([block for block in item if not _is_list(block)]) > 1 for item in items)
    written: list[str] = []
    for place, item in enumerate(items):
        mark = f"{number + place}." if element.tag == "ol" else "-"
        inner = ("\n\n" if is_loose else "\n").join(_separated(item))
        lines = inner.split("\n")
        written.append(
            "\n".join([f"{mark:<4}{lines[0]}", *(f"{_INDENT}{line}" if line else "" for line in lines[1:])])
        )
    return [("\n\n" if is_loose else "\n").join(written)] if written else []


def _number(written: str | None, otherwise: int) -> int:
    return int(written) if written and re.fullmatch(r"\d{1,6}", written.strip()) else otherwise


def _definitions(element: HtmlElement) -> list[str]:
    entries: list[str] = []
    for child in element.iter("dt", "dd"):
        if next(child.iterancestors("dl"), None) is not element:
            continue
        if child.tag == "dt":
            term = " ".join(_one_line(child).split())
            if term:
                entries.append(f"\n{term}")
        else:
            lines = "\n\n".join(_blocks(child)).split("\n")
            if any(lines):
                if not entries:
                    return _blocks(element)
                entries.append(
                    "\n".join(
                        [f":   {lines[0]}", *(f"{_INDENT}{line}" if line else "" for line in lines[1:])]
                    )
                )
    if not any(entry.startswith(":") for entry in entries):
        return _blocks(element)
    return ["\n".join(entries).strip("\n")] if entries else []


def _one_line(element: HtmlElement) -> str:
    """Write all that is in an element in one line: a heading, a cell."""
    parts = [_text(element.text)]
    for child in element:
        if _is_block(child):
            parts.append(f" {_BREAK}{' '.join(_BREAK.join(_flat(child)).split())}{_BREAK} ")
        else:
            parts.append(_inline(child))
        parts.append(_text(child.tail))
    paragraphs = _paragraphs("".join(parts).strip(f" \n{_BREAK}"), is_start=False)
    return "<br>".join(line for paragraph in paragraphs for line in re.split(r" *\n", paragraph))


def _flat(element: HtmlElement) -> list[str]:
    """Write the text of a block within a line, a break for each block in it."""
    parts = [_text(element.text)]
    for child in element:
        parts.append(_BREAK.join(["", *_flat(child), ""]) if _is_block(child) else _inline(child))
        parts.append(_text(child.tail))
    return ["".join(parts)]


def _inline(element: HtmlElement) -> str:
    tag = element.tag
    if not isinstance(tag, str) or tag in UNREAD:
        return ""
    if tag == "br":
        return _BREAK
    if tag == "img":
        return picture(element)
    if tag in _CODE:
        return code_span(_PRIVATE.sub("", "".join(map(str, element.itertext()))))
    inner = _text(element.text) + "".join(_inline(child) + _text(child.tail) for child in element)
    if not inner.strip(f" \n\t{_BREAK}"):
        return inner
    if tag in _MARKS and not any(
        ancestor.tag in _MARKS and _MARKS[ancestor.tag] == _MARKS[tag] for ancestor in element.iterancestors()
    ):
        begin, end = _MARKS[tag]
        return f"{begin}{inner}{end}"
    if tag == "q":
        return f"“{inner}”"
    if tag == "a" and element.get("data-note"):
        return f"[^{element.get('data-note')}]"
    if tag == "a" and element.get("href"):
        return _link(inner, str(element.get("href")))
    if tag in _KEPT_TAGS and "[^" not in inner:
        return f"<{tag}>{inner.strip()}</{tag}>"
    return inner


def _link(inner: str, address: str) -> str:
    """Write a link; space at its ends goes out of it, and a picture needs none."""
    body = inner.strip()
    if body.startswith("![") or "](" in body:
        return inner
    before = " " if inner[:1].isspace() else ""
    after = " " if inner[-1:].isspace() else ""
    text = re.sub(r"(?<!\\)[\[\]]", r"\\\g<0>", " ".join(body.replace(_BREAK, " ").split()))
    return f"{before}[{text}]({destination(address)}){after}"


def picture(element: HtmlElement) -> str:
    """Write a picture; its title is its caption."""
    source = element.get("src") or ""
    if not source:
        return ""
    caption = _PRIVATE.sub("", element.get("title") or "")
    title = f" {quoted(caption)}" if caption.strip() else ""
    return f"![{label(_PRIVATE.sub('', element.get('alt') or ''))}]({destination(source)}{title})"


def _text(written: str | None) -> str:
    return escaped(_PRIVATE.sub("", written)) if written else ""


def _paragraphs(text: str, *, is_start: bool = True) -> list[str]:
    """Close a stretch of text: white space folded, marks balanced, two breaks part paragraphs."""
    folded = re.sub(r"[^\S\u00a0\u202f]+", " ", text)
    done: list[str] = []
    for part in re.split(rf"(?:\s*{_BREAK}){{2,}}", folded):
        lines = [line.strip() for line in _marked(part.strip(f" {_BREAK}")).split(_BREAK)]
        if any(line.strip("\u00a0\u202f ") for line in lines):
            done.append("  \n".join(escaped_start(line) if is_start else line for line in lines if line))
    return done


def _marked(text: str) -> str:
    """Write the marks of emphasis: none empty, none around space, neighbours joined, all of them closed."""
    for begin, end in ((_STRONG, _STRONG_END), (_EM, _EM_END), (_DEL, _DEL_END)):
        if text.count(begin) != text.count(end) or text.find(end) < text.find(begin):
            text = text.replace(begin, "").replace(end, "")
        previous = None
        while text != previous:
            previous = text
            text = re.sub(rf"{end}([\s{_BREAK}]*){begin}", r"\1", text)
            text = re.sub(rf"{begin}([\s{_BREAK}]+)", rf"\1{begin}", text)
            text = re.sub(rf"([\s{_BREAK}]+){end}", rf"{end}\1", text)
            text = re.sub(rf"{begin}{end}", "", text)
    return re.sub(r" {2,}", " ", "".join(_WRITTEN.get(letter, letter) for letter in text))
