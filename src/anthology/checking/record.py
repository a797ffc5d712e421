"""The account of a check for programs: what `anthology check --format json` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, Field

from anthology.checking.report import CheckReport, Kind
from anthology.record import ProblemRecord

if TYPE_CHECKING:
    from anthology.checking.report import Look


class _Part(BaseModel):
    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        field_title_generator=lambda name, _field: name.replace("_", " ").capitalize(),
    )


class LookRecord(_Part):
    """One look that belongs to the check."""

    name: str = Field(description="The program, or what was looked at.")
    subject: str = Field(description="The edition or the file that it was to look at.")
    taken: bool = Field(description="Whether it did.")
    missing: str = Field(default="", description="Why it did not.")
    mend: str = Field(default="", description="The command that mends that, if one does.")

    @classmethod
    def of(cls, look: Look) -> LookRecord:
        """Record a look."""
        return cls(
            name=look.name, subject=look.subject, taken=look.taken, missing=look.missing, mend=look.mend
        )


class CheckRecord(_Part):
    """A check."""

    kind: Kind = Field(description="What was checked: a project, an e-book or a PDF.")
    file: str = Field(description="The folder or file, as the command named it.")
    profile: str | None = Field(default=None, description="The printer that a PDF was checked for.")
    verified_on: str | None = Field(
        default=None, description="The day on which the printer's rules were looked up."
    )
    rules: int | None = Field(default=None, ge=0, description="How many rules a PDF was held against.")
    pages: int | None = Field(default=None, ge=0, description="How many pages a PDF has.")
    complete: bool = Field(description="Whether all looks that belong to the check were taken.")
    looks: tuple[LookRecord, ...] = Field(default=(), description="The looks that belong to the check.")
    errors: int = Field(ge=0, description="How many errors were found.")
    warnings: int = Field(ge=0, description="How many warnings were found.")
    problems: tuple[ProblemRecord, ...] = Field(default=(), description="What was found, by file and line.")

    @classmethod
    def of(cls, report: CheckReport) -> CheckRecord:
        """Record a check."""
        profile, is_pdf = report.profile, report.kind == "pdf"
        errors = sum(problem.severity == "error" for problem in report.problems)
        return cls(
            kind=report.kind,
            file=report.subject,
            profile=profile.name if profile else None,
            verified_on=profile.verified_on.isoformat() if profile else None,
            rules=report.rules if is_pdf else None,
            pages=report.pages if is_pdf else None,
            complete=report.complete,
            looks=tuple(map(LookRecord.of, report.looks)),
            errors=errors,
            warnings=len(report.problems) - errors,
            problems=tuple(map(ProblemRecord.of, report.problems)),
        )

    def to_json(self) -> str:
        """Write the record as JSON: keys in the order of the schema, two spaces a level, a last line end."""
        return self.model_dump_json(indent=2) + "\n"


def check_schema() -> dict[str, Any]:
    """Give the JSON Schema (2020-12) of what `anthology check --format json` prints."""
    schema = CheckRecord.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": "Check"}
