"""Pages of several parts: web archives with frames, sets of frames, frames that were not saved."""

import base64
import quopri

import pytest

from notices.readers.base import UnreadableDocument
from notices.readers.registry import read_document
from notices.text.reading import read
from tests.notices.made_files import DIRECTIVE, said, web_body

TITLE = "市场监管总局关于认真学习宣传贯彻《质量强国建设纲要》的通知"
NOTICE = (
    f"<html><head><meta charset=utf-8><title>{TITLE}</title></head>"
    f"<body><div class=content>{web_body(DIRECTIVE)}</div></body></html>"
)
Part = tuple[str, str, str]
"""Source, Content-ID, Content-Location."""


def site(frame: str) -> str:
    return (
        "<html><head><title>示例网站</title></head><body><div class=nav><a href=/>首页</a></div>"
        f"{frame}<div class=footer>版权所有</div></body></html>"
    )


def archive(*parts: Part, coding: str = "quoted-printable", charset: str = "utf-8") -> bytes:
    coded = {"quoted-printable": quopri.encodestring, "base64": base64.encodebytes}
    out = [
        b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="--x"\r\n\r\n'
    ]
    for source, name, place in parts:
        head = (
            f"----x\r\nContent-Type: text/html; charset={charset}\r\nContent-ID: <{name}>\r\n"
            f"Content-Location: {place}\r\nContent-Transfer-Encoding: {coding}\r\n\r\n"
        )
        out.append(head.encode() + coded[coding](source.encode(charset)) + b"\r\n")
    out.append(b"----x\r\nContent-Type: text/css\r\n\r\nbody{}\r\n----x--\r\n")
    return b"".join(out)


def reads(data: bytes, name: str = "通知.mhtml") -> None:
    assert said(read(read_document(name, data))) == said(read(DIRECTIVE))


def with_frame(frame: str, name: str = "frame-2@mhtml.blink", place: str = "") -> tuple[Part, Part]:
    return (site(frame), "frame-1@mhtml.blink", "http://example.test/a/a.html"), (
        NOTICE,
        name,
        place,
    )


@pytest.mark.parametrize(
    ("frame", "name", "place"),
    [
        ('<iframe src="cid:frame-2@mhtml.blink"></iframe>', "frame-2@mhtml.blink", ""),
        ('<iframe src="cid:frame%2D2@x"></iframe>', "frame-2@x", ""),
        ('<iframe src="b.html"></iframe>', "", "http://example.test/a/b.html"),
        ('<iframe src="../b.html"></iframe>', "", "http://example.test/b.html"),
        (
            '<div><p><iframe src="http://example.test/b"></iframe></p></div>',
            "",
            "http://example.test/b",
        ),
        ("<iframe id=mainFrame></iframe>", "", "http://example.test/b.html"),
        ("", "", ""),
    ],
)
def test_frame_of_an_archive(frame: str, name: str, place: str) -> None:
    reads(archive(*with_frame(frame, name, place)))


@pytest.mark.parametrize("coding", ["quoted-printable", "base64"])
@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_codings(coding: str, charset: str) -> None:
    parts = [
        (source.replace("<meta charset=utf-8>", ""), name, place)
        for source, name, place in with_frame('<iframe src="cid:frame-2@mhtml.blink"></iframe>')
    ]

    reads(archive(*parts, coding=coding, charset=charset))


def test_set_of_frames() -> None:
    frames = (
        '<html><head><title>示例</title></head><frameset rows="80,*"><frame src="cid:top">'
        '<frame src="cid:main"><noframes>浏览器不支持框架。</noframes></frameset></html>'
    )
    menu = "<html><body><a href=1>一</a><a href=2>二</a><a href=3>三</a></body></html>"

    reads(archive((frames, "all", ""), (menu, "top", ""), (NOTICE, "main", "")))


def test_frame_inside_a_frame_and_one_that_holds_itself() -> None:
    outer = (
        '<html><body><iframe src="cid:outer"></iframe><iframe src="cid:in"></iframe></body></html>'
    )

    reads(
        archive(
            (site('<iframe src="cid:outer">'), "first", ""),
            (outer, "outer", ""),
            (NOTICE, "in", ""),
        )
    )


def test_parts_in_nested_groups() -> None:
    inner = archive((NOTICE, "n", "")).partition(b"\r\n")[2]
    data = (
        b'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="outer"\r\n\r\n--outer\r\n'
        + inner
        + b"\r\n--outer--\r\n"
    )

    reads(data)


def test_source_inside_the_frame() -> None:
    escaped = NOTICE.replace("&", "&amp;").replace('"', "&quot;")

    reads(site(f'<iframe srcdoc="{escaped}"></iframe>').encode(), "通知.html")


def test_frame_that_was_not_saved_is_named() -> None:
    page = site('<iframe src="./通知_files/saved_resource.html"></iframe>').encode()

    with pytest.raises(UnreadableDocument, match="内嵌的框架里，没有随文件保存。请"):
        read_document("通知.html", page)


def test_frame_beside_the_notice_changes_nothing() -> None:
    page = NOTICE.replace("</body>", '<iframe src="http://example.test/ad"></iframe></body>')

    reads(page.encode(), "通知.html")
