"""Editions: the late stages composed for one format each."""

from anthology.editions.base import Made, Manuscript

__all__ = ["Made", "Manuscript"]
