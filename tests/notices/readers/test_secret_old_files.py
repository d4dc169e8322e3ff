"""A 密级 anywhere in a real .doc or .xls, as an office program wrote it, stops it."""

import io
import shutil
import subprocess
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from openpyxl.comments import Comment

from notices.readers.bundle.document import read_files
from notices.text.page.secrecy import ClassifiedDocument
from tests.notices.secret_files import NOTICE

pytestmark = [
    pytest.mark.once,
    pytest.mark.skipif(not shutil.which("soffice"), reason="no LibreOffice"),
]
MARKS = ("机密★3年", "【机密】", "秘密（一年）", "绝密", "机密级", "密级：机密")
OPEN = "保守国家秘密"
WORD = ("header", "first header", "footer", "body", "end", "table", "comment", "text box")
SHEET = ("cell", "hidden sheet", "header", "large header", "comment", "name of a sheet")
_BOX = (
    '<w:pict xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml"><v:shape style="width:200pt;height:40pt" '
    'type="#_x0000_t202"><v:textbox><w:txbxContent><w:p><w:r><w:t>{}</w:t></w:r></w:p>'
    "</w:txbxContent></v:textbox></v:shape></w:pict>"
)


def document(place: str, mark: str) -> bytes:
    made = docx.Document()
    for line in NOTICE:
        made.add_paragraph(line)
    first, section = made.paragraphs[0], made.sections[0]
    if place == "header":
        section.header.paragraphs[0].text = mark
    elif place == "first header":
        section.different_first_page_header_footer = True
        section.first_page_header.paragraphs[0].text = mark
    elif place == "footer":
        section.footer.paragraphs[0].text = mark
    elif place == "body":
        first.insert_paragraph_before(mark)
    elif place == "end":
        made.add_paragraph(mark)
    elif place == "table":
        made.add_table(1, 2).cell(0, 1).text = mark
    elif place == "comment":
        made.add_comment(first.runs, text=mark)
    elif place == "text box":
        first.add_run()._r.append(parse_xml(_BOX.format(mark)))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def workbook(place: str, mark: str) -> bytes:
    book = openpyxl.Workbook()
    sheet, other = book.active, book.create_sheet("第二页")
    sheet.append(["序号", "企业名称", "数量（家）"])
    sheet.append([1, "示例企业", 3])
    other["A1"] = "说明"
    if place == "cell":
        sheet["C9"] = mark
    elif place == "hidden sheet":
        other["B2"], other.sheet_state = mark, "hidden"
    elif place == "header":
        sheet.oddHeader.center.text = mark
    elif place == "large header":
        other.oddHeader.right.text = mark
        other.oddHeader.right.size, other.oddHeader.right.font = 14, "宋体,常规"
    elif place == "comment":
        sheet["A2"].comment = Comment(mark, "示例")
    elif place == "name of a sheet":
        other.title = mark.replace("：", "")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def name(place: str, mark: str, ending: str) -> str:
    marks = (*MARKS, OPEN)
    return f"{place.replace(' ', '_')}_{marks.index(mark)}.{ending}"


CASES = [
    *(("doc", place, mark) for place in WORD for mark in (*MARKS, OPEN)),
    *(("xls", place, mark) for place in SHEET for mark in (*MARKS, OPEN)),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All cases, written by LibreOffice in two calls."""
    made = tmp_path_factory.mktemp("old")
    for ending, place, mark in CASES:
        write = document if ending == "doc" else workbook
        (made / name(place, mark, f"{ending}x")).write_bytes(write(place, mark))
    profile = f"-env:UserInstallation={(made / 'profile').as_uri()}"
    for kind, found in (("doc:MS Word 97", "*.docx"), ("xls:MS Excel 97", "*.xlsx")):
        command = ["soffice", profile, "--headless", "--convert-to", kind]
        files = [path.name for path in made.glob(found)]
        subprocess.run([*command, *files], cwd=made, check=True, capture_output=True, timeout=300)
    return made


@pytest.mark.parametrize(("ending", "place", "mark"), CASES)
def test_old_file_is_refused_by_its_mark_alone(
    folder: Path, ending: str, place: str, mark: str
) -> None:
    files = [(f"通知.{ending}", (folder / name(place, mark, ending)).read_bytes())]

    if mark == OPEN:
        assert "示例" in read_files(files)
        return
    with pytest.raises(ClassifiedDocument) as refusal:
        read_files(files)
    assert "涉密渠道" in refusal.value.message_zh
