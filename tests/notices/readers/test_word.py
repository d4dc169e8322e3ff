"""Word documents: the same notice as its text, the format's own devices, hostile files."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from notices.readers.base import UnreadableDocument
from notices.readers.containers import OLE
from notices.readers.registry import read_document
from notices.text.reading import read
from tests.notices.made_files import (
    DIRECTIVE,
    TEXTS,
    outcome,
    said,
    word_body,
    word_file,
    word_paragraph,
    word_part,
    zipped,
)

WHOLE = word_file(word_body(DIRECTIVE))


def text_of(body: str, **parts: str) -> str:
    return read_document("通知.docx", word_file(body, **parts))


def refused(data: bytes, name: str = "通知.docx") -> str:
    with pytest.raises(UnreadableDocument) as refusal:
        read_document(name, data)
    assert "请" in refusal.value.message_zh
    return refusal.value.message_zh


@pytest.mark.parametrize("name", sorted(path.stem for path in TEXTS.glob("*.txt")))
def test_document_reads_like_its_text(name: str) -> None:
    text = (TEXTS / f"{name}.txt").read_text("utf-8")

    assert said(read(text_of(word_body(text)))) == said(read(text))


def test_directive_keeps_both_header_rows() -> None:
    assert (
        "序号\t领导同志批示情况\t组织开展学习情况\t出台贯彻落实《纲要》文件情况\t\t\t"
        "开展的重点和特色宣传贯彻工作\t好的经验和做法\n"
        "\t\t\t文件名称\t发文主体\t当前进展\t\t\n" in text_of(word_body(DIRECTIVE))
    )


def level(depth: int, form: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


NUMBERING = word_part(
    "numbering",
    '<w:abstractNum w:abstractNumId="7">'
    + level(0, "chineseCounting", "%1、")
    + level(1, "chineseCountingThousand", "（%2）")
    + level(2, "decimal", "%3.")
    + level(3, "decimal", "%1.%3.%4", "<w:isLgl/>")
    + level(4, "bullet", "\uf0b7")
    + level(5, "none", "附")
    + "</w:abstractNum>"
    '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0">'
    '<w:startOverride w:val="1"/></w:lvlOverride></w:num>',
)
STYLES = word_part(
    "styles",
    '<w:style w:type="paragraph" w:styleId="H"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'
    '</w:pPr></w:style><w:style w:type="paragraph" w:styleId="K"><w:basedOn w:val="H"/></w:style>',
)


def numbered(text: str, depth: int, num: int = 1) -> str:
    return word_paragraph(
        text, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{num}"/></w:numPr>'
    )


def test_automatic_numbers_are_written_out() -> None:
    body = "".join(
        [
            numbered("总体要求", 0),
            numbered("目标", 1),
            numbered("原则", 1),
            numbered("2023年工作", 2),
            numbered("细目", 3),
            numbered("要点", 4),
            numbered("说明", 5),
            word_paragraph("没有编号"),
            numbered("重点任务", 0),
            numbered("学习", 1),
            numbered("另起", 0, num=2),
            numbered("后续", 0, num=2),
            word_paragraph("样式编号", '<w:pStyle w:val="K"/>'),
            word_paragraph(
                "取消编号", '<w:pStyle w:val="K"/><w:numPr><w:numId w:val="0"/></w:numPr>'
            ),
        ]
    )

    assert text_of(body, numbering=NUMBERING, styles=STYLES).split("\n") == [
        "一、总体要求",
        "（一）目标",
        "（二）原则",
        "1. 2023年工作",
        "1.1.1 细目",
        "• 要点",
        "说明",
        "没有编号",
        "二、重点任务",
        "（一）学习",
        "一、另起",
        "二、后续",
        "三、样式编号",
        "取消编号",
    ]


@pytest.mark.parametrize(
    ("form", "twelfth"),
    [
        ("chineseCounting", "十二"),
        ("ideographDigital", "一二"),
        ("chineseLegalSimplified", "拾贰"),
        ("ideographTraditional", "乙"),
        ("ideographZodiac", "亥"),
        ("decimalEnclosedCircle", "⑫"),
        ("decimalFullWidth", "１２"),
        ("decimalZero", "12"),
        ("upperLetter", "L"),
        ("lowerRoman", "xii"),
        ("unheardOf", "12"),
    ],
)
def test_number_formats(form: str, twelfth: str) -> None:
    numbering = word_part(
        "numbering",
        f'<w:abstractNum w:abstractNumId="0">{level(0, form, "%1、")}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
    )

    text = text_of("".join(numbered("事项", 0) for _ in range(12)), numbering=numbering)

    assert text.split("\n")[-1] == f"{twelfth}、事项"


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def test_revisions_are_read_as_accepted() -> None:
    body = (
        f"<w:p>{run('请于')}<w:del><w:r><w:delText>4月</w:delText></w:r></w:del>"
        f"<w:ins>{run('5月')}</w:ins>{run('10日前报送')}</w:p>"
        f"<w:moveFrom>{word_paragraph('移走')}</w:moveFrom>"
        f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('上半句，')}</w:p>"
        + word_paragraph("下半句。")
    )

    assert text_of(body) == "请于5月10日前报送\n上半句，下半句。"


def test_deleted_table_row_is_left_out() -> None:
    def cells(*texts: str) -> str:
        return "".join(f"<w:tc>{word_paragraph(text)}</w:tc>" for text in texts)

    body = (
        f"<w:tbl><w:tr>{cells('甲', '乙')}</w:tr>"
        f"<w:tr><w:trPr><w:del/></w:trPr>{cells('旧', '旧')}</w:tr>"
        f"<w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr>{cells('丙')}</w:tr></w:tbl>"
    )

    assert text_of(body) == "甲\t乙\n\t丙"


def test_fields_give_their_results_only() -> None:
    body = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        "<w:r><w:instrText>DATE</w:instrText></w:r>"
        + run("指令")
        + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        + run("2023年2月8日")
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        + f'<w:fldSimple w:instr="PAGE">{run("印发")}</w:fldSimple></w:p>'
    )

    assert text_of(body) == "2023年2月8日印发"


def test_text_box_is_read_once() -> None:
    box = f"<w:txbxContent>{word_paragraph('国市监质发〔2023〕9号')}</w:txbxContent>"
    body = (
        "<w:p><w:r><mc:AlternateContent>"
        f"<mc:Choice Requires='wps'><wps:txbx>{box}</wps:txbx></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        f"</mc:AlternateContent></w:r>{run('标题')}</w:p>"
    )

    assert text_of(body) == "标题\n国市监质发〔2023〕9号"


def test_breaks_hidden_text_symbols_and_tabs() -> None:
    body = (
        f"<w:p>{run('上')}<w:r><w:br/></w:r>{run('下')}{run('密', '<w:vanish/>')}"
        "<w:r><w:tab/></w:r>"
        '<w:r><w:sym w:font="Wingdings" w:char="F0A8"/></w:r>'
        f"<w:sdt><w:sdtContent>{run('是')}</w:sdtContent></w:sdt></w:p>"
    )

    assert text_of(body) == "上\n下 □是"


def test_headers_footers_and_comments_are_left_out() -> None:
    other = {
        name: word_part(name[:3], word_paragraph("不是正文"))
        for name in ("header1", "footer1", "comments")
    }

    assert text_of(word_paragraph("正文"), **other) == "正文"


def test_frame_of_one_column_is_no_table() -> None:
    body = f"<w:tbl><w:tr><w:tc>{word_body(DIRECTIVE)}</w:tc></w:tr></w:tbl>"

    assert said(read(text_of(body))) == said(read(DIRECTIVE))


def test_body_part_is_found_by_its_relation() -> None:
    relation = (
        '<Relationships xmlns="x"><Relationship Type="a/officeDocument" '
        'Target="/word/document2.xml"/></Relationships>'
    )
    body = word_part("document", f"<w:body>{word_paragraph('正文')}</w:body>")

    data = zipped({"_rels/.rels": relation, "word/document2.xml": body})

    assert read_document("a.docx", data) == "正文"


BILLION = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {b} "&{a};&{a};&{a};&{a};&{a};&{a};&{a};&{a};&{a};&{a};">'
    for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)


def hostile(document: str | bytes, **more: str) -> bytes:
    return zipped({"word/document.xml": document, **{f"word/{k}.xml": v for k, v in more.items()}})


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (hostile(BILLION + "]><a>&i;</a>"), "实体"),
        (hostile('<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'), "实体"),
        (hostile('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'), "实体"),
        (hostile("<a>" * 300 + "</a>" * 300), "嵌套过深"),
        (hostile("".join(f'<a b="{i * 7919 % 99991}"/>' for i in range(800_000))), "内容过多"),
        (hostile('<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'.encode("utf-16")), "实体"),
        (hostile(b"\x00\xff\x00"), "XML"),
        (hostile(""), "XML"),
        (hostile(word_part("document", "<w:body/>")), "没有文字"),
        (hostile(word_part("document", "<w:body><w:p>")[:-3]), "XML"),
        (word_file(word_paragraph("正文"), numbering="<a"), "XML"),
        (zipped({"word/other.xml": ""}), "缺少正文"),
        (zipped({"word/document.xml": "", "word/vbaProject.bin": ""}), "宏"),
        (zipped({"[Content_Types].xml": "application/x.macroEnabled.main+xml"}), "宏"),
        (zipped({"word/document.xml": b"\0" * 20_000_000}), "压缩炸弹"),
        (OLE + "EncryptedPackage".encode("utf-16-le") + b"\0" * 99, "密码"),
        (OLE + "WordDocument".encode("utf-16-le") + b"\0" * 99, "旧版 Word"),
        (b"%PDF-1.7", "PDF"),
        ("<html><p>通知</p></html>".encode(), "网页"),
        ("各单位：请报送。".encode(), "其他格式"),
        (WHOLE[: len(WHOLE) // 2], "已损坏"),
        (b"", "空的"),
    ],
)
def test_hostile_file_says_why_and_what_to_do(data: bytes, words: str) -> None:
    assert words in refused(data)


def test_deep_tables_end_in_the_named_error_or_text() -> None:
    inner = word_paragraph("深")
    for _ in range(70):
        inner = f"<w:tbl><w:tr><w:tc>{inner}</w:tc><w:tc>{word_paragraph('')}</w:tc></w:tr></w:tbl>"

    assert text_of(inner).startswith("深")


@settings(
    max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
@given(flips=st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), max_size=6))
def test_flipped_bytes_give_text_or_the_named_error(flips: list[tuple[int, int]]) -> None:
    data = bytearray(WHOLE)
    for at, byte in flips:
        data[at] = byte

    assert outcome("a.docx", bytes(data)).strip()


XML = word_part("document", f"<w:body>{word_body(DIRECTIVE)}</w:body>").encode()


@settings(
    max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
@given(
    flips=st.lists(
        st.tuples(st.integers(0, len(XML) - 1), st.sampled_from(list(b'<>/w:"= pt0\xff'))),
        max_size=6,
    )
)
def test_flipped_xml_gives_text_or_the_named_error(flips: list[tuple[int, int]]) -> None:
    part = bytearray(XML)
    for at, byte in flips:
        part[at] = byte

    assert outcome("a.docx", zipped({"word/document.xml": bytes(part)})).strip()
