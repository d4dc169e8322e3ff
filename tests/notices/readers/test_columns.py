"""Pages set in columns are read column by column; what only stands side by side is not."""

from collections.abc import Callable

import pytest

from notices.readers.ofd.document import OfdReader
from notices.readers.pdf.document import PdfReader
from notices.text.reading import Reading, read
from tests.notices.columns import END, HEAD, NOTICE, Setting, across, set_in_columns, wrapped
from tests.notices.print_ofd import ofd
from tests.notices.print_pdf import pdf
from tests.notices.printed import HEIGHT, LEFT, RIGHT, WIDTH, Sheet

pytestmark = pytest.mark.once
FORMATS = pytest.mark.parametrize(
    "printed",
    [
        pytest.param(lambda sheets: PdfReader().read(pdf(sheets)), id="pdf"),
        pytest.param(lambda sheets: OfdReader().read(ofd(sheets)), id="ofd"),
    ],
)
Printed = Callable[[list[Sheet]], str]
SETTINGS = {
    "usual": Setting(),
    "narrow gap": Setting(gap=1.1),
    "wide gap": Setting(gap=5.0),
    "large type": Setting(em=14.0),
    "small type": Setting(em=8.0),
    "three columns": Setting(em=9.0, columns=3),
    "four columns": Setting(em=8.0, columns=4, gap=1.5),
    "lines at other heights": Setting(shift=7.0),
    "close lines": Setting(pitch=1.2),
    "open lines": Setting(pitch=2.2),
    "wide margins": Setting(margin=90.0),
}


def lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


def days(found: Reading) -> list[str]:
    said = found.as_json()["obligations"]
    assert isinstance(said, list)
    return [one["deadline"]["date"] for one in said]


@FORMATS
@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
def test_columns_are_read_one_after_the_other(printed: Printed, setting: Setting) -> None:
    sheet, _ = set_in_columns(NOTICE, setting)

    assert lines(printed([sheet])) == list(NOTICE)


@FORMATS
@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
def test_heading_above_and_signature_below_the_columns(printed: Printed, setting: Setting) -> None:
    sheet, y = set_in_columns(NOTICE, setting)
    for i, head in enumerate(HEAD):
        across(sheet, 70 + 28 * i, 20 - 6 * i, head)
    for i, end in enumerate(END):
        sheet.texts.append((330.0, y + 22 * i, setting.em, end))

    found = read(printed([sheet]))

    assert found.title == HEAD[0]
    assert found.doc_number == HEAD[1]
    assert days(found) == ["2026-07-15", "2026-08-20"]
    assert str(found.written_date) == "2026-06-01"


@FORMATS
def test_whole_notice_inside_the_columns(printed: Printed) -> None:
    sheet, _ = set_in_columns((*HEAD, *NOTICE, *END), Setting())

    found = read(printed([sheet]))

    assert found.doc_number == HEAD[1]
    assert days(found) == ["2026-07-15", "2026-08-20"]


@FORMATS
def test_columns_over_pages_with_numbers_and_running_heads(printed: Printed) -> None:
    sheets = []
    for number, part in enumerate((NOTICE[:5], NOTICE[5:7], NOTICE[7:]), 1):
        sheet, _ = set_in_columns(part, Setting())
        across(sheet, 790, 9, f"— {number} —")
        sheet.texts.append((60.0, 50.0, 9, "示例省人民政府公报"))
        sheet.texts.append((480.0, 50.0, 9, "2026年第3期"))
        sheets.append(sheet)

    assert lines(printed(sheets)) == list(NOTICE)


@FORMATS
def test_paragraph_goes_on_in_the_next_column_and_on_the_next_page(printed: Printed) -> None:
    setting = Setting(per_column=7)
    sheet, _ = set_in_columns(NOTICE[:5], setting, balanced=False)
    whole = lines(printed([sheet]))

    assert whole == list(NOTICE[:5])


