"""OFD packages as different writers make them, and those that are damaged or hostile."""

import io
import re
import zipfile

import pytest

from notices.readers.base import UnreadableDocument
from notices.readers.layout.printed_text import UNREAD
from notices.readers.ofd.document import OfdReader
from notices.readers.registry import read_document
from notices.readers.scanned import ScannedDocument
from notices.text.reading import read
from tests.notices import print_ofd
from tests.notices.made_files import DIRECTIVE, said
from tests.notices.printed import LEFT, RUNNING_HEAD, Sheet, directive

Parts = dict[str, str | bytes]


@pytest.fixture(scope="module")
def parts() -> Parts:
    return print_ofd.parts(directive())


def refusal(data: bytes) -> str:
    with pytest.raises(UnreadableDocument) as refused:
        OfdReader().read(data)
    assert "请" in refused.value.message_zh
    return refused.value.message_zh


def one_page(objects: str) -> Parts:
    parts = print_ofd.parts([Sheet()])
    return {**parts, "Doc_0/Pages/Page_0.xml": print_ofd.page(objects)}


def text_of(objects: str) -> str:
    return OfdReader().read(print_ofd.package(one_page(objects)))


def test_directive_reads_as_its_plain_text(parts: Parts) -> None:
    text = read_document("通知.OFD", print_ofd.package(parts))

    assert said(read(text)) == said(read(DIRECTIVE))


def test_scaled_objects_and_other_page_breaks_read_the_same(parts: Parts) -> None:
    text = OfdReader().read(print_ofd.package(parts))

    assert OfdReader().read(print_ofd.ofd(directive(), ctm=True)) == text
    assert OfdReader().read(print_ofd.ofd(directive(per_page=9))) == text


def test_table_keeps_its_merged_header_and_furniture_is_dropped(parts: Parts) -> None:
    text = OfdReader().read(print_ofd.package(parts))

    rows = [line for line in text.split("\n") if "\t" in line]
    assert rows == [line for line in DIRECTIVE.split("\n") if "\t" in line]
    assert RUNNING_HEAD not in text
    assert not re.search(r"— \d+ —", text)


def test_names_with_backslashes_other_case_and_no_usual_namespace(parts: Parts) -> None:
    def odd(content: str | bytes) -> str:
        text = content if isinstance(content, str) else content.decode()
        return (
            text.replace("ofd:", "x:")
            .replace("xmlns:ofd", "xmlns:x")
            .replace("http://www.ofdspec.org/2016", "http://www.ofdspec.org")
        )

    moved: Parts = {
        name.replace("/", "\\").replace("Pages", "PAGES"): odd(content).replace(
            "xmlns:ofd=", "xmlns:x="
        )
        for name, content in parts.items()
    }

    assert OfdReader().read(print_ofd.package(moved)) == OfdReader().read(print_ofd.package(parts))


