"""Text that a saved web page hides is not read; text that a script would have shown is."""

import pytest

from notices.readers.web.document import WebPageReader

BODY = (
    "<p>各市、州市场监督管理局：</p><p>请于2026年7月15日前将质量工作情况调查表报送省局质量发展处，"
    "不得迟报漏报，不得弄虚作假。</p><p>示例省市场监督管理局</p><p>2026年6月1日</p>"
)
HIDDEN = "请于2026年1月5日前报送作废的材料"
STYLES = (
    *(
        "display:none",
        "DISPLAY: none !important",
        "visibility:hidden",
        "opacity:0",
        "opacity: 0.0;",
    ),
    *("font-size:0", "position:absolute;left:-9999px", "text-indent:-9999px", "mso-hide:all"),
    *("color:transparent", "height:0;overflow:hidden"),
)
RULES = (
    (".h{display:none}", "class='h'"),
    ("p.h , .z { color:red; display : none }", "class='x h'"),
    ("#q{display:none !important}", "id='q'"),
    ("/* .x{} */ .h { display:none; }", "class=h"),
)
SHOWN_RULES = (
    ("@media print { .h{display:none} }", "class='h'"),
    (".h{display:block}", "class='h'"),
    ("div.h{display:none}", "class='h'"),
    (".a .h{display:none}", "class='h'"),
    ("/* .h{display:none} */", "class='h'"),
)


def read(inside: str, style: str = "") -> str:
    page = f"<html><head><meta charset=utf-8><title>通知</title><style>{style}</style></head>"
    return WebPageReader().read(f"{page}<body>{BODY}{inside}</body></html>".encode())


@pytest.mark.parametrize("style", STYLES)
def test_text_hidden_by_its_style_is_not_read(style: str) -> None:
    assert "作废" not in read(f"<p style='{style}'>{HIDDEN}</p>")


@pytest.mark.parametrize(("rule", "names"), RULES)
def test_text_hidden_by_a_rule_is_not_read(rule: str, names: str) -> None:
    assert "作废" not in read(f"<p {names}>{HIDDEN}</p>", rule)


@pytest.mark.parametrize(("rule", "names"), SHOWN_RULES)
def test_text_that_no_rule_of_the_screen_hides_is_read(rule: str, names: str) -> None:
    assert "作废" in read(f"<p {names}>{HIDDEN}</p>", rule)


@pytest.mark.parametrize("style", ["opacity:1", "opacity:0.5", "line-height:0.5", "opacity:.9"])
def test_text_that_is_shown_is_read(style: str) -> None:
    assert "作废" in read(f"<p style='{style}'>{HIDDEN}</p>")


@pytest.mark.parametrize("rule", [".all{display:none}", ".all{opacity:0}"])
@pytest.mark.parametrize("style", ["", "opacity:0", "visibility:hidden;opacity:0"])
def test_page_that_a_script_would_show_is_read(rule: str, style: str) -> None:
    page = f"<html><head><meta charset=utf-8><style>{rule}</style></head><body>"
    text = WebPageReader().read(
        f"{page}<div class='all' style='{style}'>{BODY}</div></body></html>".encode()
    )

    assert "2026年7月15日" in text
