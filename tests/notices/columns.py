"""Sets a notice in columns, as a 公报 or a newspaper does, on sheets of print."""

from dataclasses import dataclass

from tests.notices.printed import HEIGHT, WIDTH, Sheet, width

NOTICE = (
    "各市、州市场监督管理局：",
    "为贯彻落实省委、省政府关于质量工作的部署要求，进一步摸清全省质量基础设施建设情况，"
    "经研究，决定开展质量工作情况专项调查。现将有关事项通知如下。",
    "一、调查内容",
    "调查内容包括质量激励政策、质量品牌培育、质量技术服务机构建设、重点产品质量分级等四个方面的工作进展，"
    "调查数据截至2026年5月31日。各单位要逐项核实有关数据，确保真实、准确、完整。",
    "二、报送要求",
    "（一）请各市、州市场监督管理局于2026年7月15日前将质量工作情况调查表（见附件1）报送省局质量发展处，"
    "逾期未报的，省局将予以通报。",
    "（二）请各市、州市场监督管理局于2026年8月20日前将专项调查工作总结报送省局质量发展处，总结应当包括"
    "主要做法、存在问题和下一步打算，字数不超过三千字。",
    "三、工作保障",
    "各单位要加强组织领导，明确专人负责，及时协调解决调查工作中遇到的困难和问题，不得弄虚作假，"
    "不得向企业收取任何费用，切实减轻基层和企业负担。",
)
HEAD = ("关于开展质量工作情况专项调查的通知", "示市监质〔2026〕7号")
END = ("示例省市场监督管理局", "2026年6月1日")


@dataclass
class Setting:
    """How a page is set; lengths in points, the gap in ems."""

    em: float = 10.5
    columns: int = 2
    gap: float = 2.0
    margin: float = 60.0
    wide: float = WIDTH
    tall: float = HEIGHT
    shift: float = 0.0
    """How much lower the lines of every other column stand."""
    pitch: float = 1.6
    per_column: int = 400
    """Lines of a column before the next one begins."""

    @property
    def column(self) -> float:
        gaps = (self.columns - 1) * self.gap * self.em
        return (self.wide - 2 * self.margin - gaps) / self.columns

    def left(self, column: int) -> float:
        return self.margin + column * (self.column + self.gap * self.em)


def wrapped(paragraph: str, room: float, em: float) -> list[tuple[float, str]]:
    """The lines of a paragraph, each with its indent."""
    is_plain = paragraph.endswith("：")
    indent = 0.0 if is_plain else 2 * em
    out, start = [], 0
    for i, char in enumerate(paragraph):
        closing = char in "，。、；：）》」,.;:)"
        if indent + width(paragraph[start : i + 1], em) > room + 0.1 and not closing:
            out.append((indent, paragraph[start:i]))
            indent, start = 0.0, i
    return [*out, (indent, paragraph[start:])]


def set_in_columns(
    paragraphs: tuple[str, ...],
    setting: Setting,
    *,
    sheet: Sheet | None = None,
    top: float = 140.0,
    balanced: bool = True,
) -> tuple[Sheet, float]:
    """The paragraphs in columns from `top` on, and where the next thing may stand."""
    sheet = sheet or Sheet()
    every = [line for p in paragraphs for line in wrapped(p, setting.column, setting.em)]
    each = -(-len(every) // setting.columns) if balanced else setting.per_column
    lowest = top
    for at, (indent, text) in enumerate(every):
        column, row = divmod(at, each)
        y = top + row * setting.pitch * setting.em + (column % 2) * setting.shift
        sheet.texts.append((setting.left(column) + indent, y, setting.em, text))
        lowest = max(lowest, y)
    return sheet, lowest + 3 * setting.em


def across(sheet: Sheet, y: float, size: float, text: str, wide: float = WIDTH) -> None:
    """A line in the middle of the page."""
    sheet.texts.append(((wide - width(text, size)) / 2, y, size, text))
