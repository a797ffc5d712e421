"""Typeset: documents become leaves; the only package that knows WeasyPrint."""

from anthology.typeset.furniture import read_frames, set_frames
from anthology.typeset.leaf import set_leaf
from anthology.typeset.markup import slots_of
from anthology.typeset.press import warm_up

__all__ = ["read_frames", "set_frames", "set_leaf", "slots_of", "warm_up"]
