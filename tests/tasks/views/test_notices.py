from datetime import date, timedelta

import pytest
from django.urls import reverse

from bureaus.roles import Role
from notices.calendar import work_calendar
from notices.models import Notice
from tasks.actions import amending, extensions, issuing
from tasks.actions.issuing import Terms
from tasks.models import Obligation
from tasks.scheduling.dates import until
from tests import factories, splits
from tests.factories import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
TEXT = factories.TEXT_APART  # three clauses: table, outline, undated


def detail(client, notice):
    return client.get(reverse("tasks:notice_detail", args=[notice.pk]))


def test_progress_counts_what_has_been_handed_in(office):
    obligation = factories.obligation(
        factories.province(), factories.province("320000", "江苏省"), text=TEXT
    )
    first = obligation.assignments.get(bureau__code="330000")
    factories.walk(first, "accept", "start", "hand_in", "pass_review", "submit")

    response = detail(office, obligation.notice)

    (row,) = response.context["obligations"]
    assert (row.handed_in, row.owed, row.own) == (1, 2, [])
    assert [clause.position for clause in response.context["unissued"]] == [2, 3]


def test_province_sees_its_own_assignment_and_not_how_far_the_others_are(client):
    obligation = factories.obligation(
        factories.province(), factories.province("320000", "江苏省"), text=TEXT
    )
    other = obligation.assignments.get(bureau__code="320000")
    factories.walk(other, "accept", "start", "hand_in", "pass_review", "submit")
    client.force_login(factories.staff(Role.FILLER, factories.province()))

    response = detail(client, obligation.notice)

    (row,) = response.context["obligations"]
    assert (row.handed_in, row.owed) == (0, 1)
    assert [own.bureau.code for own in row.own] == ["330000"]
    assert list(response.context["unissued"]) == []


def test_everything_handed_in_is_done_whatever_the_day(office):
    obligation = factories.obligation(text=TEXT)
    task = obligation.assignments.get()
    factories.walk(task, "accept", "start", "hand_in", "pass_review", "submit", "close")

    (row,) = detail(office, obligation.notice).context["obligations"]

    assert (row.light, row.remaining) == ("done", None)


def test_detail_asks_as_often_for_two_obligations_as_for_one(office, django_assert_num_queries):
    obligation = factories.obligation(text=TEXT)
    url = reverse("tasks:notice_detail", args=[obligation.notice_id])
    office.get(url)  # what a process keeps is read once
    with django_assert_num_queries(20):
        office.get(url)
    factories.obligation(number="2")

    with django_assert_num_queries(20):
        office.get(url)


def test_telephones_are_masked_beside_the_text(office):
    response = detail(office, factories.filed_notice(TEXT))

    assert [contact["phones"] for contact in response.context["contacts"]] == [["010-****0000"]]


def test_notice_that_was_not_sent_to_a_province_is_unknown_to_it(client):
    obligation = factories.obligation(factories.province(), text=TEXT)
    client.force_login(factories.staff(Role.FILLER, factories.province("320000", "江苏省")))

    assert detail(client, obligation.notice).status_code == 404


# --- periods and splits -------------------------------------------------------------------------


def series(*labels: str, start: date = date(2026, 3, 10), units=None) -> list[Obligation]:
    """One obligation a label, due a week apart, of the first clause."""
    known = Notice.objects.filter(state="filed").first()
    clause = (known or factories.filed_notice(TEXT)).clauses.get(attachment_numbers="1")
    return [
        issuing.issue(
            clause,
            bureaus=units or [factories.province()],
            terms=Terms(_until(start + timedelta(weeks=week)), label),
            now=NOW,
            by=factories.coordinator(),
        )
        for week, label in enumerate(labels)
    ]


def _until(day: date):
    return until(day, calendar=work_calendar(), said="示例")


def test_periods_of_one_clause_are_one_group_in_order_of_time(office):
    found = series("一", "二", "三")

    (group,) = detail(office, found[0].notice).context["groups"]

    assert [row.obligation.period for row in group.open] == ["一", "二", "三"]
    assert (group.is_series, group.asked, group.done, group.folded) == (True, 3, 0, [])


def test_long_series_shows_what_calls_for_something_and_the_next_to_come(office, clock):
    done, late, soon, *ahead = series("一", "二", "三", "四", "五", "六")
    factories.walk(done.assignments.get(), "accept", "hand_in", "pass_review", "submit")
    amending.withdraw(ahead[2], reason="提前结束", now=NOW, by=factories.coordinator())
    clock.move_to("2026-03-20 10:00 +08:00", tick=False)
    office.force_login(factories.coordinator())

    (group,) = detail(office, done.notice).context["groups"]

    assert [(row.obligation, row.light) for row in group.open] == [
        (late, "overdue"),
        (soon, "soon"),
        (ahead[0], "normal"),
    ]
    assert [row.obligation for row in group.folded] == [done, ahead[1], ahead[2]]
    assert (group.asked, group.done) == (5, 1)


