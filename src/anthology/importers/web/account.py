"""What became of each run of text on a page: kept, given to front matter, to related reading, or dropped and why."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from anthology.importers.litter import reason_of, reasons
from anthology.importers.model import Dropped, LineCounts, PullQuote
from anthology.importers.page_data import read_page_data
from anthology.importers.related_list import is_related_heading
from anthology.importers.web.names import names_in
from anthology.importers.web.runs import letters_of
from anthology.importers.web.tree import absolute, is_remote, names_of, text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.html import HtmlElement

    from anthology.importers.model import Reason
    from anthology.importers.web.metadata import Metadata
    from anthology.importers.web.runs import Run

_NAVIGATION = re.compile(
    r"(?:^|[\s_-])(?:nav\w*|menu\w*|breadcrumbs?|pagination|pager|header|footer|toc|skip)(?:$|[\s_-])"
)
_SHARE = re.compile(r"(?:^|[\s_-])(?:share\w*|sharing|social)(?:$|[\s_-])")
_NEWSLETTER = re.compile(r"(?:^|[\s_-])(?:newsletter\w*|subscri\w+|signup|sign-up)(?:$|[\s_-])")
_ADVERTISEMENT = re.compile(r"(?:^|[\s_-])(?:ads?|advert\w*|sponsor\w*|promo\w*)(?:$|[\s_-])")
_PULL_QUOTE = re.compile(r"pull-?_?quote")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_CELLS = ("td", "th", "dt", "dd", "caption", "pre")

# A related list is no longer than this many runs, and each of its texts no longer than this many letters.
_LONGEST_LIST = 60
_LONGEST_ENTRY = 300
# Title, standfirst, byline and date stand within the first runs of an article.
_FIRST_RUNS = 10
_LONG = 120


@dataclass(slots=True)
class Account:
    """The places of the runs that are kept, by what became of them; every run is in one place."""

    kept: set[int]
    front_matter: set[int] = field(default_factory=set)
    related: set[int] = field(default_factory=set)
    dropped: dict[int, Reason] = field(default_factory=dict)
    references: list[str] = field(default_factory=list)

    def counts(self, total: int) -> LineCounts:
        """Count the runs."""
        return LineCounts(
            total=total,
            kept=len(self.kept),
            front_matter=len(self.front_matter),
            related=len(self.related),
            dropped=len(self.dropped),
        )


def account_for(runs: Sequence[Run], chosen: frozenset[int], known: Metadata, base: str) -> Account:
    """Say of each run of a page what becomes of it.

    Arguments: the runs, the places of those that an extractor chose, what is known of the article, and the
    address that links count from.
    """
    account = Account(set(chosen))
    _take_related(runs, account, base)
    _take_front_matter(runs, account, known)
    _drop_litter(runs, account)
    _drop_doubled(runs, account)
    for number in range(len(runs)):
        if (
            number not in account.kept
            and number not in account.front_matter
            and number not in account.related
        ):
            account.dropped.setdefault(
                number, "doubled" if _is_second(runs, number, account) else _outside(runs[number])
            )
    return account


def _is_second(runs: Sequence[Run], number: int, account: Account) -> bool:
    """Tell whether a run outside the article says again what the kept one in front of it says: extractors see to it."""
    return (
        bool(runs[number].letters)
        and number - 1 in account.kept
        and runs[number - 1].letters == runs[number].letters
    )


def dropped_runs(runs: Sequence[Run], account: Account) -> tuple[Dropped, ...]:
    """List what was dropped, with the line of the source it began in."""
    return tuple(
        Dropped(runs[number].line, reason, runs[number].text)
        for number, reason in sorted(account.dropped.items())
    )


def pull_quotes(runs: Sequence[Run], account: Account) -> tuple[PullQuote, ...]:
    """List the pull quotes that were kept; the article says them, or does not."""
    said = "".join(runs[number].letters for number in sorted(account.kept) if not is_pull_quote(runs[number]))
    return tuple(
        PullQuote(runs[number].text, runs[number].line, letters_of(runs[number].text) in said)
        for number in sorted(account.kept)
        if runs[number].letters and is_pull_quote(runs[number])
    )


def is_pull_quote(run: Run) -> bool:
    """Tell whether a run's makers call it a pull quote."""
    return any(
        _PULL_QUOTE.search(names_of(each))
        for each in (run.block, *list(run.block.iterancestors())[:2])
        if each.attrib
    )


def _take_related(runs: Sequence[Run], account: Account, base: str) -> None:
    """Take the lists of other articles: a heading that says so, and the links under it."""
    at = 0
    while at < len(runs):
        run = runs[at]
        if len(run.text) > 60 or not is_related_heading(run.text):
            at += 1
            continue
        end = at + 1
        found: list[str] = []
        while end < len(runs) and end - at < _LONGEST_LIST and _is_entry(runs[end]):
            found += _names(runs[end], base)
            end += 1
        if not found:
            at += 1
            continue
        taken = set(range(at, end))
        account.kept -= taken
        account.related |= taken
        account.references += [name for name in found if name not in account.references]
        at = end


