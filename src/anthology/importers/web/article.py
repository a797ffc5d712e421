"""The article of a page: its own tree, with only what was kept, as Markdown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from anthology.importers.web.account import is_pull_quote
from anthology.importers.web.escaping import escaped, escaped_start
from anthology.importers.web.markdown import markdown_of
from anthology.importers.web.notes import take_notes
from anthology.importers.web.pictures import isolate, settle_pictures
from anthology.importers.web.places import is_litter_place
from anthology.importers.web.runs import empty
from anthology.importers.web.tree import absolute

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.html import HtmlElement

    from anthology.importers import Find
    from anthology.importers.web.account import Account
    from anthology.importers.web.pictures import Pictures
    from anthology.importers.web.runs import Run

_FEWEST_LETTERS = 60


@dataclass(frozen=True, slots=True)
class Page:
    """A page's tree, the address that its links count from, and what gives the files beside it."""

    root: HtmlElement
    base: str
    find: Find | None = None

    @property
    def body(self) -> HtmlElement:
        """Give the page's body; all of a page that has none, as framesets do."""
        return next(self.root.iter("body"), self.root)

    def paragraphs(self, runs: Sequence[Run]) -> frozenset[int]:
        """Choose the paragraphs of a page by their tags and places alone; all its text where it has none."""
        textual = ("p", "h2", "h3", "h4", "blockquote", "pre", "li", "figcaption", "td", "dd")
        chosen = {
            number
            for number, run in enumerate(runs)
            if run.letters and run.block.tag in textual and not is_litter_place(run.block)
        }
        if sum(len(runs[number].letters) for number in chosen) < _FEWEST_LETTERS:
            chosen |= {
                number for number, run in enumerate(runs) if run.letters and not is_litter_place(run.block)
            }
        return frozenset(chosen or {number for number, run in enumerate(runs) if run.letters})


def article_of(page: Page, runs: Sequence[Run], account: Account, pictures: Pictures) -> str:
    """Write the article as Markdown; the page's tree is cut down to it in place.

    Raises RecursionError where it is nested beyond reason.
    """
    body = page.body
    blocks = [runs[number].block for number in sorted(account.kept) if runs[number].letters]
    captions = settle_pictures(body, dict.fromkeys(blocks), page.base, page.find, pictures)
    for number, run in enumerate(runs):
        in_caption = any(each in captions for each in (run.block, *run.block.iterancestors()))
        if in_caption and number not in account.kept:
            # Its words go with the picture.
            account.kept.add(number)
            account.dropped.pop(number, None)
            account.front_matter.discard(number)
            account.related.discard(number)
        if number not in account.kept or in_caption:
            empty(run)
        elif is_pull_quote(run) and not any(
            each.tag == "blockquote" for each in (run.block, *run.block.iterancestors())
        ):
            run.block.tag = "blockquote"
    _drop_rules_outside(body)
    isolate(body)
    _settle_links(body, page.base)
    notes = take_notes(body)
    _unlink(body)
    written = [markdown_of(body)]
    for label, note in notes:
        _unlink(note)
        lines = markdown_of(note).split("\n")
        written.append(
            "\n".join([f"[^{label}]: {lines[0]}", *(f"    {line}" if line else "" for line in lines[1:])])
        )
    text = "\n\n".join(part for part in written if part.strip())
    return f"{text}\n" if text else ""


def plain_article_of(runs: Sequence[Run]) -> str:
    """Write runs as paragraphs, where their structure is beyond us."""
    text = "\n\n".join(escaped_start(escaped(run.text)) for run in runs if run.letters)
    return f"{text}\n" if text else ""


def _drop_rules_outside(body: HtmlElement) -> None:
    """Take away the rules that part nothing that was kept."""
    for rule in list(body.iter("hr")):
        parent = rule.getparent()
        if parent is None or not any(
            (each.text_content() or "").strip() for each in parent if each is not rule
        ):
            rule.drop_tree()


def _settle_links(body: HtmlElement, base: str) -> None:
    for link in body.iter("a"):
        address = (link.get("href") or "").strip()
        if not address or address.startswith("#"):
            continue
        if address.lower().startswith(("mailto:", "tel:")):
            continue
        full = absolute(address, base)
        if full.partition("#")[0] == base.partition("#")[0] and "#" in full:
            link.set("href", f"#{full.partition('#')[2]}")
        elif full.lower().startswith(("http://", "https://")):
            link.set("href", full)
        elif full.startswith("//"):
            link.set("href", f"https:{full}")
        else:
            # A script, a file of somebody's disk, or a path of a site that we do not know.
            link.attrib.pop("href")


def _unlink(element: HtmlElement) -> None:
    """Take the links away that lead to a place on the page itself: ids are not kept."""
    for link in element.iter("a"):
        if (link.get("href") or "").startswith("#"):
            link.attrib.pop("href")
