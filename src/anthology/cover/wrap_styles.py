"""Where everything lies on a wrap, and how large it is, as properties that the styles take up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anthology.cover.fan import ABOVE, BELOW, EDGE, LEAF, PAPER, fan_of, layers, mixed
from anthology.cover.front import RULE
from anthology.cover.page import WIDTH
from anthology.cover.spine import EDITORS, GAP, PUBLISHER
from anthology.cover.text import clean
from anthology.cover.wrap import LEGEND, MODULE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from anthology.cover.fan import Fan, Polygon
    from anthology.cover.front import Placed
    from anthology.cover.spine import Spine
    from anthology.cover.text import CoverText
    from anthology.cover.wrap import WrapGeometry

# The edges of leaves, in pixels of a cover: the bright one's, and the others'.
_BRIGHT_EDGE, _EDGE = 5.0, 2.0


def wrap_styles(
    geometry: WrapGeometry, fan: Fan, placed: Mapping[str, Placed], spine: Spine, margin: float
) -> str:
    """Write the properties of a wrap.

    Args:
        geometry: where back, spine and front lie.
        fan: the picture, for its colours.
        placed: blocks of text by name, in pixels of a front of 1600.
        spine: the words of the spine.
        margin: the room beside the text of back and front, in millimetres.
    """
    scale = geometry.front.width / WIDTH
    _, _, front = geometry.fields
    said: dict[str, float | str] = {
        "ground": fan.ground,
        "bright": fan.bright,
        "page-width": geometry.width,
        "page-height": geometry.height,
        "panel-top": geometry.back.top,
        "panel-height": geometry.back.height,
        "back-left": geometry.back.left,
        "spine-left": geometry.spine.left,
        "front-left": geometry.front.left,
        "panel-width": geometry.front.width,
        "front-field-left": front.left,
        "front-field-width": front.width,
        "text-margin": margin,
        "rule-top": RULE * geometry.front.height,
        "rule-width": 150 * scale,
        "rule-height": 12 * scale,
        "spine-width": geometry.spine.width,
        "spine-length": geometry.spine.height - 2 * geometry.safety,
        "spine-title-size": spine.size * scale,
        "spine-editors-size": spine.size * EDITORS * scale,
        "spine-publisher-size": spine.size * PUBLISHER * scale,
        "spine-gap": spine.size * GAP * scale,
        "barcode-left": geometry.barcode.left,
        "barcode-top": geometry.barcode.top,
        "barcode-width": geometry.barcode.width,
        "barcode-height": geometry.barcode.height,
        "module": MODULE * geometry.magnification,
        "legend": LEGEND * geometry.magnification,
    }
    for name, one in placed.items():
        said |= {
            f"{name}-top": one.top * scale,
            f"{name}-size": one.block.size * scale,
            f"{name}-line": one.block.pitch * scale,
        }
    written = (
        f"--{name}: {value if isinstance(value, str) else f'{value:.4f}mm'}" for name, value in said.items()
    )
    return f":root {{ {'; '.join(written)} }}"


# Whatever the house says of the pages of the book, this one is a sheet that nothing lies beside.
WHOLE_PAGE = "@page { margin: 0 !important; background: none !important }"


def fan_drawing(book: CoverText, foot: float, geometry: WrapGeometry) -> tuple[Fan, bytes]:
    """Lay out the fan of a wrap, and draw it for the field of the front, with its bleed.

    A leaf that lies over others is a little lighter than they are: nothing is transparent, what is printed is mixed
    beforehand.

    Args:
        book: what the front says; its title chooses the fan, its direction the side that it opens to.
        foot: where the words at the head of the front end, in pixels of a front of 1600.
        geometry: where the front lies.

    Returns:
        The fan, and its drawing as SVG.
    """
    scale = geometry.front.width / WIDTH
    field, panel = geometry.fields[2], geometry.front
    left, top = (field.left - panel.left) / scale, -panel.top / scale
    width, height = field.width / scale, field.height / scale
    below = (geometry.height - panel.foot) / scale
    fan = fan_of(clean(book.title), foot + ABOVE, panel.height / scale, below + BELOW * panel.height / scale)
    mirrored = book.direction == "rtl"

    def drawn(polygon: Polygon, attributes: str) -> str:
        points = " ".join(f"{WIDTH - x if mirrored else x:.2f},{y:.2f}" for x, y in polygon)
        return f'<polygon points="{points}" {attributes}/>'

    parts = []
    colour = fan.ground
    for layer in layers(fan):
        colour = mixed(colour, PAPER, LEAF / 255)
        parts += [drawn(polygon, f'fill="{colour}"') for polygon in layer]
    # Edges one can see through are as light as what lies below them; these are as light as on half of the leaves.
    half = 1 - (1 - LEAF / 255) ** (len(fan.leaves) / 2)
    edge = mixed(mixed(fan.ground, PAPER, half), PAPER, EDGE / 255)
    plain = [leaf for number, leaf in enumerate(fan.leaves) if number != fan.marked]
    parts += [drawn(leaf, f'fill="none" stroke="{edge}" stroke-width="{_EDGE}"') for leaf in plain]
    marked = f'fill="none" stroke="{fan.bright}" stroke-width="{_BRIGHT_EDGE}"'
    parts.append(drawn(fan.leaves[fan.marked], marked))
    return fan, (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{field.width:.4f}mm" height="{field.height:.4f}mm"'
        f' viewBox="{left:.3f} {top:.3f} {width:.3f} {height:.3f}">{"".join(parts)}</svg>'
    ).encode()
