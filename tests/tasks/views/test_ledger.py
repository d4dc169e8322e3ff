import re
from html.parser import HTMLParser
from urllib.parse import urlencode

import pytest

from bureaus.models import Bureau
from bureaus.roles import Role
from tasks.models import Assignment, Extension
from tasks.pages.bulk_verbs import BULK_VERBS
from tests import factories
from tests.factories import NOW, TO_SUBMIT, owed_by, walk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

HEADS = [
    "序号",
    "进度",
    "事项 文号",
    "下发单位",
    "责任单位",
    "承办人",
    "截止时间 剩余",
    "状态 说明",
    "签收时间",
    "报送时间 迟报、补正",
    "办结时间",
]


def shown(answer) -> list[str]:
    return [assignment.bureau.code for assignment in answer.context["assignments"]]


class Table(HTMLParser):
    """The texts of a table's cells, row by row; the lines of a cell with a space between.

    The boxes to tick are left out.
    """

    def __init__(self, page: str):
        super().__init__()
        self.rows, self.cell = [], None
        self.feed(page[page.index("<table") : page.index("</table>")])

    def handle_starttag(self, tag, attrs):
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th") and "col-check" not in dict(attrs).get("class", ""):
            self.cell = []

    def handle_data(self, data):
        if self.cell is not None and data.strip() not in ("", "▴", "▾"):
            self.cell.append(data.strip())

    def handle_endtag(self, tag):
        if tag in ("td", "th") and self.cell is not None:
            self.rows[-1].append(" ".join(self.cell))
            self.cell = None


def table(answer) -> list[list[str]]:
    return Table(answer.content.decode()).rows


def test_ledger_is_in_administrative_order_for_one_target(office, issued):
    assert shown(office.get("/ledger/")) == ["110000", "320000", "330000", "650000"]


def test_ledger_has_fifty_rows_a_page_and_keeps_its_filters(office):
    bureaus = [factories.province(f"{code}0000", f"示例{code}省") for code in range(11, 62)]
    factories.obligation(*bureaus)

    first = office.get("/ledger/?status=pending&sort=bureau&columns=due")
    second = office.get("/ledger/?status=pending&sort=bureau&columns=due&page=2")

    assert (len(shown(first)), len(shown(second))) == (50, 1)
    assert [row[0] for row in table(second)] == ["序号", "51"]
    link = re.search(r'rel="next" href="([^"]+)"', first.content.decode())[1].replace("&amp;", "&")
    assert link == "?status=pending&sort=bureau&columns=due&page=2"


def test_ledger_shows_the_columns_people_use(office, issued):
    walk(owed_by(issued, "110000"), *TO_SUBMIT)

    found = table(office.get("/ledger/"))

    assert found[0] == HEADS
    assert found[1] == [
        "1",
        "正常",
        "质量工作进展情况 国市监测〔2026〕1号",
        "市场监管总局",
        "北京市市场监管局",
        "测试填报人",
        "2026-03-31 （周二）",
        "已报送",
        "2026-03-02 11:30",
        "2026-03-02 11:30",
        "",
    ]
    assert found[2][6:] == ["2026-03-31 （周二） 还剩 21 个工作日", "待签收", "", "", ""]


def test_second_lines_tell_what_is_beside_the_value(office, issued):
    task = owed_by(issued, "330000")
    Assignment.objects.filter(pk=task.pk).update(
        due_at=NOW.replace(day=31, hour=15, minute=0),
        is_nil=True,
        is_late=True,
        submitted_at=NOW,
        submitted_by=factories.coordinator(),
        resubmitted_at=NOW.replace(month=4),
        is_resubmitted_late=True,
    )
    Extension.objects.create(
        assignment=task, asked_until=NOW, asked_at=NOW, asked_by=factories.coordinator()
    )
    type(issued).objects.filter(pk=issued.pk).update(period="2026年第一季度")

    found = table(office.get("/ledger/?bureau=330000"))[1]

    assert found[2:10] == [
        "质量工作进展情况（2026年第一季度） 国市监测〔2026〕1号",
        "市场监管总局",
        "浙江省市场监管局",
        "",
        "2026-03-31 （周二） 15:00 还剩 21 个工作日",
        "待签收 零报告、延期待答复",
        "",
        "2026-03-02 09:30 迟报；补正迟报 2026-04-02",
    ]


