"""A summary to be written along numbered sections."""

from dataclasses import dataclass
from typing import ClassVar

from reports.schemas.definition import json_fields
from reports.schemas.definition.json_fields import (
    FORMAT_VERSION,
    DefinitionError,
    check_id,
    check_title,
    check_unique,
    stored,
)


@dataclass(frozen=True, slots=True)
class Section:
    """One numbered part of an outline: number 一, heading, and what it should cover."""

    id: str
    no: str
    heading: str
    hint: str = ""

    def __post_init__(self) -> None:
        check_id(self.id, f"提纲“{self.heading}”")
        if not self.heading.strip():
            raise DefinitionError(f"报表定义有误：提纲的第{self.id}部分没有标题。")

    @property
    def full_heading(self) -> str:
        """The heading with its number, as printed: 一、学习情况."""
        return f"{self.no}、{self.heading}" if self.no else self.heading

    def to_json(self) -> dict[str, object]:
        """A JSON-ready mapping."""
        return {"id": self.id, "no": self.no, "heading": self.heading, "hint": self.hint}

    @classmethod
    def from_json(cls, value: object) -> "Section":
        """Raises DefinitionError when the value is not a section."""
        data = json_fields.mapping(value, "提纲", allowed=cls.__slots__)
        return cls(
            id=json_fields.text(data, "id", "提纲"),
            no=json_fields.text(data, "no", "提纲", default=""),
            heading=json_fields.text(data, "heading", "提纲"),
            hint=json_fields.text(data, "hint", "提纲", default=""),
        )


@dataclass(frozen=True, slots=True)
class OutlineDefinition:
    """A summary to be written along an outline; max_chars limits all sections together."""

    title: str
    sections: tuple[Section, ...]
    annex_no: str = ""
    closing_note: str = ""
    max_chars: int | None = None
    kind: ClassVar[str] = "outline"

    def __post_init__(self) -> None:
        check_title(self.title)
        if not self.sections:
            raise DefinitionError("报表定义有误：提纲中没有需要填写的部分。")
        if self.max_chars is not None and self.max_chars < 1:
            raise DefinitionError("报表定义有误：提纲的字数上限应大于0。")
        check_unique(section.id for section in self.sections)

    def to_json(self) -> dict[str, object]:
        """A JSON-ready mapping that from_json reads back to an equal definition."""
        return {
            "version": FORMAT_VERSION,
            "kind": self.kind,
            "title": self.title,
            "annex_no": self.annex_no,
            "sections": [section.to_json() for section in self.sections],
            "closing_note": self.closing_note,
            "max_chars": self.max_chars,
        }

    @classmethod
    def from_json(cls, value: object) -> "OutlineDefinition":
        """Raises DefinitionError when the value is not an outline of a known version."""
        data = stored(value, kind=cls.kind, keys=cls.__slots__)
        sections = json_fields.items(data, "sections", "报表")
        return cls(
            title=json_fields.text(data, "title", "报表"),
            annex_no=json_fields.text(data, "annex_no", "报表", default=""),
            sections=tuple(Section.from_json(section) for section in sections),
            closing_note=json_fields.text(data, "closing_note", "报表", default=""),
            max_chars=json_fields.whole(data, "max_chars", "报表"),
        )
