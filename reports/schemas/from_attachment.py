"""Proposes a form from a table or an outline that a notice carries; a person checks it.

What is guessed from the wording of labels (kinds, per unit or per row, what is required) follows
the survey of real tables this product was made from and can be changed on the checking page.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count

from notices.text.attachments import AttachmentOutline, AttachmentTable
from reports.schemas.columns import Column, ColumnKind, Field, FieldKind, Per
from reports.schemas.definition import FormDefinition, OutlineDefinition, Section
from reports.schemas.header_tree import HeaderNode, clean_label, header_tree
from reports.schemas.json_fields import DefinitionError

_DECIMAL_MEASURES = ("元", "万元", "亿元", "公斤", "千克", "吨", "%", "％", "平方米", "公里")
_COUNTED_MEASURES = (
    *("家", "个", "件", "份", "次", "人", "户", "批", "种", "宗", "起", "台", "条", "场", "项"),
    *("篇", "辆", "所", "处", "天", "期", "人次", "户次", "家次", "批次", "台套", "小时"),
)
_MEASURE = re.compile(rf"[(（]({'|'.join(_DECIMAL_MEASURES + _COUNTED_MEASURES)})[)）]$")
_DATE = re.compile(r"(日期|时间|年月)$")
_INTEGER = re.compile(r"(数|数量|次数|批次|人次|家次|户次|总数|合计|小计)$")
_DECIMAL = re.compile(r"(金额|比例|率|货值|面积|重量)$")
_LONGTEXT = re.compile(r"情况|做法|工作|内容|经验|措施|成效|问题|建议|意见|说明|备注|事迹|案例")
_LONG_NAME = re.compile(r"(名称|标题|地址)$")
_SUGGESTIONS = {"当前进展": ("起草中", "征求意见", "送审", "已印发")}
_DATE_BLANK = re.compile(r"[_＿\s]*年[_＿\s]*月[_＿\s]*日")
_LABELLED = re.compile(r"([^:：_＿]+)[:：]")
_NUMBERED = re.compile(r"([一二三四五六七八九十]+)[、．.]\s*(.+)", re.DOTALL)


def table_definition(table: AttachmentTable) -> FormDefinition:
    """The form of a table; raises DefinitionError when its header holds no label."""
    nodes = header_tree(table.header_rows)
    if not any(leaf.label for leaf in _leaves(nodes)):
        raise DefinitionError("附件中的表格没有表头，无法生成报表，请人工建表。")
    leaf_ids = (f"c{number}" for number in count(1))
    group_ids = (f"g{number}" for number in count(1))
    columns = tuple(_column(node, leaf_ids, group_ids) for node in nodes)
    return FormDefinition(
        title=clean_label(table.title),
        annex_no=_annex_no(table.number),
        head_fields=_fields(table.unit_line, "h"),
        columns=_split_by_unit(columns),
        foot_fields=_fields(table.foot_line, "f"),
    )


def outline_definition(outline: AttachmentOutline) -> OutlineDefinition:
    """The form of an outline; raises DefinitionError when it has no section."""
    sections = []
    for number, given in enumerate(outline.sections, start=1):
        heading = clean_label(given.heading)
        numbered = _NUMBERED.fullmatch(heading)
        no, text = (numbered[1], numbered[2]) if numbered else (_chinese(number), heading)
        sections.append(Section(f"s{number}", no, text, clean_label(given.hint)))
    return OutlineDefinition(
        title=clean_label(outline.title),
        annex_no=_annex_no(outline.number),
        sections=tuple(sections),
        closing_note=clean_label(outline.closing_note),
        max_chars=outline.max_chars,
    )


def doubts(table: AttachmentTable) -> list[str]:
    """What the person who checks the proposal should look at, in Chinese."""
    found = []
    for number, node in enumerate(_leaves(header_tree(table.header_rows)), start=1):
        if not node.label:
            found.append(f"表头第{number}栏没有名称，请补上栏名。")
    rows = sum(1 for row in table.body_rows if any(cell.strip() for cell in row))
    if rows:
        found.append(f"原表已列出{rows}行内容，本报表按可增加行的表生成，没有带入这些行，请核对。")
    return found


def infer_kind(label: str) -> ColumnKind:
    """The kind a label suggests: its measure first, then its ending, then what it speaks of."""
    measure = _measure(label)
    bare = _MEASURE.sub("", label)
    if bare == "序号":
        return ColumnKind.SERIAL
    if measure in _DECIMAL_MEASURES or _DECIMAL.search(bare):
        return ColumnKind.DECIMAL
    if _DATE.search(bare):
        return ColumnKind.DATE
    if measure or _INTEGER.search(bare):
        return ColumnKind.INTEGER
    return ColumnKind.LONGTEXT if _LONGTEXT.search(bare) else ColumnKind.TEXT


def _column(node: HeaderNode, leaf_ids: Iterator[str], group_ids: Iterator[str]) -> Column:
    if node.children:
        id_ = next(group_ids)
        children = tuple(_column(child, leaf_ids, group_ids) for child in node.children)
        return Column(id_, node.label, children=children)
    id_ = next(leaf_ids)
    kind = infer_kind(node.label)
    return Column(
        id_,
        node.label or f"（第{id_[1:]}栏，待补栏名）",
        kind=kind,
        measure=_measure(node.label) if kind in {ColumnKind.INTEGER, ColumnKind.DECIMAL} else "",
        suggest=_SUGGESTIONS.get(node.label, ()),
        width=20 if _LONG_NAME.search(node.label) else None,
    )


def _split_by_unit(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Makes one spanned group of short texts beside long texts the rows, the rest per unit.

    Such a group (文件名称, 发文主体, 当前进展) is a list, as long as the unit has entries; the long
    texts beside it are written once. In any other table every column is per row.
    """
    lists = [column for column in columns if _is_list(column)]
    beside = [column for column in columns if column not in lists]
    has_long_text = any(
        leaf.kind is ColumnKind.LONGTEXT for column in beside for leaf in column.leaves()
    )
    if len(lists) != 1 or not has_long_text:
        return tuple(columns)
    return tuple(
        _list_column(column) if column in lists else _unit_column(column) for column in columns
    )


