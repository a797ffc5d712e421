"""A private font configuration: the theme's faces, the named fallback families and a few known ones."""

from __future__ import annotations

import os
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from anthology.fonts import FIXED_WIDTH, SCRIPTS, SYMBOLS

if TYPE_CHECKING:
    from collections.abc import Iterator

_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "/Library/Fonts",
    "/System/Library/Fonts",
    "/opt/homebrew/share/fonts",
    "~/Library/Fonts",
    "~/.fonts",
    "~/.local/share/fonts",
)


@contextmanager
def private_fonts(families: tuple[str, ...]) -> Iterator[Any]:
    """Give a WeasyPrint font configuration in which only `families`, faces of style sheets, and a few known families exist.

    Fontconfig reads its file at each new configuration, so that the environment of this process is changed for
    that moment only.
    """
    from weasyprint.text.fonts import FontConfiguration

    with tempfile.TemporaryDirectory(prefix="anthology-fonts-") as folder:
        path = Path(folder) / "fonts.conf"
        path.write_text(_configuration(families), encoding="utf-8")
        before = os.environ.get("FONTCONFIG_FILE")
        os.environ["FONTCONFIG_FILE"] = str(path)
        try:
            fonts = FontConfiguration()
        finally:
            if before is None:
                del os.environ["FONTCONFIG_FILE"]
            else:
                os.environ["FONTCONFIG_FILE"] = before
        yield fonts


def _configuration(families: tuple[str, ...]) -> str:
    names = (*_FOLDERS, "WINDOWSFONTDIR") if sys.platform == "win32" else _FOLDERS
    folders = "\n".join(f"<dir>{folder}</dir>" for folder in names)
    accepted = "\n".join(
        f'<pattern><patelt name="family"><string>{escape(family)}</string></patelt></pattern>'
        for family in (*families, *SCRIPTS, *FIXED_WIDTH, *SYMBOLS)
    )
    return f"""<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
{folders}
<cachedir>/var/cache/fontconfig</cachedir>
<cachedir prefix="xdg">fontconfig</cachedir>
<selectfont>
<rejectfont><pattern><patelt name="scalable"><bool>true</bool></patelt></pattern></rejectfont>
<rejectfont><pattern><patelt name="scalable"><bool>false</bool></patelt></pattern></rejectfont>
<acceptfont>
{accepted}
</acceptfont>
</selectfont>
</fontconfig>
"""
