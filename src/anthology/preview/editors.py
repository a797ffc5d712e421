"""Addresses that open a file in the editor of whoever looks at the preview, at a line."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from pathlib import Path

# What these programs call themselves in addresses, and how they name a line.
KNOWN = {
    "cursor": "cursor://file{path}:{line}",
    "emacs": "org-protocol://open-source?url=file://{path}&line={line}",
    "idea": "idea://open?file={path}&line={line}",
    "sublime": "subl://open?url=file://{path}&line={line}",
    "textmate": "txmt://open?url=file://{path}&line={line}",
    "vscode": "vscode://file{path}:{line}",
    "vscodium": "vscodium://file{path}:{line}",
    "zed": "zed://file{path}:{line}",
}
# Such an address would run in the page itself, or open a file in it.
_NEVER = ("javascript:", "data:", "file:", "blob:")


def template_of(editor: str) -> str:
    """Give the address with {path} and {line} in it that an editor's name stands for, or is already.

    Raises ValueError for a name that is not known, and for an address without {path}.
    """
    if not editor or editor in KNOWN:
        return KNOWN.get(editor, "")
    if ":" not in editor or "{path}" not in editor:
        raise ValueError(f"give one of {', '.join(KNOWN)}, or an address with {{path}} and {{line}} in it")
    if editor.lower().lstrip().startswith(_NEVER):
        raise ValueError("such an address opens no editor")
    return editor


def address_of(template: str, root: Path, path: str, line: int | None) -> str:
    """Write the address that opens a file of the project in `root`; the empty string without a template."""
    # A drive of Windows stands behind a slash.
    whole = quote(f"/{(root.resolve() / path).as_posix().removeprefix('/')}", safe="/:")
    return template.replace("{path}", whole).replace("{line}", str(line or 1))
