"""Separation: what the engine drew for a screen, said anew in the inks of a press, and with nothing transparent.

The engine draws in sRGB, with shades of ink for text, and with transparency wherever styles or drawings ask for it.
Here a drawn file is changed in place: every colour, shading and picture of it is separated; text is solid black, or
the bare paper where it is light; transparency is worked out against white paper where a printer wants none.
"""

from anthology.typeset.separation.drawing import separate
from anthology.typeset.separation.inks import inks_for

__all__ = ["inks_for", "separate"]
