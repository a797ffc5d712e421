"""Handover: what a printer and the shops are sent of a release, in one folder, examined and with its digests."""

from anthology.handover.assemble import hand_over
from anthology.handover.release import Handover, Release

__all__ = ["Handover", "Release", "hand_over"]
