from datetime import timedelta

import pytest

from bureaus.models import Bureau
from bureaus.roles import Role
from tasks.actions import handlers
from tasks.models import Assignment, Extension, Obligation
from tests import factories
from tests.factories import NOW, RUNGS, TO_SUBMIT, owed_by, walk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

ALL = ["110000", "320000", "330000", "650000"]


def shown(client, query: str) -> list[str]:
    answer = client.get(f"/ledger/?{query}")
    assert answer.status_code == 200
    return [assignment.bureau.code for assignment in answer.context["assignments"]]


def faults(client, query: str) -> dict[str, list[str]]:
    answer = client.get(f"/ledger/?{query}")
    assert (answer.status_code, answer.context["assignments"]) == (200, [])
    return dict(answer.context["ledger"].filter.form.errors)


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("", ["110000", "330000", "650000"]),
        ("light=", ALL),
        ("light=done", ["320000"]),
        ("light=owed", ["110000", "330000"]),
        ("light=mine", ["650000"]),
        ("light=normal", ["110000", "330000", "650000"]),
        ("light=overdue", []),
        ("light=undated", []),
        ("light=soon", []),
        ("light=week", []),
        ("light=late", []),
        ("light=nil", []),
        ("light=extension", []),
        ("status=accepted", ["110000"]),
        ("status=accepted&status=closed", ["110000", "320000"]),
        ("bureau=330000", ["330000"]),
        ("bureau=浙江省市场监管局", ["330000"]),
        ("bureau=浙江省市场监管局 330000", ["330000"]),
        ("bureau=江苏", ["320000"]),
        ("bureau=100000", ALL),
        ("q=浙江", ["330000"]),
        ("q=质量工作&light=", ALL),
        ("q=国市监测〔2026〕1号&status=closed", ["320000"]),
        ("q=没有这样的词", []),
        ("q=%25", []),
        ("issuer=市场监管总局", ALL),
        ("issuer=100000", ALL),
        ("issuer=浙江", []),
        ("due_from=2026-03-31&due_to=2026-03-31", ALL),
        ("due_to=2026-03-30", []),
        ("due_from=2026-04-01", []),
        ("due_from=2026-03-31&light=owed&bureau=110000", ["110000"]),
        ("submitted_from=2026-03-02", ["320000", "650000"]),
        ("submitted_to=2026-03-02&status=closed", ["320000"]),
        ("submitted_from=2026-03-03", []),
    ],
)
def test_ledger_filters(office, issued, query, codes):
    walk(owed_by(issued, "110000"), "accept")
    walk(owed_by(issued, "320000"), *TO_SUBMIT, "close")
    walk(owed_by(issued, "650000"), *TO_SUBMIT)

    assert shown(office, query) == codes


# units and the texts of obligations once each; then the rows, where there can be any
@pytest.mark.parametrize(("words", "queries"), [("没有这样的词", 13), ("质量工作", 17)])
def test_words_are_looked_for_once(office, issued, django_assert_num_queries, words, queries):
    with django_assert_num_queries(queries) as asked:
        office.get(f"/ledger/?q={words}")

    searches = [one["sql"] for one in asked.captured_queries if " LIKE " in one["sql"]]
    assert len(searches) == 2


@pytest.mark.parametrize(
    ("light", "changed"),
    [
        ("late", {"is_late": True}),
        ("late", {"is_resubmitted_late": True}),
        ("nil", {"is_nil": True}),
    ],
)
def test_ledger_finds_what_is_marked(office, issued, light, changed):
    Assignment.objects.filter(bureau__code="320000").update(**changed)

    assert shown(office, f"light={light}") == ["320000"]


def test_ledger_finds_extensions_that_wait_for_an_answer(office, issued):
    asked_by = factories.staff(Role.FILLER, factories.province())
    for code, state in (("320000", "asked"), ("330000", "granted")):
        Extension.objects.create(
            assignment=owed_by(issued, code),
            state=state,
            asked_until=NOW + timedelta(days=60),
            asked_at=NOW,
            asked_by=asked_by,
        )

    assert shown(office, "light=extension") == ["320000"]


@pytest.mark.parametrize(("light", "codes"), [("undated", ["320000"]), ("done", [])])
def test_ledger_knows_undated_ones(office, issued, light, codes):
    Assignment.objects.filter(bureau__code="320000").update(due_at=None, target_at=None)

    assert shown(office, f"light={light}") == codes


def test_overdue_and_due_soon_follow_the_clock(office, clock, issued):
    walk(owed_by(issued, "110000"), *TO_SUBMIT)
    for moment, light, count in (
        (RUNGS["T-5"], "soon", 0),
        (RUNGS["T-5"], "normal", 4),
        (RUNGS["T-3"], "soon", 3),
        (RUNGS["T-3"], "normal", 1),
        (RUNGS["T-1"], "week", 3),
        (RUNGS["T-1"], "overdue", 0),
        (RUNGS["O1"], "week", 0),
        (RUNGS["O1"], "overdue", 3),
        (RUNGS["O1"], "soon", 0),
    ):
        clock.move_to(moment, tick=False)
        office.force_login(factories.coordinator())
        assert len(shown(office, f"light={light}")) == count, (moment, light)


def test_threshold_of_the_obligation_decides_what_is_soon(office, clock, issued):
    Obligation.objects.filter(pk=issued.pk).update(soon_workdays=5)
    clock.move_to(RUNGS["T-5"], tick=False)
    office.force_login(factories.coordinator())

    assert shown(office, "light=soon") == ALL


