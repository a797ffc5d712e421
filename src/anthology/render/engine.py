"""Templates: read from the theme, filled, and blamed for what they are at fault for; the only module that knows Jinja2."""

from __future__ import annotations

import re
from contextlib import nullcontext
from functools import partial
from typing import TYPE_CHECKING, Any, NoReturn

from anthology.model import Origin
from anthology.patience import OutOfPatience, patience
from anthology.problems import ContentError, Problem, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jinja2 import Environment

    from anthology.theme import Theme

# The contents for reading systems older than EPUB 3.
NCX = "toc.ncx"

# What a template of the project may take for one document: many times what any needs.
_SECONDS = 30
_MEGABYTES = 1000
_MOST_BITS = 100_000


def environment_for(theme: Theme) -> Environment:
    """Make an environment in which text is data, templates are boxed in, and a misspelt name is an error."""
    from jinja2 import ChoiceLoader, DictLoader, FunctionLoader, PrefixLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class Sandbox(ImmutableSandboxedEnvironment):
        """Asks once what templates may see of each kind of object; Jinja2 goes by kind and name, and asks each time."""

        answers: dict[tuple[type, str], bool] = {}  # noqa: RUF012  # the class lives as long as its one instance
        intercepted_binops = frozenset({"*", "**"})

        def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
            if isinstance(left, int) and isinstance(right, int):
                bits = left.bit_length()
                if (bits * abs(right) if operator == "**" else bits + right.bit_length()) > _MOST_BITS:
                    raise OverflowError("it reckons with a number of more figures than any book has")
            return super().call_binop(context, operator, left, right)

        def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
            key = type(obj), attr
            if key not in self.answers:
                self.answers[key] = super().is_safe_attribute(obj, attr, value)
            return self.answers[key]

    def own_or_packaged(name: str) -> tuple[str, str | None, None] | None:
        # Frames of a traceback bear the file's name: so it is told which of the project's own is at fault.
        file = f"{_OWN_FILE}{name}>" if theme.path_of(name) in theme.own else None
        return (theme.templates[name], file, None) if name in theme.templates else None

    sandbox = Sandbox(
        loader=ChoiceLoader(
            [FunctionLoader(own_or_packaged), PrefixLoader({"packaged": DictLoader(dict(theme.packaged))})]
        ),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    # Ours come to an end.
    has_own = any(not name.endswith(".css") for name in theme.own)
    sandbox.extend(patience=partial(patience, _SECONDS, _MEGABYTES) if has_own else nullcontext)
    return sandbox


def fill(environment: Environment, template: str, values: Mapping[str, Any]) -> str:
    """Fill a template. Raises ContentError where one of the project is at fault."""
    try:
        with environment.patience():  # type: ignore[attr-defined]  # it was extended by that
            return environment.get_template(template).render(values)
    except Exception as error:  # whatever an expression in a template can raise: a sum of a word and a number
        _blame_template(template, error)


def check_well_formed(html: str, template: str, name: str) -> None:
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
    if isinstance(error, OutOfPatience | MemoryError):
        spent = f"{_SECONDS} s" if isinstance(error, OutOfPatience) else f"{_MEGABYTES} MB of memory"
        message = f"it takes more than {spent} and was given up"
        hint = "look for loops within loops, and for texts that are repeated"
    elif isinstance(error, RecursionError):
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
