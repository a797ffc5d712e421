"""Pictures as they will be printed: pixels for their width; and those that nothing shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from anthology.model import Origin
from anthology.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from anthology.model import Picture
    from anthology.verify.lints.passages import Copy

_DRAWING = "image/svg+xml"
_SCHEME = "anthology-image:"
# A picture that is not too wide has the size of its pixels on a screen (CSS Values 4, 6.2).
_PIXELS_PER_INCH = 96
# Pixels are counted, so that a picture made for exactly this resolution passes.
_ROUNDING = 0.99


@dataclass(frozen=True, slots=True)
class TypeArea:
    """The part of a page that text is set in, in inches, and the pixels an inch that an edition's printer asks for."""

    edition: str
    width: float
    height: float
    resolution: int

    def printed_width(self, picture: Picture) -> float:
        """Give the width in inches that a picture is printed in: its own, unless it is too large for the page."""
        ratio = picture.width / picture.height
        return min(picture.width / _PIXELS_PER_INCH, self.width, self.height * ratio)


def coarse_pictures(
    copies: Sequence[Copy], pictures: Mapping[str, Picture], areas: Sequence[TypeArea]
) -> Iterator[Problem]:
    """Look for pictures with too few pixels for the paper; each is told once, of the edition that needs most.

    Arguments: the pieces; the pictures of the book by their keys; and the type areas of the editions on paper.
    """
    for copy in copies if areas else ():
        for picture in _shown(copy, pictures):
            if picture.media_type == _DRAWING or not picture.width or not picture.height:
                continue
            needs = [(area.printed_width(picture) * area.resolution, area) for area in areas]
            most, area = max(needs, key=lambda need: need[0])
            if picture.width >= most * _ROUNDING:
                continue
            wide = area.printed_width(picture)
            yield Problem(
                "Q001",
                "warning",
                f"{picture.path} prints {wide:.1f} in wide at {area.resolution} ppi; needs {most:.0f} px,"
                f" has {picture.width}",
                copy.origin_of_file(picture.path.rpartition("/")[2]),
                "take the picture as large as its maker has it",
                "{count} pictures have too few pixels to be printed sharply",
            )


def _shown(copy: Copy, pictures: Mapping[str, Picture]) -> Iterator[Picture]:
    """Give the pictures in a text, each once."""
    keys = (str(img.get("src", "")).removeprefix(_SCHEME) for img in copy.root.iter("img"))
    yield from (pictures[key] for key in dict.fromkeys(keys) if key in pictures)


def unused_pictures(
    files: Iterable[str], shown: Iterable[str], is_named: Callable[[str], bool]
) -> Iterator[Problem]:
    """Look for picture files that nothing shows.

    Arguments: the files by their paths in the project; the paths of those that the book shows; and `is_named`, which
    tells of a path whether drafts, settings or styles name it.
    """
    for path in sorted(set(files) - set(shown)):
        if not is_named(path):
            yield Problem(
                "Q007",
                "warning",
                "nothing in the book shows this picture",
                Origin(path),
                "show it, or move it out of content/",
                "nothing in the book shows {count} pictures that lie in content/",
            )
