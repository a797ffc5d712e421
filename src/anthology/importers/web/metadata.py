"""What is known of a web page's article: its own declarations first, then what stands on the page."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from anthology.importers.dates import find_date, read_reading_time
from anthology.importers.web.bylines import Byline, byline_of
from anthology.importers.web.declarations import declarations_of, plain, types_of
from anthology.importers.web.titles import title_of
from anthology.importers.web.tree import absolute, is_remote, names_of, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.html import HtmlElement

    from anthology.importers.web.declarations import Declarations

_STANDFIRST_NAMES = re.compile(
    r"(?:^|[\s_-])(?:standfirst|dek|deck|sub[-_]?(?:title|head(?:line|ing)?)|article[-_]{1,2}(?:summary|intro|lead|description)|"
    r"(?:post|entry|story)[-_]?(?:subtitle|summary|excerpt)|kicker-text|tagline|p-summary|chapo|vorspann)(?:$|[\s_-])"
)
_PUBLISHED = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "itemprop:datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "dc:date.issued",
    "dcterms:issued",
    "dc:date",
    "dcterms:date",
    "dcterms:created",
    "dc:date.created",
    "citation_publication_date",
    "citation_date",
    "publish-date",
    "publish_date",
    "pubdate",
    "publication_date",
    "ptime",
    "article.published",
    "published-date",
    "cxenseparse:recs:publishtime",
    "og:published_time",
    "date",
    "rnews:datepublished",
)
_ISO_DATE = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?!\d)")
# No page of the web is older; an earlier date belongs to the text.
_FIRST_YEAR = 1990
_SAYS_WHEN = re.compile(r"(?:by|posted|published|updated|von|par|por)\b", re.IGNORECASE)
_DURATION = re.compile(r"P?T?(?:(\d+)H)?(\d+)M(?:\d+S)?", re.IGNORECASE)
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:[-_][a-z0-9]{2,8})*", re.IGNORECASE)
_SAVED_FROM = re.compile(
    r"<!--\s*(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url:)\s*(https?://[^\s<>]+)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of an article besides its text; what is not known is empty.

    `image` is the address of the lead picture, as far as one could tell where it leads.
    """

    title: str = ""
    byline: Byline = field(default_factory=Byline)
    date: dt.date | None = None
    reading_minutes: int | None = None
    section: str = ""
    standfirst: str = ""
    language: str = ""
    url: str = ""
    publication: str = ""
    image: str = ""
    tags: tuple[str, ...] = ()


def metadata_of(root: HtmlElement, html: str) -> Metadata:
    """Gather what a page tells of its article.

    Arguments: the page's tree as parsed, and its text (browsers note in a comment where a page was saved from).
    """
    declared = declarations_of(root)
    url = _url(root, declared, html)
    host = _host(url)
    publication = _publication(declared)
    title = title_of(root, declared, publication or declared.first("application-name"), host)
    return Metadata(
        title,
        byline_of(root, declared, publication),
        _date(root, declared),
        _reading_minutes(root, declared),
        _section(root, declared, title),
        _standfirst(root, declared, title),
        _language(root, declared),
        url,
        publication,
        _image(declared, url),
        _tags(root, declared),
    )


def _url(root: HtmlElement, declared: Declarations, html: str) -> str:
    base = next((element.get("href") or "" for element in root.iter("base")), "")
    saved = _SAVED_FROM.search(html[:4_000])
    known = base if is_remote(base) else saved[1] if saved else ""
    candidates = [
        element.get("href") or ""
        for element in root.iter("link")
        if "canonical" in (element.get("rel") or "").lower().split()
    ]
    candidates += [
        declared.first("og:url", "twitter:url", "dc:identifier"),
        plain(declared.article.get("url")),
    ]
    page = declared.article.get("mainEntityOfPage")
    candidates += [
        plain(page.get("@id") if isinstance(page, dict) else page),
        saved[1] if saved else "",
        base,
    ]
    for candidate in candidates:
        address = absolute(candidate.strip(), known)
        if urlsplit_safely(address)[0] in ("http", "https") and "." in urlsplit_safely(address)[1]:
            return address
    return ""


