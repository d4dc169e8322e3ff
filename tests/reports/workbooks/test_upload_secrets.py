"""Every place of a workbook where a 密级 can stand is looked at before the file is taken in."""

import re

import pytest

from notices.readers.bundle.marked import refuse_marked_file
from notices.text.page.secrecy import ClassifiedDocument
from tests.reports.filled_templates import rezipped
from tests.reports.shown_cells import SHEET, written

BOOK = written({"B4": ("示例企业", "@")})
BOOK_PART = "xl/workbook.xml"
DRAWN = (
    '<d xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    "<a:p><a:r><a:t>{0}</a:t></a:r><a:r><a:t>{1}</a:t></a:r></a:p></d>"
)
EDGES = '<headerFooter differentFirst="1" differentOddEven="1"><{0}>{1}</{0}></headerFooter>'


def replaced(part, pattern, by):
    def change(parts):
        text, times = re.subn(pattern, lambda _: by, parts[part].decode(), count=1, flags=re.DOTALL)
        assert times
        parts[part] = text.encode()

    return rezipped(BOOK, change)


def put(part, text):
    return rezipped(BOOK, lambda parts: parts.update({part: text.encode()}))


def edge(name, text):
    return replaced(SHEET, "<headerFooter.*?</headerFooter>", EDGES.format(name, text))


PLACES = {
    "header": lambda mark: edge("oddHeader", f'&amp;C&amp;"黑体,常规"&amp;14{mark}'),
    "header of the first page": lambda mark: edge("firstHeader", f"&amp;R{mark}"),
    "footer of even pages": lambda mark: edge("evenFooter", f"&amp;L{mark}"),
    "header in two sizes": lambda mark: edge("oddHeader", f"&amp;C{mark[:1]}&amp;14{mark[1:]}"),
    "comment": lambda mark: put(
        "xl/comments1.xml",
        f"<comments><comment><text><r><t>{mark}</t></r></text></comment></comments>",
    ),
    "talk beside a cell": lambda mark: put(
        "xl/threadedComments/threadedComment1.xml",
        f"<Threaded><threadedComment><text>{mark}</text></threadedComment></Threaded>",
    ),
    "shape": lambda mark: put("xl/drawings/drawing9.xml", DRAWN.format(mark[:1], mark[1:])),
    "old shape": lambda mark: put(
        "xl/drawings/vmlDrawing9.vml",
        f'<xml xmlns:v="urn:v"><v:shape><v:textbox><div>{mark}</div></v:textbox></v:shape></xml>',
    ),
    "name": lambda mark: replaced(
        BOOK_PART,
        "</sheets>",
        f'</sheets><definedNames><definedName name="a">"{mark}"</definedName></definedNames>',
    ),
    "tab": lambda mark: replaced(BOOK_PART, 'name="[^"]*"', f'name="{mark}"'),
    "hint beside a cell": lambda mark: replaced(
        SHEET,
        "</worksheet>",
        f'<dataValidations><dataValidation prompt="{mark}"/></dataValidations></worksheet>',
    ),
    "number format": lambda mark: written({"B4": (12, f'"{mark}"0')}),
    "cell": lambda mark: written({"B4": (mark, "@")}),
}


@pytest.mark.parametrize("mark", ["机密★3年", "【秘密】", "绝密"])
@pytest.mark.parametrize("place", PLACES)
def test_mark_is_found_wherever_it_stands(place, mark):
    with pytest.raises(ClassifiedDocument):
        refuse_marked_file("填报.xlsx", PLACES[place](mark))


@pytest.mark.parametrize("place", PLACES)
def test_sentence_about_secrecy_is_open(place):
    refuse_marked_file("填报.xlsx", PLACES[place]("各单位要保守国家秘密"))
