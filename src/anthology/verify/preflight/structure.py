"""Rules of what a PDF has beside its pages: annotations, outline, scripts, files, layers, and what it says of itself."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from pikepdf import Array, Dictionary, Name, Object, Stream

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pikepdf import Pdf

    from anthology.problems import Problem
    from anthology.verify.preflight.inspection import Inspection

_SCRIPTS = (Name.JavaScript, Name.Launch)
_KINDS = {"/Link": "link", "/Widget": "form field", "/Text": "comment", "/FileAttachment": "attached file"}
# ICC.1, 7.2: class and colour space of a profile stand here in its header.
_CLASS, _SPACE = slice(12, 16), slice(16, 20)
_UA_PART = "{http://www.aiim.org/pdfua/ns/id/}part"
_FROM_PRESSES = {1: b"GRAY", 4: b"CMYK"}


def no_annotations(inspection: Inspection) -> Iterator[Problem]:
    """V028: nothing lies over the pages."""
    for facts, page in zip(inspection.pages, inspection.pdf.pages, strict=True):
        found = _annotations(page.obj)
        if found:
            kinds = Counter(_KINDS.get(str(note.get("/Subtype")), "annotation") for note in found)
            said = ", ".join(
                f"{count} {kind}{'' if count == 1 else 's'}" for kind, count in sorted(kinds.items())
            )
            hint = "save the PDF without links, comments and fields"
            yield inspection.problem("V028", f"has {said}", facts, hint, "{count} pages have annotations")


def outline(inspection: Inspection) -> Iterator[Problem]:
    """V029: there are no bookmarks."""
    found = inspection.pdf.Root.get("/Outlines")
    if isinstance(found, Dictionary) and "/First" in found:
        yield inspection.problem(
            "V029", "the file has an outline (bookmarks)", hint="save the PDF without bookmarks"
        )


def scripts(inspection: Inspection) -> Iterator[Problem]:
    """V030: nothing in the file runs."""
    root = inspection.pdf.Root
    if _name_tree(root, "/JavaScript") or _runs(root.get("/OpenAction")) or _any_runs(root.get("/AA")):
        yield inspection.problem(
            "V030", "the file runs a script when it is opened", hint="save the PDF without scripts"
        )
    for facts, page in zip(inspection.pages, inspection.pdf.pages, strict=True):
        notes = _annotations(page.obj)
        if _any_runs(page.obj.get("/AA")) or any(
            _runs(n.get("/A")) or _any_runs(n.get("/AA")) for n in notes
        ):
            hint = "save the PDF without scripts"
            yield inspection.problem("V030", "runs a script", facts, hint, "{count} pages run scripts")


def attachments(inspection: Inspection) -> Iterator[Problem]:
    """V031: no file lies within the file."""
    notes = (note for page in inspection.pdf.pages for note in _annotations(page.obj))
    if _name_tree(inspection.pdf.Root, "/EmbeddedFiles") or any(
        note.get("/Subtype") == Name.FileAttachment for note in notes
    ):
        yield inspection.problem(
            "V031", "the file has files attached", hint="save the PDF without attachments"
        )


def layers(inspection: Inspection) -> Iterator[Problem]:
    """V032: nothing can be switched off."""
    found = inspection.pdf.Root.get("/OCProperties")
    if isinstance(found, Dictionary) and len(found.get("/OCGs", Array())):
        yield inspection.problem("V032", "the file has layers", hint="flatten the layers")


def intent(inspection: Inspection) -> Iterator[Problem]:
    """V033: the profile of the press is in the file (ISO 15930-7, 6.2.2)."""
    hint = 'name the printer\'s ICC profile in the edition: icc = "press.icc"'
    intents = inspection.pdf.Root.get("/OutputIntents")
    found = [each for each in intents if isinstance(each, Dictionary)] if isinstance(intents, Array) else []
    press = [each for each in found if each.get("/S") == Name("/GTS_PDFX")]
    if not press:
        yield inspection.problem(
            "V033", "the file does not say for which press it is made (OutputIntent)", hint=hint
        )
        return
    profile = press[0].get("/DestOutputProfile")
    if not isinstance(profile, Stream):
        yield inspection.problem(
            "V033", "the file names its press, but does not carry its ICC profile", hint=hint
        )
        return
    fault = _fault_of_profile(profile)
    if fault:
        yield inspection.problem("V033", f"the ICC profile of its press {fault}", hint=hint)


def _fault_of_profile(profile: Stream) -> str:
    data, components = profile.read_bytes(), int(profile.get("/N", 0))
    if components not in _FROM_PRESSES:
        return f"has {components} components: that of a press has 4, or 1 for grey"
    if data[_SPACE].strip() != _FROM_PRESSES[components]:
        said = data[_SPACE].decode("latin-1").strip() or "nothing"
        return f"says that it is for {said}, but has {components} components"
    if data[_CLASS] != b"prtr":
        return "is not that of an output device"
    return ""


def claims(inspection: Inspection) -> Iterator[Problem]:
    """V034: the file says which standards it keeps."""
    claimed = claimed_standards(inspection.pdf)
    for standard in inspection.profile.standards:
        if standard not in claimed:
            said = " and ".join(claim.upper() for claim in claimed) or "none"
            message = f"the file does not claim to keep {_spelt(standard)} (it claims {said})"
            yield inspection.problem("V034", message, hint=f"save the PDF as {_spelt(standard)}")


def claimed_standards(pdf: Pdf) -> tuple[str, ...]:
    """Name the standards that a file says it keeps, sorted, written as in anthology.toml ("pdf/ua-1")."""
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        claimed = {
            f"pdf/a-{metadata.pdfa_status.lower()}" if metadata.pdfa_status else "",
            metadata.pdfx_status.lower(),
            f"pdf/ua-{metadata.get(_UA_PART)}" if metadata.get(_UA_PART) else "",
        }
    return tuple(sorted(claim for claim in claimed if claim))


def told(inspection: Inspection) -> Iterator[Problem]:
    """V035: what PDF/X-4 wants to know: title, dates, and whether colours are trapped (ISO 15930-7, 6.7 and 6.10)."""
    info: Any = inspection.pdf.trailer.get("/Info", Dictionary())
    missing = (
        [] if info.get("/Trapped") in (Name("/True"), Name("/False")) else ["whether it is trapped (Trapped)"]
    )
    with inspection.pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        for key, said in (
            ("dc:title", "its title"),
            ("xmp:CreateDate", "when it was made (CreateDate)"),
            ("xmp:ModifyDate", "when it was changed (ModifyDate)"),
            ("xmp:MetadataDate", "when it was described (MetadataDate)"),
            ("xmpMM:DocumentID", "which document it is (DocumentID)"),
        ):
            if not metadata.get(key):
                missing.append(said)
    if "/ID" not in inspection.pdf.trailer:
        missing.append("its identifier (ID)")
    if missing:
        yield inspection.problem(
            "V035", f"the file does not tell {', '.join(missing)}", hint="save the PDF as PDF/X-4"
        )


def accessible(inspection: Inspection) -> Iterator[Problem]:
    """V039: tags, language and title are there (ISO 14289-1, 7.1 and 7.2); veraPDF checks the whole standard."""
    root: Any = inspection.pdf.Root
    missing = []
    if "/StructTreeRoot" not in root or not root.get("/MarkInfo", {}).get("/Marked", False):
        missing.append("tags")
    if not str(root.get("/Lang", "")):
        missing.append("a language")
    with inspection.pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        if not metadata.get("dc:title"):
            missing.append("a title")
    if missing:
        hint = "save the PDF with tags, language and title"
        yield inspection.problem(
            "V039", f"the file lacks {', '.join(missing)}, which screen readers need", hint=hint
        )


def _annotations(page: Object) -> list[Object]:
    notes = page.get("/Annots")
    return [note for note in notes if isinstance(note, Dictionary)] if isinstance(notes, Array) else []


def _name_tree(root: Object, key: str) -> bool:
    names = root.get("/Names")
    tree = names.get(key) if isinstance(names, Dictionary) else None
    return isinstance(tree, Dictionary) and any(len(tree.get(part, Array())) for part in ("/Names", "/Kids"))


def _runs(action: Object | None) -> bool:
    return isinstance(action, Dictionary) and action.get("/S") in _SCRIPTS


def _any_runs(actions: Object | None) -> bool:
    return isinstance(actions, Dictionary) and any(_runs(action) for action in actions.values())


def _spelt(standard: str) -> str:
    """Spell a standard as its title does: PDF/A-3a, PDF/X-4."""
    family, _, level = standard.partition("-")
    return f"{family.upper()}-{level}"
