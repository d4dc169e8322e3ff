"""Saved web pages (.html, .mht): the notice with its title, labels and tables, without the site."""

import re
from itertools import islice

from lxml import etree

from notices.readers.base import UnreadableDocument
from notices.readers.containers import sniff, wrong_format
from notices.readers.shown import markup
from notices.readers.web import archive
from notices.readers.web import labels as web_labels
from notices.readers.web import title as web_title
from notices.readers.web.archive import SavedPage
from notices.readers.web.blocks import GAP, Block, blocks
from notices.readers.web.chrome import Page, is_file_link
from notices.readers.web.encoding import is_archive, source_of
from notices.readers.web.frames import has_frames, put_together
from notices.readers.xml_parts import check_size
from notices.text.page.secrecy import refuse_marked

_KIND = "网页"
_MAX_MARKS = 150_000
"""`<` and `=` signs a page may have; real ones stay below 60 000, and each element is measured."""
_TAG = re.compile(r"<(?:!doctype|html|head|body|div|p|table|meta|span|br|h\d)\b", re.IGNORECASE)
_EMPTY = "网页里没有找到文字，可能正文是图片或需要联网加载。请把文字复制到 .txt 文件后重新上传。"
_FRAMED = (
    "网页的正文在内嵌的框架里，没有随文件保存。请在浏览器中单独打开框架里的页面，"
    "或另存为单个文件（.mhtml）后重新上传。"
)
_TOO_DEEP = "网页已损坏或嵌套过深，无法读取。请把文字复制到 .txt 文件后重新上传。"
_CHROME = re.compile(
    r"(?:当前|您(?:现在|当前)?(?:所在)?的?)位置|您(?:现在|当前)?所在|首页\s*[>＞»/]|字体|字号|"
    r"【?(?:打印|关闭|收藏|分享|返回)|分享(?:到|至)|上一篇|下一篇|扫一扫|浏览次数|访问量|"
    r"相关(?:链接|阅读|文档|文章|新闻|稿件|解读|信息|推荐)\s*[:：]?$|责任编辑|回到顶部|[A\s]*[大中小\s]+$"
)
_TOOLS = re.compile(
    r"[\s|｜]*(?:(?:浏览|阅读|点击|访问)(?:次数|量|数)?\s*[:：]?\s*\d*\s*次?"
    r"|字[体号](?:大小)?\s*[:：]?\s*[\[【]?[\s大中小A+\-|]*[\]】]?"
    r"|[\[【]?\s*(?:打印(?:本页|文章)?|关闭(?:窗口|本页)?|收藏|分享(?:到|至)?)\s*[\]】]?\s*[:：]?)+\s*$"
)
_CUT_OFF = re.compile(r"预览已结束|剩余.{0,8}(?:未读|内容)|完整报告|登录后(?:查看|阅读)")
_ATTACHMENT = re.compile(r"附\s*[件表]")
_SHORT = 80
_SENTENCE = 20


class WebPageReader:
    """Pages as a browser saves them, in the encodings of Chinese sites."""

    name = "网页"
    extensions: tuple[str, ...] = (".html", ".htm", ".shtml", ".xhtml", ".mht", ".mhtml")

    def read(self, data: bytes) -> str:
        """Title, labels as `label：value`, paragraphs, and tables as tab-separated rows.

        Raises UnreadableDocument on other formats, unknown encodings and pages without text,
        ClassifiedDocument where a 密级 stands anywhere on the page.
        """
        if sniff(data) is not None:
            raise wrong_format(data, _KIND)
        refuse_marked(markup.shown(data))
        root = _whole(data)
        framed = has_frames(root)
        try:
            text = _text(root)
        except RecursionError:
            raise UnreadableDocument(_TOO_DEEP) from None
        if framed and "。" not in text:
            raise UnreadableDocument(_FRAMED)
        if not text.strip():
            raise UnreadableDocument(_EMPTY)
        return text

    def fragment(self, data: bytes) -> str:
        """All that a page shows which stands inside another document: there is no site around it.

        Raises UnreadableDocument as `read` does; a page without text gives none.
        """
        root = _whole(data)
        body = next(root.iter("body"), root)
        try:
            Page(body)  # takes out what is never shown
            return "\n".join(block.text.replace(GAP, "") for block in blocks(body))
        except RecursionError:
            raise UnreadableDocument(_TOO_DEEP) from None


