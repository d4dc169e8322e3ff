"""Several files of one notice become one text; what is no notice with attachments is refused."""

import io
import zipfile
from collections.abc import Callable

import pytest
from openpyxl import Workbook
from PIL import Image

from notices.readers import scanned
from notices.readers.base import UnreadableDocument
from notices.readers.bundle import document as bundle
from notices.readers.bundle.document import read_files
from notices.readers.layout.printed_text import UNREAD
from notices.readers.scanned import ScannedDocument
from notices.text.reading import read
from tests.notices import print_ofd
from tests.notices.made_files import DIRECTIVE, said, word_body, word_file, zipped
from tests.notices.print_ofd import ofd
from tests.notices.print_pdf import pdf
from tests.notices.printed import Press, Sheet, directive

FIRST, SECOND, IMPRINT = (DIRECTIVE.index(w) for w in ("附件 1\n", "附件 2\n", "抄送："))
MAIN = DIRECTIVE[:FIRST]
OUTLINE = DIRECTIVE[SECOND:IMPRINT].split("\n", 2)[2]
TABLE_TITLE, OUTLINE_TITLE = (
    "《质量强国建设纲要》学习宣传贯彻情况表",
    "《质量强国建设纲要》学习宣传贯彻工作总结提纲",
)
WHOLE = DIRECTIVE[:IMPRINT]


def workbook() -> bytes:
    """附件1 as the template that offices fill in."""
    book = Workbook()
    sheet = book.active
    sheet.append([TABLE_TITLE])
    sheet.append(["填报单位(盖章): _____"])
    for line in DIRECTIVE[FIRST:SECOND].split("\n"):
        if "\t" in line:
            sheet.append([cell or None for cell in line.split("\t")])
    sheet.append(["联系人及联系方式: _____"])
    for merge in ("A1:H1", "A2:H2", "A6:H6", "A3:A4", "B3:B4", "C3:C4", "D3:F3", "G3:G4", "H3:H4"):
        sheet.merge_cells(merge)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


NOTICE = ("国市监质发〔2023〕9号.txt", MAIN.encode())
FORM = (f"附件1：{TABLE_TITLE}.xlsx", workbook())
SUMMARY = (f"附件2.{OUTLINE_TITLE}.docx", word_file(word_body(OUTLINE)))


def refusal(*files: tuple[str, bytes]) -> str:
    with pytest.raises(UnreadableDocument) as refused:
        read_files(files)
    assert "请" in refused.value.message_zh or "可以" in refused.value.message_zh
    return refused.value.message_zh


def test_single_file_is_read_as_it_is() -> None:
    assert read_files([("通知.txt", DIRECTIVE.encode())]) == DIRECTIVE


def test_notice_and_attachments_read_as_the_whole_directive() -> None:
    text = read_files([SUMMARY, FORM, NOTICE])

    assert text.startswith(MAIN.rstrip())
    assert said(read(text)) == said(read(WHOLE))


@pytest.mark.parametrize("notice", ["通知.pdf", "通知.ofd", "通知.docx"])
def test_notice_in_any_format_is_found(notice: str) -> None:
    press = Press()
    for line in MAIN.split("\n"):
        if line.strip():
            press.paragraph(line, indent=0 if line.startswith("各省") else 2)
    made = {"pdf": pdf, "ofd": ofd}.get(notice[-3:])
    data = made(press.sheets) if made else word_file(word_body(MAIN))

    reading = read(read_files([FORM, (notice, data), SUMMARY]))

    assert said(reading)["bodies"] == said(read(WHOLE))["bodies"]
    assert reading.doc_number == "国市监质发〔2023〕9号"


