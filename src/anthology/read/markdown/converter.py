"""Markdown as people write it, to HTML: Python-Markdown with what GitHub's and kramdown's writers expect."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from anthology.read.markdown.lists import reindent_lists
from anthology.read.markdown.notes import keep_all_notes
from anthology.read.markdown.openings import open_to_markdown, part_from_comments

if TYPE_CHECKING:
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

# What stands in Python-Markdown's own text for a phrase, and has no place in a book wherever it is left over.
_MARKS = re.compile("\x02[^\x02\x03]*\x03|[\x02\x03]")

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
    return _MARKS.sub("", html), bool(_AUTOLINK_OR_TEXT.search(text))


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
    from markdown import Markdown
    from markdown.inlinepatterns import (
        BACKTICK_RE,
        IMAGE_LINK_RE,
        IMAGE_REFERENCE_RE,
        LINK_RE,
        REFERENCE_RE,
        InlineProcessor,
        SubstituteTagInlineProcessor,
    )
    from pymdownx.bracketspan import BracketSpanExtension

    from anthology.read.markdown.attribute_lists import AttributeLists
    from anthology.read.markdown.bracket_spans import BracketSpans
    from anthology.read.markdown.brackets import References, ShortReferences
    from anthology.read.markdown.code_spans import CodeSpans
    from anthology.read.markdown.images import ImageReferences, Images, ShortImageReferences
    from anthology.read.markdown.quotations import Quotations
    from anthology.read.markdown.table_rows import TableRows
    from anthology.read.markdown.titled_links import TitledLinks

    class EscapedMark(InlineProcessor):
        def handleMatch(self, m: re.Match[str], data: str) -> tuple[str, int, int]:  # type: ignore[override]  # noqa: N802
            return ESCAPED[m.group(1)], m.start(0), m.end(0)

    markdown = Markdown(extensions=list(_EXTENSIONS), extension_configs=_SETTINGS, output_format="xhtml")
    markdown.treeprocessors.register(AttributeLists(markdown), "attr_list", 8)
    keep_all_notes(markdown)
    patterns = markdown.inlinePatterns
    spans = next(made for made in markdown.registeredExtensions if isinstance(made, BracketSpanExtension))
    spans.processor = BracketSpans(r"\[", markdown)
    patterns.register(spans.processor, "bracket_span", 124)
    patterns.register(CodeSpans(BACKTICK_RE), "backtick", 190)
    # Before `escape` (180), which would forget what was escaped.
    patterns.register(EscapedMark(r"""\\(["'.-])""", markdown), "escaped-mark", 181)
    patterns.register(SubstituteTagInlineProcessor(r"\\\n", "br"), "backslash-break", 182)
    patterns.register(References(REFERENCE_RE, markdown), "reference", 170)
    patterns.register(ShortReferences(REFERENCE_RE, markdown), "short_reference", 130)
    patterns.register(TitledLinks(LINK_RE, markdown), "link", 160)
    patterns.register(Images(IMAGE_LINK_RE, markdown), "image_link", 150)
    patterns.register(ImageReferences(IMAGE_REFERENCE_RE, markdown), "image_reference", 140)
    patterns.register(ShortImageReferences(IMAGE_REFERENCE_RE, markdown), "short_image_ref", 125)
    markdown.parser.blockprocessors.register(Quotations(markdown.parser), "quote", 20)
    markdown.parser.blockprocessors.register(
        TableRows(markdown.parser, {"use_align_attribute": True}), "table", 75
    )
    return markdown
