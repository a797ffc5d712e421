"""Read one field of the front matter: the value its meaning asks for, or a problem with key and line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

from anthology.model import (
    Approval,
    Credit,
    Origin,
    PictureRecord,
    Reference,
    Rights,
    RightsStatus,
    Role,
    Source,
)
from anthology.problems import did_you_mean
from anthology.read.front_matter.scalars import NoSuchDay, read_date, read_flag, read_language, read_number
from anthology.read.front_matter.tree import Entry
from anthology.wording import visible

if TYPE_CHECKING:
    import datetime as dt

    from anthology.read.source import Source as TextSource

ROLES: tuple[str, ...] = get_args(Role)
RIGHTS_STATUSES: tuple[str, ...] = tuple(status for status in get_args(RightsStatus) if status)
CREDIT_KEYS = ("name", "role", "credited-as")
REFERENCE_KEYS = ("standfirst", "section", "date")
RIGHTS_KEYS = ("status", "holder", "licence", "credit", "evidence", "expires")
PICTURE_RIGHTS_KEYS = ("file", *RIGHTS_KEYS)
APPROVAL_KEYS = ("by", "date", "digest")
SOURCE_KEYS = ("url", "publication", "title", "standfirst", "section", "date", "byline", "capture", "sha256")

# A related entry in brackets may also name its article; all of these say the same.
_NAME_KEYS = ("name", "id", "title", "path")


class FieldReader:
    """Reads the entries of one file's front matter and notes their problems in the file's source."""

    def __init__(self, source: TextSource) -> None:
        self._source = source

    def text(self, key: str, entry: Entry) -> str:
        """Read a text on one line, however it was wrapped."""
        if not isinstance(entry.value, str):
            self._wrong_kind(key, entry, "a text")
            return ""
        text = "" if entry.is_nothing else " ".join(entry.value.split())
        return text if visible(text) else ""

    def texts(self, key: str, entry: Entry) -> tuple[str, ...]:
        """Read a list of texts; a single text is a list of one."""
        held = entry.value if isinstance(entry.value, tuple) else (entry,)
        texts = [self.text(key, item) for item in held]
        return tuple(dict.fromkeys(text for text in texts if text))

    def tags(self, key: str, entry: Entry) -> tuple[str, ...]:
        """Read tags: a list, or one text with commas between them."""
        if isinstance(entry.value, str) and not entry.is_nothing:
            return tuple(
                dict.fromkeys(
                    tag for part in entry.value.split(",") if visible(tag := " ".join(part.split()))
                )
            )
        return self.texts(key, entry)

    def date(self, key: str, entry: Entry) -> dt.date | None:
        """Read a date."""
        text = self.text(key, entry)
        if not text:
            return None
        try:
            date = read_date(text)
        except NoSuchDay:
            self._source.error("F007", f'"{key}": there is no such day as {text}', entry.line)
            return None
        if date is None:
            self._source.error(
                "F007", f'"{key}" is not a date: "{text}"', entry.line, "write it as 2025-07-29"
            )
        return date

    def flag(self, key: str, entry: Entry) -> bool:
        """Read yes or no."""
        text = self.text(key, entry)
        flag = read_flag(text)
        if flag is None and text:
            self._source.error(
                "F008", f'"{key}" is neither yes nor no: "{text}"', entry.line, "write true or false"
            )
        return bool(flag)

    def number(self, key: str, entry: Entry) -> float | None:
        """Read a number."""
        text = self.text(key, entry)
        number = read_number(text) if text else None
        if number is None and text:
            self._source.error("F012", f'"{key}" is not a number: "{text}"', entry.line)
        return number

    def language(self, key: str, entry: Entry) -> str:
        """Read a language tag."""
        text = self.text(key, entry)
        language = read_language(text) if text else ""
        if language is None:
            hint = 'write a tag such as "en", "pt-BR" or "zh-Hant"'
            self._source.error("F009", f'"{key}" is not a language tag: "{text}"', entry.line, hint)
        return language or ""

    def credits(self, key: str, entry: Entry) -> tuple[Credit, ...]:
        """Read the people behind an article: a name, a group with name and role, or a list of either."""
        held = entry.value if isinstance(entry.value, tuple) else (entry,)
        return tuple(credit for item in held if (credit := self._credit(key, item)))

    def references(self, key: str, entry: Entry) -> tuple[Reference, ...]:
        """Read related entries: names, or stubs with standfirst, section and date."""
        held = entry.value if isinstance(entry.value, tuple) else (entry,)
        return tuple(reference for item in held if (reference := self._reference(key, item)))

    def rights(self, key: str, entry: Entry) -> Rights:
        """Read what is known of the right to print a piece."""
        return self._rights(key, self._group(key, entry, RIGHTS_KEYS))

    def picture_rights(self, key: str, entry: Entry) -> tuple[PictureRecord, ...]:
        """Read what is known of the rights to pictures: a group, or a list of them, each naming a file as written."""
        held = entry.value if isinstance(entry.value, tuple) else (entry,)
        return tuple(record for item in held if (record := self._picture_record(key, item)))

    def source(self, key: str, entry: Entry) -> Source:
        """Read where an article was first published; a single text is its address."""
        if isinstance(entry.value, str):
            return Source(url=self.text(key, entry))
        held = self._group(key, entry, SOURCE_KEYS)
        texts = {
            name: self.text(f"{key}.{name}", held[name])
            for name in SOURCE_KEYS
            if name in held and name != "date"
        }
        return Source(date=self._optional_date(key, "date", held), **texts)

    def approval(self, key: str, entry: Entry) -> Approval:
        """Read who approved an article; a single text says who or when."""
        if isinstance(entry.value, str):
            text = self.text(key, entry)
            try:
                date = read_date(text)
            except NoSuchDay:
                date = None
            return Approval(date=date) if date else Approval(text)
        held = self._group(key, entry, APPROVAL_KEYS)
        by, digest = (
            self.text(f"{key}.{name}", held[name]) if name in held else "" for name in ("by", "digest")
        )
        return Approval(by, self._optional_date(key, "date", held), digest)

    def _picture_record(self, key: str, entry: Entry) -> PictureRecord | None:
        held = self._group(key, entry, PICTURE_RIGHTS_KEYS)
        file = self.text(f"{key}.file", held["file"]) if "file" in held else ""
        if not file:
            if held:
                hint = "write the path of the picture, from this file on"
                self._source.error("F006", f'an entry of "{key}" has no "file"', entry.line, hint)
            return None
        return PictureRecord(file, self._rights(key, held), Origin(self._source.path, entry.line))

    def _rights(self, key: str, held: dict[str, Entry]) -> Rights:
        texts = {name: self.text(f"{key}.{name}", held[name]) for name in RIGHTS_KEYS[1:5] if name in held}
        status: Any = self._one_of(f"{key}.status", held.get("status"), RIGHTS_STATUSES)
        return Rights(status=status, expires=self._optional_date(key, "expires", held), **texts)

    def _credit(self, key: str, entry: Entry) -> Credit | None:
        if not isinstance(entry.value, dict):
            name = self.text(key, entry)
            return Credit(name) if name else None
        held = self._group(key, entry, CREDIT_KEYS)
        name, credited_as = (
            self.text(f"{key}.{part}", held[part]) if part in held else "" for part in CREDIT_KEYS[::2]
        )
        role: Any = self._one_of(f"{key}.role", held.get("role"), ROLES) or "author"
        if not name:
            self._source.error("F006", f'an entry of "{key}" has no "name"', entry.line)
            return None
        return Credit(name, role, credited_as)

    def _reference(self, key: str, entry: Entry) -> Reference | None:
        origin = Origin(self._source.path, entry.line)
        if not isinstance(entry.value, dict):
            name = self.text(key, entry)
            return Reference(origin, name) if name else None
        if len(entry.value) == 1:
            ((before, after),) = entry.value.items()
            if before not in (*REFERENCE_KEYS, *_NAME_KEYS) and isinstance(after.value, str):
                # `- Sleep: a guide` is a title with a colon that YAML takes for a key.
                return Reference(origin, f"{before}: {self.text(key, after)}".strip())
        held = self._group(key, entry, REFERENCE_KEYS, also=_NAME_KEYS)
        name = next((self.text(f"{key}.{part}", held[part]) for part in _NAME_KEYS if part in held), "")
        standfirst, section = (
            self.text(f"{key}.{part}", held[part]) if part in held else "" for part in REFERENCE_KEYS[:2]
        )
        date = self._optional_date(key, "date", held)
        if not (name or standfirst or section or date):
            return None
        return Reference(origin, name, standfirst, section, date)

    def _group(
        self, key: str, entry: Entry, known: tuple[str, ...], also: tuple[str, ...] = ()
    ) -> dict[str, Entry]:
        if not isinstance(entry.value, dict):
            if not entry.is_nothing:
                self._wrong_kind(key, entry, "a group of keys", f"its keys are {', '.join(known)}")
            return {}
        for name, held in entry.value.items():
            if name not in known and name not in also:
                self._source.warn(
                    "F011",
                    f'"{key}" has no "{name}"; it is left out',
                    held.line,
                    did_you_mean(name, known) or f"its keys are {', '.join(known)}",
                    fold="{count} keys inside authors, related, rights, picture-rights, approved or source are not known and are left out",
                )
        return entry.value

    def _one_of(self, key: str, entry: Entry | None, known: tuple[str, ...]) -> str:
        text = self.text(key, entry).lower().replace(" ", "-") if entry else ""
        if not text or text in known:
            return text
        hint = did_you_mean(text, known) or f"it is one of {', '.join(known)}"
        self._source.error("F010", f'"{key}" cannot be "{text}"', entry.line if entry else None, hint)
        return ""

    def _optional_date(self, key: str, name: str, held: dict[str, Entry]) -> dt.date | None:
        return self.date(f"{key}.{name}", held[name]) if name in held else None

    def _wrong_kind(self, key: str, entry: Entry, wanted: str, hint: str = "") -> None:
        self._source.error("F006", f'"{key}" must be {wanted}, not {entry.kind}', entry.line, hint)
