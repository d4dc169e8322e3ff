"""The page 下发: what goes to whom by when, gone over before it leaves."""

from datetime import date, timedelta

import pytest
from django.db.models import F
from django.urls import reverse

from bureaus.actions.registry import load_workdays
from bureaus.models import CalendarDay
from bureaus.roles import Role
from tasks.actions import amending
from tasks.models import Assignment, Obligation
from tests import factories
from tests.factories import NOW, SHANGHAI
from tests.pages import told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

TEXT = factories.TEXT_APART  # three clauses: table, outline, undated
START = factories.TEXT.index("各单位请于")
REST = factories.TEXT.index("重要情况和工作信息")
MONTHLY = "各单位自2026年4月起至6月，于每月10日前将上月质量工作进展情况报送总局（附件1）。"
ENDLESS = "各单位于每月10日前将上月质量工作进展情况报送总局（附件1）。"
WEEKLY = "各单位自2026年4月起至6月，于每周五前将质量工作进展情况报送总局（附件1）。"
SEVERAL = "各单位请分别于4月15日、8月1日、10月15日前将质量工作进展情况报送总局（附件1）。"


def text_with(sentence: str) -> str:
    return factories.TEXT[:START] + sentence + factories.TEXT[REST:]


@pytest.fixture
def provinces():
    return [factories.province("320000", "江苏省"), factories.province()]


def url(notice) -> str:
    return reverse("tasks:issue", args=[notice.pk])


def filled_in(answer, **changes) -> dict:
    """What the browser would send back from the page as it stands, unless changed."""
    context = answer.context
    data = {
        "clauses": [p.clause.pk for p in context["previews"] if p.is_chosen],
        "bureaus": [pk for tier in context["tiers"] for pk in tier.chosen],
        "soon_workdays": "3",
    }
    for preview in context["previews"]:
        if not preview.schedule.is_list:
            continue
        rows, name = preview.schedule.rows, preview.prefix
        data[f"{name}-start"] = str(preview.schedule.start or "")
        data[f"{name}-stop"] = str(preview.schedule.stop or "")
        data[f"{name}-span"] = preview.span
        data[f"{name}-label"] = [row.label for row in rows]
        data[f"{name}-due"] = [str(row.due_on or "") for row in rows]
        data[f"{name}-on"] = [str(number) for number, row in enumerate(rows) if row.is_on]
    return data | changes


def days() -> list[tuple[str, str]]:
    """Periods and last days of what was issued, undated ones last."""
    found = Obligation.objects.order_by(F("due_at").asc(nulls_last=True), "pk")
    return [
        (each.period, str(each.due_at.astimezone(SHANGHAI).date()) if each.due_at else "")
        for each in found
    ]


# --- what is shown ------------------------------------------------------------------------------


def test_addressees_are_ticked_beforehand_and_internal_units_are_not(office):
    province, unit = factories.province(), factories.internal_unit()
    notice = factories.filed_notice(TEXT)

    response = office.get(url(notice))

    tiers = response.context["tiers"]
    assert [(tier.label, tier.bureaus, tier.chosen_count) for tier in tiers] == [
        ("省级单位", [province], 1),
        ("内部单位", [unit], 0),
    ]
    assert response.context["task_count"] == 3


def test_preview_shows_the_reminders_and_what_speaks_against_it(office, clock):
    CalendarDay.objects.create(day="2036-01-01", kind=CalendarDay.Kind.REST)
    notice = factories.filed_notice(TEXT.replace("2026年12月31日前", "2036年12月30日前"))
    clock.move_to("2026-06-01 10:00 +08:00", tick=False)
    office.force_login(factories.coordinator())

    past, ahead, undated = office.get(url(notice)).context["previews"]

    assert past.outlook.ladder == []
    assert past.warnings == ["截止时间2026年3月31日已过，下发后各单位立即显示为逾期"]
    assert [rung.label for rung in ahead.outlook.ladder][:1] == ["提前10个工作日"]
    assert len(ahead.outlook.ladder) == 10
    assert (undated.outlook.ladder, undated.warnings, undated.outlook.due_on) == ([], [], None)


