"""People: who is credited, how their names are sorted, and which names may be one person's."""

from anthology.people.credited import Credited, credited, names_to_confirm
from anthology.people.kinds import KindGuess, kind_of
from anthology.people.sorting import SortName, index_key, sort_name
from anthology.people.variants import Merge, merges, merges_to_confirm

__all__ = [
    "Credited",
    "KindGuess",
    "Merge",
    "SortName",
    "credited",
    "index_key",
    "kind_of",
    "merges",
    "merges_to_confirm",
    "names_to_confirm",
    "sort_name",
]