def test_light_is_not_red_where_those_that_are_missing_have_a_later_day(office, clock):
    issued = factories.obligation(text=TEXT)
    task = issued.assignments.get()
    filler = factories.staff(Role.FILLER, task.bureau)
    asked = extensions.request(task, until=date(2026, 4, 10), reason="数据未齐", now=NOW, by=filler)
    extensions.decide(asked, is_granted=True, now=NOW, by=factories.coordinator())
    clock.move_to("2026-04-02 10:00 +08:00", tick=False)
    office.force_login(factories.coordinator())

    (row,) = detail(office, issued.notice).context["obligations"]

    assert (row.light, row.remaining) == ("soon", None)


def test_threshold_decides_when_it_is_soon(office):
    issued = factories.obligation(text=TEXT)  # 20 working days ahead

    assert detail(office, issued.notice).context["obligations"][0].light == "normal"
    Obligation.objects.update(soon_workdays=25)
    assert detail(office, issued.notice).context["obligations"][0].light == "soon"


def test_split_of_a_province_is_shown_to_it_and_its_cities_and_not_above(office, enter):
    task = splits.accepted(text=TEXT)
    made = splits.split(task)
    city = factories.prefecture(task.bureau)
    asked, notice = task.obligation, task.obligation.notice

    def shown(person):
        rows = detail(enter(person), notice).context["obligations"]
        return [(row.obligation, [own.bureau.code for own in row.own]) for row in rows]

    assert shown(factories.coordinator()) == [(asked, [])]
    assert shown(factories.staff(Role.COORDINATOR, task.bureau)) == [
        (asked, ["330000"]),
        (made, []),
    ]
    assert shown(factories.staff(Role.FILLER, city)) == [(made, ["330100"])]


def test_split_stands_in_a_group_of_its_own(enter):
    task = splits.accepted(text=TEXT)
    splits.split(task)

    page = enter(factories.staff(Role.COORDINATOR, task.bureau))
    groups = detail(page, task.obligation.notice).context["groups"]

    assert [(group.issuer, len(group.rows)) for group in groups] == [
        ("", 1),
        ("浙江省市场监管局", 1),
    ]


@pytest.mark.parametrize("count", [1, 50])
def test_detail_asks_as_often_for_fifty_periods_of_many_units(
    office, django_assert_num_queries, count
):
    units = [factories.province(f"{code}0000", f"示例{code}省") for code in (11, 12, 13)]
    found = series(*(str(number) for number in range(count)), units=units)
    url = reverse("tasks:notice_detail", args=[found[0].notice_id])

    with django_assert_num_queries(27):
        answer = office.get(url)

    assert len(answer.context["obligations"]) == count


@pytest.mark.parametrize("count", [1, 50])
def test_detail_asks_as_often_for_fifty_periods_that_are_ones_own(
    enter, django_assert_num_queries, count
):
    found = series(*(str(number) for number in range(count)))
    url = reverse("tasks:notice_detail", args=[found[0].notice_id])
    page = enter(factories.staff(Role.FILLER, factories.province()))

    with django_assert_num_queries(21):
        answer = page.get(url)

    assert len(answer.context["obligations"]) == count


def test_later_periods_can_follow_where_a_clause_recurs(office):
    text = TEXT.replace("请于2026年3月31日前将", "于每月10日前将上月")
    clause = factories.filed_notice(text).clauses.get(attachment_numbers="1")
    office.post(
        reverse("tasks:issue", args=[clause.notice_id]),
        {"clauses": [clause.pk], "bureaus": [factories.province().pk], "soon_workdays": "3"}
        | {f"c{clause.pk}-start": "2026-03-10", f"c{clause.pk}-stop": "2026-05-31"}
        | {f"c{clause.pk}-span": "2026-03-10/2026-05-31", f"c{clause.pk}-on": ["0"]}
        | {f"c{clause.pk}-label": ["2月"], f"c{clause.pk}-due": ["2026-03-10"]},
    )

    context = detail(office, clause.notice).context

    assert [row.obligation.period for row in context["obligations"]] == ["2月"]
    assert context["may_go_on"] is True


# --- 临期线 -------------------------------------------------------------------------------------


def soon(client, notice, workdays):
    return client.post(reverse("tasks:notice_soon", args=[notice.pk]), {"soon_workdays": workdays})


def test_threshold_is_changed_on_the_page_of_the_notice(office):
    issued = factories.obligation(text=TEXT)

    answer = soon(office, issued.notice, "6")

    assert answer.url == reverse("tasks:notice_detail", args=[issued.notice_id])
    assert factories.fresh(issued).soon_workdays == 6
    assert detail(office, issued.notice).context["soon"] == 6


@pytest.mark.parametrize("workdays", ["0", "11", ""])
def test_threshold_out_of_range_stays_in_the_form_with_its_fault(office, workdays):
    issued = factories.obligation(text=TEXT)

    answer = soon(office, issued.notice, workdays)

    assert answer.status_code == 422
    assert "请填1到10的整数" in answer.content.decode()
    assert factories.fresh(issued).soon_workdays == 3


def test_threshold_is_the_issuers_alone(enter):
    issued = factories.obligation(text=TEXT)
    province = enter(factories.staff(Role.COORDINATOR, factories.province()))

    assert soon(province, issued.notice, "6").status_code == 403
    assert factories.fresh(issued).soon_workdays == 3