def test_periods_are_shown_with_their_targets_and_what_is_special_about_them(office, provinces):
    load_workdays()
    sentence = MONTHLY.replace("2026年4月起至6月", "2026年10月起至2027年1月")
    notice = factories.filed_notice(text_with(sentence))

    context = office.get(url(notice)).context

    preview = context["previews"][0]
    assert [
        (line.period, str(line.row.due_on), str(line.target_on), line.note)
        for line in preview.lines
    ] == [
        ("2026年9月", "2026-10-10", "2026-10-09", "调休上班日"),
        ("2026年10月", "2026-11-10", "2026-11-09", ""),
        ("2026年11月", "2026-12-10", "2026-12-09", ""),
        ("2026年12月", "2027-01-10", "2027-01-08", "节假日安排未载入"),
    ]
    assert (context["period_count"], context["task_count"]) == (5, 10)  # with the undated one


def test_day_of_rest_is_said(office, provinces):
    load_workdays()
    sentence = MONTHLY.replace("每月10日前", "每月5日前").replace("4月起至6月", "4月起至4月")
    notice = factories.filed_notice(text_with(sentence))

    (line,) = office.get(url(notice)).context["previews"][0].lines

    assert (str(line.row.due_on), line.note, str(line.target_on)) == (
        "2026-04-05",
        "休息日",
        "2026-04-03",
    )


def test_report_every_week_is_said_to_be_a_burden(office, provinces):
    load_workdays()
    notice = factories.filed_notice(text_with(WEEKLY))

    warnings = office.get(url(notice)).context["previews"][0].warnings

    assert warnings == [
        "报送过于频繁：不得频繁要求基层填表格报材料，请确认是否必要，能否改为按月或一次报送"
    ]


def test_same_table_asked_before_is_told(office, provinces):
    earlier = factories.obligation(*provinces, text=TEXT)
    for task in earlier.assignments.for_detail():
        factories.walk(task, "accept", "hand_in", "pass_review", "submit")
    notice = factories.filed_notice(TEXT.replace("1号", "2号"))

    page = " ".join(office.get(url(notice)).content.decode().split())

    assert (
        f'<a href="/notices/{earlier.notice_id}/">《市场监管总局关于报送质量工作情况的通知》</a>'
        "（国市监测〔2026〕1号）附件1 表头相同，江苏等2个单位已于 2026-03-02 报送，"
        "是否可直接使用已有数据？"
    ) in page


@pytest.mark.parametrize(("units", "weeks"), [(1, 1), (50, 50)])
def test_page_asks_as_often_for_fifty_periods_and_units(
    office, django_assert_num_queries, units, weeks
):
    some = [factories.province(f"{code}0000", f"示例{code}省") for code in range(11, 11 + units)]
    factories.obligation(*some, text=TEXT)
    stop = f"{date(2026, 4, 3) + timedelta(weeks=weeks - 1):%Y年%-m月}"
    sentence = WEEKLY.replace("2026年4月起至6月", f"2026年4月起至{stop}")
    notice = factories.filed_notice(text_with(sentence).replace("1号", "2号"))

    with django_assert_num_queries(21):
        context = office.get(url(notice)).context

    preview = context["previews"][0]
    assert (preview.count >= weeks, len(preview.before)) == (True, 1)
    assert context["unit_count"] == units


# --- issuing ------------------------------------------------------------------------------------


def test_issuing_makes_one_assignment_for_each_clause_and_unit(office, provinces):
    notice = factories.filed_notice(TEXT)
    clauses = list(notice.clauses.values_list("pk", flat=True))[:2]

    response = office.post(url(notice), filled_in(office.get(url(notice)), clauses=clauses))

    assert response.url == reverse("tasks:notice_detail", args=[notice.pk])
    assert told(response) == ["已下发：2个事项、2个单位，共4项任务"]
    assert Obligation.objects.count() == 2
    assert Assignment.objects.count() == 4


def test_issuing_a_series_makes_one_assignment_for_each_period_and_unit(office, provinces):
    notice = factories.filed_notice(text_with(MONTHLY))

    response = office.post(url(notice), filled_in(office.get(url(notice)), soon_workdays="5"))

    assert told(response) == ["已下发：2个事项（4期）、2个单位，共8项任务"]
    assert days() == [
        ("2026年3月", "2026-04-10"),
        ("2026年4月", "2026-05-10"),
        ("2026年5月", "2026-06-10"),
        ("", ""),
    ]
    assert set(Obligation.objects.values_list("soon_workdays", flat=True)) == {5}
    assert Assignment.objects.count() == 8


