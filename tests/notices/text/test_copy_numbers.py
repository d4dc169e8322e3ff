"""份号 at the head of a document stops it; other numbers of six digits do not."""

import pytest

from notices.readers.bundle.document import read_files
from notices.text.page.secrecy import ClassifiedDocument, mark_of
from tests.notices import print_ofd, print_pdf, secret_files
from tests.notices.printed import Sheet

BODY = "\n".join(secret_files.NOTICE)
NUMBERS = (
    "000123",
    "№000123",
    "No.000123",
    "份号：000123",
    "份号 000123",
)
SPACED = ("0 0 0 1 2 3", "０００１２３")
BESIDE = ("", "　　　　　　特急", "　　　　　　签发人：张三", "        内部明电")


@pytest.mark.parametrize("beside", BESIDE)
@pytest.mark.parametrize("number", NUMBERS)
def test_number_on_the_first_line_is_found(number: str, beside: str) -> None:
    assert "份号" in (mark_of(f"{number}{beside}\n{BODY}") or "")


@pytest.mark.parametrize("number", NUMBERS + SPACED)
@pytest.mark.parametrize("above", ["特急", "公开", "紧急程度：特急"])
def test_number_below_urgency_is_found(number: str, above: str) -> None:
    assert "份号" in (mark_of(f"{above}\n{number}\n{BODY}") or "")


@pytest.mark.parametrize("mark", ["机密★3年", "秘密（一年）", "绝密"])
@pytest.mark.parametrize("form", ["{number}\n{mark}", "{number}　　{mark}", "{mark}\n{number}"])
def test_number_together_with_a_level_is_refused(mark: str, form: str) -> None:
    assert mark_of(form.format(number="000123", mark=mark) + "\n" + BODY) is not None


@pytest.mark.parametrize(
    "text",
    [
        f"{BODY}\n000123",
        f"{BODY}\n邮编：100000\n联系电话：000123",
        f"邮编：000123\n{BODY}",
        f"编号：000123\n{BODY}",
        f"000123号建议的答复\n{BODY}",
        "序号\t金额\n1\t123456\n2\t100000\n",
        "序号\t企业名称\t数量\n1\t示例企业\t3\n\t\t100000\n",
        "示例市场监督管理局\n办公电话\n100123\n请各单位办理。",
        "2026年上半年统计表\n合计\n123456\n",
        "20260601\n" + BODY,
        "1234567\n" + BODY,
    ],
)
def test_other_numbers_are_open(text: str) -> None:
    assert mark_of(text) is None


@pytest.mark.parametrize("place", ["header", "even header", "first header", "text box"])
@pytest.mark.parametrize("number", NUMBERS + SPACED)
def test_number_in_a_page_header_or_frame_of_a_document_is_found(place: str, number: str) -> None:
    with pytest.raises(ClassifiedDocument, match="份号"):
        read_files([("通知.docx", secret_files.docx(place, number))])


@pytest.mark.parametrize("place", ["footer", "table", "body", "header"])
@pytest.mark.parametrize("number", ["第12页", "100000", "邮编：100000", "编号：000123"])
def test_other_numbers_in_a_document_are_open(place: str, number: str) -> None:
    assert "示例" in read_files([("通知.docx", secret_files.docx(place, number))])


@pytest.mark.parametrize("write", [print_pdf.pdf, print_ofd.ofd], ids=["pdf", "ofd"])
@pytest.mark.parametrize("beside", ["", "特急", "签发人：张三"])
def test_number_at_the_top_left_of_print_is_found(write, beside: str) -> None:
    lines = [(90.0, 160.0 + 40 * i, 16.0, line) for i, line in enumerate(secret_files.NOTICE)]
    sheet = Sheet([(80.0, 80.0, 16.0, "000123"), (400.0, 80.0, 16.0, beside), *lines])
    foot = Sheet([*lines, (80.0, 780.0, 14.0, "000123")])
    ending = write.__name__

    with pytest.raises(ClassifiedDocument, match="份号"):
        read_files([(f"通知.{ending}", write([sheet]))])
    assert "示例" in read_files([(f"通知.{ending}", write([foot]))])


@pytest.mark.parametrize(
    "read", ["机密大3年", "机密女3年", "秘密*1年", "机密食5年", "绝密x30年", "机 密 太 3 年"]
)
def test_star_that_a_recogniser_misread_is_a_star(read: str) -> None:
    assert mark_of(f"示例\n{read}\n示例") is not None
