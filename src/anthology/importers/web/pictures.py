"""Pictures of an article: which are its own, where their files are, and what is said under them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote

from anthology.images import NotAPicture, TooManyPixels
from anthology.importers.web.embedded import embedded_picture
from anthology.importers.web.places import is_litter_place
from anthology.importers.web.tree import BLOCKS, absolute, is_remote, names_of, text_of
from anthology.lazy_pictures import lazy_address

if TYPE_CHECKING:
    from collections.abc import Collection

    from lxml.html import HtmlElement

    from anthology.importers import Find

# The folder that a browser saves a page's pictures in, in the languages of browsers.
_SAVED_FOLDER = re.compile(
    r"(?:_files|\.files|-dateien|_dateien|_fichiers|_archivos|_bestanden|_pliki|_soubory)$"
)
_SMALLEST = 50
_ORNAMENT = re.compile(
    r"(?:^|[\s_/-])(?:avatar|gravatar|icons?|logo|pixel|tracking|spacer|emoji|smiley|sprite|badge|button|loader|spinner|blank|1x1)(?:$|[\s_./-])"
)
_CAPTION_NAMES = re.compile(
    r"(?:^|[\s_-])(?:wp-caption-text|(?:image|photo|img|picture|media|figure)?[-_]?caption(?:[-_]?text)?|legend)(?:$|[\s_-])"
)
_FRAME_NAMES = re.compile(
    r"(?:^|[\s_-])(?:wp-caption|(?:image|photo|img|picture|media|figure|caption)(?:[-_](?:container|wrapper|wrap|block|box|frame|inline))?)(?:$|[\s_-])"
)


@dataclass(slots=True)
class Pictures:
    """The pictures of an article, as they were found: files beside the page, addresses elsewhere, bytes in the page.

    `embedded` are the bytes by the name that the body gives them; `broken` are the alternative texts of those that
    cannot be read.
    """

    beside: list[str]
    remote: list[str]
    missing: list[str]
    embedded: dict[str, bytes] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)

    @classmethod
    def none(cls) -> Pictures:
        """Give what a page without pictures has."""
        return cls([], [], [])


def settle_pictures(
    body: HtmlElement,
    chosen_blocks: Collection[HtmlElement],
    base: str,
    find: Find | None,
    pictures: Pictures,
) -> set[HtmlElement]:
    """Keep the article's own pictures in the tree, each in a paragraph of its own with its caption, and drop the rest.

    Arguments: the page's body, the blocks whose text is the article's (in order), the address that links count
    from, what finds files beside the page, and where to note what was found. Returns the captions' elements,
    whose text is now with their pictures.
    """
    places = {element: number for number, element in enumerate(body.iter())}
    first = min((places[block] for block in chosen_blocks if block in places), default=0)
    last = max((places[block] for block in chosen_blocks if block in places), default=-1)
    home = _common(chosen_blocks)
    captions: set[HtmlElement] = set()
    for image in list(body.iter("img")):
        inside = first <= places[image] <= last or _leads(image, home, places[image] < first)
        if (
            not inside
            or _is_ornament(image)
            or is_litter_place(image, home)
            or _is_teaser(image, chosen_blocks)
        ):
            _drop(image)
            continue
        source = _shown(image, base, find, pictures)
        if not source:
            _drop(image)
            continue
        image.set("src", source)
        image.set("alt", text_of_picture(image))
        image.attrib.pop("title", None)
        _caption(image, captions)
    return captions


def _common(blocks: Collection[HtmlElement]) -> HtmlElement | None:
    """Find the innermost element that holds most of the blocks: what holds all may be the whole page."""
    count: dict[HtmlElement, int] = {}
    for block in blocks:
        for ancestor in block.iterancestors():
            count[ancestor] = count.get(ancestor, 0) + 1
    inner = [element for element, times in count.items() if times > 0.6 * len(blocks)]
    return max(inner, key=lambda element: sum(1 for _ in element.iterancestors()), default=None)


def _leads(image: HtmlElement, home: HtmlElement | None, is_before: bool) -> bool:
    """Tell whether a picture stands right around the text: in its innermost element, or leading it in its article."""
    if home is None:
        return False
    ancestors = list(image.iterancestors())
    if home in ancestors:
        return True
    article = next((each for each in (home, *home.iterancestors()) if each.tag == "article"), None)
    return (
        is_before
        and article is not None
        and article in ancestors
        and any(each.tag == "figure" for each in ancestors)
    )


def _is_ornament(image: HtmlElement) -> bool:
    for name in ("width", "height"):
        size = re.fullmatch(r"\s*(\d+)(?:px)?\s*", image.get(name) or "")
        if size and int(size[1]) < _SMALLEST:
            return True
    source = (image.get("src") or "")[:300].lower()
    name = "" if source.startswith("data:") else source.rpartition("/")[2]
    return bool(_ORNAMENT.search(f"{names_of(image)} {name}"))


def _is_teaser(image: HtmlElement, chosen: Collection[HtmlElement]) -> bool:
    """Tell whether a picture stands with text that is not the article's: a link to another one."""
    link = next(image.iterancestors("a"), None)
    if (
        link is not None
        and text_of(link)
        and not any(
            each in chosen
            for each in (link, *link.iterancestors(), *link.iterdescendants())
            if each.tag in BLOCKS
        )
    ):
        return not any(
            each.tag in ("figure", "figcaption") for each in (*link.iterdescendants(), *link.iterancestors())
        )
    item = next(image.iterancestors("li", "td"), None)
    return (
        item is not None
        and bool(text_of(item))
        and item not in chosen
        and not any(each in chosen for each in item.iterdescendants())
        and next(image.iterancestors("figure"), None) is None
    )


