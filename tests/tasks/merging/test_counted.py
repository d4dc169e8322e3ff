"""A copy whose words count from 签收 or an event, or no longer do: asked about, then followed."""

from datetime import date

import pytest
from django.urls import reverse

from bureaus.roles import Role
from notices.models import ClauseChange, Notice
from notices.text.comparing import items
from tasks.actions import amending, extensions, settling
from tasks.issuing.clause_changes import Settlement
from tasks.ladder.events import DEADLINE
from tasks.models import Assignment, Event, Obligation
from tasks.states import CountsFrom
from tests import factories
from tests.factories import fresh
from tests.tasks.merging import copies
from tests.tasks.scheduling import test_happenings as happening
from tests.tasks.scheduling.test_counted import FIVE, MONDAY, TEXT, end, moment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("workdays")]
NOW = moment(MONDAY)
FIXED, FIFTEEN = "2026年6月20日前", "自收到通知之日起15个工作日内"
QUARTERLY = '{"kind": "recurring", "freq": "quarterly"}'
MONTHLY = "自2026年7月起至{}月，于每月10日前"


def text(words: str) -> str:
    return TEXT.format(duty=f"各单位请于{words}将质量工作情况报送总局。")


def issued(words: str) -> Obligation:
    """For two provinces, of which 浙江 has signed."""
    notice = factories.filed_notice(text(words), now=NOW)
    obligation = copies.issued(notice, bureaus=provinces(), now=NOW)
    factories.accept(owed(obligation), now=NOW)
    return fresh(obligation)


def provinces():
    return [factories.province(), factories.province("320000", "江苏省")]


def owed(obligation: Obligation, code: str = "330000") -> Assignment:
    return factories.owed_by(obligation, code)


def take(words: str) -> list[ClauseChange]:
    copies.merged(factories.notice(text(words), now=NOW), now=NOW)
    return list(ClauseChange.objects.filter(decision=""))


def settle(notice: Notice) -> list[Obligation]:
    rows = ClauseChange.objects.filter(clause__notice=notice, decision="")
    choices = {row.pk: Settlement(True, "来文更正") for row in rows}
    by = factories.coordinator()
    return settling.settle(notice, decisions={}, changes=choices, now=NOW, by=by)


def extend(task: Assignment, day: date) -> None:
    by = factories.staff(Role.FILLER, task.bureau)
    asked = extensions.request(task, until=day, reason="示例", now=NOW, by=by)
    extensions.decide(asked, is_granted=True, now=NOW, by=factories.coordinator())


def test_a_day_in_place_of_words_that_count_holds_for_all_and_signing_changes_nothing():
    obligation = issued(FIVE)
    assert len(take(FIXED)) == 1

    assert settle(obligation.notice) == [obligation]
    factories.accept(owed(obligation, "320000"), now=NOW)

    assert fresh(obligation).counts_from == CountsFrom.DAY
    assert [end(owed(obligation, code)) for code in ("330000", "320000")] == [
        "2026-06-20 23:59",
        "2026-06-20 23:59",
    ]


def test_other_words_that_count_are_asked_about_and_count_from_each_signature():
    obligation = issued(FIVE)
    assert [end(owed(obligation, code)) for code in ("330000", "320000")] == [
        "2026-06-08 23:59",
        "2026-06-09 23:59",
    ]
    (change,) = take(FIFTEEN)
    assert (change.old_due_at, change.new_due_at) == (None, None)

    assert settle(obligation.notice) == [obligation]

    assert end(owed(obligation)) == "2026-06-23 23:59"  # fifteen working days, 端午 between
    assert end(owed(obligation, "320000")) == "2026-06-24 23:59"
    factories.accept(owed(obligation, "320000"), now=NOW)
    assert end(owed(obligation, "320000")) == "2026-06-23 23:59"


