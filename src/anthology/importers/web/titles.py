"""The title of a web page's article, without the name of the site that stands around it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from anthology.importers.web.declarations import plain
from anthology.importers.web.tree import names_of, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.html import HtmlElement

    from anthology.importers.web.declarations import Declarations

# Between a title and a site's name: a mark with space on both sides, or a bar.
_SEPARATOR = re.compile(r"\s+(?:[-–—―·•:/»›>«‹\\]|::|\|\||--)\s+|\s*[|｜]\s*|\s+»\s+|_(?=[^_]{2,12}$)")
_HEADLINE_NAMES = re.compile(r"\b(?:headline|(?:entry|post|article|page|story)[-_]?title|title)\b")
_LONGEST = 300


def title_of(root: HtmlElement, declared: Declarations, site: str, host: str) -> str:
    """Find the title of the article.

    Arguments: the page, what it declares, the name of its site ("" where it has none) and the host of its
    address. What it declares of the article goes before its headings, and those before `<title>`.
    """
    headings = _headings(root)
    window = _window_title(root)
    for stated in _candidates(root, declared):
        candidate = stated[:_LONGEST]
        if candidate and not _is_site(candidate, site, host):
            return without_site(candidate, site, host, headings)
    if window and not _is_site(window, site, host):
        if agreed := _agreed(window, headings):
            return agreed
        short = without_site(window, site, host, headings)
        if short != window or _SEPARATOR.search(window) is None:
            return _completed(short, headings)
        # A heading that begins like the window's title is the title without what follows.
        agreeing = [heading for heading in headings if len(heading) > 9 and _same(heading) in _same(window)]
        return max(agreeing, key=len) if agreeing else _longest_part(window)
    return headings[0] if headings else window


def without_site(title: str, site: str, host: str, headings: Iterable[str]) -> str:
    """Take the site's name off the end or the beginning of a title.

    It goes where the page declares this name, where its address has it, or where a heading has the title
    without it; a part of the true title stays.
    """
    titles = {_same(heading) for heading in headings}
    if _same(title) in titles and not _is_declared_name(title, site):
        return title
    for found in reversed(list(_SEPARATOR.finditer(title))):
        head, tail = title[: found.start()].strip(), title[found.end() :].strip()
        if head and tail and (_is_site(tail, site, host) or _same(head) in titles):
            # "Review | Books | The Site": the next part may be the site's as well.
            return without_site(head, site, host, titles) if _same(head) not in titles else head
    found_first = _SEPARATOR.search(title)
    if found_first:
        head, tail = title[: found_first.start()].strip(), title[found_first.end() :].strip()
        if head and tail and (_is_site(head, site, host) or _same(tail) in titles):
            return tail
    return title


def _candidates(root: HtmlElement, declared: Declarations) -> Iterable[str]:
    yield _stated(root, declared)
    yield declared.first("dc:title", "dcterms:title")
    yield declared.first("og:title")
    yield declared.first("parsely-title", "sailthru.title", "hdl", "citation_title")
    for element in root.iter():
        if "headline" in (element.get("itemprop") or "").split() and isinstance(element.tag, str):
            yield (plain(element.get("content")) or text_of(element))[:_LONGEST]
            break
    yield declared.first("twitter:title", "title")


def _stated(root: HtmlElement, declared: Declarations) -> str:
    """Give the headline of JSON-LD, or the name beside it where the page's own title has that and not the headline."""
    headline, name = plain(declared.article.get("headline")), plain(declared.article.get("name"))
    if headline and name and _same(headline) != _same(name):
        window = _same(_window_title(root))
        others = {_same(text) for text in (*_headings(root), declared.first("og:title"))}
        if _same(headline) not in others and _same(name) in window and _same(headline) not in window:
            return name
    return headline or name


def _headings(root: HtmlElement) -> list[str]:
    """Give the headings that may be the title, the likeliest first."""
    found: list[tuple[int, int, str]] = []
    for number, element in enumerate(root.iter("h1", "h2")):
        text = text_of(element)
        if not text or len(text) > _LONGEST:
            continue
        is_named = bool(_HEADLINE_NAMES.search(names_of(element)))
        within = any(ancestor.tag in ("article", "main") for ancestor in element.iterancestors())
        aside = any(ancestor.tag in ("nav", "aside", "footer") for ancestor in element.iterancestors())
        rank = (0 if element.tag == "h1" else 4) - is_named * 2 - within + aside * 8
        found.append((rank, number, text))
    firsts = [text for rank, _, text in sorted(found) if rank < 4]
    return firsts or [text for _, _, text in sorted(found)][:1]


def _window_title(root: HtmlElement) -> str:
    head = root.find("head")
    element = head.find(".//title") if head is not None else None
    if element is None:
        element = next(
            (
                each
                for each in root.iter("title")
                if each.getparent() is not None and each.getparent().tag != "svg"
            ),
            None,
        )
    return text_of(element)[:_LONGEST] if element is not None else ""


def _agreed(window: str, headings: list[str]) -> str:
    """Give the heading that the window's title is, but for what a mark parts from it at either end."""
    for heading in headings:
        if len(heading) > 5 and heading != window:
            if window.startswith(heading) and re.match(r"\s*[:|•·»«–—-]", window[len(heading) :]):
                return heading
            if window.endswith(heading) and re.search(r"[:|•·»«–—-]\s*$", window[: -len(heading)]):
                return heading
    return ""


def _completed(title: str, headings: list[str]) -> str:
    """Prefer a heading that says the same in other letters, or that the window's title cuts short."""
    cut = _same(title.rstrip("….").strip())
    if title.endswith(("…", "...")) and len(cut) > 12:
        return next((heading for heading in headings if _same(heading).startswith(cut)), title)
    return title


def _longest_part(title: str) -> str:
    """Give the part of a window's title that has words enough to be one; all of it where none has."""
    parts = [part.strip() for part in _SEPARATOR.split(title) if part.strip()]
    last = parts[-1]
    if len(parts) > 1 and 1 <= len(last.split()) <= 3 and len(last) < len(title) / 3:
        whole = title[: title.rindex(last)]
        cut = list(_SEPARATOR.finditer(title))[-1].start()
        return title[:cut].strip() or whole
    return title


def _is_site(text: str, site: str, host: str) -> bool:
    return _is_declared_name(text, site) or _is_host(text, host)


def _is_declared_name(text: str, site: str) -> bool:
    mine, name = _same(text), _same(site)
    if not mine or not name:
        return False
    bare = name.removeprefix("the").removesuffix("com")
    return mine in (name, bare) or mine.removeprefix("the").removesuffix("com") == bare


def _is_host(text: str, host: str) -> bool:
    """Tell whether a text is the host's name: "The Daily Example" of daily-example.org."""
    labels = [label for label in host.lower().removeprefix("www.").split(".") if label]
    mine = _same(text)
    if len(mine) < 3 or len(labels) < 2:
        return False
    names = {
        "".join(labels),
        "".join(labels[:-1]),
        labels[-2],
        *(label for label in labels[:-1] if len(label) > 3),
    }
    names |= {name.replace("-", "") for name in names}
    return mine in names or mine.removeprefix("the") in names or f"the{mine}" in names


def _same(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()
