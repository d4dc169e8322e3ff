"""Drawn tables inside whole notices, as files of five formats, the way offices make them."""

import io
from collections.abc import Callable
from html import escape

from openpyxl import Workbook

from notices.readers.bundle.document import read_files
from notices.readers.flat_tables import Cell
from tests.notices.made_files import word_file, word_paragraph
from tests.reports.drawn.drawn import Drawn
from tests.reports.drawn.printing import printed

Files = list[tuple[str, bytes]]


def notice(title: str) -> list[str]:
    """The lines of a notice that asks for the attachment with this title."""
    return [
        "示例省市场监督管理局关于报送有关情况的通知",
        "示市监质〔2026〕7号",
        "各市、州市场监督管理局：",
        "为做好有关工作，请各地认真填写附件，于2026年7月15日前报送省局质量发展处。",
        f"附件：{title}",
        "示例省市场监督管理局",
        "2026年6月1日",
    ]


def lines_and_tables(drawn: Drawn) -> list[str | Drawn]:
    """What stands on the attachment's page, from its mark to the end."""
    out: list[str | Drawn] = ["附件", drawn.title]
    for number, one in enumerate((drawn, *drawn.more)):
        above, below = one.around()
        out += [*([one.title] if number else []), *above, one, *below]
    return out


def flat(drawn: Drawn) -> Files:
    """Plain text, cells parted by tabs."""
    out = notice(drawn.title)
    for one in lines_and_tables(drawn):
        out += [one] if isinstance(one, str) else ["\t".join(row) for row in one.flat()]
    return [("通知.txt", "\n".join(out).encode())]


def word(drawn: Drawn) -> Files:
    """A .docx with gridSpan and vMerge."""
    body = [word_paragraph(line) for line in notice(drawn.title)]
    for one in lines_and_tables(drawn):
        body.append(word_paragraph(one) if isinstance(one, str) else _word_table(one))
    return [("通知.docx", word_file("".join(body)))]


def _word_table(drawn: Drawn) -> str:
    rows = drawn.rows()
    begun = {(r, c): cell for r, c, cell in drawn.places()}
    out = ["<w:tbl><w:tblPr/>"]
    above: dict[int, Cell] = {}
    for r, row in enumerate(rows):
        out.append("<w:tr>")
        c = 0
        while c < len(row):
            cell = begun.get((r, c))
            if cell is None:
                cell = Cell("", above[c].columns, 1)
                merge = "<w:vMerge/>"
            else:
                above[c] = cell
                merge = '<w:vMerge w:val="restart"/>' if cell.rows > 1 else ""
            span = f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
            words = "".join(word_paragraph(line) for line in cell.text.split("\n"))
            out.append(f"<w:tc><w:tcPr>{span}{merge}</w:tcPr>{words}</w:tc>")
            c += cell.columns
        out.append("</w:tr>")
    return "".join(out) + "</w:tbl>"


def web(drawn: Drawn) -> Files:
    """A saved page; header cells are `th` in a `thead` in every other table."""
    out = [f"<h1>{notice(drawn.title)[0]}</h1>"]
    out += [f"<p>　　{escape(line)}</p>" for line in notice(drawn.title)[1:]]
    for one in lines_and_tables(drawn):
        out.append(f"<p>{escape(one)}</p>" if isinstance(one, str) else _web_table(one))
    body = f"<body><div>{''.join(out)}</div></body>"
    page = f"<!DOCTYPE html><html><head><title>通知</title></head>{body}</html>"
    return [("通知.html", page.encode())]


def _web_table(drawn: Drawn) -> str:
    rows = drawn.cells()
    headed = max((cell.rows for cell in rows[0]), default=1) if int(drawn.name[:2]) % 2 else 0
    out = ["<table border=1>"]
    for r, row in enumerate(rows):
        tag = "th" if r < headed else "td"
        cells = "".join(
            f'<{tag} colspan="{cell.columns}" rowspan="{cell.rows}">'
            f"{'<br>'.join(map(escape, cell.text.split(chr(10)))) or '&nbsp;'}</{tag}>"
            for cell in row
        )
        opens = "<thead>" if headed and r == 0 else "<tbody>" if r == headed else ""
        out.append(f"{opens}<tr>{cells}</tr>{'</thead>' if r + 1 == headed else ''}")
    return "".join(out) + "</tbody></table>"


def sheet(drawn: Drawn) -> Files:
    """The notice as text, the attachment as a workbook with merged cells and lines across."""
    book = Workbook()
    page = book.active
    width = max(len(one.rows()[0]) for one in (drawn, *drawn.more))
    at = 0
    for one in lines_and_tables(drawn):
        at += 1
        if isinstance(one, str):
            page.cell(at, 1, one)
            if one != "附件":
                page.merge_cells(start_row=at, end_row=at, start_column=1, end_column=width)
            continue
        for r, c, cell in one.places():
            page.cell(at + r, 1 + c).value = cell.text or None
            if cell.rows > 1 or cell.columns > 1:
                page.merge_cells(
                    start_row=at + r,
                    end_row=at + r + cell.rows - 1,
                    start_column=1 + c,
                    end_column=c + cell.columns,
                )
        at += len(one.rows()) - 1
    out = io.BytesIO()
    book.save(out)
    text = "\n".join(notice(drawn.title)).encode()
    return [("通知.txt", text), (f"附件：{drawn.title}.xlsx", out.getvalue())]


def pdf(drawn: Drawn) -> Files:
    """Print with ruled lines."""
    return [("通知.pdf", printed(notice(drawn.title), lines_and_tables(drawn)))]


FORMATS: dict[str, Callable[[Drawn], Files]] = {
    "flat": flat,
    "docx": word,
    "html": web,
    "xlsx": sheet,
    "pdf": pdf,
}


def text_of(drawn: Drawn, kind: str) -> str:
    """What the readers make of it."""
    return read_files(FORMATS[kind](drawn))


def words_only(drawn: Drawn) -> str:
    """The notice as text copied without the grid: the words of the cells, one a line."""
    out = notice(drawn.title)
    for one in lines_and_tables(drawn):
        out += (
            [one] if isinstance(one, str) else [cell for row in one.flat() for cell in row if cell]
        )
    return "\n".join(out)
