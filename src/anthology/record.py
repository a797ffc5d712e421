"""The account of a build that succeeded: `dist/build.json`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from anthology.problems import Problem, Severity


class _Part(BaseModel):
    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        field_title_generator=lambda name, _field: name.replace("_", " ").capitalize(),
    )


class BookRecord(_Part):
    """Which book it is."""

    title: str = Field(description="The title of the book.")
    identifier: str = Field(
        description="Its identifier, stated or computed: urn:uuid:…, another URN or a URL."
    )


class BlockRecord(_Part):
    """What became of the blocks of the articles' text."""

    source: int = Field(ge=0, description="How many blocks the articles have.")
    placed: int = Field(ge=0, description="How many of them stand in the edition.")
    missing: tuple[str, ...] = Field(default=(), description="The ids of those that do not.")


class CoverRecord(_Part):
    """The cover round a printed edition: back, spine and front in a file of its own."""

    path: str = Field(description="Its file, relative to the output folder.")
    bytes: int = Field(ge=0, description="The size of the file.")
    sha256: str = Field(description="The digest of the file, in hexadecimal figures.")


class EditionRecord(_Part):
    """One edition and its file."""

    name: str = Field(description="The name of the edition in anthology.toml.")
    format: Literal["epub", "pdf"] = Field(description="Its format.")
    path: str = Field(description="Its file, relative to the output folder.")
    bytes: int = Field(ge=0, description="The size of the file.")
    sha256: str = Field(description="The digest of the file, in hexadecimal figures.")
    articles: int = Field(ge=0, description="How many articles it holds.")
    pages: int | None = Field(
        default=None, description="How many pages it has; null for an e-book without a page list."
    )
    seconds: float = Field(ge=0, description="How long it took to make.")
    reused: int = Field(default=0, ge=0, description="How many of its articles came from the cache.")
    blocks: BlockRecord = Field(description="What became of the blocks of the articles' text.")
    start_pages: Mapping[str, str] = Field(
        default={},
        description="The printed folio on which each piece begins, by id, in the order of the book.",
    )
    section_pages: Mapping[str, tuple[int, int]] = Field(
        default={},
        description="The first and the last page of each section, by slug: up to the next, or to the back matter.",
    )
    cover: CoverRecord | None = Field(
        default=None, description="The cover round it; null for an edition without one."
    )


class ProblemRecord(_Part):
    """A warning of the build."""

    code: str = Field(description="The stable code of the problem.")
    severity: Severity = Field(description="Whether it stops a book.")
    message: str = Field(description="What is wrong.")
    path: str | None = Field(default=None, description="The file it is in, relative to the project.")
    line: int | None = Field(default=None, description="The line, from 1.")
    hint: str = Field(default="", description="What to do.")

    @classmethod
    def of(cls, problem: Problem) -> ProblemRecord:
        """Record a problem."""
        return cls(
            code=problem.code,
            severity=problem.severity,
            message=problem.message,
            path=problem.origin.path if problem.origin else None,
            line=problem.origin.line if problem.origin else None,
            hint=problem.hint,
        )


class Versions(_Part):
    """What made the book."""

    anthology: str = Field(description="The version of anthology.")
    weasyprint: str = Field(description="The version of WeasyPrint.")
    ebooklib: str = Field(description="The version of EbookLib.")
    python: str = Field(description="The version of Python.")

    @classmethod
    def installed(cls) -> Versions:
        """Ask what is installed here."""
        import platform
        from importlib.metadata import version

        return cls(
            anthology=version("anthology"),
            weasyprint=version("weasyprint"),
            ebooklib=version("EbookLib"),
            python=platform.python_version(),
        )


class BuildRecord(_Part):
    """A build."""

    book: BookRecord = Field(description="Which book it is.")
    proof: bool = Field(
        default=False,
        description="Whether it is a proof, stamped as a draft, whose rights need not be cleared.",
    )
    editions: tuple[EditionRecord, ...] = Field(default=(), description="The editions that were made.")
    problems: tuple[ProblemRecord, ...] = Field(
        default=(), description="What the editor should know, by file and line."
    )
    versions: Versions = Field(description="What made the book.")

    def again(self, seconds: float) -> BuildRecord:
        """Give the record of a build that comes to the same, and takes so many seconds to find that out."""
        editions = tuple(
            edition.model_copy(update={"seconds": round(seconds, 2), "reused": edition.articles})
            for edition in self.editions
        )
        return self.model_copy(update={"editions": editions})

    def to_json(self) -> str:
        """Write the record as JSON: keys in the order of the schema, two spaces a level, a last line end."""
        return self.model_dump_json(indent=2) + "\n"


def record_schema() -> dict[str, Any]:
    """Give the JSON Schema (2020-12) of `build.json`."""
    schema = BuildRecord.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": "build.json"}
