"""Explanations of the codes of problems: why each is told, and what to do; for the handbook and the command line."""

from __future__ import annotations

from anthology.explanations.register import Explanation, explanation, explanations
from anthology.explanations.text import explained

__all__ = ["Explanation", "explained", "explanation", "explanations"]
