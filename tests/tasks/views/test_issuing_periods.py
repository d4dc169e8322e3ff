"""The page 下发 for what is asked more than once: each period with a day of its own."""

import pytest

from bureaus.actions.registry import load_workdays
from tasks.models import Assignment, Obligation
from tests import factories
from tests.pages import told
from tests.tasks.issue_page import ENDLESS, MONTHLY, TEXT, WEEKLY, days, filled_in, text_with, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

SEVERAL = "各单位请分别于4月15日、8月1日、10月15日前将质量工作进展情况报送总局（附件1）。"


# --- what is shown ------------------------------------------------------------------------------


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


# --- issuing ------------------------------------------------------------------------------------


def test_issuing_a_series_makes_one_assignment_for_each_period_and_unit(office, provinces):
    notice = factories.filed_notice(text_with(MONTHLY))

    response = office.post(url(notice), filled_in(office.get(url(notice)), soon_workdays="5"))

    assert told(response) == [
        "已下发：2个事项（4期）、2个单位，共8项任务，首次提醒2026年3月26日 9:00"
    ]
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
    assert told(office.post(url(notice), data)) == [
        "已下发：2个事项（4期）、1个单位，共4项任务，首次提醒2026年3月4日 9:00"
    ]


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
    ("changes", "said"),
    [
        ({"on": []}, "事项1：没有勾选任何一期"),
        ({"stop": ""}, "事项1：请填写结束日期：原文没有写报送到什么时候为止"),
        ({"stop": "2026-03-01"}, "事项1：结束日期不能早于起始日期"),
        ({"stop": "2026-05-31"}, "事项1：已按起止日期推算出2期，请核对日期后下发"),
        ({"due": ["2026-04-10", "", "2026-06-10"]}, "事项1：第2行没有填截止时间"),
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

    assert told(response) == ["已下发：1个事项、2个单位，共2项任务，没有临期提醒"]


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
