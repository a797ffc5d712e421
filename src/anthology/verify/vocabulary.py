"""The elements and attributes of XHTML as EPUB 3.3 has it, and which element may stand in which."""

from __future__ import annotations

_XHTML = "{http://www.w3.org/1999/xhtml}"


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _tags(words: str) -> frozenset[str]:
    return frozenset(f"{_XHTML}{word}" for word in words.split())


# Attributes of every element (HTML Living Standard, 3.2.6), with those of RDFa, microdata and ARIA.
_GLOBAL = _words(
    "id class lang dir title hidden style accesskey tabindex translate contenteditable contextmenu draggable dropzone"
    " spellcheck autocapitalize enterkeyhint inputmode inert is nonce slot autofocus popover role itemscope itemtype itemprop itemid"
    " itemref about content datatype inlist prefix property rel resource rev typeof vocab"
)

_OWN = {
    "a": "href target download ping hreflang type referrerpolicy",
    "area": "alt coords shape href target download ping referrerpolicy",
    "audio": "src crossorigin preload autoplay loop muted controls",
    "blockquote": "cite",
    "button": "popovertarget popovertargetaction disabled form formaction formenctype formmethod formnovalidate formtarget name type value",
    "canvas": "width height",
    "col": "span",
    "colgroup": "span",
    "data": "value",
    "del": "cite datetime",
    "details": "open name",
    "dialog": "open",
    "embed": "src type width height",
    "fieldset": "disabled form name",
    "form": "accept-charset action autocomplete enctype method name novalidate target",
    "html": "manifest version",
    "iframe": "src srcdoc name sandbox allow allowfullscreen width height referrerpolicy loading seamless",
    "img": "alt src srcset sizes crossorigin usemap ismap width height referrerpolicy decoding loading border longdesc",
    "input": "accept capture alt autocomplete checked dirname disabled form formaction formenctype formmethod formnovalidate"
    " formtarget height list max maxlength min minlength multiple name pattern placeholder readonly required size src"
    " step type value width",
    "ins": "cite datetime",
    "label": "for form",
    "li": "value",
    "link": "href crossorigin media integrity hreflang type referrerpolicy sizes imagesrcset imagesizes as color"
    " disabled blocking fetchpriority charset",
    "map": "name",
    "meta": "name http-equiv charset media scheme",
    "meter": "value min max low high optimum form",
    "object": "data type name usemap form width height typemustmatch",
    "ol": "reversed start type",
    "optgroup": "disabled label",
    "option": "disabled label selected value",
    "output": "for form name",
    "param": "name value",
    "progress": "value max",
    "q": "cite",
    "script": "src type nomodule async defer crossorigin integrity referrerpolicy charset language",
    "select": "autocomplete disabled form multiple name required size",
    "source": "type media src srcset sizes width height",
    "style": "media type scoped",
    "table": "border",
    "td": "colspan rowspan headers",
    "textarea": "autocomplete cols dirname disabled form maxlength minlength name placeholder readonly required rows"
    " wrap",
    "th": "colspan rowspan headers scope abbr",
    "time": "datetime",
    "track": "default kind label src srclang",
    "video": "src crossorigin poster preload autoplay playsinline loop muted controls width height",
}
_OTHERS = (
    "abbr address article aside b bdi bdo body br caption cite code datalist dd dfn div dl dt em figcaption figure"
    " footer h1 h2 h3 h4 h5 h6 head header hgroup hr i kbd legend main mark menu nav noscript p picture pre rb rp rt rtc ruby"
    " s samp search section slot small span strong sub summary sup tbody template tfoot thead title tr u ul var wbr"
)

# Every element, with its attributes. `base` is left out: it would lead all links of a document astray.
ATTRIBUTES: dict[str, frozenset[str]] = {
    **{f"{_XHTML}{name}": _GLOBAL | _words(words) for name, words in _OWN.items()},
    **dict.fromkeys(_tags(_OTHERS), _GLOBAL),
}

# Flow content that is not phrasing content, and what holds phrasing content only (HTML Living Standard, 3.2.5.2).
FLOW_ONLY = _tags(
    "address article aside blockquote details dialog div dl fieldset figure footer form h1 h2 h3 h4 h5 h6 header"
    " hgroup hr main menu nav ol p pre search section table ul"
)
PHRASING_ONLY = _tags(
    "abbr b bdi bdo cite code data dfn em h1 h2 h3 h4 h5 h6 i kbd label mark output p pre q rt ruby s samp small span"
    " strong sub sup time u var"
)
TRANSPARENT = _tags("a ins del map object noscript")

# What stands only in certain elements, and what holds certain elements only, and no words.
PARENTS = {
    f"{_XHTML}{name}": _tags(words)
    for name, words in {
        "li": "ul ol menu",
        "dt": "dl div",
        "dd": "dl div",
        "figcaption": "figure",
        "caption": "table",
        "colgroup": "table",
        "col": "colgroup",
        "thead": "table",
        "tbody": "table",
        "tfoot": "table",
        "tr": "table thead tbody tfoot",
        "td": "tr",
        "th": "tr",
        "rt": "ruby rtc",
        "rp": "ruby rtc",
        "title": "head",
        "style": "head noscript",
        "head": "html",
        "body": "html",
    }.items()
}
CHILDREN = {
    f"{_XHTML}{name}": _tags(f"{words} script template")
    for name, words in {
        "ul": "li",
        "ol": "li",
        "menu": "li",
        "dl": "dt dd div",
        "table": "caption colgroup thead tbody tfoot tr",
        "thead": "tr",
        "tbody": "tr",
        "tfoot": "tr",
        "tr": "td th",
    }.items()
}

# The types of scripts that are run; other scripts are data (HTML Living Standard, 4.12.1).
SCRIPT_TYPES = frozenset(
    {"", "module", "text/javascript", "application/javascript", "text/ecmascript", "application/ecmascript"}
)