def _shown(image: HtmlElement, base: str, find: Find | None, pictures: Pictures) -> str:
    """Give the source of a picture as the article writes it, also where a script would have put it in later."""
    source = (image.get("src") or "").strip()
    # Old parsers put each element into the `source` before it.
    sources = (source for picture in image.iterancestors("picture") for source in picture.iter("source"))
    later = lazy_address(image, sources)
    if source[:5].lower() != "data:":
        return _source(later or source, base, find, pictures)
    try:
        held = embedded_picture(image, is_later=bool(later))
    except (NotAPicture, TooManyPixels):
        held = None
        if not later:
            pictures.broken.append(text_of_picture(image))
    if held is None:
        return _source(later, base, find, pictures)
    name, data = held
    pictures.embedded[name] = data
    return name


def text_of_picture(image: HtmlElement) -> str:
    """Give the alternative text of a picture, white space folded."""
    return " ".join((image.get("alt") or "").split())


def _source(written: str, base: str, find: Find | None, pictures: Pictures) -> str:
    """Say where a picture is: beside the page, or at an address; empty where it is nowhere."""
    if not written:
        return ""
    if not is_remote(written) and ":" not in written.partition("/")[0] and not written.startswith("/"):
        path = unquote(re.split(r"[?#]", written, maxsplit=1)[0]).removeprefix("./")
        if find is None and not base:
            return _noted(path, pictures.beside)
        if find is not None and path and find(path) is not None:
            return _noted(path, pictures.beside)
        if _SAVED_FOLDER.search(path.rpartition("/")[0]):
            return _noted(path, pictures.beside) if find is None else _lost(written, pictures)
    address = absolute(written, base)
    if is_remote(address):
        return _noted(f"https:{address}" if address.startswith("//") else address, pictures.remote)
    return _lost(written, pictures)


def _lost(written: str, pictures: Pictures) -> str:
    if written not in pictures.missing:
        pictures.missing.append(written)
    return ""


def _noted(where: str, among: list[str]) -> str:
    if where not in among:
        among.append(where)
    return where


def _caption(image: HtmlElement, captions: set[HtmlElement]) -> None:
    """Put a picture's caption into its title, and the picture where its frame was."""
    frame = next(image.iterancestors("figure"), None)
    if frame is None:
        frame = next(
            (
                each
                for each in list(image.iterancestors())[:3]
                if each.tag in ("div", "span", "dl") and _FRAME_NAMES.search(names_of(each))
            ),
            None,
        )
    if frame is None:
        return
    found = [
        each
        for each in frame.iterdescendants()
        if isinstance(each.tag, str) and (each.tag == "figcaption" or _CAPTION_NAMES.search(names_of(each)))
    ]
    outer = [
        each
        for each in found
        if not any(ancestor in found for ancestor in each.iterancestors())
        and next(each.iter("img"), None) is None
    ]
    images = list(frame.iter("img"))
    if outer and image is images[-1]:
        texts = dict.fromkeys(text for each in outer if (text := text_of(each)))
        caption = " ".join(texts)
        if caption:
            image.set("title", caption)
        captions.update(outer)


def isolate(body: HtmlElement) -> None:
    """Give each picture with a caption a paragraph of its own, so that it becomes a figure."""
    from lxml.html import Element

    for image in list(body.iter("img")):
        parent = image.getparent()
        if parent is None or (not image.get("title") and next(image.iterancestors("figure"), None) is None):
            continue
        block = next((each for each in image.iterancestors() if each.tag in BLOCKS), None)
        holder = image
        while holder.getparent() is not None and holder.getparent() is not block:
            holder = holder.getparent()
        paragraph = Element("p")
        paragraph.tail, holder_tail = None, holder.tail
        if holder is image:
            paragraph.tail = holder_tail
            image.tail = None
            parent.replace(image, paragraph)
        else:
            holder.addprevious(paragraph)
            if image.tail:
                _keep_tail(image)
        paragraph.append(image)


def _keep_tail(image: HtmlElement) -> None:
    before, parent = image.getprevious(), image.getparent()
    if before is not None:
        before.tail = (before.tail or "") + (image.tail or "")
    elif parent is not None:
        parent.text = (parent.text or "") + (image.tail or "")
    image.tail = None


def _drop(image: HtmlElement) -> None:
    if "emoji" in names_of(image) and image.get("alt"):
        image.tail = f"{image.get('alt')}{image.tail or ''}"
    image.drop_tree()