def test_light_tells_on_the_page_why_it_is_lit(office, issued):
    assert 'title="距目标日20个工作日，多于临期线3个工作日"' in (
        office.get("/ledger/").content.decode()
    )


@pytest.mark.parametrize(
    ("query", "heads"),
    [
        ("columns=due&columns=light", ["序号", "进度", "事项 文号", "截止时间 剩余"]),
        ("columns=title", ["序号", "事项 文号"]),
        ("columns=nonsense", HEADS),
        ("columns=", HEADS),
        ("columns=status&columns=nonsense", ["序号", "事项 文号", "状态 说明"]),
    ],
)
def test_columns_are_chosen_in_the_address(office, issued, query, heads):
    found = table(office.get(f"/ledger/?{query}"))

    assert found[0] == heads
    assert {len(row) for row in found} == {len(heads)}


def test_the_form_of_the_filters_keeps_order_and_columns(office, issued):
    asked = [("light", ""), ("status", "pending"), ("status", "accepted"), ("sort", "due")]
    query = urlencode([*asked, ("columns", "due"), ("page", "1")])

    page = office.get(f"/ledger/?{query}").content.decode()

    filters = page.split('<form class="filters"')[1]
    hidden = re.compile(r'<input type="hidden" name="(light|status|sort|columns)" value="([^"]*)"')
    assert hidden.findall(filters) == [("sort", "due"), ("columns", "due")]


@pytest.mark.parametrize(
    ("sort", "codes"),
    [
        ("target", ["320000", "110000", "330000", "650000"]),
        ("-target", ["650000", "330000", "110000", "320000"]),
        ("due", ["110000", "330000", "320000", "650000"]),
        ("-due", ["650000", "320000", "330000", "110000"]),
        ("bureau", ["110000", "320000", "330000", "650000"]),
        ("-bureau", ["650000", "330000", "320000", "110000"]),
        ("-submitted", ["330000", "320000", "650000", "110000"]),
        ("submitted", ["110000", "650000", "320000", "330000"]),
        ("nonsense", ["320000", "110000", "330000", "650000"]),
        ("pk", ["320000", "110000", "330000", "650000"]),
    ],
)
def test_ledger_sorts_with_the_undated_last_and_backwards(office, issued, sort, codes):
    def change(code, **fields):
        Assignment.objects.filter(bureau__code=code).update(**fields)

    signed = {"submitted_by": factories.coordinator()}
    change("320000", target_at=NOW, due_at=NOW.replace(month=5), submitted_at=NOW, **signed)
    change("330000", submitted_at=NOW.replace(hour=10), **signed)
    change("650000", target_at=None, due_at=None)

    assert shown(office.get(f"/ledger/?sort={sort}")) == codes


@pytest.mark.parametrize(
    ("query", "sort"),
    [
        ("light=", "target"),
        ("due_from=2026-03-01", "due"),
        ("due_to=2026-03-31", "-due"),
        ("due_from=2026-03-01&due_to=2026-03-31", "due"),
        ("due_from=2026-03-01&sort=bureau", "bureau"),
        ("submitted_from=2026-03-01", "submitted"),
        ("submitted_from=&submitted_to=2026-03-31", "-submitted"),
    ],
)
def test_ledger_of_some_days_is_in_their_order(office, issued, query, sort):
    assert office.get(f"/ledger/?{query}").context["ledger"].sort == sort


