"""The labelled blanks of the lines above and below a table: 填报单位(盖章): ____ 填报日期: ____."""

import re

from reports.schemas.definition.fields import Field
from reports.schemas.proposing import guesses
from reports.schemas.proposing.header_tree import clean_label

_DATE_BLANK = re.compile(r"[_＿\s]*年[_＿\s]*月[_＿\s]*日")
_LABELLED = re.compile(r"([^:：_＿]+)[:：]")
_ASKED = re.compile(
    r"单位|日期|时间|月份|报告期|人|电话|信箱|邮箱|[Ee]-?mail|审核|地址|部门|盖章|签"
)
# 单位：万元 is the unit of measurement; 填报单位：____ is who reports.
_UNIT_LINE = re.compile(r"(?<![报送告填位系])(?:计量)?单位\s*[:：]\s*([^\s:：_＿]+)")


def fields_of(line: str, prefix: str, *, is_form: bool = False) -> tuple[Field, ...]:
    """A field for each label; without a colon the line is one label. Rules and notes are none.

    In a line that is known to be one `is_form` of blanks, every label is a field.
    """
    plain = _UNIT_LINE.sub(" ", _DATE_BLANK.sub(" ", line))
    found = _LABELLED.findall(plain) if re.search("[:：]", plain) else [plain.strip("_＿ ")]
    labels = [clean_label(label) for label in found]
    return tuple(
        Field(
            f"{prefix}{number}",
            label,
            kind=guesses.of_field(label),
            required=True,
            seal="盖章" in label,
            sign=bool(re.search("签字|签名|签章", label)),
        )
        for number, label in enumerate(
            (one for one in labels if (is_form and one) or _ASKED.search(one)), start=1
        )
    )


def unit_line_of(line: str) -> str:
    """单位：万元 where the line says so; else empty."""
    found = _UNIT_LINE.search(line)
    return f"单位：{found[1]}" if found and not found[1].endswith("局") else ""
