"""Controls, frames that hold their page themselves, and rules that show again what others hid."""

import base64

import pytest

from notices.readers.registry import read_document
from notices.text.page.secrecy import ClassifiedDocument
from tests.notices.secret_files import NOTICE

LATER = "请于2026年8月20日前报送整改台账。"
COVERED = base64.b64encode(f"<p>{LATER}</p>".encode()).decode()


def text_of(inside: str, style: str = "") -> str:
    body = "".join(f"<p>{line}</p>" for line in NOTICE[:5])
    head = f"<meta charset=utf-8><title>{NOTICE[2]}</title><style>{style}</style>"
    page = f"<html><head>{head}</head><body>{body}{inside}</body></html>"
    return read_document("通知.html", page.encode())


@pytest.mark.parametrize(
    "inside",
    [
        "<p>请于<input value='2026年8月20日'>前报送整改台账。</p>",
        "<p>请于<input type=date readonly value='2026年8月20日'>前报送整改台账。</p>",
        f"<table><tr><td>正文</td><td><textarea rows=20>{LATER}</textarea></td></tr></table>",
        "<p>请于<select><option>9月1日<option selected>2026年8月20日</select>前报送整改台账。",
        f"<textarea>一、总体要求\n二、时间安排\n{LATER}</textarea>",
        "<p>请于<select><option>2026年8月20日<option>2026年9月1日</select>前报送整改台账。",
        f"<iframe src='data:text/html;charset=utf-8;base64,{COVERED}'></iframe>",
        f"<iframe src='data:text/html,<p>{LATER}</p>'></iframe>",
    ],
)
def test_what_a_control_or_a_frame_holds_is_read(inside: str) -> None:
    assert LATER in text_of(inside)


@pytest.mark.parametrize(
    "inside",
    [
        "<input value='请输入关键词'>",
        "<input type=hidden value='内部编号'>",
        "<input type=submit value='提交'>",
        "<div><select><option>全部栏目<option>通知公告</select></div>",
        f"<textarea style='display:none'>{LATER}</textarea>",
        f"<textarea hidden>{LATER}</textarea>",
    ],
)
def test_what_only_serves_the_page_is_not_read(inside: str) -> None:
    assert text_of(inside) == text_of("")


@pytest.mark.parametrize(
    ("inside", "style"),
    [
        (f"<p class=h>{LATER}</p>", ".h{display:none} .h{display:block}"),
        (f"<p class=h style='display:block'>{LATER}</p>", ".h{display:none}"),
        (f"<p id=i class=h>{LATER}</p>", ".h{display:none} #i{display:block}"),
        (f"<p class='h open'>{LATER}</p>", ".h{display:none} .open{display:block}"),
    ],
)
def test_rule_that_shows_again_what_another_hides(inside: str, style: str) -> None:
    assert LATER in text_of(inside, style)


@pytest.mark.parametrize(
    ("inside", "style"),
    [
        (f"<p class=h>{LATER}</p>", ".h{visibility:hidden}"),
        (f"<p class=h>{LATER}</p>", ".h{display:block} .h{display:none}"),
        (f"<p style='font-size:1px'>{LATER}</p>", ""),
        (f"<p style='position:absolute;clip:rect(0 0 0 0)'>{LATER}</p>", ""),
        (f"<p style='clip-path:inset(100%)'>{LATER}</p>", ""),
        (f"<p style='transform:scale(0)'>{LATER}</p>", ""),
        (f"<p style='max-height:0;overflow:hidden'>{LATER}</p>", ""),
        (f"<p style='width:0;overflow:hidden'>{LATER}</p>", ""),
    ],
)
def test_what_nobody_sees_is_not_read(inside: str, style: str) -> None:
    assert text_of(inside, style) == text_of("")


def test_shown_part_of_a_box_without_height_limit_is_read() -> None:
    assert LATER in text_of(f"<p style='font-size:10px;line-height:1.5'>{LATER}</p>")
    assert LATER in text_of(f"<p style='min-width:0;overflow:hidden'>{LATER}</p>")


@pytest.mark.parametrize(
    "inside",
    [
        "<img src='a.png' alt='机密★3年'>",
        "<p title='机密★3年'>说明</p>",
        "<input placeholder='机密★3年'>",
        "<noscript><p>机密★3年</p></noscript>",
        "<div><template shadowrootmode=open><p>机密★3年</p></template></div>",
        "<style>p::before{content:'机密★3年'}</style>",
    ],
)
def test_mark_that_a_browser_shows_outside_of_the_text_is_seen(inside: str) -> None:
    with pytest.raises(ClassifiedDocument):
        text_of(inside)


def test_words_about_secrets_in_attributes_are_open() -> None:
    assert text_of("<img alt='保守国家秘密'><p title='商业秘密'>链接</p>")
