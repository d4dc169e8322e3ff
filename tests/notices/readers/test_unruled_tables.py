"""Columns that only line up are a table, in print and in text; what looks like it is not."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from notices.readers.aligned_text import with_tabs
from notices.readers.ofd.document import OfdReader
from notices.readers.pdf.document import PdfReader
from notices.readers.word.document import WordReader
from tests.notices.made_files import word_file, word_paragraph
from tests.notices.print_ofd import ofd
from tests.notices.print_pdf import pdf
from tests.notices.printed import Sheet, width

pytestmark = pytest.mark.once
EM = 12.0


@dataclass(frozen=True)
class Case:
    rows: tuple[tuple[str, ...], ...]
    at: tuple[float, ...]
    """Where the columns begin, in ems."""
    centred: bool = False


TABLES = {
    "three columns": Case(
        (
            ("序号", "企业名称", "数量（家）"),
            ("1", "示例食品有限公司", "3"),
            ("2", "示例药业", "12"),
        ),
        (0, 5, 20),
    ),
    "four with figures": Case(
        (
            ("地区", "检查户次", "立案数", "罚没金额（万元）"),
            ("甲市", "120", "3", "12.5"),
            ("乙市", "1,204", "15", "108.25"),
            ("丙州", "86", "0", "—"),
            ("合计", "1,410", "18", "120.75"),
        ),
        (0, 8, 16, 24),
    ),
    "two columns": Case(
        (("单位名称", "报送份数"), ("甲市局", "2"), ("乙市局", "3"), ("丙州局", "1")), (2, 16)
    ),
    "centred": Case(
        (
            ("序号", "任务名称", "责任单位", "完成时限"),
            ("1", "建立工作台账", "质量处", "6月底"),
            ("2", "开展监督抽查和风险监测", "监督处、稽查局", "9月底"),
            ("3", "总结", "办公室", "11月"),
        ),
        (0, 5, 19, 28),
        centred=True,
    ),
    "blank cells": Case(
        (
            ("序号", "产品名称", "抽查批次", "不合格批次", "备注"),
            ("1", "电线电缆", "20", "1", ""),
            ("2", "儿童玩具", "15", "", "复检中"),
            ("3", "烟花爆竹", "", "", ""),
        ),
        (0, 4, 12, 19, 27),
    ),
    "blank form": Case(
        (
            ("序号", "企业名称", "问题", "备注"),
            ("1", "", "", ""),
            ("2", "", "", ""),
            ("3", "", "", ""),
        ),
        (0, 6, 16, 26),
    ),
    "no known head": Case(
        (("甲类", "乙类", "丙类"), ("100", "200", "300"), ("12", "35", "48"), ("1", "2", "3")),
        (0, 10, 20),
    ),
    "heads set apart": Case(
        (("序 号", "名  称", "数  量"), ("1", "示例有限公司", "33"), ("2", "示例中心站", "52")),
        (0, 6, 20),
    ),
}
FALSE = {
    "numbered list": Case(
        (
            ("1.", "加强组织领导，落实工作责任"),
            ("2.", "开展专项检查，消除风险隐患"),
            ("3.", "加强宣传引导，营造良好氛围"),
            ("4.", "总结工作经验"),
        ),
        (0, 4),
    ),
    "signatures": Case(
        (("示例省市场监督管理局", "示例省公安厅"), ("2026年6月1日", "2026年6月1日")), (4, 18)
    ),
    "many signatures": Case(
        (
            ("示例省市场监督管理局", "示例省公安厅"),
            ("示例省教育厅", "示例省财政厅"),
            ("示例省农业农村厅", "示例省商务厅"),
            ("示例省卫生健康委", "2026年6月1日"),
        ),
        (4, 18),
    ),
    "contacts": Case(
        (
            ("联系人：张三", "电话：010－12345678"),
            ("联系人：李四", "电话：010－12345679"),
            ("联系人：王五", "传真：010－12345670"),
        ),
        (2, 14),
    ),
    "blanks to fill in": Case(
        (("填报单位：", "填报时间："), ("填报人：", "联系电话："), ("审核人：", "单位负责人：")),
        (0, 16),
    ),
    "names": Case(
        (
            ("张三", "李四", "王五", "赵六"),
            ("钱七", "孙八", "周九", "吴十"),
            ("郑一", "冯二", "陈三", "褚四"),
        ),
        (0, 6, 12, 18),
    ),
    "contents": Case(
        (
            ("一、总体要求………………", "1"),
            ("二、主要任务………………", "3"),
            ("三、保障措施………………", "9"),
        ),
        (0, 24),
    ),
    "print note": Case(
        (("抄送：省政府办公厅", "省委办公厅"), ("示例省市场监督管理局办公室", "2026年6月1日印发")),
        (0, 18),
    ),
}


def sheet(case: Case) -> Sheet:
    made = Sheet()
    made.texts.append(
        (80, 100, EM, "请各单位按照下列内容做好有关工作，并于2026年7月15日前报送省局。")
    )
    wide = [max(width(row[c], EM) for row in case.rows) for c in range(len(case.at))]
    for r, row in enumerate(case.rows):
        for c, cell in enumerate(row):
            shift = (wide[c] - width(cell, EM)) / 2 if case.centred else 0
            if cell:
                made.texts.append((80 + case.at[c] * EM + shift, 150 + 22 * r, EM, cell))
    made.texts.append((80, 170 + 22 * len(case.rows), EM, "以上材料请加盖公章后报送。"))
    return made


def lined_up(case: Case) -> list[str]:
    """The rows as text in a font of equal widths."""
    out = []
    for row in case.rows:
        line = ""
        for at, cell in zip(case.at, row, strict=True):
            line += " " * round(2 * at - 2 * width(line, 1.0)) + cell
        out.append(line.rstrip())
    return out


def stopped(case: Case) -> bytes:
    """A document whose columns are set with the tab key."""
    rows = ("<w:r><w:tab/></w:r>".join(f"<w:r><w:t>{c}</w:t></w:r>" for c in r) for r in case.rows)
    body = word_paragraph("按照下列内容：") + "".join(f"<w:p>{row}</w:p>" for row in rows)
    return word_file(body + word_paragraph("报送。"))


PRINTED = {
    "pdf": lambda case: PdfReader().read(pdf([sheet(case)])),
    "ofd": lambda case: OfdReader().read(ofd([sheet(case)])),
    "text": lambda case: with_tabs("\n".join(["按照下列内容：", *lined_up(case), "报送。"])),
    "pasted": lambda case: (
        with_tabs("\n".join(["按照下列内容：", *("   ".join(row) for row in case.rows), "报送。"]))
        if all(all(row) for row in case.rows)
        else PRINTED["text"](case)
    ),
    "docx": lambda case: WordReader().read(stopped(case)),
}
FORMATS = pytest.mark.parametrize("text_of", PRINTED.values(), ids=PRINTED)


def squeezed(row: tuple[str, ...]) -> str:
    return "\t".join("".join(cell.split()) for cell in row)


def table_of(text: str) -> list[str]:
    rows = [line.split("\t") for line in text.split("\n") if "\t" in line]
    return [squeezed(tuple(row)) for row in rows]


@FORMATS
@pytest.mark.parametrize("case", TABLES.values(), ids=TABLES)
def test_columns_that_line_up_are_a_table(text_of: Callable[[Case], str], case: Case) -> None:
    assert table_of(text_of(case)) == [squeezed(row) for row in case.rows]


@FORMATS
@pytest.mark.parametrize("case", FALSE.values(), ids=FALSE)
def test_what_only_stands_side_by_side_is_no_table(
    text_of: Callable[[Case], str], case: Case
) -> None:
    text = text_of(case)

    assert "\t" not in text
    for row in case.rows:
        assert any(
            "".join("".join(row).split()) in "".join(line.split()) for line in text.split("\n")
        )


AROUND = """附件1
质量情况统计表
填报单位：            填报时间：
序号    企业名称        数量（家）    备注
1       示例甲厂        3
2       示例乙厂        12           复检
合计                    15
填表人：张三     审核人：李四"""


def test_table_of_a_text_between_other_lines_with_gaps() -> None:
    lines = with_tabs(AROUND).split("\n")

    assert lines[3:7] == [
        "序号\t企业名称\t数量（家）\t备注",
        "1\t示例甲厂\t3\t",
        "2\t示例乙厂\t12\t复检",
        "合计\t\t15\t",
    ]
    assert [lines[:3], lines[7:]] == [AROUND.split("\n")[:3], AROUND.split("\n")[7:]]


@pytest.mark.parametrize("write", [pdf, ofd], ids=["pdf", "ofd"])
def test_table_of_print_between_other_lines_with_gaps(write: Callable[..., bytes]) -> None:
    made = Sheet()
    for i, line in enumerate(AROUND.split("\n")):
        for cell, at in _placed(line):
            made.texts.append((80 + at * EM, 100 + 22 * i, EM, cell))
    reader = PdfReader() if write is pdf else OfdReader()

    assert table_of(reader.read(write([made]))) == [
        "序号\t企业名称\t数量（家）\t备注",
        "1\t示例甲厂\t3\t",
        "2\t示例乙厂\t12\t复检",
        "合计\t\t15\t",
    ]


def _placed(line: str) -> list[tuple[str, float]]:
    """The pieces of a line and where they begin, in ems."""
    found = re.finditer(r"\S+", line)
    return [(match.group(), width(line[: match.start()], 1.0)) for match in found]


WRAPPED = (
    ("序号", "工作任务", "责任单位", "完成时限"),
    ("1", ("建立健全质量工作协", "调机制并定期会商"), "质量处", "6月底"),
    ("2", ("开展重点产品监督抽", "查"), ("监督处、稽", "查局"), "9月底"),
    ("3", "总结", "办公室", "11月"),
)


@pytest.mark.parametrize("place", ["top", "middle"])
@pytest.mark.parametrize("text_of", [PdfReader().read, OfdReader().read], ids=["pdf", "ofd"])
def test_cell_of_several_lines_is_one(text_of: Callable[[bytes], str], place: str) -> None:
    made, y = Sheet(), 100.0
    for row in WRAPPED:
        tall = max(1 if isinstance(cell, str) else len(cell) for cell in row)
        for x, cell in zip((80, 120, 260, 350), row, strict=True):
            parts = (cell,) if isinstance(cell, str) else cell
            at = y + (0 if place == "top" else 8 * (tall - len(parts)))
            for i, part in enumerate(parts):
                made.texts.append((x, at + 16 * i, EM, part))
        y += 16 * tall + 12
    made.texts.append(
        (80, y + 30, EM, "以上材料请加盖公章后报送，并注明联系人和联系电话，不得迟报漏报。")
    )
    write = pdf if text_of.__self__.name == "PDF" else ofd

    assert table_of(text_of(write([made]))) == [
        "\t".join(cell if isinstance(cell, str) else "".join(cell) for cell in row)
        for row in WRAPPED
    ]