def test_what_was_altered_or_unticked_is_what_goes_out(office, provinces):
    notice = factories.filed_notice(text_with(MONTHLY))
    shown = office.get(url(notice))
    name = shown.context["previews"][0].prefix
    changes = {
        f"{name}-on": ["0", "2"],
        f"{name}-label": ["3月份", "2026年4月", "2026年5月"],
        f"{name}-due": ["2026-04-13", "2026-05-10", "2026-06-10"],
    }

    office.post(url(notice), filled_in(shown, **changes))

    assert days() == [("3月份", "2026-04-13"), ("2026年5月", "2026-06-10"), ("", "")]


def test_list_of_dates_becomes_one_assignment_a_date_each_with_its_name(office, provinces):
    notice = factories.filed_notice(text_with(SEVERAL))

    office.post(url(notice), filled_in(office.get(url(notice))))

    assert days() == [
        ("2026年4月15日", "2026-04-15"),
        ("2026年8月1日", "2026-08-01"),
        ("2026年10月15日", "2026-10-15"),
        ("", ""),
    ]


def test_dates_are_added_by_hand_where_a_list_was_not_recognised(office, provinces):
    notice = factories.filed_notice(TEXT)
    clause = notice.clauses.get(attachment_numbers="1")

    shown = office.post(
        url(notice), filled_in(office.get(url(notice)), clauses=[clause.pk], add_date=clause.pk)
    )
    assert shown.status_code == 200
    assert shown.context["form"].errors == {}
    assert not Obligation.objects.exists()
    name = f"c{clause.pk}"
    office.post(url(notice), filled_in(shown, **{f"{name}-due": ["2026-03-31", "2026-08-03"]}))

    assert days() == [("2026年3月31日", "2026-03-31"), ("2026年8月3日", "2026-08-03")]


def test_button_that_lists_anew_keeps_all_that_was_ticked(office, provinces):
    notice = factories.filed_notice(text_with(ENDLESS))
    shown = office.get(url(notice))
    preview = shown.context["previews"][0]
    assert preview.lines == []
    data = filled_in(
        shown,
        bureaus=[provinces[1].pk],
        soon_workdays="4",
        list=preview.clause.pk,
        **{f"{preview.prefix}-stop": "2026-05-31"},
    )

    listed = office.post(url(notice), data)

    assert listed.status_code == 200
    assert listed.context["unit_count"] == 1
    assert listed.context["form"]["soon_workdays"].value() == "4"
    assert [line.period for line in listed.context["previews"][0].lines] == [
        "2026年2月",
        "2026年3月",
        "2026年4月",
    ]
    data = filled_in(listed, soon_workdays="4")
    assert told(office.post(url(notice), data)) == ["已下发：2个事项（4期）、1个单位，共4项任务"]


def test_series_is_gone_on_with_where_it_was_issued(office, provinces):
    notice = factories.filed_notice(text_with(MONTHLY))
    office.post(url(notice), filled_in(office.get(url(notice))))

    page = office.get(url(notice))
    (preview,) = page.context["previews"]
    assert (preview.is_out, preview.is_chosen, preview.lines) == (True, False, [])
    data = filled_in(
        page,
        clauses=[preview.clause.pk],
        list=preview.clause.pk,
        **{f"{preview.prefix}-stop": "2026-08-31"},
    )
    office.post(url(notice), filled_in(office.post(url(notice), data)))

    assert [period for period, _ in days()] == [
        "2026年3月",
        "2026年4月",
        "2026年5月",
        "2026年6月",
        "2026年7月",
        "",
    ]


def test_clause_whose_dates_are_worked_on_is_ticked(office, provinces):
    """One that is out already is not ticked beforehand, and its later periods would stay behind."""
    notice = factories.filed_notice(text_with(MONTHLY))
    office.post(url(notice), filled_in(office.get(url(notice))))
    shown = office.get(url(notice))
    preview = shown.context["previews"][0]
    assert not preview.is_chosen

    listed = office.post(
        url(notice),
        filled_in(
            shown, **{f"{preview.prefix}-stop": "2026-12-31"}, clauses=[], list=preview.clause.pk
        ),
    )

    assert listed.context["previews"][0].is_chosen
    assert listed.context["task_count"] == listed.context["period_count"] * len(provinces)
    assert listed.context["task_count"] > 0