def _is_entry(run: Run) -> bool:
    if run.block.tag in ("h1", "h2") and not _links(run):
        return False
    if len(run.text) > _LONGEST_ENTRY or is_related_heading(run.text):
        return False
    if _links(run):
        linked = sum(len(letters_of(text_of(link))) for link in _links(run))
        return linked >= 0.5 * len(run.letters)
    data = read_page_data(run.text)
    return (data is not None and not data.left) or len(run.text) < 40


def _links(run: Run) -> list[HtmlElement]:
    inner = [link for link in run.block.iter("a") if link.get("href")]
    return inner or [
        link for link in list(run.block.iterancestors())[:3] if link.tag == "a" and link.get("href")
    ]


def _names(run: Run, base: str) -> list[str]:
    """Name the articles that a run links to, by title and address, else by title."""
    found = []
    for link in _links(run):
        address = absolute(link.get("href") or "", base)
        title = text_of(link)
        if len(title) > 3 and not title.startswith("#"):
            found.append(f"[{title}]({address.partition('#')[0]})" if is_remote(address) else title)
    return found


def _take_front_matter(runs: Sequence[Run], account: Account, known: Metadata) -> None:
    """Take title, standfirst, byline and date from the text: they stand in the front matter."""
    title, standfirst = letters_of(known.title), letters_of(known.standfirst)
    byline = {
        letters_of(text)
        for text in (known.byline.written, *(author.name for author in known.byline.authors))
        if text
    }
    ordered = sorted(account.kept)
    early = ordered[:_FIRST_RUNS]
    for place, number in enumerate(early):
        if len(runs[number].text) > _LONG and runs[number].letters != standfirst:
            early = early[:place]
            break
    paragraphs = [
        runs[number]
        for number in ordered
        if len(runs[number].text) > 40 and runs[number].letters not in (title, standfirst)
    ]
    for number, run in enumerate(runs):
        if not run.letters:
            continue
        is_early = number in early
        said = run.letters == title and (number not in account.kept or run.block.tag in _HEADINGS or is_early)
        # A description that is no more than the first paragraph leaves it where it is.
        said |= run.letters == standfirst and (
            number not in account.kept or (is_early and len(paragraphs) > 1 and _is_set_off(run, paragraphs))
        )
        if is_early and not said:
            data = read_page_data(run.text)
            said = run.letters in byline or (data is not None and not data.left)
        elif number not in account.kept and not said:
            said = run.letters in byline or _says_data(run, known)
        if said and number not in account.related:
            account.kept.discard(number)
            account.front_matter.add(number)


def _says_data(run: Run, known: Metadata) -> bool:
    """Tell whether a run outside the text is the article's byline or date."""
    if len(run.text) > _LONG:
        return False
    # Finding dates and names in every run of a long page would take longer than all else.
    if known.date is not None and str(known.date.year) in run.text:
        data = read_page_data(run.text)
        if data is not None and data.is_date and data.date == known.date:
            return True
    authors = {author.name for author in known.byline.authors}
    if not any(letters_of(name).casefold() in run.letters.casefold() for name in authors):
        return False
    return set(names_in(run.text)) == authors


def _kind(run: Run) -> tuple[str, str]:
    return run.block.tag, run.block.get("class") or ""


def _is_set_off(run: Run, paragraphs: Sequence[Run]) -> bool:
    """Tell whether a run looks different from the paragraphs: another tag, another class, a place in the header."""
    if any(each.tag in ("header", "hgroup") for each in run.block.iterancestors()):
        return True
    alike = sum(1 for other in paragraphs if _kind(other) == _kind(run))
    return alike < 0.2 * len(paragraphs)


def _drop_litter(runs: Sequence[Run], account: Account) -> None:
    ordered = sorted(account.kept)
    for number, reason in zip(ordered, reasons([runs[number].text for number in ordered]), strict=True):
        tag = runs[number].block.tag
        if reason is None or tag in _CELLS or (tag in _HEADINGS and reason in ("navigation", "boilerplate")):
            continue
        account.kept.discard(number)
        account.dropped[number] = reason


def _drop_doubled(runs: Sequence[Run], account: Account) -> None:
    """Drop the second of two paragraphs that say the same, one right behind the other."""
    before: Run | None = None
    for number in sorted(account.kept):
        run = runs[number]
        if (
            before is not None
            and run.letters
            and run.letters == before.letters
            and run.block.tag not in (*_CELLS, "li")
        ):
            account.kept.discard(number)
            account.dropped[number] = "doubled"
            continue
        before = run


def _outside(run: Run) -> Reason:
    """Say why a run outside the article was left: by its own words, else by what its makers call its place."""
    if reason := reason_of(run.text):
        return reason
    for each in (run.block, *run.block.iterancestors()):
        names = names_of(each)
        if each.tag in ("html", "body", "article", "main"):
            break
        for pattern, reason in (
            (_SHARE, "share-bar"),
            (_NEWSLETTER, "newsletter"),
            (_ADVERTISEMENT, "advertisement"),
            (_NAVIGATION, "navigation"),
        ):
            if pattern.search(names):
                return reason  # type: ignore[return-value]
        if each.tag in ("nav", "header", "footer"):
            return "navigation"
    return "boilerplate"
