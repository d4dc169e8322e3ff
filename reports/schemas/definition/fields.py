"""The blanks above and below a table, and what is printed about the form itself."""

from dataclasses import dataclass

from reports.schemas.definition import json_fields
from reports.schemas.definition.choices import Choice
from reports.schemas.definition.json_fields import DefinitionError, check_id
from reports.schemas.definition.kinds import FieldKind


@dataclass(frozen=True, slots=True)
class Field:
    """A labelled blank above or below the table, such as 填报单位(盖章) or 联系人及联系方式.

    ``seal``: a seal is set there, ``sign``: a person signs there, both on paper.
    """

    id: str
    label: str
    kind: FieldKind = FieldKind.TEXT
    required: bool = False
    seal: bool = False
    sign: bool = False
    choices: tuple[Choice, ...] = ()

    def __post_init__(self) -> None:
        check_id(self.id, f"“{self.label}”")
        if not self.label.strip():
            raise DefinitionError(f"报表定义有误：表头或表尾的{self.id}没有名称。")
        if (self.kind is FieldKind.CHOICE) is not bool(self.choices):
            raise DefinitionError(f"报表定义有误：“{self.label}”是选择项的才应列出选项。")

    def to_json(self) -> dict[str, object]:
        """A JSON-ready mapping."""
        data: dict[str, object] = {"id": self.id, "label": self.label, "kind": self.kind.value}
        data |= {name: True for name in ("required", "seal", "sign") if getattr(self, name)}
        if self.choices:
            data["choices"] = [choice.to_json() for choice in self.choices]
        return data

    @classmethod
    def from_json(cls, value: object) -> "Field":
        """Raises DefinitionError when the value is not a field."""
        data = json_fields.mapping(value, "表头或表尾项目", allowed=cls.__slots__)
        label = json_fields.text(data, "label", "表头或表尾项目")
        where = f"“{label}”"
        return cls(
            id=json_fields.text(data, "id", where),
            label=label,
            kind=json_fields.choice(data, "kind", where, FieldKind, FieldKind.TEXT),
            required=json_fields.flag(data, "required", where),
            seal=json_fields.flag(data, "seal", where),
            sign=json_fields.flag(data, "sign", where),
            choices=tuple(map(Choice.from_json, json_fields.items(data, "choices", where))),
        )


@dataclass(frozen=True, slots=True)
class Imprint:
    """What a statistical form says about itself, printed at its top right; blank where it does
    not: 表号, 制定机关, 批准文号, 有效期至."""

    table_no: str = ""
    issuer: str = ""
    approval_no: str = ""
    valid_until: str = ""

    def lines(self) -> list[str]:
        """表　　号：市监统1表, and so on; those that are blank are left out."""
        labels = ("表号", "制定机关", "批准文号", "有效期至")
        texts = (self.table_no, self.issuer, self.approval_no, self.valid_until)
        return [f"{label}：{text}" for label, text in zip(labels, texts, strict=True) if text]

    def to_json(self) -> dict[str, object]:
        """A JSON-ready mapping; what is blank is left out."""
        return {name: getattr(self, name) for name in self.__slots__ if getattr(self, name)}

    @classmethod
    def from_json(cls, value: object) -> "Imprint":
        """Raises DefinitionError when the value is not an imprint."""
        data = json_fields.mapping(value, "表号等", allowed=cls.__slots__)
        texts = {name: json_fields.text(data, name, "表号等", default="") for name in cls.__slots__}
        return cls(**texts)


NO_IMPRINT = Imprint()
