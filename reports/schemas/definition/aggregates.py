"""What becomes of figures where several rows or several units are taken together."""

from dataclasses import dataclass

from reports.schemas.definition import json_fields
from reports.schemas.definition.json_fields import check_id

RATE_WORDS = ("率", "比例", "占比", "%", "％", "平均")  # in a label, or as a measure


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate is never added up: it is the total of its numerator ÷ that of its denominator.

    Of a column these are columns of the same table, of a row rows.
    """

    numerator: str
    denominator: str

    def __post_init__(self) -> None:
        check_id(self.numerator, "分子")
        check_id(self.denominator, "分母")

    def to_json(self) -> dict[str, object]:
        """A JSON-ready mapping."""
        return {"numerator": self.numerator, "denominator": self.denominator}

    @classmethod
    def from_json(cls, value: object) -> "Rate | None":
        """None for null; raises DefinitionError when the value is no rate."""
        if value is None:
            return None
        data = json_fields.mapping(value, "比率", allowed=cls.__slots__)
        return cls(*(json_fields.text(data, name, "比率") for name in cls.__slots__))


def is_rate(label: str, measure: str) -> bool:
    """Do the words speak of a rate, which cannot be added up?"""
    return any(word in label or word == measure for word in RATE_WORDS)
