"""Plan: the running order of a book before it is made, and what is out of balance in it."""

from anthology.plan.doubles import Double, doubles
from anthology.plan.order import Planned, PlannedSection, RunningOrder, running_order

__all__ = ["Double", "Planned", "PlannedSection", "RunningOrder", "doubles", "running_order"]
