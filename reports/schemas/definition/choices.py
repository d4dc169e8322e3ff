"""Cells that are ticked rather than written: 企业性质 □国有 □非国有, 是否建档 □是 □否."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reports.schemas.definition import json_fields
from reports.schemas.definition.json_fields import DefinitionError

GAP = "、"  # between the answers of a cell where several may be ticked
_TICKED = "☑☒■√✓✔▣"
_OPEN = "□☐▢○"
_BOX = re.compile(rf"([{_TICKED}{_OPEN}])\s*([^{_TICKED}{_OPEN}]+)")
_BETWEEN = re.compile(r"[、,，;；\n]\s*")


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to choose; ``code`` is what registers write in its place: 0, 1, A."""

    label: str
    code: str = ""

    def __post_init__(self) -> None:
        if not self.label.strip() or re.search(rf"[、,，;；\n{_TICKED}{_OPEN}]", self.label):
            raise DefinitionError(
                f"报表定义有误：选项“{self.label}”不能为空，也不能含有顿号、逗号、分号或方框。"
            )

    def to_json(self) -> object:
        """The label alone where there is no code."""
        return {"label": self.label, "code": self.code} if self.code else self.label

    @classmethod
    def from_json(cls, value: object) -> "Choice":
        """Raises DefinitionError when the value is no choice."""
        if isinstance(value, str):
            return cls(value)
        data = json_fields.mapping(value, "选项", allowed=cls.__slots__)
        label = json_fields.text(data, "label", "选项")
        return cls(label, json_fields.text(data, "code", "选项", default=""))


YES_NO = (Choice("是"), Choice("否"))


def chosen(text: str, choices: Sequence[Choice]) -> tuple[str, ...] | None:
    """The labels that a text names, in the order of the choices; None where it names another.

    Understood are labels, codes, and boxes with ticks (☑国有 □非国有); none of them ticked is ().
    """
    boxes = _BOX.findall(text)
    if boxes and not re.sub(_BOX, "", text).strip():
        parts = [label.strip(" 　、，,") for box, label in boxes if box in _TICKED]
        known = {label.strip(" 　、，,") for _, label in boxes}
        if not known <= {choice.label for choice in choices}:
            return None
    else:
        parts = [part.strip() for part in _BETWEEN.split(text.strip())]
    by_name = {name: choice.label for choice in choices for name in (choice.label, choice.code)}
    if not all(part and part in by_name for part in parts):
        return None
    named = {by_name[part] for part in parts}
    return tuple(choice.label for choice in choices if choice.label in named)


def ticked(text: str, choices: Iterable[Choice]) -> str:
    """As paper has it: ☑国有　□非国有."""
    named = text.split(GAP)
    return "　".join(f"{'☑' if choice.label in named else '□'}{choice.label}" for choice in choices)
