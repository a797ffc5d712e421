"""What is no description of a picture though it stands in its place: names of files, and words that any picture fits."""

from __future__ import annotations

import re

_SUFFIX = r"\.(?:jpe?g|jfif|png|gif|webp|svg|bmp|tiff?|avif|heic)"
_FILE = re.compile(rf"\S*\w{_SUFFIX}(?:[?#]\S*)?")
_ADDRESS = re.compile(r"(?:https?:)?//\S+|data:image/\S+")

# What programs call a picture that nobody has named, in the languages of our catalogues.
_ANY_PICTURE = (
    r"(?:image|img|photo|pic|picture|graphic|thumbnail|placeholder|untitled|unnamed|alt(?: ?text)?|null|undefined"
    r"|screen[ -_]?shot|screen ?grab|bild|foto|grafik|unbenannt|bildschirmfoto|capture d[’']écran|sans titre"
    r"|imagen|captura de pantalla|sin título|画像|写真|スクリーンショット|無題|صورة|لقطة شاشة)"
)
# A number, a day and a time of day behind it, with the little words that stand between them.
_FIGURES = r"[\d\s_:.()-]*"
_COUNTED = re.compile(
    rf"{_ANY_PICTURE}{_FIGURES}(?:(?:at|from|um|vom|von|de|del|le|du|à|a las?|am|pm)\b{_FIGURES})*"
)
# Longer than any name of a file (POSIX, NAME_MAX).
_LONGEST = 255
# Cameras, telephones and messengers.
_CAMERA = re.compile(
    r"_?(?:img|imag|imgp|dsc[fn]?|pict|mvi|gopr|pxl|cimg)[_ -]?e?\d{4,}[\w\s().~-]*"
    r"|(?:sam_\d{4}|wp_\d{8}|p\d{7})\w*|whatsapp image \d{4}.*"
)
_DIGEST = re.compile(r"(?=[0-9a-f-]*\d)[0-9a-f]{12,}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# A name as programs like it: words of one line, `two_pilots`, `pixels-and-inches`, `pier03`.
_SLUG = re.compile(r"\S*_\S*|[^\s-]+(?:-[^\s-]+){2,}|[^\W\d]+\d{2,}")


def says_nothing(text: str, file: str) -> bool:
    """Tell whether an alternative text says nothing of its picture: it is the name of a file, or fits any picture.

    Arguments: the text, and the name or path of the picture's file. What may well be a description is taken for
    one ("Harbour" for `harbour.jpg`): the doubt is the editor's.
    """
    said = " ".join(text.split()).strip(" .…").casefold()
    if not said or len(said) > _LONGEST:
        return False
    if any(form.fullmatch(said) for form in (_FILE, _ADDRESS, _COUNTED, _CAMERA, _DIGEST)):
        return True
    stem, _, suffix = file.rpartition("/")[2].casefold().rpartition(".")
    return bool(stem) and (said == f"{stem}.{suffix}" or (said == stem and _SLUG.fullmatch(said) is not None))
