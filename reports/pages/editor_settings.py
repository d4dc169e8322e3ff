"""The settings that the editor of a form offers: their words, and where each has a meaning."""

from dataclasses import dataclass, replace

from reports.editing.draft import BOXES, CHECKS, COLUMNS, FOOT, HEAD, ROWS, SECTIONS
from reports.schemas.definition.kinds import (
    NUMBERS,
    Aggregate,
    ColumnKind,
    FieldKind,
    Level,
    Orientation,
    Per,
    Position,
    RowMode,
)

TEXT, WHOLE, AREA, FLAG, CHOICE = "text", "whole", "area", "flag", "choice"
Options = tuple[tuple[str, str], ...]

COLUMN_KINDS = {
    ColumnKind.TEXT: "短文字",
    ColumnKind.LONGTEXT: "长文字",
    ColumnKind.INTEGER: "整数",
    ColumnKind.DECIMAL: "小数",
    ColumnKind.MONEY: "金额",
    ColumnKind.PERCENT: "百分比",
    ColumnKind.DATE: "日期",
    ColumnKind.MONTH: "年月",
    ColumnKind.CHOICE: "选择",
    ColumnKind.YES_NO: "是否",
    ColumnKind.CONTACT: "姓名和电话",
    ColumnKind.DOCUMENT: "文件（名称、文号、日期）",
    ColumnKind.REGION: "地区",
    ColumnKind.BUREAU: "单位（机构）",
    ColumnKind.REMARK: "备注",
    ColumnKind.SERIAL: "序号（自动）",
    ColumnKind.ROW_LABEL: "行名（印好）",
    ColumnKind.MEASURE: "计量单位（印好）",
}
ROW_MODES = {
    RowMode.REPEAT: "可加行：单位要几行填几行",
    RowMode.FIXED_ITEMS: "固定行：各行印好，含“其中”",
    RowMode.BY_REGION: "按地区：下级每个地区一行",
    RowMode.SCORED: "评分：固定行，有分值和自评分",
    RowMode.KEY_VALUE: "登记表：每项填一次，画成格子",
}
FIELD_KINDS = {
    FieldKind.TEXT: "文字",
    FieldKind.UNIT: "填报单位（自动）",
    FieldKind.DATE: "日期",
    FieldKind.MONTH: "年月",
    FieldKind.PERSON: "姓名",
    FieldKind.PHONE: "电话",
    FieldKind.EMAIL: "邮箱",
    FieldKind.CONTACT: "姓名和电话",
    FieldKind.CHOICE: "选择",
}
AGGREGATES = {
    Aggregate.SUM: "相加",
    Aggregate.COUNT: "计数（填了的格数）",
    Aggregate.JOIN: "文字连接",
    Aggregate.MAX: "取最大",
    Aggregate.MIN: "取最小",
    Aggregate.RATE: "按分子、分母重算",
    Aggregate.NONE: "不汇总",
}
_CHOSEN = frozenset({ColumnKind.CHOICE, ColumnKind.YES_NO})
_WRITTEN = (
    frozenset(ColumnKind)
    - NUMBERS
    - _CHOSEN
    - {
        ColumnKind.SERIAL,
        ColumnKind.ROW_LABEL,
        ColumnKind.MEASURE,
    }
)


@dataclass(frozen=True)
class Setting:
    """One setting; `kinds` are those of a column that have it (empty: all do)."""

    key: str
    label: str
    shape: str = TEXT
    options: Options = ()
    hint: str = ""
    kinds: frozenset = frozenset()

    @property
    def kind_names(self) -> str:
        """The kinds that have it, parted by blanks."""
        return " ".join(sorted(self.kinds))

    def said(self, value: str) -> str:
        """How a line of what is set says it: 公式 c3 + c4; empty where it is at its default."""
        if not value or (self.key in ("colspan", "rowspan", "lines") and value == "1"):
            return ""
        if self.shape == FLAG:
            return self.label
        shown = dict(self.options).get(value, value).replace("\n", "、")
        return f"{self.label} {shown}"


def _options(words, blank: str = "") -> Options:
    first = (("", blank),) if blank else ()
    return (*first, *((kind.value, word) for kind, word in words.items()))