def test_date_that_is_past_is_warned_of_and_goes_out_all_the_same(office, clock, provinces):
    load_workdays()
    notice = factories.filed_notice(text_with(MONTHLY))
    clock.move_to("2026-05-20 10:00 +08:00", tick=False)
    office.force_login(factories.coordinator())
    shown = office.get(url(notice))
    preview = shown.context["previews"][0]
    assert [(line.row.is_on, line.note) for line in preview.lines] == [
        (False, "已过"),
        (False, "已过"),
        (True, ""),
    ]
    changes = {f"{preview.prefix}-on": ["1", "2"], "list": preview.clause.pk}

    ticked = office.post(url(notice), filled_in(shown, **changes))
    assert ticked.context["previews"][0].warnings == [
        "2026年4月：截止时间2026年5月10日已过，下发后各单位立即显示为逾期"
    ]
    office.post(url(notice), filled_in(ticked))

    assert days() == [("2026年4月", "2026-05-10"), ("2026年5月", "2026-06-10"), ("", "")]


# --- what is refused ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("left_out", "said"), [("clauses", "请至少选择一个事项"), ("bureaus", "请至少选择一个接收单位")]
)
def test_nothing_chosen_is_refused_and_the_rest_stays_ticked(office, left_out, said):
    factories.province()
    notice = factories.filed_notice(TEXT)
    data = filled_in(office.get(url(notice)), clauses=[notice.clauses.first().pk])
    del data[left_out]

    response = office.post(url(notice), data)

    assert response.status_code == 422
    assert said in response.content.decode()
    chosen = response.context["clause_count"], response.context["unit_count"]
    assert chosen == ((0, 1) if left_out == "clauses" else (1, 0))
    assert not Obligation.objects.exists()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"on": []}, "事项1：没有勾选任何一期"),
        ({"stop": ""}, "事项1：请填写结束日期：原文没有写报送到什么时候为止"),
        ({"stop": "2026-03-01"}, "事项1：结束日期不能早于起始日期"),
        ({"stop": "2026-05-31"}, "事项1：已按起止日期推算出2期，请核对日期后下发"),
        ({"due": ["2026-04-10", "", "2026-06-10"]}, "事项1：第2行没有填截止日期"),
        ({"label": ["三月", "三月", "四月"]}, "事项1：期次“三月”重复"),
    ],
)
def test_periods_that_are_not_in_order_are_refused(office, provinces, changes, said):
    notice = factories.filed_notice(text_with(MONTHLY))
    shown = office.get(url(notice))
    name = shown.context["previews"][0].prefix
    data = filled_in(shown, **{f"{name}-{key}": value for key, value in changes.items()})

    response = office.post(url(notice), data)

    assert response.status_code == 422
    assert response.context["form"].non_field_errors() == [said]
    assert not Obligation.objects.exists()


def test_clause_that_is_not_ticked_need_not_be_in_order(office, provinces):
    notice = factories.filed_notice(text_with(ENDLESS))
    undated = notice.clauses.get(attachment_numbers="")

    response = office.post(url(notice), filled_in(office.get(url(notice)), clauses=[undated.pk]))

    assert told(response) == ["已下发：1个事项、2个单位，共2项任务"]


@pytest.mark.parametrize("workdays", ["0", "11", "", "三"])
def test_threshold_out_of_range_is_refused(office, provinces, workdays):
    notice = factories.filed_notice(TEXT)

    response = office.post(url(notice), filled_in(office.get(url(notice)), soon_workdays=workdays))

    assert response.status_code == 422
    assert response.context["form"].errors["soon_workdays"] == ["请填1到10的整数"]


def test_bureau_that_is_not_offered_cannot_be_chosen(office):
    city = factories.prefecture(factories.province())
    notice = factories.filed_notice(TEXT)

    response = office.post(url(notice), filled_in(office.get(url(notice)), bureaus=[city.pk]))

    assert response.status_code == 422
    assert not Obligation.objects.exists()


