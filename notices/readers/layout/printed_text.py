"""From the pages of a print format to the text of the notice, or the reason why there is none."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from notices.readers.base import UnreadableDocument
from notices.readers.layout import furniture, paragraphs
from notices.readers.layout.lines import TextLine
from notices.readers.layout.page import Page
from notices.readers.scanned import scanned

MAX_PAGES = 300
"""Pages of a document; a directive with all its attachments stays below 100."""
_UNKNOWN = re.compile(r"\(cid:\d+\)|[\ue000-\uf8ff\ufffd¤\x00-\x08]")
UNREAD = re.compile(r"^〔原件第 (\d+) 页是图片，文字没有读入，请对照原件补录〕$", re.MULTILINE)
"""The line that stands in the text for a page that is a picture."""
_MOST_UNKNOWN = 0.2
"""Share of characters without meaning above which the file's fonts hide its text."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A page, and whether a picture covers most of it."""

    page: Page
    is_picture: bool


def _named(page: Page, number: int) -> Page:
    """The page with a line that says what is missing, in no sentence of its neighbours."""
    words = f"〔原件第 {number} 页是图片，文字没有读入，请对照原件补录〕"  # UNREAD
    middle, height = page.width / 2, page.height / 2
    line = TextLine(words, middle, height, middle, height, 1.0)
    return Page(page.width, page.height, (line,))


def too_many_pages(found: int) -> UnreadableDocument:
    """The refusal of a document with more than MAX_PAGES pages."""
    return UnreadableDocument(
        f"文件有 {found} 页，超过 {MAX_PAGES} 页的上限。请只保留通知正文和附件页后重新上传。"
    )


def read_pages(printed: Iterable[Printed], kind: str, *, goes_on: bool = False) -> str:
    """The text; `kind` names the format in messages.

    Raises ScannedDocument where pages are pictures without text, UnreadableDocument where there is
    nothing or where the characters have no meaning. With `goes_on`, where nothing here recognises
    them, pictures behind a page of text are named in the text instead.
    """
    every = list(printed)
    pages = furniture.without_furniture([one.page for one in every])
    # A number or a running head that was printed over a scan makes no text of it.
    pictures = [
        number
        for number, (one, page) in enumerate(zip(every, pages, strict=True), 1)
        if one.is_picture and not page.lines and not page.tables
    ]
    if goes_on and pictures and pictures[0] > 1:
        for number in pictures:
            pages[number - 1] = _named(pages[number - 1], number)
        pictures = []
    text = paragraphs.text_of(pages)
    if pictures:
        raise scanned(kind, pictures, len(pages))
    letters = re.sub(r"\s", "", text)
    if not letters:
        raise UnreadableDocument(
            f"{kind} 里没有可以读取的文字。请打开文件核对，或另存为 .docx 后重新上传。"
        )
    unknown = _UNKNOWN.findall(letters)
    if sum(map(len, unknown)) > _MOST_UNKNOWN * len(letters):
        raise UnreadableDocument(
            f"{kind} 的字体没有文字编码，读出的是乱码。请向发文单位索取 .docx 或 .ofd 版本，"
            "或作为扫描件识别后上传。"
        )
    return _UNKNOWN.sub("", text)
