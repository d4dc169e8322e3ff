"""Saved web pages: the notice without the site around it, encodings, hostile pages."""

import base64
import quopri

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from notices.readers.base import UnreadableDocument
from notices.readers.registry import read_document
from notices.text.reading import read
from tests.notices.made_files import DIRECTIVE, TEXTS, outcome, said, web_body, zipped

TITLE = "市场监管总局关于认真学习宣传贯彻《质量强国建设纲要》的通知"
HEADER = """
<div class="header"><h1 class="logo">示例市市场监督管理局</h1>
<ul class="nav"><li><a href="/">首页</a></li><li><a href="/a">机构</a></li>
<li><a href="/b">公开</a></li></ul>
<form><input value="搜索"><button>搜索</button></form></div>
<div class="location">当前位置：<a href="/">首页</a> &gt; <a href="/zc">政策文件</a> &gt;
正文</div>"""
TOOLS = """
<div class="info"><span>发布时间：2023-02-10 10:00</span> <span>来源：质量发展局</span>
<span>浏览次数：<i>123</i></span> <span>字体：[<a>大</a> <a>中</a> <a>小</a>]</span> <a>打印</a>
<div class="bdsharebuttonbox"><a href="#">微信</a><a href="#">微博</a></div></div>"""
FOOTER = """
<p>上一篇：<a href="x.html">关于开展另一项工作的通知</a></p>
<div class="xgwj"><h3>相关文件</h3><ul>
<li><a href="/1.html">关于报送其他材料的通知</a><span>2024-08-21</span></li>
<li><a href="/2.html">关于2022年5月1日前报送情况的通知</a><span>2024-08-22</span></li>
<li><a href="/3.html">关于做好示例工作的通知</a><span>2024-08-23</span></li></ul></div>
<div class="bottom"><p>主办单位：示例市市场监督管理局　版权所有</p>
<p>本站请于每月5日前报送网站情况，网站标识码：0000000000。</p></div>
<script>var hint = "请于2020年1月1日前报送";</script>"""
CHROME = (
    *("首页", "搜索", "政策文件", "浏览次数", "字体", "打印", "微信", "上一篇", "相关文件"),
    *("报送其他材料", "2024-08", "版权所有", "每月5日", "2020年"),
)


def modern(body: str, title: str = TITLE) -> str:
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}_示例网</title>'
        f'<meta name="ArticleTitle" content="{title}"></head><body>{HEADER}'
        f'<div class="main"><div class="article">{TOOLS}<div class="TRS_Editor">{body}</div>'
        f"</div></div>{FOOTER}</body></html>"
    )


def of_tables(body: str, title: str = TITLE) -> str:
    return (
        f"<html><head><title>示例网</title></head><body><table><tr><td>{HEADER}</td></tr>"
        '<tr><td><table><tr><td width="200"><ul><li><a href="1">栏目甲</a></li>'
        '<li><a href="2">栏目乙</a></li><li><a href="3">栏目丙</a></li></ul></td>'
        f"<td>{body}</td></tr></table></td></tr><tr><td>{FOOTER}</td></tr></table></body></html>"
    )


def of_line_breaks(body: str, title: str = TITLE) -> str:
    broken = body.replace('<p style="text-indent:2em">', "").replace("</p>\n", "<br>\n")
    content = f'{HEADER}<div id="zoom">{broken}</div>{FOOTER}'
    return f'<html><body><form id="form1">{content}</form></body></html>'


