"""Writes the project's example notices as files of other formats, the way offices make them."""

import io
import zipfile
from collections.abc import Iterator, Mapping
from html import escape
from itertools import groupby

from notices.readers.base import UnreadableDocument
from notices.readers.registry import read_document
from notices.text.attachments.tables_and_outlines import (
    AttachmentOutline,
    AttachmentTable,
    AttachmentText,
)
from notices.text.reading import Reading
from tests.folders import ROOT

TEXTS = ROOT / "config" / "demo" / "texts"
DIRECTIVE = (TEXTS / "2023-9.txt").read_text("utf-8")
"""国市监质发〔2023〕9号, abridged: two obligations, a table with a two-row header, an outline."""

Merged = list[list[tuple[str, int, int]]]
"""Rows of (text, columns, rows); places covered by a merged cell are not listed."""


def said(reading: Reading) -> dict[str, object]:
    """What a reading says, whatever the file it came from: without offsets, blanks in quotes."""
    answer = _placeless(reading.as_json())
    assert isinstance(answer, dict)
    return answer | {"bodies": [_body(body) for body in reading.attachment_bodies]}


def _placeless(answer: object) -> object:
    if isinstance(answer, list):
        return [_placeless(item) for item in answer]
    if isinstance(answer, dict):
        places = ("start", "end") if "quote" in answer else ()
        kept = {k: _placeless(v) for k, v in answer.items() if k not in places}
        return kept | ({"quote": "".join(kept["quote"].split())} if "quote" in kept else {})
    return answer


def outcome(name: str, data: bytes) -> str:
    """The text of a file or the message that refuses it; any other exception comes through."""
    try:
        return read_document(name, data)
    except UnreadableDocument as refusal:
        return refusal.message_zh


def _body(body: object) -> object:
    match body:
        case AttachmentTable():
            return (
                *(body.number, body.title, body.unit_line),
                *(body.header_rows, body.body_rows, body.foot_line),
            )
        case AttachmentOutline():
            return (body.number, body.title, body.sections, body.closing_note, body.max_chars)
        case AttachmentText():
            return (body.number, body.title)
    return body


def blocks(text: str) -> Iterator[str | Merged]:
    """The text's paragraphs, and its runs of tab-separated lines as tables."""
    for is_table, lines in groupby(text.split("\n"), key=lambda line: "\t" in line):
        if is_table:
            yield merged([line.split("\t") for line in lines])
        else:
            yield from (line for line in lines if line)


def merged(grid: list[list[str]]) -> Merged:
    """Opens up a flattened header: gaps belong to the label on the left or the label above."""
    width = max(map(len, grid))
    grid = [row + [""] * (width - len(row)) for row in grid]
    out: Merged = []
    for r, row in enumerate(grid):
        cells: list[tuple[str, int, int]] = []
        for c, text in enumerate(row):
            below = grid[r + 1][c] if r + 1 < len(grid) else ""
            if not text and r == 0 and below and cells:
                label, columns, rows = cells.pop()
                cells.append((label, columns + 1, rows))
            elif text or r == 0:
                tall = len(grid) - r if r == 0 and not below else 1
                cells.append((text, 1, tall))
        out.append(cells)
    return out


def web_body(text: str) -> str:
    """The paragraphs and tables as the editors of government sites write them."""
    out = []
    for block in blocks(text):
        if isinstance(block, str):
            out.append(f'<p style="text-indent:2em">　　{escape(block)}</p>')
            continue
        out.append("<table border=1><tbody>")
        for row in block:
            cells = (f'<td colspan="{c}" rowspan="{r}"><p>{escape(t)}</p></td>' for t, c, r in row)
            out.append(f"<tr>{''.join(cells)}</tr>")
        out.append("</tbody></table>")
    return "\n".join(out)


def word_body(text: str) -> str:
    """The same as WordprocessingML; merged cells are listed empty, as the format wants them."""
    return "".join(
        word_paragraph(block) if isinstance(block, str) else word_table(block)
        for block in blocks(text)
    )


def word_paragraph(text: str, properties: str = "") -> str:
    return (
        f"<w:p><w:pPr>{properties}</w:pPr>"
        f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'
    )


def word_table(rows: Merged) -> str:
    out = ["<w:tbl><w:tblPr/>"]
    covered: dict[int, tuple[int, int]] = {}  # column -> columns and rows still covered
    for row in rows:
        out.append("<w:tr>")
        left = list(row)
        column = 0
        while left or column in covered:
            if column in covered:
                columns, rest = covered.pop(column)
                if rest > 1:
                    covered[column] = (columns, rest - 1)
                out.append(_word_cell("", columns, "<w:vMerge/>"))
            else:
                text, columns, tall = left.pop(0)
                if tall > 1:
                    covered[column] = (columns, tall - 1)
                out.append(_word_cell(text, columns, '<w:vMerge w:val="restart"/>'))
            column += columns
        out.append("</w:tr>")
    return "".join(out) + "</w:tbl>"


def _word_cell(text: str, columns: int, merge: str) -> str:
    span = f'<w:gridSpan w:val="{columns}"/>' if columns > 1 else ""
    return f"<w:tc><w:tcPr>{span}{merge}</w:tcPr>{word_paragraph(text)}</w:tc>"


_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)


def word_part(tag: str, content: str) -> str:
    """A part of a .docx: `word_part("document", …)`."""
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{tag} {_NAMESPACES}>{content}</w:{tag}>'


def word_file(body: str, **parts: str) -> bytes:
    """A .docx with that body; `parts` are further parts of word/ by name without .xml."""
    files = {"document": word_part("document", f"<w:body>{body}</w:body>")} | parts
    return zipped({f"word/{name}.xml": text for name, text in files.items()})


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    """A deflated zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()
