import io
import struct

import pytest

from reports.filling import file_types
from reports.filling.file_types import UnknownFile, recognise
from tests.reports import papers


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (papers.picture("JPEG"), file_types.JPEG),
        (papers.picture("PNG"), file_types.PNG),
        (papers.picture("TIFF"), file_types.TIFF),
        (papers.PDF, file_types.PDF),
        (papers.zipped("OFD.xml", "Doc_0/Document.xml"), file_types.OFD),
        (papers.docx(), file_types.DOCX),
        (papers.xlsx(), file_types.XLSX),
        (papers.zipped("ppt/presentation.xml"), file_types.PPTX),
        (papers.ole("WordDocument"), file_types.DOC),
        (papers.ole("Workbook"), file_types.XLS),
        (papers.MP4, file_types.MP4),
        (papers.MOV, file_types.MOV),
        (papers.AVI, file_types.AVI),
        (papers.WMV, file_types.WMV),
    ],
    ids=lambda each: getattr(each, "label", None),
)
def test_type_is_read_from_the_content(data, found):
    assert recognise(io.BytesIO(data)) is found


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (papers.PROGRAM, "不是可以上传的格式"),
        (papers.PAGE, "不是可以上传的格式"),
        (b"x", "不是可以上传的格式"),
        (papers.HEIC, "HEIC 图片"),
        (papers.MP4.replace(b"isom", b"xxxx"), "请另存为 MP4"),
        (papers.zipped("a.txt"), "是压缩包"),
        (papers.zipped("xl/workbook.xml", "xl/vbaProject.bin"), "含有宏"),
        (papers.docx()[:-40], "已损坏或不完整"),
        (papers.zipped(*(f"{n}" for n in range(5_001))), "条目过多"),
        (papers.ole("EncryptedPackage"), "设有密码"),
        (papers.ole("_VBA_PROJECT"), "含有宏"),
        (papers.ole("其他"), "旧版 Office 文件不能识别"),
    ],
)
def test_what_is_not_taken_says_what_to_do(data, said):
    with pytest.raises(UnknownFile, match=said):
        recognise(io.BytesIO(data))


def test_large_directory_is_not_read_into_memory():
    """The count may lie; the size of the directory is what zipfile reads."""
    data = bytearray(papers.docx())
    at = data.rfind(b"PK\x05\x06")
    struct.pack_into("<L", data, at + 12, 50 * 1024 * 1024)

    with pytest.raises(UnknownFile, match="条目过多"):
        recognise(io.BytesIO(bytes(data)))