@FORMATS
def test_table_across_the_columns(printed: Printed) -> None:
    sheet, y = set_in_columns(NOTICE[:5], Setting())
    xs = [60.0, 200.0, 400.0, WIDTH - 60.0]
    rows = [["序号", "名称", "数量"], ["1", "示例企业", "3"], ["2", "另一企业", "5"]]
    for r in range(4):
        sheet.rules.append((xs[0], y + 24 * r, xs[-1], y + 24 * r))
    for x in xs:
        sheet.rules.append((x, y, x, y + 72))
    for r, row in enumerate(rows):
        for x, cell in zip(xs, row, strict=False):
            sheet.texts.append((x + 6, y + 24 * r + 16, 10.5, cell))
    set_in_columns(NOTICE[5:], Setting(), sheet=sheet, top=y + 110)

    assert lines(printed([sheet])) == [
        *NOTICE[:5],
        "序号\t名称\t数量",
        "1\t示例企业\t3",
        "2\t另一企业\t5",
        *NOTICE[5:],
    ]


@FORMATS
def test_rule_between_the_columns_and_frame_around_them(printed: Printed) -> None:
    sheet, y = set_in_columns(NOTICE, Setting())
    middle = WIDTH / 2
    sheet.rules += [(50, 118, WIDTH - 50, 118), (50, y, WIDTH - 50, y), (middle, 118, middle, y)]
    sheet.rules += [(50, 118, 50, y), (WIDTH - 50, 118, WIDTH - 50, y)]

    assert lines(printed([sheet])) == list(NOTICE)


def test_sheet_with_two_pages_side_by_side() -> None:
    wide, tall = HEIGHT, WIDTH
    setting = Setting(em=12, gap=8, margin=60, wide=wide, tall=tall)
    sheet, _ = set_in_columns(NOTICE, setting)
    shown = Sheet([(x * WIDTH / wide, y, size * 0.7, text) for x, y, size, text in sheet.texts])

    assert "".join(lines(PdfReader().read(pdf([shown])))) == "".join(NOTICE)


SIDE_BY_SIDE = {
    "two issuers": [("示例省市场监督管理局", "示例省公安厅"), ("2026年6月1日", "2026年6月1日")],
    "issuers in pairs": [
        ("示例省市场监督管理局", "示例省农业农村厅"),
        ("示例省生态环境厅", "示例省自然资源厅"),
        ("示例省卫生健康委员会", "示例省住房和城乡建设厅"),
        ("2026年6月1日", ""),
    ],
    "contacts": [
        ("联系人：张三", "电话：010－12345678"),
        ("联系人：李四", "电话：010－12345679"),
        ("传真：010－12345670", "邮箱：a@example.test"),
        ("地址：示例路一号", "邮编：100000"),
    ],
    "blanks": [
        ("填报单位：", "填报日期："),
        ("填报人：", "联系电话："),
        ("审核人：", "联系电话："),
        ("负责人：", "联系电话："),
    ],
    "members": [
        ("组  长：张三", "省局副局长"),
        ("副组长：李四", "省局质量处处长"),
        ("成  员：王五", "省局标准处处长"),
        ("        赵六", "省局计量处处长"),
    ],
}


@FORMATS
@pytest.mark.parametrize("pairs", SIDE_BY_SIDE.values(), ids=SIDE_BY_SIDE)
def test_what_only_stands_side_by_side_is_read_line_by_line(printed: Printed, pairs) -> None:
    sheet = Sheet()
    em = 15.75
    texts = [line for p in NOTICE[:4] for line in wrapped(p, RIGHT - LEFT, em)]
    for i, (indent, text) in enumerate(texts):
        sheet.texts.append((LEFT + indent, 100 + 28 * i, em, text))
    for i, (left, right) in enumerate(pairs):
        y = 140 + 28 * (len(texts) + i)
        sheet.texts += [(LEFT + 2 * em, y, em, left), (LEFT + 16 * em, y, em, right)]

    found = lines(printed([sheet]))

    assert found[:4] == list(NOTICE[:4])
    assert ["".join(line.split()) for line in found[4:]] == [
        "".join((left + right).split()) for left, right in pairs
    ]
    assert not any("\t" in line for line in found)


def test_page_of_a_hundred_thousand_characters_is_read_in_time() -> None:
    glyphs = [(60.0 + (i % 97) * 5, 60 + (i // 97) * 0.7, 5.0, "文") for i in range(20_000)]

    assert "文" in OfdReader().read(ofd([Sheet(glyphs)]))
