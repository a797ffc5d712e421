"""What `[contributors]` says of a name: the one place in which it is looked up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from anthology.people.sorting import index_key, sort_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from anthology.config import Config
    from anthology.config.model import Contributor


@dataclass(frozen=True, slots=True)
class Contributors:
    """The people and organisations of `[contributors]`, by every form of their names.

    `labels` gives their keys there; `language` is that of the book (BCP 47), which sorts those who are not there.
    """

    entries: Mapping[str, Contributor]
    labels: Mapping[str, str]
    language: str

    @classmethod
    def of(cls, config: Config) -> Contributors:
        """Take them from a config; a name that two of them have is that of the first."""
        labels: dict[str, str] = {}
        for label, entry in config.contributors.items():
            for name in (entry.name, *entry.also):
                labels.setdefault(name, label)
        entries = {name: config.contributors[label] for name, label in labels.items()}
        return cls(entries, labels, config.book.language)

    def known_as(self, name: str) -> str:
        """Give the name under which somebody is known."""
        return self.entries[name].name if name in self.entries else name

    def bio(self, name: str) -> str:
        """Give the sentence or two about somebody."""
        return self.entries[name].bio if name in self.entries else ""

    def kind(self, name: str) -> Literal["person", "organisation"]:
        """Tell whether a name is that of a person or of an organisation."""
        return self.entries[name].kind if name in self.entries else "person"

    def sort(self, name: str) -> str:
        """Give the text that sorts a name."""
        return self.stated_sort(name) or index_key(name, self.language)

    def inverted(self, name: str) -> str:
        """Give a name as an index prints it, the family name first; as it is where only a guess could tell.

        What `sort` says is printed where it is the name in another order, and not a key of other letters.
        """
        if stated := self.stated_sort(name):
            return stated if _words(stated) == _words(name) else name
        found = sort_name(name, self.language)
        return found.text if found.certain else name

    def stated_sort(self, name: str) -> str:
        """Give the text by which `[contributors]` has a name sorted; empty where it says nothing of that."""
        entry = self.entries.get(name)
        if entry is None:
            return ""
        return entry.sort or (entry.name if entry.kind == "organisation" else "")


def _words(name: str) -> list[str]:
    return sorted(name.replace(",", " ").replace("،", " ").split())