@pytest.mark.parametrize(
    ("query", "sorted_by", "due_link"),
    [
        ("", ("进度", "ascending"), "?light=open&sort=due"),
        ("light=&sort=due", ("截止时间", "ascending"), "?light=&sort=-due"),
        ("light=&sort=-due", ("截止时间", "descending"), "?light=&sort=due"),
        ("q=质量&page=2", ("进度", "ascending"), "?q=%E8%B4%A8%E9%87%8F&sort=due"),
    ],
)
def test_heads_sort_and_say_so(office, issued, query, sorted_by, due_link):
    page = office.get(f"/ledger/?{query}").content.decode()

    heads = re.findall(r'<th scope="col" class="[^"]*"(?: aria-sort="(\w+)")?>(.*?)</th>', page)
    marked = [(re.sub("<.*?>", " ", text).split()[0], sort) for sort, text in heads if sort]
    assert marked == [sorted_by]
    due = next(text for _, text in heads if "截止时间" in text)
    assert re.findall('href="(.*?)"', due.replace("&amp;", "&")) == [due_link]


def test_each_condition_has_a_chip_of_its_own_with_the_way_back(office, issued):
    answer = office.get("/ledger/?light=normal&status=pending&status=accepted&bureau=330000&page=1")

    made = [
        (chip["label"], chip["value"], chip["remove_url"])
        for chip in answer.context["ledger"].chips()
    ]

    rest = "light=normal&status=pending&status=accepted&bureau=330000"
    assert made == [
        ("进度", "● 正常", f"/ledger/?{rest.removeprefix('light=normal&')}"),
        ("责任单位及下级", "浙江省市场监管局", f"/ledger/?{rest.removesuffix('&bureau=330000')}"),
        ("状态", "待签收", f"/ledger/?{rest.replace('status=pending&', '')}"),
        ("状态", "已签收", f"/ledger/?{rest.replace('&status=accepted', '')}"),
    ]
    assert answer.context["ledger"].clear_url() == "/ledger/?light="


def test_the_last_chip_leads_to_everything(office, issued):
    chips = office.get("/ledger/").context["ledger"].chips()

    assert [chip["remove_url"] for chip in chips] == ["/ledger/?light="]


def test_clearing_keeps_columns_and_order(office, issued):
    ledger = office.get("/ledger/?q=x&columns=due&sort=due").context["ledger"]

    assert ledger.clear_url() == "/ledger/?light=&sort=due&columns=due"


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("light=", "这里列出下发给本单位和下级单位的报送任务。"),
        ("q=没有这样的词", "没有符合筛选条件的任务。"),
        ("due_to=x", "筛选条件有误，没有列出任务。"),
    ],
)
def test_an_empty_ledger_says_why(office, query, words):
    assert words in office.get(f"/ledger/?{query}").content.decode()


def test_the_line_of_an_empty_ledger_is_as_wide_as_its_head(office):
    page = office.get("/ledger/?q=x&columns=due").content.decode()

    assert page.count('<th scope="col"') == 3
    assert 'colspan="3"' in page


def test_search_of_the_top_bar_looks_everywhere(office, issued):
    walk(owed_by(issued, "320000"), *TO_SUBMIT, "close")

    assert shown(office.get("/ledger/?q=江苏")) == ["320000"]


def test_without_a_bulk_verb_there_is_nothing_to_tick(enter, issued):
    reviewer = factories.staff(Role.REVIEWER, factories.central())

    page = enter(reviewer).get("/ledger/").content.decode()

    assert ("data-bulk" in page, 'name="assignments"' in page) == (False, False)


def test_coordinator_ticks_rows_and_has_the_verbs_below(office, issued):
    answer = office.get("/ledger/")

    assert answer.content.decode().count('name="assignments"') == 4
    assert [verb.name for verb in answer.context["bulk_verbs"]] == list(BULK_VERBS)


def test_empty_ledger_has_no_verbs(office, issued):
    assert office.get("/ledger/?q=没有这样的词").context["bulk_verbs"] == []


def test_province_sees_its_own_rows_and_links_to_its_own_export(enter, issued):
    client = enter(factories.staff(Role.FILLER, Bureau.objects.get(code="330000")))

    answer = client.get("/ledger/?light=&q=质量&page=1")

    assert shown(answer) == ["330000"]
    assert 'href="/ledger/export.xlsx?light=&amp;q=%E8%B4%A8%E9%87%8F"' in answer.content.decode()
