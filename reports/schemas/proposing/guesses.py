"""What a label suggests that its column holds.

The wording follows the survey of real tables this product was made from; a person checks it.
"""

import re
from dataclasses import dataclass

from reports.schemas.definition.choices import Choice
from reports.schemas.definition.json_fields import DefinitionError
from reports.schemas.definition.kinds import ColumnKind, FieldKind
from reports.schemas.definition.measures import is_money

_DECIMAL_MEASURES = ("公斤", "千克", "吨", "平方米", "公里", "亩", "公顷", "升")
_MONEY_MEASURES = ("元", "千元", "万元", "百万元", "亿元")
_PERCENT_MEASURES = ("%", "％")
_COUNTED_MEASURES = (
    *("家", "个", "件", "份", "次", "人", "户", "批", "种", "宗", "起", "台", "条", "场", "项"),
    *("篇", "辆", "所", "处", "天", "期", "人次", "户次", "家次", "批次", "台套", "小时", "栋"),
)
MEASURES = frozenset({*_DECIMAL_MEASURES, *_MONEY_MEASURES, *_PERCENT_MEASURES, *_COUNTED_MEASURES})
_MEASURE = re.compile(rf"[(（]({'|'.join(sorted(MEASURES, key=len, reverse=True))})[)）]$")
_ONE_OF = re.compile(r"[(（]([^()（）/／]{1,12}(?:[/／][^()（）/／]{1,12})+)[)）]$")
_MARKS = re.compile("[①-⑳]")
_MONTH = re.compile(r"(年月|月份|报告期)$")
_DATE = re.compile(r"(日期|时间)$")
_INTEGER = re.compile(r"(数|数量|次数|批次|人次|家次|户次|总数|合计|小计)$")
_DECIMAL = re.compile(r"(金额|比例|货值|面积|重量)$")
_PERCENT = re.compile(r"率$")
_REMARK = re.compile(r"^备\s*注$")
_CONTACT = re.compile(r"联系人.*(电话|方式)")
_LONGTEXT = re.compile(
    r"情况|做法|工作|内容|经验|措施|成效|问题|建议|意见|说明|备注|事迹|案例|简介"
)
_PERSON = re.compile(r"人$|负责人|审核|填表|签发|报送人|制表")


@dataclass(frozen=True, slots=True)
class Guess:
    """A kind with what it needs."""

    kind: ColumnKind
    measure: str = ""
    choices: tuple[Choice, ...] = ()


def of_column(label: str) -> Guess:
    """Its measure first, then its ending, then what it speaks of."""
    plain = _MARKS.sub("", label).strip()
    measure = measure_of(plain)
    bare = _MEASURE.sub("", plain).strip()
    if bare == "序号":
        return Guess(ColumnKind.SERIAL)
    if _REMARK.match(bare):
        return Guess(ColumnKind.REMARK)
    if choices := _choices(bare):
        return Guess(ColumnKind.CHOICE, choices=choices)
    if bare.startswith("是否"):
        return Guess(ColumnKind.YES_NO)
    if measure:
        return Guess(kind_of_measure(measure), measure)
    return Guess(_kind(bare))


def kind_of_measure(measure: str) -> ColumnKind:
    """Money, a percent, a weight with decimals, or a count."""
    if is_money(measure):
        return ColumnKind.MONEY
    if measure in _PERCENT_MEASURES:
        return ColumnKind.PERCENT
    return ColumnKind.DECIMAL if measure in _DECIMAL_MEASURES else ColumnKind.INTEGER


def measure_of(label: str) -> str:
    """The unit of measurement in brackets at the end of a label; empty where there is none."""
    found = _MEASURE.search(label)
    return found[1] if found else ""


def of_field(label: str) -> FieldKind:
    """What a blank above or below a table holds."""
    if _MONTH.search(label):
        return FieldKind.MONTH
    if _DATE.search(label):
        return FieldKind.DATE
    if re.search("邮箱|信箱|[Ee]-?mail", label):
        return FieldKind.EMAIL
    if _CONTACT.search(label):
        return FieldKind.CONTACT
    if re.search("电话|手机|传真", label):
        return FieldKind.PHONE
    if _PERSON.search(label):
        return FieldKind.PERSON
    return FieldKind.UNIT if "单位" in label and "联系" not in label else FieldKind.TEXT


def _kind(label: str) -> ColumnKind:
    kinds = (
        (_MONTH, ColumnKind.MONTH),
        (_PERCENT, ColumnKind.PERCENT),
        (_DECIMAL, ColumnKind.DECIMAL),
        (_DATE, ColumnKind.DATE),
        (_INTEGER, ColumnKind.INTEGER),
        (_CONTACT, ColumnKind.CONTACT),
        (_LONGTEXT, ColumnKind.LONGTEXT),
    )
    return next((kind for pattern, kind in kinds if pattern.search(label)), ColumnKind.TEXT)


def _choices(label: str) -> tuple[Choice, ...]:
    """国有 and 非国有 of 企业性质（国有/非国有）; none where it is no list of answers."""
    found = _ONE_OF.search(label)
    names = re.split("[/／]", found[1]) if found else []
    if len(set(names)) != len(names) or any(name.strip() in MEASURES for name in names):
        return ()
    try:
        return tuple(Choice(name.strip()) for name in names)
    except DefinitionError:
        return ()