def in_two_parts(body: str, title: str = TITLE) -> str:
    cut = body.index("<p", len(body) // 2)
    return (
        f"<html><head><title>{title} - 示例网</title></head><body>{HEADER}<div class=wrap>"
        f"<div class=page>{body[:cut]}</div><div class=page>{body[cut:]}</div></div>{FOOTER}"
        "</body></html>"
    )


def text_of(page: str, encoding: str = "utf-8") -> str:
    return read_document("通知.html", page.encode(encoding))


def refused(data: bytes, name: str = "通知.html") -> str:
    with pytest.raises(UnreadableDocument) as refusal:
        read_document(name, data)
    assert "请" in refusal.value.message_zh
    return refusal.value.message_zh


@pytest.mark.parametrize("layout", [modern, of_tables, of_line_breaks, in_two_parts])
@pytest.mark.parametrize("name", sorted(path.stem for path in TEXTS.glob("*.txt")))
def test_page_reads_like_its_text(name: str, layout: object) -> None:
    text = (TEXTS / f"{name}.txt").read_text("utf-8")
    wanted = said(read(text))
    assert callable(layout)

    found = said(read(text_of(layout(web_body(text), str(wanted["title"])))))

    if layout is modern:  # the site adds its own 发布时间 and 来源
        wanted = wanted | {key: found[key] for key in ("published_date", "department")}
    assert found == wanted


@pytest.mark.parametrize("layout", [modern, of_tables, of_line_breaks, in_two_parts])
def test_nothing_of_the_site_is_left(layout: object) -> None:
    assert callable(layout)
    text = text_of(layout(web_body(DIRECTIVE)))

    assert [word for word in CHROME if word in text] == []


LABELS_IN_CELLS = """<table class="head"><tr><th>索 引 号：</th><td>2023-0000000001</td>
<th>主题分类：</th><td>质量</td></tr><tr><th>标　题：</th><td colspan="3">T</td></tr>
<tr><th>文　号：</th><td>国市监质发〔2023〕9号</td><th>发布日期：</th><td>2023年02月10日</td></tr>
<tr><th>成文日期：</th><td>2023年02月08日</td><th>有效性：</th><td></td></tr></table>""".replace(
    "T", TITLE
)
LABELS_IN_A_LIST = f"""<dl><dt>索 引 号</dt><dd>2023-0000000001</dd><dt>主题分类</dt><dd>质量</dd>
<dt>标　题</dt><dd>{TITLE}</dd><dt>文　号</dt><dd>国市监质发〔2023〕9号</dd>
<dt>发布日期</dt><dd>2023年02月10日</dd><dt>成文日期</dt><dd>2023年02月08日</dd><dt>有效性</dt><dd></dd></dl>"""
LABELS_IN_SPANS = f"""<ul><li><span>索引号</span><span>2023-0000000001</span></li>
<li><b>主题分类：</b>质量</li><li><b>标 题</b>　{TITLE}</li>
<li><label>文号</label>国市监质发〔2023〕9号</li>
<li><div>发布日期：</div><div>2023-02-10</div></li><li>成文日期：2023-02-08 有效性：</li></ul>"""
FILES = """<div class="fujian"><p>附件：</p><p><a href="/f/P1.xlsx">1.情况表.xlsx</a></p></div>"""


@pytest.mark.parametrize("labels", [LABELS_IN_CELLS, LABELS_IN_A_LIST, LABELS_IN_SPANS])
@pytest.mark.parametrize("heading", [f"<h1>{TITLE}</h1>", ""])
def test_labels_title_and_attachments_around_the_body_are_kept(labels: str, heading: str) -> None:
    body = web_body(DIRECTIVE[DIRECTIVE.index("各省、自治区") :])
    page = (
        f"<html><head><title>{TITLE} - 示例市市场监督管理局</title></head><body>{HEADER}{labels}"
        f'{heading}<div class="wenhao">国市监质发〔2023〕9号</div>{TOOLS}'
        f'<div class="content">{body}</div>{FILES}{FOOTER}</body></html>'
    )

    text = text_of(page)
    answer = read(text).as_json()

    assert {key: answer[key] for key in ("title", "doc_number", "index_number", "subject")} == {
        "title": TITLE,
        "doc_number": "国市监质发〔2023〕9号",
        "index_number": "2023-0000000001",
        "subject": "质量",
    }
    assert (answer["written_date"], answer["published_date"]) == ("2023-02-08", "2023-02-10")
    assert answer["recipients_text"] == read(DIRECTIVE).recipients_text
    assert text.endswith("附件：\n1.情况表.xlsx")


def page(body: str) -> str:
    return f"<html><head></head><body>{body}</body></html>"


@pytest.mark.parametrize(
    "hidden",
    [
        '<p style="display: none">藏</p>',
        '<p style="VISIBILITY:hidden">藏</p>',
        '<p style="position:absolute;left:-9999px">藏</p>',
        '<span style="font-size:0">藏</span>',
        "<p hidden>藏</p>",
        '<div role="navigation">藏</div>',
        "<style>藏</style><script>藏</script><template>藏</template><noscript>藏</noscript>",
        "<footer>藏</footer><aside>藏</aside>",
        "<!-- 藏 -->",
    ],
)
def test_what_is_not_shown_is_not_read(hidden: str) -> None:
    assert text_of(page(f"<p>请于5月1日前</p>{hidden}<p>报送</p>")) == "请于5月1日前\n报送"


def test_items_of_an_ordered_list_are_numbered() -> None:
    items = "<li>甲</li><li><p>乙</p></li><li>（三）丙</li>"

    assert text_of(page(f"<ol>{items}</ol>")) == "1. 甲\n2. 乙\n（三）丙"


def test_line_ends_of_the_source_are_no_blanks() -> None:
    assert (
        text_of(page("<p>请于2023年\n   5月1日前，\n报送 A\nB</p>"))
        == "请于2023年 5月1日前，报送 A B"
    )


def test_preformatted_text_keeps_its_lines() -> None:
    assert text_of(page("<pre>一行\n二行</pre>")) == "一行\n二行"


def test_words_like_labels_stay_as_they_are_in_tables_and_text() -> None:
    body = (
        "<p>各单位要认真报送有关情况，并且按照规定的时间和要求做好各项工作，不得迟报漏报。</p>"
        "<p><b>来源</b>要清楚</p>"
        "<table><tr><td><b>名称</b></td><td>数量</td></tr><tr><td>甲</td><td>1</td></tr></table>"
    )

    assert text_of(page(body)).split("\n")[1:] == ["来源要清楚", "名称\t数量", "甲\t1"]


def test_text_cut_off_by_the_site_is_marked_incomplete() -> None:
    cut = DIRECTIVE[: DIRECTIVE.index("三、")]
    body = f"<div>{web_body(cut)}</div><div class='more'>预览已结束，登录后查看全文</div>"

    assert read(text_of(page(body))).truncated


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", "utf-8"),
        ("utf-8", "gb2312"),
        ("utf-8-sig", ""),
        ("gb18030", "gb2312"),
        ("gb18030", ""),
        ("gb18030", "utf-8"),
        ("gb18030", "no-such-encoding"),
        ("big5", "big5"),
        ("utf-16", ""),
        ("utf-16-le", ""),
        ("utf-16-be", ""),
    ],
)
def test_encoding_is_found_whatever_the_page_declares(encoding: str, declared: str) -> None:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">'
    words = (
        "市場監督管理總局關於報送工作情況的通知" if encoding == "big5" else "总局关于报送情况的通知"
    )

    assert (
        text_of(f"<html><head>{meta}</head><body><p>{words}</p></body></html>", encoding) == words
    )