def test_zip_with_folders_inner_zip_and_litter() -> None:
    inner = zipped({"附件/" + SUMMARY[0]: SUMMARY[1]})
    outer = zipped(
        {
            "文件/" + NOTICE[0]: NOTICE[1],
            "文件/" + FORM[0]: FORM[1],
            "文件/附件2.zip": inner,
            "__MACOSX/文件/._通知.txt": b"\x00\x05\x16\x07",
            "文件/~$通知.docx": b"lock",
            "文件/Thumbs.db": b"\xd0\xcf",
            ".DS_Store": b"\x00",
        }
    )

    assert read_files([("文件.ZIP", outer)]) == read_files([NOTICE, FORM, SUMMARY])


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_names_that_a_zip_does_not_mark_are_decoded(encoding: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in (NOTICE, FORM, SUMMARY):
            entry = Unmarked(name)
            entry.raw = name.encode(encoding)
            archive.writestr(entry, data)

    assert read_files([("a.zip", out.getvalue())]) == read_files([NOTICE, FORM, SUMMARY])


class Unmarked(zipfile.ZipInfo):
    """An entry whose name goes into the file byte by byte, without the mark of UTF-8."""

    raw = b""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:
        return self.raw, self.flag_bits


def test_number_comes_from_the_list_of_attachments_before_the_name() -> None:
    form = (f"1.{TABLE_TITLE}.xlsx", FORM[1])
    summary = (f"3、{OUTLINE_TITLE}.docx", SUMMARY[1])

    text = read_files([("2 通知.txt", NOTICE[1]), form, summary])

    assert said(read(text)) == said(read(WHOLE))


def test_file_that_names_its_attachments_itself_is_taken_as_it_is() -> None:
    both = ("附件.txt", DIRECTIVE[FIRST:IMPRINT].encode())

    assert said(read(read_files([NOTICE, both]))) == said(read(WHOLE))


def test_copy_of_a_form_that_the_notice_holds_itself_is_not_added() -> None:
    assert read_files([("通知.txt", WHOLE.encode()), FORM]) == WHOLE.rstrip()


def test_attachment_without_number_gets_the_free_one() -> None:
    notice = "关于报送情况的通知\n各市局：\n请于2024年5月10日前报送情况。\n示例局\n2024年4月1日\n"

    text = read_files(
        [("通知.txt", notice.encode()), ("附件：名单.txt", "单位甲和单位乙".encode())]
    )

    assert text == notice.rstrip() + "\n\n附件 1\n名单\n单位甲和单位乙"


def test_forwarding_notice_is_the_main_one_of_two() -> None:
    own = (
        "某市监发〔2023〕5号\n关于转发学习宣传通知的通知\n各区局：\n"
        "现将国市监质发〔2023〕9号文件转发给你们，请于2023年3月20日前报送情况。\n"
    )

    text = read_files([NOTICE, ("转发.txt", own.encode())])

    assert text.startswith(own.rstrip())
    assert read(text).doc_number == "某市监发〔2023〕5号"


def test_two_notices_are_refused_and_named() -> None:
    other = NOTICE[1].decode().replace("〔2023〕9号", "〔2024〕10号").encode()

    message = refusal(NOTICE, ("另一份.txt", other))

    assert NOTICE[0] in message
    assert "另一份.txt" in message


def test_same_notice_twice_is_refused() -> None:
    assert "都像是通知正文" in refusal(NOTICE, ("通知.pdf", pdf(directive())))


def test_attachments_without_a_notice_are_refused() -> None:
    assert "没有认出" in refusal(FORM, SUMMARY)


def test_file_that_cannot_be_read_is_named_with_its_reason() -> None:
    message = refusal(NOTICE, ("附件1.exe", b"MZ"))

    assert "附件1.exe" in message
    assert "暂不支持" in message


def test_scanned_attachment_keeps_the_kind_of_error() -> None:
    image = '<ofd:ImageObject ID="5" Boundary="0 0 210 297" ResourceID="9"/>'
    parts = {**print_ofd.parts([Sheet()]), "Doc_0/Pages/Page_0.xml": print_ofd.page(image)}

    with pytest.raises(ScannedDocument) as refused:
        read_files([NOTICE, ("附件1.ofd", zipped(parts))])

    assert "附件1.ofd" in refused.value.message_zh


def picture_behind_text() -> bytes:
    return pdf([*directive()[:2], Sheet(picture=Image.new("L", (300, 424), 255))])


@pytest.mark.parametrize("name", ["通知.pdf", "通知.zip"])
def test_picture_behind_text_is_named_where_nothing_recognises_it(name: str, without_ocr) -> None:
    data = picture_behind_text()

    text = read_files([(name, zipped({"通知.pdf": data}) if name.endswith("zip") else data)])

    assert UNREAD.findall(text) == ["3"]
    assert read(text).title == read(DIRECTIVE).title


def test_picture_behind_text_waits_for_a_worker_that_can_read_it(monkeypatch) -> None:
    monkeypatch.setattr(scanned, "find_spec", lambda name: object())

    with pytest.raises(ScannedDocument, match="第 3 页"):
        read_files([("通知.pdf", picture_behind_text())])


@pytest.fixture
def without_ocr(monkeypatch) -> None:
    monkeypatch.setattr(scanned, "find_spec", lambda name: None)


def bomb() -> bytes:
    return zipped({"大.txt": bytes(300_000_000)})


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.zip", b"", "其他格式"),
        ("a.zip", b"PK\x03\x04" + b"\x00" * 60, "损坏"),
        ("a.zip", word_file(word_body("正文")), "docx"),
        ("a.zip", zipped({}), "没有可以读取的文件"),
        ("a.zip", zipped({"__MACOSX/a": b"", ".b": b""}), "没有可以读取的文件"),
        ("a.rar", b"Rar!\x1a\x07", "rar"),
        ("a.7z", b"7z\xbc\xaf", "7z"),
        ("a.zip", zipped({"b.rar": b"Rar!"}), "rar"),
        ("a.zip", bomb, "炸弹"),
        ("a.zip", zipped({f"{i}.txt": b"a" for i in range(61)}), "60 个"),
        ("a.zip", zipped({"b.zip": zipped({"c.zip": zipped({"d.txt": b"a"})})}), "嵌套"),
    ],
    ids=lambda value: value if isinstance(value, str) else "file",
)
def test_archive_that_cannot_be_taken_says_why(
    name: str, data: bytes | Callable[[], bytes], words: str
) -> None:
    assert words in refusal((name, data() if callable(data) else data))


def test_nothing_at_all_is_refused() -> None:
    assert "没有可以读取的文件" in refusal()


def test_all_files_together_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundle, "MAX_TOTAL", len(MAIN.encode()))

    assert "合计" in refusal(NOTICE, FORM)


def test_names_in_a_zip_do_not_lead_out_of_it() -> None:
    text = read_files([("a.zip", zipped({"../../etc/通知.txt": DIRECTIVE.encode()}))])

    assert text == DIRECTIVE


def test_zip_is_among_the_endings() -> None:
    assert {".zip", ".pdf", ".ofd", ".doc", ".wps", ".docx", ".png"} <= set(bundle.extensions())


def test_attachments_are_found_behind_the_imprint_of_the_notice() -> None:
    body, _, rest = DIRECTIVE.partition("附件 1\n")
    table, _, rest = rest.partition("附件 2\n")
    outline, mark, imprint = rest.partition("抄送：")
    files = [
        ("通知.txt", (body + mark + imprint).encode()),
        ("附件1.txt", f"附件1\n{table}".encode()),
        ("附件2.txt", f"附件2\n{outline}".encode()),
    ]

    found = read(read_files(files))

    assert [type(each).__name__ for each in found.attachment_bodies] == [
        "AttachmentTable",
        "AttachmentOutline",
    ]
    assert found.printed_by == "市场监管总局办公厅"
