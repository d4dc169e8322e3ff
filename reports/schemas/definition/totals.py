"""The row of totals, which is computed anew wherever it is shown and never stored."""

from dataclasses import dataclass

from reports.schemas.definition import json_fields
from reports.schemas.definition.json_fields import DefinitionError
from reports.schemas.definition.kinds import Position


@dataclass(frozen=True, slots=True)
class Total:
    """One line over or under all rows, each column taken together after its rule."""

    label: str = "合计"
    position: Position = Position.LAST

    def __post_init__(self) -> None:
        if not self.label.strip():
            raise DefinitionError("报表定义有误：合计行没有名称。")

    def to_json(self) -> dict[str, object]:
        """A JSON-ready mapping."""
        return {"label": self.label, "position": self.position.value}

    @classmethod
    def from_json(cls, value: object) -> "Total | None":
        """None for null; raises DefinitionError when the value is no row of totals."""
        if value is None:
            return None
        data = json_fields.mapping(value, "合计行", allowed=cls.__slots__)
        return cls(
            label=json_fields.text(data, "label", "合计行"),
            position=json_fields.choice(data, "position", "合计行", Position, Position.LAST),
        )
