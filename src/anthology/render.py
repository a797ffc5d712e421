"""Render: the linked anthology becomes XHTML documents; the only module that knows Jinja2."""

from __future__ import annotations

import re
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, NoReturn

from anthology.addresses import mail_address
from anthology.model import Document, Origin, direction_of
from anthology.navigation import landmarks, navigation_points, reading_order
from anthology.problems import ContentError, Problem, did_you_mean
from anthology.views import (
    CONTENTS,
    CONTRIBUTORS,
    COVER,
    CREDITS,
    HALF_TITLE,
    IMPRINT,
    TITLE_PAGE,
    Views,
    section_name,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from jinja2 import Environment

    from anthology.config import Config, Edition
    from anthology.labels import Labels
    from anthology.layout import Layout
    from anthology.model import Anthology, LinkedAnthology, Section
    from anthology.pages import PageStart
    from anthology.theme import Theme
    from anthology.views import PageView

# The contents for reading systems older than EPUB 3.
NCX = "toc.ncx"

Part = Literal["front", "text", "back"]

_ID = re.compile(r"""\sid=["']([^"']+)""")
_NO_FOLIOS: Mapping[str, str] = MappingProxyType({})


def render(
    linked: LinkedAnthology,
    config: Config,
    edition: Edition,
    theme: Theme,
    layout: Layout,
    labels: Labels,
    styles: tuple[str, ...] = (),
    identifier: str = "",
    starts: Sequence[PageStart] = (),
    only: str = "",
    folios: Mapping[str, str] = _NO_FOLIOS,
) -> tuple[Document, ...]:
    """Render every document of an edition, in the order of the book.

    `styles` are the addresses of the style sheets that the documents link to, `identifier` is the edition's;
    `starts` are the printed pages that an e-book lists, and `folios` those on which the places of its indexes stand, by
    fragment or else by article. With `only`, the id of a piece, its document alone is
    rendered, as it is in the book.
    Raises ContentError where a template of the project is at fault.
    """
    from markupsafe import Markup

    views = Views(linked, config, labels, layout)
    environment = _environment(theme)
    common = {
        "book": config.book,
        "imprint": config.imprint,
        "mail": mail_address(config.imprint.publisher_email),
        "edition": edition,
        "format": layout.format,
        "identifier": identifier,
        "labels": labels,
        "styles": styles,
        "book_date": labels.date(config.book.date) if config.book.date else "",
        "book_revised": labels.date(config.book.revised) if config.book.revised else "",
        "editors": labels.text("edited-by", names=labels.names(config.book.editors))
        if config.book.editors
        else "",
    }

    in_our_language = Markup(' lang="{0}" xml:lang="{0}"').format(config.book.language)
    our_direction = direction_of(config.book.language)

    def document(
        name: str, kind: str, part: Part, title: str, language: str = "", article: str = "", **values: Any
    ) -> Document:
        language = language or config.book.language
        ours = "" if language == config.book.language else in_our_language
        shown = common | values | {"title": title, "language": language, "direction": direction_of(language)}
        shown |= {"part": "body" if part == "text" else part, "in_our_language": ours}
        shown["ours"] = (
            partial(Markup('<span{} dir="{}">{}</span>').format, ours, our_direction) if ours else str
        )
        template = NCX if kind == "ncx" else f"{kind}.html"
        html = _fill(environment, template, shown | {"kind": kind})
        _check_well_formed(html, template, name)
        return Document(name, kind, title, language, html, part, article)

    if only:
        return (_alone(linked.anthology, views, document, only),)
    pages = views.pages(starts)
    documents = list(_documents(linked, config, layout, labels, views, pages, document, folios))
    if layout.format == "epub":
        order = reading_order(documents, views.contents, pages, layout)
        points = navigation_points(views.contents, order)
        title = config.book.title
        documents.append(document("_toc", "ncx", "back", title, points=points, pages=pages, order=order))
    return tuple(documents)


def render_wrap(theme: Theme, config: Config, wrap: Any) -> Document:
    """Render the cover of a printed book; raises ContentError where the template of the project is at fault."""
    name, template, language = "_wrap", "wrap.html", config.book.language
    shown = {
        "book": config.book,
        "title": config.book.title,
        "language": language,
        "wrap": wrap,
        "styles": (),
    }
    shown |= {"direction": direction_of(language), "kind": "wrap", "part": "front"}
    html = _fill(_environment(theme), template, shown)
    _check_well_formed(html, template, name)
    return Document(name, "wrap", config.book.title, language, html, "front")


def _documents(
    linked: LinkedAnthology,
    config: Config,
    layout: Layout,
    labels: Labels,
    views: Views,
    pages: tuple[PageView, ...],
    document: Any,
    folios: Mapping[str, str],
) -> Iterator[Document]:
    anthology = linked.anthology
    if layout.format == "epub":
        yield document(COVER, "cover", "front", labels["cover"])
    else:
        yield document(HALF_TITLE, "half-title", "front", config.book.title)
    yield document(TITLE_PAGE, "title-page", "front", config.book.title)
    yield document(IMPRINT, "imprint", "front", labels["imprint"])
    front = [_piece(views, document, piece, "matter", "front") for piece in anthology.front]
    text = list(_text(anthology, views, document))
    back = [_piece(views, document, piece, "matter", "back") for piece in anthology.back]
    # What leads to places is written when it is known which there are.
    views.find_places(frozenset(_ids_in((*front, *text, *back))), folios)
    kind = "navigation" if layout.format == "epub" else "contents"
    listed = {
        "entries": views.contents,
        "landmarks": landmarks(linked, config, layout, labels, views),
        "pages": pages,
    }
    yield document(CONTENTS, kind, "front", labels["contents"], **listed)
    yield from front
    yield from text
    if contributors := views.contributors:
        title = labels["contributors"]
        yield document(CONTRIBUTORS, "contributors", "back", title, contributors=contributors)
    if credits := views.credits:
        yield document(CREDITS, "credits", "back", labels["credits"], credits=credits)
    yield from back
    for name, title, index in views.indexes:
        yield document(name, "index", "back", title, index=index, index_name=name)


def _text(anthology: Anthology, views: Views, document: Any) -> Iterator[Document]:
    number = 0
    for section in anthology.sections:
        if section.title:
            number += 1
            yield _opener(views, document, section, number)
        for article in section.articles:
            yield _piece(views, document, article, "article", "text")


def _opener(views: Views, document: Any, section: Section, number: int) -> Document:
    view = views.section(section, number)
    made = document(section_name(section), "section", "text", section.title, section=view)
    assert isinstance(made, Document)
    return made


def _alone(anthology: Anthology, views: Views, document: Any, piece_id: str) -> Document:
    """Render the document of one piece; an introduction stands in the opener of its section."""
    titled = (section for section in anthology.sections if section.title)
    for number, section in enumerate(titled, 1):
        if section.introduction and section.introduction.id == piece_id:
            return _opener(views, document, section, number)
    if piece := next((piece for piece in anthology.articles if piece.id == piece_id), None):
        return _piece(views, document, piece, "article", "text")
    part: Part = "front" if any(piece.id == piece_id for piece in anthology.front) else "back"
    piece = next(piece for piece in (*anthology.front, *anthology.back) if piece.id == piece_id)
    return _piece(views, document, piece, "matter", part)


def _ids_in(documents: Iterable[Document]) -> Iterator[str]:
    for document in documents:
        yield from _ID.findall(document.html)


def _piece(views: Views, document: Any, piece: Any, kind: str, part: Part) -> Document:
    view = views.article(piece)
    made = document(piece.id, kind, part, piece.title, language=view.language, article=piece.id, piece=view)
    assert isinstance(made, Document)
    return made


def _environment(theme: Theme) -> Environment:
    """Make an environment in which text is data, templates are boxed in, and a misspelt name is an error."""
    from jinja2 import ChoiceLoader, DictLoader, FunctionLoader, PrefixLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class Sandbox(ImmutableSandboxedEnvironment):
        """Asks once what templates may see of each kind of object; Jinja2 goes by kind and name, and asks each time."""

        answers: dict[tuple[type, str], bool] = {}  # noqa: RUF012  # the class lives as long as its one instance

        def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
            key = type(obj), attr
            if key not in self.answers:
                self.answers[key] = super().is_safe_attribute(obj, attr, value)
            return self.answers[key]

    def own_or_packaged(name: str) -> tuple[str, str | None, None] | None:
        # Frames of a traceback bear the file's name: so it is told which of the project's own is at fault.
        file = f"{_OWN_FILE}{name}>" if theme.path_of(name) in theme.own else None
        return (theme.templates[name], file, None) if name in theme.templates else None

    return Sandbox(
        loader=ChoiceLoader(
            [FunctionLoader(own_or_packaged), PrefixLoader({"packaged": DictLoader(dict(theme.packaged))})]
        ),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _fill(environment: Environment, template: str, values: Mapping[str, Any]) -> str:
    try:
        return environment.get_template(template).render(values)
    except Exception as error:  # whatever an expression in a template can raise: a sum of a word and a number
        _blame_template(template, error)


def _check_well_formed(html: str, template: str, name: str) -> None:
    """Refuse what a template made that no reading system could open: XML 1.0, with a body if it is a document."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        root = etree.fromstring(html.encode(), parser)
    except etree.XMLSyntaxError as error:
        message = f"what it makes of {name} is not well-formed: {error.msg}"
        hint = "close every element that you open, in the order in which you opened them"
        raise ContentError(
            Problem("S001", "error", message, Origin(f"templates/{template}"), hint)
        ) from error
    if template != NCX and root.find("{http://www.w3.org/1999/xhtml}body") is None:
        message = f"what it makes of {name} has no body"
        hint = 'begin it with {% extends "document.html" %} and put what it says into {% block body %}'
        raise ContentError(Problem("S001", "error", message, Origin(f"templates/{template}"), hint))


_NO_ATTRIBUTE = re.compile(r"'anthology\.views\.\w+\.(\w+?)(?:View)? object' has no attribute '(\w+)'")
_UNDEFINED = re.compile(r"'(\w+)' is undefined")
# What frames in a template of the project's own have for a file name: one of which Python reads no lines.
_OWN_FILE = "<templates/"


def _blame_template(template: str, error: Any) -> NoReturn:
    """Say which template is at fault, and on which line, in place of a traceback."""
    import traceback

    from jinja2 import TemplateNotFound

    message, hint = (
        str(getattr(error, "message", "") or error),
        "correct it, or remove the file to get the packaged template back",
    )
    name, line = getattr(error, "name", None) or template, getattr(error, "lineno", None)
    if isinstance(error, TemplateNotFound):
        message, name = f'it names a template that does not exist: "{error.name}"', template
    frames = () if isinstance(error, RecursionError) else traceback.extract_tb(error.__traceback__)
    # The last is where it went wrong: a block is called by the template that it extends.
    for frame in reversed(frames):
        if line is None and frame.filename.startswith(_OWN_FILE):
            line, name = frame.lineno, frame.filename.removeprefix(_OWN_FILE).removesuffix(">")
    if isinstance(error, RecursionError):
        message = "it extends itself without end"
        hint = f'write {{% extends "packaged/{template}" %}} for the packaged template of this name'
    elif found := _NO_ATTRIBUTE.search(message):
        message = f'an {found[1].lower()} has no "{found[2]}"'.replace("an s", "a s").replace("an c", "a c")
        hint = did_you_mean(found[2], _fields(found[1])) or hint
    elif found := _UNDEFINED.search(message):
        message = f'there is no "{found[1]}" here'
    raise ContentError(Problem("S001", "error", message, Origin(f"templates/{name}", line), hint)) from error


def _fields(view: str) -> list[str]:
    from anthology import views

    return list(getattr(getattr(views, f"{view}View", None), "__dataclass_fields__", ()))