def test_issuing_twice_is_refused(office, provinces):
    notice = factories.filed_notice(TEXT)
    data = filled_in(office.get(url(notice)))
    office.post(url(notice), data)

    response = office.post(url(notice), data)

    assert response.status_code == 422
    assert response.context["form"].non_field_errors() == [
        "事项“质量工作进展情况”已经下发过，不能重复下发"
    ]
    assert Obligation.objects.count() == 3


def test_one_period_that_is_refused_leaves_none_issued(office, provinces):
    notice = factories.filed_notice(text_with(MONTHLY))
    data = filled_in(office.get(url(notice)))
    first = {key: ["2"] if key.endswith("-on") else value for key, value in data.items()}
    office.post(url(notice), first)

    response = office.post(url(notice), data)

    assert response.status_code == 422
    assert response.context["form"].non_field_errors() == [
        "事项“上月质量工作进展情况”（2026年5月）已经下发过，不能重复下发"
    ]
    assert Obligation.objects.count() == 2


def test_notice_that_nobody_has_checked_is_not_issued(office):
    assert office.get(url(factories.notice(TEXT))).status_code == 404


def test_everything_issued_leaves_nothing_to_choose(office):
    obligation = factories.obligation(text=TEXT)
    for number in ("2", ""):
        factories.obligation(number=number)

    response = office.get(url(obligation.notice))

    assert response.context["previews"] == []
    assert "这份文件没有待下发的事项" in response.content.decode()


def test_what_was_withdrawn_can_be_issued_again(office):
    obligation = factories.obligation(text=TEXT)
    amending.withdraw(obligation, reason="下发有误", now=NOW, by=factories.coordinator())

    previews = office.get(url(obligation.notice)).context["previews"]

    assert obligation.clause in [preview.clause for preview in previews]


def test_filler_may_not_issue(client):
    obligation = factories.obligation(text=TEXT)
    client.force_login(factories.staff(Role.FILLER, factories.province()))

    assert client.get(url(obligation.notice)).status_code == 403


# --- passed down --------------------------------------------------------------------------------


@pytest.fixture
def province_notice():
    """What the 总局 asks, taken in by 浙江 to be sent on to its cities."""
    province = factories.province()
    factories.prefecture(province)
    text = TEXT.replace(factories.RECIPIENTS, "各市市场监管局")
    return factories.filed_notice(text, bureau=province)


@pytest.fixture
def province_office(enter):
    return enter(factories.staff(Role.COORDINATOR, factories.province()))


def test_bureau_says_why_before_it_passes_a_request_down(province_office, province_notice):
    shown = province_office.get(url(province_notice))

    response = province_office.post(url(province_notice), filled_in(shown))

    assert response.status_code == 422
    assert response.context["form"].errors == {
        "is_needed": ["现有数据能满足的不要下发；确需下级报送的请勾选"],
        "need": ["请填写确需报送的理由"],
    }
    assert not Obligation.objects.exists()


def test_answer_is_kept_with_what_goes_out(province_office, province_notice):
    shown = province_office.get(url(province_notice))

    province_office.post(
        url(province_notice), filled_in(shown, is_needed="on", need="本级没有分市数据")
    )

    assert set(Obligation.objects.values_list("need", flat=True)) == {"本级没有分市数据"}


def test_own_notice_asks_no_such_question(province_office, province_notice):
    province_notice.issuers = "浙江省市场监督管理局"
    province_notice.save()

    form = province_office.get(url(province_notice)).context["form"]

    assert not {"need", "is_needed"} & form.fields.keys()


def test_central_office_is_not_asked(office, provinces):
    form = office.get(url(factories.filed_notice(TEXT))).context["form"]

    assert not {"need", "is_needed"} & form.fields.keys()


def test_bureau_that_was_sent_the_task_is_pointed_to_it(province_office, province_notice):
    assert province_office.get(url(province_notice)).context["received"] is None
    from_above = factories.filed_notice(TEXT)
    clause = from_above.clauses.get(attachment_numbers="1")
    data = {"clauses": [clause.pk], "bureaus": [factories.province().pk], "soon_workdays": "3"}
    province_office.force_login(factories.coordinator())
    province_office.post(url(from_above), data)
    province_office.force_login(factories.staff(Role.COORDINATOR, factories.province()))

    answer = province_office.get(url(province_notice))

    assert answer.context["received"] == Assignment.objects.get()
    assert "请优先在" in answer.content.decode()
