"""Files of every format that show a given line at a given place, beside an open notice."""

import io
import zipfile
from html import escape

import openpyxl
from openpyxl.comments import Comment
from reportlab.lib.colors import grey
from reportlab.pdfgen.canvas import Canvas

from tests.notices import print_ofd, print_pdf
from tests.notices.print_ofd import NS, text_object

NOTICE = (
    "示例省市场监督管理局文件",
    "示市监质〔2026〕7号",
    "关于报送质量工作情况的通知",
    "各市市场监督管理局：",
    "请于2026年7月15日前将工作总结报送省局，注意保守国家秘密和商业秘密。",
    "示例省市场监督管理局",
    "2026年6月1日",
)
_W = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)


def _p(*runs: str) -> str:
    return "<w:p>" + "".join(f"<w:r><w:t>{escape(run)}</w:t></w:r>" for run in runs) + "</w:p>"


def zipped(parts: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def docx(place: str, mark: str) -> bytes:
    """Places: see DOCX_PLACES."""
    marked, word = _p(mark), escape(mark)
    halves = _p(*mark) if place == "split runs" else ""
    shape = f'<v:shape><v:textpath string="{word}"/></v:shape>'
    word_art = f"<w:p><w:r><w:pict>{shape}</w:pict></w:r></w:p>"
    inside = {
        "body": marked,
        "split runs": halves,
        "table": f"<w:tbl><w:tr><w:tc>{_p('名称')}</w:tc><w:tc>{marked}</w:tc></w:tr></w:tbl>",
        "text box": f"<w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent>{marked}</w:txbxContent>"
        "</v:textbox></v:shape></w:pict><w:t>示例</w:t></w:r></w:p>",
        "drawing": f"<w:p><w:r><w:drawing><wps:wsp><a:p><a:r><a:t>{word}</a:t></a:r></a:p>"
        "</wps:wsp></w:drawing></w:r></w:p>",
        "word art": word_art,
        "deleted": f"<w:p><w:del><w:r><w:delText>{word}</w:delText></w:r></w:del></w:p>",
    }.get(place, "")
    body = "".join(map(_p, NOTICE))
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f"<w:document {_W}><w:body>{body}{inside}</w:body></w:document>",
    }
    roots = {
        "header": ("header1", "hdr"),
        "even header": ("header2", "hdr"),
        "first header": ("header3", "hdr"),
        "footer": ("footer1", "ftr"),
        "footnote": ("footnotes", "footnotes"),
        "endnote": ("endnotes", "endnotes"),
        "comment": ("comments", "comments"),
    }
    if place in roots:
        name, root = roots[place]
        parts[f"word/{name}.xml"] = f"<w:{root} {_W}>{marked}</w:{root}>"
    if place == "watermark":
        parts["word/header1.xml"] = f"<w:hdr {_W}>{word_art}</w:hdr>"
    page = f"<html><body><p>{word}</p></body></html>"
    if place == "html chunk":
        parts["word/afchunk.htm"] = page
    if place == "mht chunk":
        parts["word/afchunk.mht"] = mhtml(mark)
    if place == "rtf chunk":
        parts["word/afchunk.rtf"] = rtf(mark)
    if place == "docx chunk":
        parts["word/afchunk.docx"] = docx("header", mark)
    return zipped(parts)


DOCX_PLACES = (
    *("body", "split runs", "table", "text box", "drawing", "word art", "deleted", "header"),
    *("even header", "first header", "footer", "footnote", "endnote", "comment", "watermark"),
    *("html chunk", "mht chunk", "rtf chunk", "docx chunk"),
)


def xlsx(place: str, mark: str) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["序号", "企业名称", "数量（家）"])
    sheet.append([1, "示例企业", 3])
    other = book.create_sheet("第二页")
    other["A1"] = "说明"
    if place == "cell":
        sheet["C9"] = mark
    elif place == "hidden sheet":
        other["B2"], other.sheet_state = mark, "hidden"
    elif place == "header":
        sheet.oddHeader.center.text = mark
    elif place == "first header":
        sheet.HeaderFooter.differentFirst = True
        sheet.firstHeader.left.text = mark
    elif place == "footer":
        other.oddFooter.right.text = mark
        other.oddFooter.right.size = 14
    elif place == "comment":
        sheet["A2"].comment = Comment(mark, "示例")
    elif place == "tooltip":
        sheet["A2"].hyperlink = "https://example.com/"
        sheet["A2"].hyperlink.tooltip = mark
    elif place == "hidden row":
        sheet["A5"] = mark
        sheet.row_dimensions[5].hidden = True
    out = io.BytesIO()
    book.save(out)
    if place != "text box":
        return out.getvalue()
    drawing = (
        '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
        f'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:sp><a:p><a:r><a:t>'
        f"{escape(mark)}</a:t></a:r></a:p></xdr:sp></xdr:wsDr>"
    )
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/drawings/drawing1.xml", drawing)
    return out.getvalue()


XLSX_PLACES = (
    *("cell", "hidden sheet", "hidden row", "header", "first header", "footer", "comment"),
    *("text box", "tooltip"),
)


