"""An e-book, whoever made it, looked into without any program of others: what every reading system needs of it.

It is no validator: EPUBCheck is. But it runs everywhere, and it comes first: what could do harm is never handed on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from anthology.model import Origin
from anthology.problems import Problem, sorted_problems
from anthology.verify.epub.codes import CODES
from anthology.verify.epub.documents import XHTML, check_documents
from anthology.verify.epub.opening import Damaged, EBook, Unsafe
from anthology.verify.epub.package import CONTAINER, MIMETYPE, package_name, read_package

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from anthology.verify.epub.package import Package

    _Tell = Callable[..., Problem]

_ANEW = "make the e-book anew"
# Files that no package document lists.
_UNLISTED = ("mimetype", "META-INF/")


def look_into(data: bytes, path: str) -> tuple[tuple[Problem, ...], bool]:
    """Look into an e-book: container, package document, documents, links, alternative texts, page list.

    Arguments: the file, and its path for problems. Returns the problems, and whether the file is safe to be opened by
    other programs. What cannot be opened, or had better not be, is one problem.
    """

    def tell(code: str, message: str, hint: str = "", fold: str = "") -> Problem:
        return Problem(
            code, "error" if CODES[code].startswith("error") else "warning", message, Origin(path), hint, fold
        )

    try:
        book = EBook(data)
    except Unsafe as error:
        return (tell("E002", f"it is not opened: {error}", "take the file from somewhere else"),), False
    except Damaged as error:
        return (tell("E001", str(error), _ANEW),), False
    return sorted_problems(_faults(book, tell)), True


def _faults(book: EBook, tell: _Tell) -> Iterator[Problem]:
    yield from _media_type(book, tell)
    try:
        if CONTAINER not in book:
            raise Damaged(f"there is no {CONTAINER}")
        name = package_name(book)
        if name not in book:
            raise Damaged(f"{CONTAINER} names {name}, which is not in it")
    except Damaged as error:
        yield tell("E004", str(error), _ANEW)
        return
    try:
        package = read_package(book, name)
    except Damaged as error:
        yield tell("E005", str(error), _ANEW)
        return
    yield from _package(book, package, tell)
    yield from check_documents(book, package, tell)


def _media_type(book: EBook, tell: _Tell) -> Iterator[Problem]:
    """The first file says what this is, unpacked, so that it stands at a known place (EPUB 3.3, 4.2.4)."""
    try:
        said = book.read("mimetype") if "mimetype" in book else b""
    except Damaged:
        said = b""
    first = book.first
    if said.strip() != MIMETYPE:
        yield tell("E003", "the file mimetype is missing, or does not say application/epub+zip", _ANEW)
    elif first is None or first.filename != "mimetype" or first.compress_type or said != MIMETYPE:
        yield tell("E003", "mimetype is not the first file, or is packed, or has a space too many", _ANEW)


def _package(book: EBook, package: Package, tell: _Tell) -> Iterator[Problem]:
    for need in package.missing:
        yield tell("E005", f"{package.name} does not tell the {need} of the book", _ANEW)
    documents = {id for id, item in package.items.items() if item.media_type == XHTML}
    if not any(id in package.items for id in package.spine):
        yield tell("E005", f"{package.name} does not tell in which order the book is read (spine)", _ANEW)
    elif strange := [id for id in package.spine if id not in package.items]:
        yield tell(
            "E005", f"the spine names {', '.join(strange[:3])}, which {package.name} does not list", _ANEW
        )
    elif not documents:
        yield tell("E005", f"{package.name} lists no documents", _ANEW)
    names = {item.name for item in package.items.values()}
    for name in sorted(names - book.entries.keys()):
        yield tell("E006", f"{package.name} lists {name}, which is not in the e-book", _ANEW)
    for name in sorted(book.entries.keys() - names - {package.name}):
        if not name.startswith(_UNLISTED):
            yield tell(
                "E014",
                f"{name} is in the e-book, and {package.name} does not list it",
                "list it, or take it out",
                "the package document does not list {count} files",
            )