_AGGREGATE = Setting(
    "aggregate",
    "汇总方式",
    CHOICE,
    _options(AGGREGATES, "按内容：数字相加、文字连接"),
    "“率”不能相加，应选“按分子、分母重算”",
)
_RATE = (Setting("numerator", "分子", hint="编号"), Setting("denominator", "分母", hint="编号"))
MAIN: dict[str, tuple[Setting, ...]] = {
    COLUMNS: (
        Setting("label", "栏目名称"),
        Setting("kind", "内容", CHOICE, _options(COLUMN_KINDS)),
        Setting(
            "per",
            "填写",
            CHOICE,
            ((Per.ROW.value, "每行填一次"), (Per.UNIT.value, "每个单位填一次")),
        ),
        Setting("required", "必填", FLAG),
        Setting("measure", "计量单位"),
    ),
    ROWS: (Setting("measure", "计量单位"),),
    HEAD: (
        Setting("label", "名称"),
        Setting("kind", "内容", CHOICE, _options(FIELD_KINDS)),
        Setting("required", "必填", FLAG),
        Setting("seal", "盖章", FLAG),
        Setting("sign", "签字", FLAG),
    ),
    CHECKS: (
        Setting("expression", "关系", hint="如 c3 = c4 + c5"),
        Setting(
            "level",
            "不符时",
            CHOICE,
            ((Level.ERROR.value, "错误，不能提交"), (Level.WARNING.value, "提醒，可以提交")),
        ),
        Setting("message", "提示的话"),
    ),
    BOXES: (
        Setting("row", "第几行", WHOLE),
        Setting("label", "印的字"),
        Setting("field", "或填写项", CHOICE),
        Setting("colspan", "占几列", WHOLE),
        Setting("rowspan", "占几行", WHOLE),
    ),
    SECTIONS: (
        Setting("no", "序号"),
        Setting("heading", "标题"),
        Setting("hint", "提示", AREA),
    ),
}
MAIN[FOOT] = MAIN[HEAD]
MORE: dict[str, tuple[Setting, ...]] = {
    COLUMNS: (
        Setting("max_chars", "字数上限", WHOLE, kinds=_WRITTEN),
        Setting("suggest", "常用答案", AREA, hint="一行一个，可另填", kinds=_WRITTEN),
        Setting("decimals", "小数位数", WHOLE, kinds=NUMBERS),
        Setting("choices", "选项", AREA, hint="一行一个；带代码的写“一级=A”", kinds=_CHOSEN),
        Setting("multiple", "可以多选", FLAG, kinds=frozenset({ColumnKind.CHOICE})),
        Setting("formula", "公式", hint="自动算出，如 c3 / c4 * 100", kinds=NUMBERS),
        Setting("at_most", "不超过", hint="数字或栏目编号", kinds=NUMBERS),
        _AGGREGATE,
        *(replace(one, kinds=NUMBERS) for one in _RATE),
        Setting("given", "各行内容预先印好，单位不填", FLAG),
        Setting("spans_with", "与行名栏同高", hint="行名栏的编号，印好的栏才用"),
        Setting("own_measure", "不随各行的计量单位变", FLAG, kinds=NUMBERS),
        Setting("width", "列宽", hint="字符数，留空自动"),
    ),
    ROWS: (
        Setting("heading", "分组标题（横贯全表，不填）", FLAG),
        Setting(
            "kind",
            "本行数字",
            CHOICE,
            (
                ("", "与栏目相同"),
                *((one.value, COLUMN_KINDS[one]) for one in ColumnKind if one in NUMBERS),
            ),
        ),
        Setting("decimals", "小数位数", WHOLE),
        Setting("formula", "公式", hint="自动算出，如 r2 + r3"),
        _AGGREGATE,
        *_RATE,
    ),
    HEAD: (Setting("choices", "选项", AREA, hint="一行一个"),),
    CHECKS: (
        Setting("rows", "只在这些行", hint="行的编号，留空为各行"),
        Setting("columns", "只在这些栏", hint="栏目编号，留空为各数字栏"),
    ),
    BOXES: (
        Setting("vertical", "竖着写", FLAG),
        Setting("lines", "至少几行高", WHOLE),
        Setting("closing", "格子右下印", AREA, hint="一行一条：（单位盖章）、年 月 日"),
    ),
    SECTIONS: (),
}
MORE[FOOT] = MORE[HEAD]
WHOLE_TABLE = (
    Setting("title", "表名"),
    Setting("annex_no", "附件号", hint="如 附件1、表四"),
    Setting("row_mode", "各行从哪来", CHOICE, _options(ROW_MODES)),
    Setting("unit_line", "单位行", hint="如 单位：万元"),
    Setting(
        "orientation",
        "纸张",
        CHOICE,
        ((Orientation.LANDSCAPE.value, "A4 横向"), (Orientation.PORTRAIT.value, "A4 纵向")),
    ),
    Setting(
        "total",
        "合计行",
        CHOICE,
        (("", "没有"), (Position.LAST.value, "在最后"), (Position.FIRST.value, "在最前")),
    ),
    Setting("total_label", "合计行的名称"),
)
IMPRINT = (
    Setting("table_no", "表号"),
    Setting("issuer", "制定机关"),
    Setting("approval_no", "批准文号"),
    Setting("valid_until", "有效期至"),
    Setting("notes", "填表说明", AREA, hint="印在表下，一行一条"),
)
WHOLE_OUTLINE = (
    Setting("title", "名称"),
    Setting("annex_no", "附件号"),
    Setting("max_chars", "总字数上限", WHOLE, hint="留空即不限"),
    Setting("closing_note", "文末说明", AREA),
)