def pdf(place: str, mark: str) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    font = print_pdf.FONT
    for number in (1, 2):
        canvas.setFont(font, 16)
        for i, line in enumerate(NOTICE if number == 1 else ("第二页的内容",)):
            canvas.drawString(90, 700 - 30 * i, line)
        if place == "header on each page" or (place == "first page" and number == 1):
            canvas.drawString(80, 790, mark)
        elif place == "foot of the last page" and number == 2:
            canvas.drawString(400, 60, mark)
        elif place in ("turned 45", "turned 90", "turned 180"):
            canvas.saveState()
            canvas.translate(300, 420)
            canvas.rotate(int(place.split()[1]))
            canvas.setFillColor(grey)
            canvas.setFont(font, 60)
            canvas.drawString(-100, 0, mark)
            canvas.restoreState()
        elif place == "vertical" and number == 1:
            for i, char in enumerate(mark):
                canvas.drawString(40, 600 - 18 * i, char)
        elif place == "annotation" and number == 2:
            canvas.textAnnotation(mark, (100, 100, 200, 200))
        canvas.showPage()
    canvas.save()
    return out.getvalue()


PDF_PLACES = (
    *("header on each page", "first page", "foot of the last page", "turned 45", "turned 90"),
    *("turned 180", "vertical", "annotation"),
)


def ofd(place: str, mark: str) -> bytes:
    lines = "".join(text_object(90, 150 + 30 * i, 16, line) for i, line in enumerate(NOTICE))
    plain = text_object(90, 60, 16, mark)
    turned = plain.replace(' Font="1"', ' CTM="0.7 0.7 -0.7 0.7 0 0" Font="1"')
    first = {"page": plain, "turned": turned}.get(place, "")
    if place == "object a letter":
        first = "".join(text_object(90 + 18 * i, 60, 16, char) for i, char in enumerate(mark))
    used = ("7",) if place == "shared template" else ()
    parts: dict[str, str | bytes] = {
        "OFD.xml": print_ofd.OFD_XML,
        "Doc_0/Document.xml": print_ofd.document(2, templates=used),
        "Doc_0/Pages/Page_0.xml": print_ofd.page(lines + first, templates=used),
        "Doc_0/Pages/Page_1.xml": print_ofd.page(
            text_object(90, 150, 16, "第二页"), templates=used
        ),
    }
    if used:
        parts["Doc_0/Tpls/7.xml"] = print_ofd.page(plain)
    if place == "annotation":
        parts["Doc_0/Annots/Page_0/Annotation.xml"] = (
            f"<ofd:PageAnnot {NS}><ofd:Annot><ofd:Appearance>{plain}</ofd:Appearance></ofd:Annot>"
            "</ofd:PageAnnot>"
        )
    if place == "stamp":
        parts["Doc_0/Signs/Sign_0/Seal.esl"] = b"0\x82\x01\x02seal" + ofd("page", mark)
    return print_ofd.package(parts)


OFD_PLACES = ("page", "turned", "object a letter", "shared template", "annotation", "stamp")


def html(place: str, mark: str) -> bytes:
    word = escape(mark)
    body = "".join(f"<p>{line}</p>" for line in NOTICE)
    extra = {
        "paragraph": f"<p>{word}</p>",
        "menu": f"<nav><ul><li>首页</li><li>{word}</li></ul></nav>",
        "foot": f"<div class='footer'><span>{word}</span></div>",
        "cell": f"<table><tr><td>名称</td><td>{word}</td></tr></table>",
        "hidden": f"<div style='display:none'>{word}</div>",
        "letters": "<p>" + "".join(f"<b>{c}</b>" for c in mark) + "</p>",
    }[place]
    return f"<html><head><title>示例</title></head><body>{body}{extra}</body></html>".encode()


HTML_PLACES = ("paragraph", "menu", "foot", "cell", "hidden", "letters")


def mhtml(mark: str) -> bytes:
    """The second part, in GB 2312, bears the mark."""
    page = f"<html><body><p>{escape(mark)}</p></body></html>".encode("gb18030")
    return (
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="=_x"\r\n\r\n'
        b"--=_x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
        + html("paragraph", "示例")
        + b"\r\n--=_x\r\nContent-Type: text/html; charset=gb2312\r\n\r\n"
        + page
        + b"\r\n--=_x--\r\n"
    )


def rtf(mark: str) -> bytes:
    def spelled(text: str) -> bytes:
        return "".join(f"\\u{ord(c)}?" if ord(c) > 127 else c for c in text).encode()

    body = b"".join(spelled(line) + b"\\par\n" for line in NOTICE)
    return b"{\\rtf1\\ansi\\ansicpg936{\\header " + spelled(mark) + b"\\par}" + body + b"}"


def old(mark: str, *, xls: bool = False) -> bytes:
    """No real .doc or .xls, but streams with texts as those have them."""
    stream = "Workbook" if xls else "WordDocument"
    texts = [*NOTICE, mark, "保守国家秘密"]
    packed = b"".join(
        b"\x05\x00\x01" + text.encode("utf-16-le") if xls else (text + "\r").encode("utf-16-le")
        for text in texts
    )
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504
    return head + packed + b"\x00" * 64 + stream.encode("utf-16-le") + b"\x00\x00"
