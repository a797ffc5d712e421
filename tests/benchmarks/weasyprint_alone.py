"""WeasyPrint alone, on the very documents that anthology renders: article by article, or the whole book at once.

    python -m benchmarks.weasyprint_alone prepare PROJECT FOLDER
    python -m benchmarks.weasyprint_alone apart FOLDER
    python -m benchmarks.weasyprint_alone whole FOLDER

`prepare` is not part of what is measured. `apart` sets every document to a tagged PDF of its own, in two
processes: no page number is known, nothing is joined, proven or kept. No way that goes through WeasyPrint can
cost less. `whole` is what one would do without anthology: one document, page numbers by `target-counter`.
"""

from __future__ import annotations

import json
import multiprocessing
import sys
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lxml.etree import _Element

    from anthology.editions.base import Manuscript
    from anthology.model import Document

INSIDE = "anthology:"
XHTML = "{http://www.w3.org/1999/xhtml}"

# What stands in place of a page number, and of an address in the book, where neither can be known.
ANY_PAGE, ANY_BOOK = "214", "https://book.example/"

PROCESSES = 2


def prepare(project: Path, folder: Path) -> None:
    """Render the print edition's documents, and write them and the style sheets into a folder."""
    manuscript, documents = _render(project)
    apart = [_as_html(document, _apart) for document in documents]
    parts = "".join(_as_section(document) for document in documents)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "styles.json").write_text(json.dumps(_styles(manuscript)), encoding="utf-8")
    (folder / "apart.json").write_text(json.dumps(apart), encoding="utf-8")
    (folder / "whole.html").write_text(_page(parts), encoding="utf-8")


def set_apart(folder: Path) -> None:
    """Set every document by itself, long ones first, so that the processes end together."""
    documents = sorted(json.loads((folder / "apart.json").read_text(encoding="utf-8")), key=len, reverse=True)
    context = multiprocessing.get_context("spawn")
    (folder / "apart").mkdir(exist_ok=True)
    with ProcessPoolExecutor(PROCESSES, mp_context=context) as pool:
        tasks = ((folder, f"{number}.pdf", html) for number, html in enumerate(documents))
        sum(pool.map(_set, tasks))


def set_whole(folder: Path) -> None:
    """Set the whole book as one document."""
    _set((folder, "whole.pdf", (folder / "whole.html").read_text(encoding="utf-8")))


def _set(task: tuple[Path, str, str]) -> int:
    from weasyprint import HTML

    folder, name, html = task
    styles, fonts = _parsed_styles(folder)
    data = HTML(string=html).write_pdf(stylesheets=styles, font_config=fonts, pdf_tags=True)
    return (folder / ("apart" if name != "whole.pdf" else "") / name).write_bytes(data)


@cache
def _parsed_styles(folder: Path) -> tuple[list[Any], Any]:
    """Parse the style sheets, once in each process."""
    import logging

    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    fonts = FontConfiguration()
    texts = json.loads((folder / "styles.json").read_text(encoding="utf-8"))
    return [CSS(string=text, font_config=fonts) for text in texts], fonts


def _render(project: Path) -> tuple[Manuscript, tuple[Document, ...]]:
    """Walk the public stages as the PDF edition does, up to the rendered documents."""
    from anthology.build import Options
    from anthology.config import load_config
    from anthology.layout import PaperLayout
    from anthology.layout.running_heads import room_on
    from anthology.preparing import prepare
    from anthology.project import CONFIG, Project
    from anthology.render import render
    from anthology.views import documents_of_introductions

    files = Project(project, None)
    config = load_config(files.config(), CONFIG)
    manuscript, _ = prepare(files, config, Options(jobs=PROCESSES), lambda stage, detail: None)
    edition = config.editions["print"]
    assert edition.format == "pdf"
    introductions = documents_of_introductions(manuscript.linked.anthology)
    layout = PaperLayout(edition.links, introductions, room_on(edition.trim.width))
    documents = render(manuscript.linked, config, edition, manuscript.theme, layout, manuscript.labels)
    return manuscript, documents


def _styles(manuscript: Manuscript) -> list[str]:
    """Give the edition's style sheets, with the faces and the page that the typesetter gives them."""
    from anthology.fonts import SANS, SERIF, theme_faces

    faces = "".join(
        f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight};'
        f" font-style: {face.style}; src: url({face.path.as_uri()}) }}"
        for face in theme_faces()
    )
    page = (
        f'@page {{ size: 6in 9in }} :root {{ --serif: "{SERIF}"; --sans: "{SANS}"; --mono: monospace;'
        " --picture-height: 100mm } .slot:empty::after { content: target-counter(attr(data-target), page) }"
    )
    return [faces, *manuscript.theme.layers("pdf"), page]


def _as_html(document: Document, address: Any) -> str:
    return _page(_section(document, address))


def _as_section(document: Document) -> str:
    return _section(document, _whole)


def _page(content: str) -> str:
    return (
        '<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>A book</title></head>'
        f'<body class="book" dir="ltr">{content}</body></html>'
    )


def _section(document: Document, address: Any) -> str:
    """Make a document's body a section, its private addresses and page numbers ordinary ones."""
    from lxml import etree

    body = etree.fromstring(document.html.encode()).find(f"{XHTML}body")
    assert body is not None, f"{document.name} has no body"
    for element in body.iter(etree.Element):
        element.tag = str(element.tag).removeprefix(XHTML)
        if "slot" in str(element.get("class", "")).split() or str(element.get("href", "")).startswith(INSIDE):
            address(element)
    etree.cleanup_namespaces(body)
    body.tag = "section"
    body.set("id", document.name)
    body.set("class", f"document {document.kind} part-{document.part}")
    return etree.tostring(body, encoding="unicode", method="html")


def _apart(element: _Element) -> None:
    if element.get("href"):
        element.set("href", ANY_BOOK + str(element.get("href")).removeprefix(INSIDE))
    else:
        element.text = ANY_PAGE


def _whole(element: _Element) -> None:
    for name in ("href", "data-target"):
        if element.get(name):
            document, _, fragment = str(element.get(name)).removeprefix(INSIDE).partition("#")
            element.set(name, f"#{fragment or document}")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["prepare", project, folder]:
            prepare(Path(project), Path(folder))
        case ["apart", folder]:
            set_apart(Path(folder))
        case ["whole", folder]:
            set_whole(Path(folder))
        case _:
            sys.exit(__doc__)
