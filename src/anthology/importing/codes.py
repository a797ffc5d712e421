"""The codes of the problems that importing can raise, and what each means; a code is stable."""

from __future__ import annotations

CODES: dict[str, str] = {
    "M070": "warning: a value in a post's front matter was read as if it were in quotes",
    "M071": "warning: a tag of a site generator is kept as text",
    "M072": "warning: a value in a post's front matter could not be read and is kept under another key",
    "M080": "error: a file cannot be read, or is no file",
    "M081": "error: a symbolic link leads out of the folder that is imported",
    "M082": "error: a file is too large to be imported",
    "M083": "error: a file is binary",
    "M084": "error: no importer knows a file",
    "M085": "warning: a file of a folder was passed over",
    "M086": "error: a file took too much time or memory to import",
    "M087": "error: an importer failed",
    "M088": "error: a file is empty",
    "M089": "warning: a source and its article both changed, and the article stays",
    "M090": "warning: a picture does not lie where its source says",
    "M091": "warning: an article that was deleted since its import is left out",
    "M092": "warning: a picture changed both in the source and in the project",
    "M093": "warning: a folder holds nothing to import",
}