@pytest.mark.parametrize("transfer", ["quoted-printable", "base64", "8bit"])
def test_web_archive_gives_its_page(transfer: str) -> None:
    source = modern(web_body(DIRECTIVE)).encode()
    coded = {"quoted-printable": quopri.encodestring(source), "base64": base64.encodebytes(source)}
    data = (
        b"From: <saved>\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related; boundary="--x"\r\n\r\n'
        b"----x\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: "
        + transfer.encode()
        + b"\r\n\r\n"
        + coded.get(transfer, source)
        + b"\r\n----x\r\nContent-Type: image/png\r\n\r\nabc\r\n----x--\r\n"
    )

    assert read_document("通知.mht", data) == text_of(modern(web_body(DIRECTIVE)))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7", "PDF"),
        (zipped({"word/document.xml": ""}), "docx"),
        ("各单位：请于5月1日前报送。".encode(), "不是网页"),
        (b"<html><body></body></html>", "没有找到文字"),
        (b"<html><body><img src=a.png></body></html>", "没有找到文字"),
        (b"<html>" + bytes(range(128, 256)) * 30, "编码"),
        (b"<p>" * 500_000, "内容过多"),
        (b"MIME-Version: 1.0\r\nContent-Type: image/png\r\n\r\nabc", "mht"),
        (b"", "空的"),
    ],
)
def test_hostile_page_says_why_and_what_to_do(data: bytes, words: str) -> None:
    assert words in refused(data)


@pytest.mark.parametrize("tag", ["div", "table><tr><td", "b", "ul><li", "span"])
def test_deep_nesting_gives_text_or_the_named_error(tag: str) -> None:
    data = ("<html><body><p>通知</p>" + f"<{tag}>" * 40_000 + "深").encode()

    assert outcome("a.html", data).startswith(("通知", "网页"))


def test_entities_are_not_fetched() -> None:
    source = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><p>通知&x;</p></html>'

    text = text_of(source)

    assert "root:" not in text
    assert "通知" in text


PAGE = modern(web_body(DIRECTIVE)).encode()


@settings(
    max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
@given(
    flips=st.lists(st.tuples(st.integers(0, len(PAGE) - 1), st.integers(0, 255)), max_size=8),
    end=st.integers(1, len(PAGE)),
)
def test_flipped_and_cut_pages_give_text_or_the_named_error(
    flips: list[tuple[int, int]], end: int
) -> None:
    data = bytearray(PAGE)
    for at, byte in flips:
        data[at] = byte

    assert outcome("a.html", bytes(data[:end])).strip()


def test_row_without_any_cell_is_passed_over() -> None:
    rows = "<tr></tr><tr><td>序号</td><td>名称</td></tr><tr><td>1</td><td>甲</td></tr>"
    page = f"<body><h1>关于报送情况的通知</h1><table>{rows}</table></body>"

    assert "序号\t名称\n1\t甲" in read_document("通知.html", page.encode())
