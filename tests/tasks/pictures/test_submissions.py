"""The curves of obligations and notices: whose figures, counted how, at what cost."""

from datetime import date, datetime, timedelta

import pytest

from bureaus.roles import Role
from tasks.models import Assignment, Obligation
from tests import factories
from tests.factories import DUE_ON, NOW, RUNGS, SHANGHAI, TO_SUBMIT, copies, owed_by, walk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def of_obligation(client, issued):
    return client.get(f"/obligations/{issued.pk}/")


def of_notice(client, issued):
    return client.get(f"/notices/{issued.notice_id}/")


def test_obligation_shows_who_came_in_when(office, issued, clock):
    walk(owed_by(issued, "330000"), *TO_SUBMIT, now=NOW + timedelta(days=1))
    walk(owed_by(issued, "320000"), *TO_SUBMIT, now=NOW + timedelta(days=1))
    walk(owed_by(issued, "110000"), *TO_SUBMIT, "close", now=RUNGS["O2"])
    clock.move_to(RUNGS["O3"], tick=False)
    office.force_login(factories.coordinator())

    answer = of_obligation(office, issued)

    found = answer.context["curve"]
    assert [(row.day, row.count, row.late, row.total, row.due) for row in found.rows] == [
        (date(2026, 3, 3), 2, 0, 2, 0),
        (DUE_ON, 0, 0, 2, 4),
        (date(2026, 4, 2), 1, 1, 3, 4),
    ]
    page = answer.content.decode()
    assert "应报4个单位，已报3，其中迟报1" in page
    cells = page.split("各日报送数和应报数")[1].split("</table>")[0]
    assert '2026-04-02</th><td class="col-num">1<span class="cell-sub">迟报 1</span>' in cells


def test_day_is_that_of_the_office(office, issued):
    for code, hour in (("330000", 0), ("320000", 23)):
        task = owed_by(issued, code)
        walk(task, *TO_SUBMIT)
        moment = datetime(2026, 3, 2, hour, 30, tzinfo=SHANGHAI)
        Assignment.objects.filter(pk=task.pk).update(submitted_at=moment)

    found = of_obligation(office, issued).context["curve"]

    assert next((row.day, row.count) for row in found.rows) == (date(2026, 3, 2), 2)


def test_what_is_withdrawn_or_sent_back_is_not_in_the_curve(office, issued):
    for code in ("330000", "320000"):
        walk(owed_by(issued, code), *TO_SUBMIT)
    walk(owed_by(issued, "330000"), "withdraw")
    walk(owed_by(issued, "320000"), "return_")

    found = of_obligation(office, issued).context["curve"]

    assert (found.facts.asked, found.facts.total) == (3, 0)


def test_province_sees_the_days_and_no_figures_of_others(enter, issued):
    walk(owed_by(issued, "320000"), *TO_SUBMIT)
    client = enter(factories.staff(Role.COORDINATOR, owed_by(issued, "330000").bureau))

    for found in (
        of_obligation(client, issued).context["curve"],
        of_notice(client, issued).context["curve"],
    ):
        assert (found.has_curve, found.facts.total) == (False, 0)
        assert "截止 3月31日" in found.in_words


def test_withdrawn_obligation_still_has_its_days(office, issued):
    Assignment.objects.update(status="withdrawn")

    answer = of_obligation(office, issued)

    assert answer.status_code == 200
    assert answer.context["curve"].has_curve is False


def test_notice_shows_all_that_its_issuer_asked(office, issued):
    copies(issued, 2)
    walk(owed_by(issued, "330000"), *TO_SUBMIT)

    found = of_notice(office, issued).context["curve"]

    assert (found.facts.asked, found.facts.total, found.facts.unit) == (12, 1, "项任务")
    assert "应报12项任务，已报1" in found.in_words


def test_notice_of_which_nothing_went_out_has_no_picture(office, notice):
    answer = office.get(f"/notices/{notice.pk}/")

    assert (answer.context["curve"], answer.context["matrix"]) == (None, None)
    assert "picture-curve" not in answer.content.decode()


def test_notice_whose_obligations_are_withdrawn_has_no_picture(office, issued):
    Obligation.objects.update(state="withdrawn")

    assert of_notice(office, issued).context["curve"] is None


def test_undated_obligation_says_that_it_has_no_deadline(office, issued):
    Obligation.objects.update(due_at=None, target_at=None)
    Assignment.objects.update(due_at=None, target_at=None)

    page = of_obligation(office, issued).content.decode()

    assert "没有截止时间" in page
    assert 'class="curve-due"' not in page
