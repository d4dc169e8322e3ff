"""Text of web pages that is hidden, or hidden only until a script shows it."""

import pytest

from notices.readers.registry import read_document
from notices.text.reading import read
from tests.notices.made_files import DIRECTIVE, said, web_body

TITLE = "市场监管总局关于认真学习宣传贯彻《质量强国建设纲要》的通知"
BODY = web_body(DIRECTIVE)
OLD = "<p>请于2020年1月1日前报送旧情况表。</p>"


def text_of(body: str) -> str:
    page = (
        f"<html><head><meta charset=utf-8><title>{TITLE}</title></head><body>{body}</body></html>"
    )
    return read_document("通知.html", page.encode())


def reads(body: str) -> None:
    text = text_of(body)
    assert said(read(text)) == said(read(DIRECTIVE))
    assert "2020年" not in text


@pytest.mark.parametrize(
    "opening",
    [
        '<div id="js_content" style="visibility: hidden; opacity: 0; ">',
        '<div class="rich_media_content" id="js_content" style="visibility:hidden">',
        '<div id="img-content" style="VISIBILITY:HIDDEN;">',
        '<div id="content" style="visibility: hidden">',
        '<div style="color:red;visibility:hidden!important"><div style="opacity:0">',
    ],
)
def test_article_hidden_until_a_script_shows_it(opening: str) -> None:
    reads(f'<h1 class="rich_media_title">{TITLE}</h1>{opening}{BODY}</div>')


def test_article_of_an_account_beside_other_sentences() -> None:
    reads(
        f'<h1>{TITLE}</h1><div id="js_content" style="visibility:hidden">{BODY}</div>'
        "<div class=footer><p>预览时标签不可点。</p></div>"
    )


@pytest.mark.parametrize(
    "shown",
    [
        '<div style="visibility: visible">{}</div>',
        '<section><div style="color:#000;visibility:visible;">{}</div></section>',
        '<div style="visibility:hidden"><div style="visibility:visible">{}</div></div>',
    ],
)
def test_shown_child_of_a_hidden_parent(shown: str) -> None:
    reads(f'<div style="visibility:hidden">{OLD}{shown.format(BODY)}{OLD}</div>')


@pytest.mark.parametrize(
    "hidden",
    [
        f'<div style="visibility:hidden">{OLD}</div>',
        f'<div style="visibility: collapse">{OLD}</div>',
        f'<div style="visibility:visible"><span style="visibility:hidden">{OLD}</span></div>',
        f'<div style="display:none"><div style="visibility:visible">{OLD}</div></div>',
        f'<div style="visibility:visible;visibility:hidden">{OLD}</div>',
        f"<div hidden>{OLD}</div>",
    ],
)
def test_hidden_text_beside_the_notice(hidden: str) -> None:
    reads(BODY + hidden)


def test_hidden_words_inside_a_sentence() -> None:
    hidden = '<span style="visibility:hidden">2020年</span>'

    assert "请于7月1日前报送" in text_of(f"{BODY}<p>请于{hidden}7月1日前报送。</p>")