def urlsplit_safely(address: str) -> tuple[str, str]:
    """Give scheme and host of an address; empty for what is none."""
    try:
        parts = urlsplit(address)
        return parts.scheme, parts.hostname or ""
    except ValueError:
        return "", ""


def _host(url: str) -> str:
    return urlsplit_safely(url)[1]


def _publication(declared: Declarations) -> str:
    for key in ("publisher", "isPartOf", "sourceOrganization"):
        value = declared.article.get(key)
        for item in value if isinstance(value, list) else [value]:
            name = plain(declared.resolved(item)) if isinstance(item, dict) else ""
            if name and not (key == "isPartOf" and declared.first("og:site_name")):
                return declared.first("og:site_name") or name
    site = declared.first(
        "og:site_name", "dc:publisher", "dcterms:publisher", "citation_journal_title", "application-name"
    )
    if site:
        return site
    return next((plain(thing.get("name")) for thing in declared.listed if "WebSite" in types_of(thing)), "")


def _date(root: HtmlElement, declared: Declarations) -> dt.date | None:
    for key in ("datePublished", "dateCreated", "uploadDate"):
        for thing in (declared.article, declared.page):
            if found := _read_date(plain(thing.get(key))):
                return found
    for name in _PUBLISHED:
        if found := _read_date(declared.first(name)):
            return found
    return _visible_date(root) or (
        _read_date(plain(declared.article.get("dateModified")) or declared.first("article:modified_time"))
    )


def _visible_date(root: HtmlElement) -> dt.date | None:
    for element in root.iter():
        if "datepublished" in (element.get("itemprop") or "").lower().split() and (
            found := _read_date(element.get("datetime") or element.get("content") or text_of(element))
        ):
            return found
    times = [element for element in root.iter("time") if not _is_aside(element)]
    times.sort(key=lambda element: element.get("pubdate") is None)
    for element in times:
        if found := _read_date(element.get("datetime") or "") or _read_date(text_of(element)):
            return found
    for element in root.iter():
        if isinstance(element.tag, str) and re.search(
            r"(?:^|[\s_-])(?:date|dateline|published|pubdate|timestamp|posted|meta|byline|datum)",
            names_of(element),
        ):
            text = text_of(element)
            if len(text) < 200 and not _is_aside(element) and (found := _read_date(text)):
                return found
    for element in root.iter("p", "div", "span", "small", "em", "h4", "h5", "h6", "address"):
        # A line that is nothing but a date, or a byline with one.
        if len(element) < 6 and 5 < len(text := text_of(element)) < 80 and not _is_aside(element):
            date = find_date(text) if any(letter.isdigit() for letter in text) else None
            if date is None or date.date is None or date.date.year < _FIRST_YEAR:
                continue
            if date.end - date.begin > 0.6 * len(text) or _SAYS_WHEN.match(text):
                return date.date
    return None


