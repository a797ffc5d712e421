"""What a camera and a program wrote beside the picture, taken away without touching a pixel.

A photograph says where and when it was taken, with which camera of which number, and who owned it. None of that is
for the readers of a book; what they should know stands in the caption and in the credits.
"""

from __future__ import annotations

import re
import struct

from anthology.images.opening import opened, orientation_of

# JPEG (ITU T.81, annex B.1.1.3). Kept of the application's own: JFIF (APP0), colour profiles (APP2), Adobe (APP14).
_END, _SCAN, _COMMENT = 0xD9, 0xDA, 0xFE
_APP0, _APP1, _APP2, _APP14, _APP15 = 0xE0, 0xE1, 0xE2, 0xEE, 0xEF
# Inside a scan FF 00 is a value and FF D0 to FF D7 are restarts: whatever else begins with FF ends it.
_AFTER_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_END = b"\0\0\0\0IEND\xaeB`\x82"
# PNG (third edition, 11.3.3 and 11.3.4): text, time and Exif.
_TOLD = frozenset({b"tEXt", b"zTXt", b"iTXt", b"tIME", b"eXIf"})


def bare(data: bytes) -> bytes:
    """Take metadata out of a picture file; a photograph that has to be turned says that still, and nothing else."""
    if not data.startswith(b"\xff\xd8"):
        return strip(data)
    with opened(data) as picture:
        orientation = orientation_of(picture)
    return strip(data, orientation)


def strip(data: bytes, orientation: int = 1) -> bytes:
    """Take metadata out of a JPEG or PNG; the same bytes where there is none, or for another kind of file.

    With another `orientation` than 1, a JPEG still says that, and nothing else.
    """
    if data.startswith(b"\xff\xd8"):
        return _bare_jpeg(data, orientation)
    return _bare_png(data) if data.startswith(_PNG) else data


def _bare_jpeg(data: bytes, orientation: int) -> bytes:
    kept = [b"\xff\xd8"]
    if orientation != 1:
        kept.append(_orientation_only(orientation))
    place = 2
    while place + 4 <= len(data) and data[place] == 0xFF:
        marker = data[place + 1]
        if marker == 0xFF:  # padding
            place += 1
            continue
        if marker == _END:
            break  # what cameras put behind the picture is another one, or a film
        stop = place + 2 + int.from_bytes(data[place + 2 : place + 4], "big")
        if marker == _SCAN:
            after = _AFTER_SCAN.search(data, stop)
            if after is None:
                return data
            stop = after.start()
        if _is_for_decoders(marker, data[place + 4 : place + 16]):
            kept.append(data[place:stop])
        place = stop
    if data[place : place + 2] != b"\xff\xd9":
        return data  # not what a JPEG should be: whoever decodes it may say so
    bare = b"".join((*kept, b"\xff\xd9"))
    return data if bare == data else bare


def _is_for_decoders(marker: int, beginning: bytes) -> bool:
    if marker == _APP0:
        return beginning.startswith((b"JFIF", b"AVI1"))
    if marker == _APP2:
        return beginning.startswith(b"ICC_PROFILE\0")
    return marker != _COMMENT and (not _APP1 <= marker <= _APP15 or marker == _APP14)


def _orientation_only(orientation: int) -> bytes:
    """Write an Exif segment with one entry (Exif 2.32, 4.5.4)."""
    entry = struct.pack(">HHIHH", 0x0112, 3, 1, orientation, 0)
    exif = b"Exif\0\0MM\0*" + struct.pack(">IH", 8, 1) + entry + struct.pack(">I", 0)
    return b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif


def _bare_png(data: bytes) -> bytes:
    kept = [_PNG]
    place = len(_PNG)
    while place + 8 <= len(data):
        stop = place + 12 + int.from_bytes(data[place : place + 4], "big")
        kind = data[place + 4 : place + 8]
        if kind == b"IEND":
            # Some end without its check sum, and are shown all the same.
            kept.append(_PNG_END)
            break
        if kind not in _TOLD:
            kept.append(data[place:stop])
        place = stop
    bare = b"".join(kept)
    return data if bare == data else bare