def test_province_filters_by_those_who_have_it_in_hand(enter, issued):
    task = owed_by(issued, "330000")
    filler = factories.staff(Role.FILLER, task.bureau)
    other = factories.staff(Role.FILLER, task.bureau, username="other")
    client = enter(filler)
    assert shown(client, "handler=null") == ["330000"]

    handlers.assign(task, filler, now=NOW, by=filler)

    assert shown(client, f"handler={filler.pk}") == ["330000"]
    assert shown(client, f"handler={other.pk}") == []
    assert shown(client, "handler=null") == []


def test_only_the_fillers_of_ones_own_bureau_are_offered(enter, issued):
    theirs = factories.staff(Role.FILLER, owed_by(issued, "320000").bureau)
    here = owed_by(issued, "330000").bureau
    filler, _ = (factories.staff(role, here) for role in (Role.FILLER, Role.APPROVER))
    client = enter(filler)

    form = client.get("/ledger/").context["ledger"].filter.form

    assert list(form.fields["handler"].queryset) == [filler]
    assert faults(client, f"handler={theirs.pk}").keys() == {"handler"}


def test_ledger_of_one_notice_says_which_by_its_title(office, issued):
    answer = office.get(f"/ledger/?notice={issued.notice_id}")

    assert len(answer.context["assignments"]) == 4
    assert [(chip["label"], chip["value"]) for chip in answer.context["ledger"].chips()] == [
        ("依据文件", issued.notice.title)
    ]


def test_a_notice_one_may_not_see_is_not_named(enter, issued):
    stranger = factories.staff(Role.FILLER, factories.province("440000", "广东省"))
    client = enter(stranger)

    found = faults(client, f"notice={issued.notice_id}")

    assert found == {"notice": ["没有这份文件，或您无权查看"]}
    assert (
        issued.notice.title
        not in client.get(f"/ledger/?notice={issued.notice_id}").content.decode()
    )


def test_subtree_holds_the_units_below(office, issued):
    city = factories.prefecture(Bureau.objects.get(code="330000"))
    Assignment.objects.filter(bureau__code="650000").update(bureau=city, bureau_path=city.path)

    assert shown(office, "bureau=330000") == ["330000", "330100"]
    assert shown(office, "bureau=330100") == ["330100"]


def test_a_unit_that_is_not_below_does_not_exist(enter, issued):
    client = enter(factories.staff(Role.FILLER, Bureau.objects.get(code="330000")))

    assert shown(client, "bureau=330000") == ["330000"]
    for words in ("320000", "江苏省市场监管局", "江苏", "100000"):
        assert faults(client, f"bureau={words}") == {
            "bureau": [f"没有找到单位“{words}”，请填写本单位或下级单位的名称或代码"]
        }


@pytest.mark.parametrize(
    ("query", "field", "message"),
    [
        ("status=nonsense", "status", "请从列表中选择“状态”"),
        ("light=nonsense", "light", "请从列表中选择“进度”"),
        ("due_from=31.3.2026", "due_from", "“31.3.2026”不是日期，请写成2026-03-31这样"),
        ("due_to=9999-12-31", "due_to", "日期应在2000年至2999年之间"),
        ("submitted_from=0001-01-01", "submitted_from", "日期应在2000年至2999年之间"),
        (
            "due_from=2026-04-01&due_to=2026-03-01",
            "due_to",
            "截止时间的起止颠倒了，结束日期不能早于开始日期",
        ),
        (
            "submitted_from=2026-04-01&submitted_to=2026-03-01",
            "submitted_to",
            "报送日期的起止颠倒了，结束日期不能早于开始日期",
        ),
        ("q=%00", "q", "“事项、文号、单位”中有不能保存的字符，请删去后重新填写"),
        ("bureau=%27", "bureau", "没有找到单位“'”，请填写本单位或下级单位的名称或代码"),
        ("handler=x", "handler", "请从列表中选择“承办人”"),
        ("notice=999999999999999999999", "notice", "没有这份文件，或您无权查看"),
        (
            "bureau=市场监管局",
            "bureau",
            "与“市场监管局”相符的单位不止一个，请写明其中一个：北京市市场监管局 110000、"
            "江苏省市场监管局 320000、浙江省市场监管局 330000、示例区市场监管局 650000",
        ),
    ],
)
def test_a_wrong_filter_is_told_and_lists_nothing(office, issued, query, field, message):
    assert faults(office, query) == {field: [message]}
    page = office.get(f"/ledger/?{query}").content.decode()
    assert "筛选条件有误，改正后才能列出任务" in page


VALUES = [
    "",
    "x",
    "0",
    "-1",
    "null",
    "%00",
    "%27",
    "%25",
    "9" * 400,
    "字" * 400,
    "2026-02-30",
    "[]",
]
NAMES = [
    "light",
    "q",
    "bureau",
    "status",
    "due_from",
    "due_to",
    "submitted_from",
    "submitted_to",
    "issuer",
    "later",
    "obligation",
    "handler",
    "whose",
    "notice",
    "sort",
    "columns",
    "page",
    "unknown",
]


@pytest.mark.parametrize("name", NAMES)
def test_ledger_survives_any_address(office, issued, name):
    for value in VALUES:
        assert office.get(f"/ledger/?{name}={value}").status_code == 200, value
        assert office.get(f"/ledger/?{name}={value}&{name}=&light=").status_code == 200, value


def test_fuzzed_names_are_all_that_the_page_knows(office, issued):
    assert set(office.get("/ledger/").context["ledger"].filter.form.fields) <= set(NAMES)
