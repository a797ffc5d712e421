"""Markdown as people write it, to HTML: Python-Markdown with what GitHub's and kramdown's writers expect."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from anthology.read.markdown.lists import reindent_lists
from anthology.read.markdown.openings import open_to_markdown, part_from_comments

if TYPE_CHECKING:
    from collections.abc import Sequence
    from xml.etree.ElementTree import Element

    from markdown import Markdown

_EXTENSIONS = (
    "abbr",
    "attr_list",
    "def_list",
    "footnotes",
    "md_in_html",
    "sane_lists",
    "tables",
    "pymdownx.bracketspan",
    "pymdownx.highlight",
    "pymdownx.magiclink",
    "pymdownx.saneheaders",
    "pymdownx.superfences",
    "pymdownx.tasklist",
    "pymdownx.tilde",
)
_SETTINGS: dict[str, dict[str, Any]] = {
    "footnotes": {"BACKLINK_TEXT": "", "USE_DEFINITION_ORDER": False},
    "tables": {"use_align_attribute": True},
    "pymdownx.highlight": {"css_class": "highlight", "guess_lang": False, "pygments_lang_class": True},
    "pymdownx.tilde": {"subscript": False},
}

# What a writer put a backslash before and means as it stands: private characters until quotes and dashes are
# set. Noncharacters, so that no text holds them (they are taken out when a file is read).
ESCAPED = {'"': "\ufdd0", "'": "\ufdd1", "-": "\ufdd2", ".": "\ufdd3"}
_IN_MARKUP = {'"': "&quot;"}

# A list of attributes: `{#id .class key=value}`, or kramdown's `{: word }`. What else stands in braces is text: a tag
# of a site generator, a placeholder, a formula.
_ATTRIBUTE = r"""(?:[#.][^\s{}="'%]+|[\w:.-]+=(?:"[^"\n]*"|'[^'\n]*'|[^\s{}"'=]+))"""
_ATTRIBUTES = (
    rf"\{{(?::[ ]*|[ ]*(?={_ATTRIBUTE}))((?:{_ATTRIBUTE}|[\w-]+)(?:[ ]+(?:{_ATTRIBUTE}|[\w-]+))*)[ ]*\}}"
)

_OWN_LINE = re.compile(rf"[ ]{{0,3}}(?=\{{:){_ATTRIBUTES}[ ]*(?:\n|$)")

_ALERT = re.compile(r"\[!([A-Za-z]{2,20})\][+-]?[ \t]*([^\n]*)(?:\n|$)")

# Behind the label of a note that another one has already: · stands in no label that people write.
AGAIN = "·again"

_AUTOLINK_OR_TEXT = re.compile(r"<(?!(?:https?|ftp|mailto):|[\w.+-]+@)[A-Za-z/!?]")


def convert(text: str) -> tuple[str, bool]:
    """Convert Markdown to HTML.

    Arguments: the text, free of control characters. Returns the HTML, with private characters where a
    backslash keeps a mark from being changed, and whether the writer may have used tags of his own, so that
    the HTML need not be well-formed. Raises RecursionError where the text is nested too deep.
    """
    markdown = _markdown()
    markdown.reset()
    try:
        html = markdown.convert(reindent_lists(open_to_markdown(part_from_comments(text))))
    except BaseException:
        # A converter that was interrupted remembers half of what it was doing; the next article gets a new one.
        _markdown.cache_clear()
        raise
    return html, bool(_AUTOLINK_OR_TEXT.search(text))


def unescaped(text: str) -> str:
    """Give back the marks that a backslash has kept, in a text."""
    for written, private in ESCAPED.items():
        text = text.replace(private, written)
    return text


def unescaped_markup(markup: str) -> str:
    """Give back the marks that a backslash has kept, in XHTML."""
    for written, private in ESCAPED.items():
        markup = markup.replace(private, _IN_MARKUP.get(written, written))
    return markup


@cache
def _markdown() -> Markdown:
    """Make this process's converter; it takes a tenth of a second."""
    from xml.etree.ElementTree import SubElement

    from markdown import Markdown
    from markdown.blockprocessors import BlockQuoteProcessor
    from markdown.extensions.attr_list import AttrListTreeprocessor
    from markdown.extensions.tables import TableProcessor
    from markdown.inlinepatterns import (
        BACKTICK_RE,
        IMAGE_LINK_RE,
        IMAGE_REFERENCE_RE,
        LINK_RE,
        BacktickInlineProcessor,
        ImageInlineProcessor,
        ImageReferenceInlineProcessor,
        InlineProcessor,
        ShortImageReferenceInlineProcessor,
        SubstituteTagInlineProcessor,
    )
    from markdown.util import AtomicString, code_escape

    from anthology.read.markdown.titled_links import TitledLinks

    class EscapedMark(InlineProcessor):
        def handleMatch(self, m: re.Match[str], data: str) -> tuple[str, int, int]:  # type: ignore[override]  # noqa: N802
            return ESCAPED[m.group(1)], m.start(0), m.end(0)

    class CodeSpan(BacktickInlineProcessor):
        """Leave a space at one end of code where it stands: it may part two words (CommonMark 0.31.2, 6.1)."""

        def handleMatch(self, m: re.Match[str], data: str) -> Any:  # type: ignore[override]  # noqa: N802
            element, start, end = super().handleMatch(m, data)
            if element is not None and not isinstance(element, str):
                element.text = AtomicString(code_escape(_code_in(data[start:end])))
            return element, start, end

    class Image(TitledLinks, ImageInlineProcessor):
        def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element | None, int | None, int | None]:  # type: ignore[override]  # noqa: N802
            element, start, end = super().handleMatch(m, data)
            return (element if isinstance(element, str) else _without_empty_alt(element)), start, end  # type: ignore[return-value]

    class ImageReference(ImageReferenceInlineProcessor):
        def makeTag(self, href: str, title: str, text: str) -> Element:  # noqa: N802
            return _without_empty_alt(super().makeTag(href, title, text))  # type: ignore[return-value]

    class ShortImageReference(ShortImageReferenceInlineProcessor):
        def makeTag(self, href: str, title: str, text: str) -> Element:  # noqa: N802
            return _without_empty_alt(super().makeTag(href, title, text))  # type: ignore[return-value]

    class Quotation(BlockQuoteProcessor):
        """Keep two quotations apart that a blank line parts, as CommonMark does; Python-Markdown joins them."""

        def run(self, parent: Element, blocks: list[str]) -> None:
            between = SubElement(parent, "span")
            super().run(parent, blocks)
            parent.remove(between)
            if len(parent) and parent[-1].tag == "blockquote":
                _title_alert(parent[-1])

    class Rows(TableProcessor):
        """Keep the cells of a row that is longer than the head of its table, as kramdown does."""

        def _build_row(self, row: str, parent: Element, align: Sequence[str | None]) -> None:
            # Both are private to Python-Markdown, and its types do not tell of them.
            beyond = len(self._split_row(row)) - len(align)  # type: ignore[attr-defined]
            super()._build_row(row, parent, (*align, *(None,) * beyond))  # type: ignore[misc]

    class Attributes(AttrListTreeprocessor):
        # Python-Markdown means these to be replaced, though its types call them final.
        HEADER_RE = re.compile(rf"[ ]+{_ATTRIBUTES}[ ]*$")  # type: ignore[misc]
        BLOCK_RE = re.compile(rf"\n[ ]*{_ATTRIBUTES}[ ]*$")  # type: ignore[misc]
        INLINE_RE = re.compile(rf"^{_ATTRIBUTES}")  # type: ignore[misc]

        def run(self, doc: Element) -> None:
            super().run(doc)
            for parent in list(doc.iter()):
                before = None
                for child in list(parent):
                    own = _OWN_LINE.match(child.text or "") if child.tag == "p" else None
                    if own and child.text:
                        # Kramdown's own line of attributes belongs to the block before it.
                        if before is not None:
                            self.assign_attrs(before, own.group(1))
                        child.text = child.text[own.end() :]
                        if not child.text and not len(child):
                            parent.remove(child)
                            continue
                    before = child

    markdown = Markdown(extensions=list(_EXTENSIONS), extension_configs=_SETTINGS, output_format="xhtml")
    markdown.treeprocessors.register(Attributes(markdown), "attr_list", 8)
    _keep_all_notes(markdown)
    patterns = markdown.inlinePatterns
    patterns["bracket_span"].ATTR_RE = re.compile(rf"{_ATTRIBUTES}|\{{\s*\}}")  # type: ignore[attr-defined]  # of its own class
    patterns.register(CodeSpan(BACKTICK_RE), "backtick", 190)
    # Before `escape` (180), which would forget what was escaped.
    patterns.register(EscapedMark(r"""\\(["'.-])""", markdown), "escaped-mark", 181)
    patterns.register(SubstituteTagInlineProcessor(r"\\\n", "br"), "backslash-break", 182)
    patterns.register(TitledLinks(LINK_RE, markdown), "link", 160)
    patterns.register(Image(IMAGE_LINK_RE, markdown), "image_link", 150)
    patterns.register(ImageReference(IMAGE_REFERENCE_RE, markdown), "image_reference", 140)
    patterns.register(ShortImageReference(IMAGE_REFERENCE_RE, markdown), "short_image_ref", 125)
    markdown.parser.blockprocessors.register(Quotation(markdown.parser), "quote", 20)
    markdown.parser.blockprocessors.register(
        Rows(markdown.parser, {"use_align_attribute": True}), "table", 75
    )
    return markdown


def _title_alert(quotation: Element) -> None:
    """Set the title of an alert (`> [!NOTE]`, as GitHub and Obsidian have them) in words, above what it says."""
    from xml.etree.ElementTree import Element, SubElement

    first = quotation[0] if len(quotation) else None
    found = _ALERT.match(first.text or "") if first is not None and first.tag == "p" else None
    if first is None or found is None:
        return
    title = Element("p")
    SubElement(title, "strong").text = found.group(2) or found.group(1).capitalize()
    quotation.insert(0, title)
    first.text = (first.text or "")[found.end() :]
    if not first.text:
        quotation.remove(first)


def _keep_all_notes(markdown: Markdown) -> None:
    """Let the first of two notes with one label be the one that is meant, and keep the other under a label of its own."""
    from markdown.extensions.footnotes import FootnoteExtension

    extension = next(made for made in markdown.registeredExtensions if isinstance(made, FootnoteExtension))
    keep = extension.setFootnote

    def keep_also(label: str, text: str) -> None:
        while extension.footnotes.get(label, text) != text:
            label += AGAIN
        keep(label, text)

    extension.setFootnote = keep_also  # type: ignore[assignment]  # called by place, never by name


def _code_in(span: str) -> str:
    """Give what stands between the backticks of a code span, without the space that both ends may have."""
    marks = min(len(span) - len(span.lstrip("`")), len(span) - len(span.rstrip("`")))
    code = span[marks : len(span) - marks].replace("\n", " ")
    if code.startswith(" ") and code.endswith(" ") and not code.isspace():
        return code[1:-1]
    return code


def _without_empty_alt(element: Element | None) -> Element | None:
    """Tell a description that was not written from one that was left empty on purpose (`{alt=""}`)."""
    if element is not None and not element.get("alt"):
        element.attrib.pop("alt", None)
    return element