def test_words_that_count_in_place_of_a_day_leave_no_task_without_one():
    obligation = issued(FIXED)
    assert len(take(FIVE)) == 1

    settle(obligation.notice)

    assert fresh(obligation).counts_from == CountsFrom.RECEIPT
    assert end(owed(obligation)) == "2026-06-08 23:59"
    assert end(owed(obligation, "320000")) == "2026-06-09 23:59"
    assert {event.words for event in Event.objects.filter(kind=DEADLINE.code)} == {
        "截止时间由2026年6月20日（周六）24时改为2026年6月8日（周一）24时",
        "截止时间由2026年6月20日（周六）24时改为2026年6月9日（周二）24时",
    }


def test_a_later_day_of_its_own_stays():
    obligation = issued(FIVE)
    extend(owed(obligation), date(2026, 7, 31))
    take(FIFTEEN)

    settle(obligation.notice)

    assert end(owed(obligation)) == "2026-07-31 23:59"
    assert end(owed(obligation, "320000")) == "2026-06-24 23:59"


def test_a_day_set_for_what_counts_from_receipt_leaves_a_later_extension():
    obligation = issued(FIVE)
    extend(owed(obligation), date(2026, 7, 31))

    by = factories.coordinator()
    amending.amend(obligation, date(2026, 7, 10), reason="示例", now=NOW, by=by)

    assert end(owed(obligation)) == "2026-07-31 23:59"
    assert end(owed(obligation, "320000")) == "2026-07-10 23:59"


def test_same_words_ask_nothing():
    issued(FIVE)

    assert take(FIVE) == []


def test_a_series_that_goes_on_longer_is_asked_about():
    notice = factories.filed_notice(text(MONTHLY.format(9)), now=NOW)

    (change,) = take(MONTHLY.format(12))

    assert change.old_due_at == change.new_due_at
    settle(notice)
    assert notice.clauses.get().deadline["end"] == change.new_deadline["end"]


def test_an_event_of_which_the_copy_knows_nothing_any_more():
    notice = factories.filed_notice(happening.TEXT, now=NOW)
    obligation = copies.issued(notice, now=NOW)
    happening.set_day(obligation, happening.ENDED)
    fixed = happening.TEXT.replace("活动结束后10个工作日内", "2026年8月1日前")
    copies.merged(factories.notice(fixed, now=NOW), now=NOW)

    settle(notice)

    assert happening.ends(obligation) == {"08-01 23:59"}
    with pytest.raises(happening.IssueRefused, match="请用“更改时限”"):
        happening.set_day(fresh(obligation), date(2026, 7, 3))


def test_an_event_whose_words_give_another_time_keeps_its_day():
    notice = factories.filed_notice(happening.TEXT, now=NOW)
    obligation = copies.issued(notice, now=NOW)
    happening.set_day(obligation, happening.ENDED)
    longer = happening.TEXT.replace("活动结束后10个工作日内", "活动结束后15个工作日内")
    copies.merged(factories.notice(longer, now=NOW), now=NOW)

    settle(notice)

    assert happening.ends(obligation) == {"07-21 23:59"}
    assert fresh(obligation).event_on == happening.ENDED


def test_pages_name_the_words_and_not_the_want_of_a_day(client, time_machine):
    time_machine.move_to(NOW, tick=False)
    obligation = issued(FIVE)
    client.force_login(factories.coordinator())
    upload = factories.notice(text(FIFTEEN), now=NOW)
    check = client.get(reverse("notices:check", args=[upload.pk])).content.decode()
    copies.merged(upload, now=NOW)

    page = client.get(reverse("tasks:notice_changes", args=[obligation.notice_id]))

    for html in (check, page.content.decode()):
        assert f"“{FIVE}”" in html
        assert f"“{FIFTEEN}”" in html
    assert "按新件改为不设截止时间" not in page.content.decode()
    (line,) = page.context["page"].lines
    assert line.effects[0].amendment.moving == 2


@pytest.mark.parametrize(
    ("read", "moved"),
    [("", True), (QUARTERLY, False)],
)
def test_how_often_a_person_wants_it_stays_where_both_copies_say_the_same(read, moved):
    by_hand, said = '{"kind": "recurring", "freq": "monthly"}', read or QUARTERLY
    old = items.Item(1, "每季度报送", "情况", NOW, by_hand, read=read)

    assert items.Pair(old, items.Item(2, "每季度报送", "情况", NOW, said)).is_moved is moved
