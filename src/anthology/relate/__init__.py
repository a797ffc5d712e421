"""Relate: references resolved, similar articles proposed, everything turned round into back-links."""

from anthology.relate.outside import OutsidePiece, outside_pieces
from anthology.relate.proposals import propose
from anthology.relate.resolve import Resolution, Resolver
from anthology.relate.similar import Similar, similar_articles
from anthology.relate.stage import Resolutions, relate, resolve_all

__all__ = [
    "OutsidePiece",
    "Resolution",
    "Resolutions",
    "Resolver",
    "Similar",
    "outside_pieces",
    "propose",
    "relate",
    "resolve_all",
    "similar_articles",
]