def test_paths_from_the_root_and_names_in_gbk(parts: Parts) -> None:
    moved = {
        name.replace("Pages/Page_0", "页面/第一页"): content for name, content in parts.items()
    }
    moved["Doc_0/Document.xml"] = str(parts["Doc_0/Document.xml"]).replace(
        "Pages/Page_0", "/Doc_0/页面/第一页"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in moved.items():
            raw = name.encode("gbk").decode("cp437")
            archive.writestr(Unmarked(raw), content)

    assert OfdReader().read(out.getvalue()) == OfdReader().read(print_ofd.package(parts))


class Unmarked(zipfile.ZipInfo):
    """An entry whose name goes into the file byte by byte, without the mark of UTF-8."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:
        return self.filename.encode("cp437"), self.flag_bits


def test_template_of_several_pages_is_dropped_and_of_one_page_is_kept() -> None:
    def at(y: float, text: str) -> str:
        return print_ofd.text_object(100, y, 16, text)

    package: Parts = {
        "OFD.xml": print_ofd.OFD_XML,
        "Doc_0/Document.xml": print_ofd.document(2, templates=("7", "8")),
        "Doc_0/Tpls/7.xml": print_ofd.page(at(400, "示例单位信笺")),
        "Doc_0/Tpls/8.xml": print_ofd.page(at(150, "示例监督管理局文件")),
        "Doc_0/Pages/Page_0.xml": print_ofd.page(at(200, "第一页"), templates=("7", "8")),
        "Doc_0/Pages/Page_1.xml": print_ofd.page(at(200, "第二页"), templates=("7",)),
    }

    text = OfdReader().read(print_ofd.package(package))

    assert text == "示例监督管理局文件\n第一页\n第二页"


def test_text_code_of_several_lines_and_pretty_printed() -> None:
    objects = (
        '<ofd:TextObject ID="1" Boundary="20 40 100 20" Font="1" Size="4">'
        '<ofd:TextCode X="0" Y="4" DeltaX="g 2 4 -8 g 2 4" DeltaY="0 0 8 0 0">\n第一行第二行\n'
        "</ofd:TextCode></ofd:TextObject>"
    )

    assert text_of(objects) == "第一行\n第二行"


def test_characters_without_distances_stand_side_by_side() -> None:
    objects = (
        '<ofd:TextObject ID="1" Boundary="20 40 100 20" Font="1" Size="4">'
        '<ofd:TextCode X="0" Y="4">请于2024年</ofd:TextCode></ofd:TextObject>'
        '<ofd:TextObject ID="2" Boundary="40 40 100 20" Font="1" Size="4">'
        '<ofd:TextCode X="0" Y="4"><![CDATA[报送]]></ofd:TextCode></ofd:TextObject>'
    )

    assert text_of(objects) == "请于2024年报送"


def test_turned_watermark_is_left_out() -> None:
    mark = print_ofd.text_object(200, 300, 40, "内部资料", ctm=True)
    mark = mark.replace("0.5 0 0 0.5 0 0", "0.7 0.7 -0.7 0.7 0 0")

    assert text_of(print_ofd.text_object(100, 200, 16, "正文") + mark) == "正文"


@pytest.mark.parametrize(
    "path",
    [
        '<ofd:PathObject ID="2" Boundary="{b}"><ofd:AbbreviatedData>{frame}</ofd:AbbreviatedData>',
        '<ofd:PathObject ID="2" Boundary="{b}" Stroke="false" Fill="true"><ofd:AbbreviatedData>'
        "{boxes}</ofd:AbbreviatedData>",
    ],
)
def test_grid_in_one_path_stroked_or_as_thin_boxes(path: str) -> None:
    lines = [(0, y, 60, y) for y in (0, 10, 20)] + [(x, 0, x, 20) for x in (0, 30, 60)]
    frame = "".join(f"M {a} {b} L {c} {d} " for a, b, c, d in lines)
    boxes = "".join(
        f"M {a} {b} L {c + 0.1} {b} L {c + 0.1} {d + 0.1} L {a} {d + 0.1} C "
        for a, b, c, d in lines
    )
    grid = path.format(b="20 40 60 20", frame=frame, boxes=boxes) + "</ofd:PathObject>"
    mm = 72 / 25.4
    cells = print_ofd.text_object(22 * mm, 47 * mm, 12, "序号")
    cells += print_ofd.text_object(52 * mm, 47 * mm, 12, "名称")
    cells += print_ofd.text_object(52 * mm, 57 * mm, 12, "甲")

    assert text_of(cells + grid) == "序号\t名称\n\t甲"


def test_scan_is_named() -> None:
    image = '<ofd:ImageObject ID="5" Boundary="0 0 210 297" ResourceID="9"/>'

    with pytest.raises(ScannedDocument) as refused:
        OfdReader().read(print_ofd.package(one_page(image)))

    assert "扫描件" in refused.value.message_zh


PICTURE = print_ofd.page('<ofd:ImageObject ID="5" Boundary="0 0 210 297" ResourceID="9"/>')


@pytest.mark.parametrize("at", [1, 2, 3])
@pytest.mark.parametrize("pictures", [1, 2])
def test_page_that_is_a_picture_is_named_at_its_place(at: int, pictures: int) -> None:
    sheets = directive(per_page=9)
    parts = print_ofd.parts([*sheets[:at], *(Sheet() for _ in range(pictures)), *sheets[at:]])
    numbers = range(at, at + pictures)
    text = OfdReader().read(
        print_ofd.package({**parts, **{f"Doc_0/Pages/Page_{n}.xml": PICTURE for n in numbers}})
    )

    said_lines = [f"〔原件第 {n + 1} 页是图片，文字没有读入，请对照原件补录〕" for n in numbers]
    assert [line for line in text.split("\n") if line.startswith("〔原件")] == said_lines
    assert read(text).title == read(DIRECTIVE).title
    assert read(text).doc_number == read(DIRECTIVE).doc_number


def test_running_head_over_a_picture_makes_no_text_of_it() -> None:
    head = print_ofd.text_object(LEFT, 50.0, 9, RUNNING_HEAD)
    image = '<ofd:ImageObject ID="5" Boundary="0 0 210 297" ResourceID="9"/>'
    parts = print_ofd.parts([*directive()[:2], Sheet()])

    text = OfdReader().read(
        print_ofd.package({**parts, "Doc_0/Pages/Page_2.xml": print_ofd.page(image + head)})
    )

    assert UNREAD.findall(text) == ["3"]
    assert RUNNING_HEAD not in text


def test_picture_in_place_of_the_first_page_is_a_scan() -> None:
    parts = print_ofd.parts([Sheet(), *directive()])

    with pytest.raises(ScannedDocument, match="第 1 页"):
        OfdReader().read(print_ofd.package({**parts, "Doc_0/Pages/Page_0.xml": PICTURE}))


def test_empty_document_says_so() -> None:
    assert "没有可以读取的文字" in refusal(print_ofd.package(one_page("")))


@pytest.mark.parametrize(
    ("missing", "words"),
    [
        ("OFD.xml", "OFD.xml"),
        ("Doc_0/Document.xml", "Document.xml"),
        ("Doc_0/Pages/Page_1.xml", "Page_1.xml"),
    ],
)
def test_missing_part_is_named(parts: Parts, missing: str, words: str) -> None:
    assert words in refusal(
        print_ofd.package({name: c for name, c in parts.items() if name != missing})
    )


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"PK\x03\x04" + b"\x00" * 60, "损坏"),
        (b"%PDF-1.7", "PDF"),
        (b"", "其他格式"),
        (print_ofd.package({"word/document.xml": "<a/>"}), "OFD.xml"),
        (print_ofd.package({"Encryptions.xml": "<a/>"}), "密码"),
    ],
)
def test_other_content_says_what_is_wrong(data: bytes, words: str) -> None:
    assert words in refusal(data)


@pytest.mark.parametrize("share", [0.2, 0.6, 0.95])
def test_truncated_package_is_refused(parts: Parts, share: float) -> None:
    data = print_ofd.package(parts)

    assert "损坏" in refusal(data[: int(share * len(data))])


def test_entities_are_not_opened() -> None:
    bomb = '<!DOCTYPE a [<!ENTITY b "报送报送">]>' + print_ofd.page("&b;")

    assert "DTD" in refusal(print_ofd.package({**one_page(""), "Doc_0/Pages/Page_0.xml": bomb}))


def test_page_that_unpacks_to_hundreds_of_megabytes_is_refused() -> None:
    bomb = print_ofd.page(" " * 400_000_000)

    assert "炸弹" in refusal(print_ofd.package({**one_page(""), "Doc_0/Pages/Page_0.xml": bomb}))


def test_one_large_page_listed_many_times_is_refused() -> None:
    parts = one_page(
        "".join(
            print_ofd.text_object(
                i * 7919 % 571, i * 104729 % 823, 16, chr(0x4E00 + i * 31 % 20_000)
            )
            for i in range(20_000)
        )
    )
    many = print_ofd.document(1).replace(
        '<ofd:Page ID="0" BaseLoc="Pages/Page_0.xml"/>',
        '<ofd:Page ID="0" BaseLoc="Pages/Page_0.xml"/>' * 200,
    )

    assert "内容过多" in refusal(print_ofd.package({**parts, "Doc_0/Document.xml": many}))


def test_run_length_of_millions_is_bounded() -> None:
    objects = print_ofd.text_object(100, 200, 16, "正文很短")
    objects = objects.replace("g 3 ", "g 999999 ")

    assert text_of(objects) == "正文很短"


def test_hundreds_of_pages_are_refused() -> None:
    parts: Parts = {"OFD.xml": print_ofd.OFD_XML, "Doc_0/Document.xml": print_ofd.document(301)}

    assert "300 页" in refusal(print_ofd.package(parts))


@pytest.mark.parametrize(
    "broken",
    [
        'Boundary="a b c d"',
        'Boundary="1e999 0 -5 nan"',
        'Boundary=""',
        'CTM="0 0 0 0 0 0"',
        'CTM="1 2 3"',
        'Size="x"',
        'Size="-4"',
    ],
)
def test_nonsense_in_an_attribute_costs_at_most_that_object(broken: str) -> None:
    name = broken.split("=")[0]
    odd = re.sub(rf' {name}="[^"]*"', "", print_ofd.text_object(90, 300, 16, "甲"))
    odd = odd.replace("<ofd:TextObject", f"<ofd:TextObject {broken}")

    assert "正文" in text_of(odd + print_ofd.text_object(100, 200, 16, "正文")).split("\n")


def test_entry_without_a_name_is_passed_over(parts: Parts) -> None:
    out = io.BytesIO(print_ofd.package(parts))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(Nameless("x"), "")

    text = OfdReader().read(out.getvalue())

    with zipfile.ZipFile(out) as archive:
        assert archive.namelist()[-1] == ""
    assert text == OfdReader().read(print_ofd.package(parts))


class Nameless(zipfile.ZipInfo):
    """An entry whose name has no characters, as a damaged directory may say."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:
        return b"", self.flag_bits