def _read_date(text: str) -> dt.date | None:
    """Read a date as machines write it, else as people do."""
    found = _ISO_DATE.match(text.strip())
    if found:
        try:
            return dt.date(int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            return None
    date = find_date(text[:200])
    return date.date if date and date.date and date.date.year >= _FIRST_YEAR else None


def _reading_minutes(root: HtmlElement, declared: Declarations) -> int | None:
    required = _DURATION.fullmatch(plain(declared.article.get("timeRequired")))
    if required:
        return int(required[1] or 0) * 60 + int(required[2]) or None
    for name in ("twitter:data1", "twitter:data2"):
        if minutes := read_reading_time(declared.first(name)):
            return minutes
    for element in root.iter("span", "p", "div", "li", "small", "time"):
        if (
            len(element) < 4
            and 4 < len(text := text_of(element)) < 40
            and any(letter.isdigit() for letter in text)
        ):
            minutes = read_reading_time(text.rpartition("·")[2].rpartition(" - ")[2])
            if minutes and re.search(r"read|lese|lect", text, re.IGNORECASE):
                return minutes
    return None


def _section(root: HtmlElement, declared: Declarations, title: str) -> str:
    section = declared.article.get("articleSection")
    named = plain(section) or declared.first(
        "article:section", "og:article:section", "parsely-section", "section", "itemprop:articlesection"
    )
    if named:
        return named
    for thing in declared.listed:
        if "BreadcrumbList" in types_of(thing) and isinstance(thing.get("itemListElement"), list):
            crumbs = [
                plain(item.get("name")) or plain(item.get("item"))
                for item in thing["itemListElement"]
                if isinstance(item, dict)
            ]
            inner = [
                crumb for crumb in crumbs[1:] if crumb and crumb != title and not crumb.startswith("http")
            ]
            if inner:
                return inner[-1]
    return ""


def _standfirst(root: HtmlElement, declared: Declarations, title: str) -> str:
    stated = plain(declared.article.get("description")) or declared.first(
        "og:description", "description", "dc:description", "twitter:description"
    )
    if stated and not stated.endswith(("…", "...")) and stated != title:
        return stated
    for element in root.iter():
        if (
            isinstance(element.tag, str)
            and element.tag in ("p", "h2", "h3", "div", "span")
            and _STANDFIRST_NAMES.search(names_of(element))
        ):
            text = text_of(element)
            if 20 < len(text) < 500 and not _is_aside(element):
                return text
    return stated if stated != title else ""


def _language(root: HtmlElement, declared: Declarations) -> str:
    written = [
        root.get("lang") or "",
        root.get("{http://www.w3.org/XML/1998/namespace}lang") or root.get("xml:lang") or "",
        plain(declared.article.get("inLanguage")),
        declared.first("content-language", "dc:language", "dcterms:language", "language", "og:locale"),
    ]
    for tag in written:
        if _LANGUAGE.fullmatch(tag.strip()):
            primary, *rest = tag.strip().replace("_", "-").split("-")
            subtags = [
                part.upper() if len(part) == 2 else part.title() if len(part) == 4 else part for part in rest
            ]
            return "-".join([primary.lower(), *subtags])
    return ""


def _image(declared: Declarations, url: str) -> str:
    image = declared.resolved(declared.article.get("image"))
    for item in image if isinstance(image, list) else [image]:
        item = declared.resolved(item)
        address = plain(item.get("url") or item.get("contentUrl")) if isinstance(item, dict) else plain(item)
        if address:
            return absolute(address, url)
    address = declared.first(
        "og:image", "og:image:url", "twitter:image", "twitter:image:src", "parsely-image-url"
    )
    return absolute(address, url) if address else ""


def _tags(root: HtmlElement, declared: Declarations) -> tuple[str, ...]:
    keywords = declared.article.get("keywords")
    listed: Iterable[Any] = keywords if isinstance(keywords, list) else [keywords]
    tags = [part.strip() for item in listed for part in plain(item).split(",")]
    tags = tags if any(tags) else list(declared.all("article:tag", "og:article:tag"))
    if len(tags) == 1:
        tags = [part.strip() for part in tags[0].split(",")]
    if not any(tags):
        tags = [
            part.strip()
            for part in declared.first(
                "news_keywords", "parsely-tags", "sailthru.tags", "citation_keywords"
            ).split(",")
        ]
    if not any(tags):
        tags = [
            text_of(element)
            for element in root.iter("a")
            if "tag" in (element.get("rel") or "").lower().split() and not _is_aside(element)
        ]
    # JSON-LD of some houses keeps machine tags among the words.
    return tuple(dict.fromkeys(tag for tag in tags if tag and ":" not in tag and len(tag) < 60))[:20]


def _is_aside(element: HtmlElement) -> bool:
    return any(
        ancestor.tag in ("aside", "footer", "nav")
        or re.search(r"related|sidebar|recirc|comment|footer|teaser|widget", names_of(ancestor))
        for ancestor in (element, *element.iterancestors())
        if ancestor.tag not in ("html", "body", "article", "main")
    )