def _whole(data: bytes) -> etree._Element:
    """The page with its frames. Raises UnreadableDocument where it is none."""
    saved = archive.pages(data) if is_archive(data) else [SavedPage(source_of(data), "", "")]
    if not any(_TAG.search(page.source) for page in saved):
        raise UnreadableDocument("文件内容不是网页。如果是纯文本，请把扩展名改为 .txt 后重新上传。")
    for page in saved:
        check_size(page.source.encode("utf-8", errors="replace"), _MAX_MARKS // len(saved))
    return put_together(saved, _parsed)


def _parsed(source: str) -> etree._Element:
    data = source.encode("utf-8", errors="replace")
    check_size(data, _MAX_MARKS)
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError) as fault:
        raise UnreadableDocument(_TOO_DEEP) from fault
    if root is None:
        raise UnreadableDocument(_EMPTY)
    return root


def _text(root: etree._Element) -> str:
    body = next(root.iter("body"), root)
    titles = web_title.called(root)
    page = Page(body)
    title = web_title.element(body, titles)
    page.prune(title)
    labels, lines = _lines(body, page.main(), title)
    missing = web_title.fallback(titles)
    if missing and _key(missing) not in _key("".join([*labels, *lines[:60]])):
        lines.insert(0, missing)
    return "\n".join([*labels, *lines]).strip("\n")


def _key(text: str) -> str:
    return "".join(text.split())


def _lines(
    body: etree._Element, main: etree._Element, title: etree._Element | None
) -> tuple[list[str], list[str]]:
    """The labels of the site; and title, what follows it, the body, the attachments in order."""
    place = {node: i for i, node in enumerate(body.iter(etree.Element))}
    within = set(main.iter(etree.Element))
    files = _near_files(body)
    found = _head(blocks(body), within)
    marks = [place[b.node] for b in found if _labelled(b.text) and place[b.node] < place[main]]
    first = min(marks, default=place[main]) if title is None else place[title]
    labels: list[str] = []
    lines: list[str] = []
    in_head = True
    for block in found:
        inside = block.node in within
        in_head &= not _is_prose(block, within)
        if in_head and (pieces := _labelled(block.text)):
            labels += pieces
            continue
        text = block.text.replace(GAP, "")
        if inside or (place[block.node] < place[main] and place[block.node] >= first):
            lines += _without_tools(text)
        elif place[block.node] > place[main]:
            if _CUT_OFF.search(text) or _is_attachment(block, files):
                lines.append(text)
            elif not labels:
                labels += _labelled(block.text)
    return labels, lines


def _labelled(text: str) -> list[str]:
    """The lines `label：value` of a block; none if it is anything else."""
    text = text.replace(GAP, "：")
    if not web_labels.is_labelled(text):
        return []
    return [rest for line in web_labels.split(text) for rest in _without_tools(line)]


def _head(found: list[Block], within: set[etree._Element]) -> list[Block]:
    """The blocks before the first paragraph of prose, each label put together with its value."""
    end = next((i for i, block in enumerate(found) if _is_prose(block, within)), len(found))
    out: list[Block] = []
    for block in found[:end]:
        label = web_labels.label_of(out[-1].text) if out else None
        if label and web_labels.fits(label, block.text):
            out[-1] = Block(f"{label}：{block.text}", out[-1].node)
        else:
            out.append(block)
    return out + found[end:]


def _is_prose(block: Block, within: set[etree._Element]) -> bool:
    """Whether the notice itself has begun: its salutation or a sentence."""
    if block.node not in within or web_labels.label_of(block.text):
        return False
    salutation = block.text.endswith((":", "：")) and not web_labels.is_labelled(block.text)
    return salutation or ("。" in block.text and len(block.text) > _SENTENCE)


def _without_tools(line: str) -> list[str]:
    """The line without print buttons and counters at its end; nothing if it is nothing else."""
    rest = _TOOLS.sub("", line).strip(" \r\n\f\v\xa0\u3000")  # tabs are cells, also empty ones
    return [rest] if rest and not _is_chrome(rest) else []


def _is_chrome(text: str) -> bool:
    return len(text) < _SHORT and "\t" not in text and _CHROME.match(text) is not None


def _near_files(body: etree._Element) -> set[etree._Element]:
    """Links to documents, what is inside them, and the two elements around them."""
    out: set[etree._Element] = set()
    for link in filter(is_file_link, body.iter("a")):
        out.update(link.iter(etree.Element))
        out.update(islice(link.iterancestors(), 2))
    return out


def _is_attachment(block: Block, files: set[etree._Element]) -> bool:
    named = _ATTACHMENT.match(block.text) is not None
    return len(block.text) < 2 * _SHORT and (named or block.node in files)