def _is_list(column: Column) -> bool:
    kinds = [leaf.kind for leaf in column.leaves()]
    short = {ColumnKind.TEXT, ColumnKind.DATE}
    return len(kinds) > 1 and ColumnKind.TEXT in kinds and set(kinds) <= short


def _list_column(column: Column) -> Column:
    """An entry without its first cell, the name, is no entry."""
    first, *others = column.children
    return replace(column, children=(replace(first, required=not first.children), *others))


def _unit_column(column: Column) -> Column:
    children = tuple(_unit_column(child) for child in column.children)
    required = not children and column.kind is ColumnKind.LONGTEXT
    return replace(column, per=Per.UNIT, children=children, required=required)


def _fields(line: str | None, prefix: str) -> tuple[Field, ...]:
    """The labelled blanks of a line such as 填报单位(盖章): ____ 填报日期: ____."""
    plain = _DATE_BLANK.sub(" ", line or "")
    found = _LABELLED.findall(plain) if re.search("[:：]", plain) else [plain.strip("_＿ ")]
    labels = [clean_label(label) for label in found]
    return tuple(
        Field(f"{prefix}{number}", label, kind=_field_kind(label), required=True)
        for number, label in enumerate(filter(None, labels), start=1)
    )


def _field_kind(label: str) -> FieldKind:
    if _DATE.search(label):
        return FieldKind.DATE
    return FieldKind.UNIT if "单位" in label and "联系" not in label else FieldKind.TEXT


def _measure(label: str) -> str:
    found = _MEASURE.search(label)
    return found[1] if found else ""


def _annex_no(number: int) -> str:
    return f"附件{number}" if number else ""


def _chinese(number: int) -> str:
    """1 to 99 in Chinese numerals, as sections are numbered."""
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    head = "" if not tens else ("十" if tens == 1 else f"{digits[tens]}十")
    return head + (digits[ones] if ones or not tens else "")


def _leaves(nodes: Sequence[HeaderNode]) -> list[HeaderNode]:
    return [leaf for node in nodes for leaf in node.leaves()]
