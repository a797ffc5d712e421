"""The house style, as `[style]` in `anthology.toml` has it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from anthology.config.table import Table
from anthology.config.types import NeededText

Quotes = Literal["as-written", "straight", "double", "single", "guillemets"]
Dashes = Literal["as-written", "em", "spaced-em", "spaced-en"]
Dots = Literal["as-written", "character", "three-dots"]
Ranges = Literal["as-written", "en-dash", "hyphen"]
Dates = Literal["as-written", "day-month-year", "month-day-year"]
Spelling = Literal["as-written", "en-GB", "en-GB-oxendict", "en-US"]
Titles = Literal["as-written", "title-case", "sentence-case"]


class HouseStyle(Table):
    """What the house has settled, so that a hundred articles look like one hand's.

    `anthology check` tells what is otherwise; where nothing is settled, only that an article mixes two ways.
    """

    quotes: Quotes = Field(
        default="as-written",
        description="How quotation marks and apostrophes are typed: straight, or as the double marks, the single marks "
        "or the guillemets of each article's language.",
    )
    dashes: Dashes = Field(
        default="as-written",
        description="The dash between words: an em dash without or with spaces, or an en dash with spaces.",
    )
    ellipsis: Dots = Field(
        default="as-written",
        description="How an ellipsis is typed: one character or three dots, which are printed as one.",
    )
    ranges: Ranges = Field(
        default="as-written",
        description="What stands between two numbers, days or times: an en dash or a hyphen.",
    )
    dates: Dates = Field(
        default="as-written", description='The order of dates in English text: "3 March" or "March 3".'
    )
    spelling: Spelling = Field(
        default="as-written",
        description="The spelling of English text: British with -ise, British with -ize, as Oxford has it, or American.",
    )
    titles: Titles = Field(
        default="as-written",
        description="The capitals of English titles: of every word that matters, or of the first alone.",
    )
    preferred: Mapping[str, NeededText] = Field(
        default={},
        description='Words that the house does not use, each with the one that it does: `ebook = "e-book"`.',
    )
