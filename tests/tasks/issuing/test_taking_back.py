"""撤回下发: for a quarter of an hour, where nobody has signed, as if it had not gone out."""

from datetime import date

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.models import AuditEvent
from bureaus.roles import Role
from config import environment
from notices.models import Notice
from tasks.actions import accepting, amending, extensions, handlers, issuing
from tasks.errors import IssueRefused, NotYourPost, SomebodyWasFaster
from tasks.models import Assignment, Delivery, Milestone, Obligation
from tasks.pages.issuing import issue as issue_page
from tasks.reminders.actions import ticking, urging
from tasks.states import Status
from tests import factories, splits
from tests.factories import NOW, fresh
from tests.tasks import told
from tests.tasks.told import GATHERED, HOUR, MAILED, MINUTE
from tests.threads import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("workdays")]


def take_back(made: Obligation, *, now=NOW + MINUTE, by=None) -> int:
    return issuing.take_back(made, now=now, by=by or factories.coordinator())


def issue_two(*bureaus, notice) -> list[Obligation]:
    """Two items by one act."""
    return [told.issue(*bureaus, number=number, notice=notice) for number in ("1", "2")]


@pytest.fixture
def server(mail_server, settings):
    for name, value in environment.mail(mail_server.url).items():
        setattr(settings, name, value)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    return mail_server


def test_all_that_went_out_together_comes_back_and_can_be_issued_again(here, notice):
    earlier = told.issue(here, number="", notice=notice, now=NOW - HOUR)
    first, second = issue_two(here, factories.province("110000", "北京市"), notice=notice)
    days = [(each.due_at, each.target_at) for each in (first, second)]

    assert take_back(second) == 4

    assert [fresh(each).state for each in (earlier, first, second)] == [
        "issued",
        "taken_back",
        "taken_back",
    ]
    rows = Assignment.objects.filter(obligation__in=[first, second])
    assert set(rows.values_list("status", "return_reason")) == {("withdrawn", "下发单位已撤回")}
    assert earlier.assignments.get().status == Status.PENDING
    assert [each.clause for each in issue_page.candidates(notice)] == [first.clause, second.clause]
    again = issue_two(here, notice=notice)
    assert [(each.due_at, each.target_at) for each in again] == days
    verbs = AuditEvent.objects.about(first).values_list("verb", flat=True)
    assert set(verbs) == {"下发", "撤回下发"}
    event = AuditEvent.objects.about(first).get(verb="撤回下发")
    assert (event.chain, event.detail["bureaus"]) == ("100000", ["330000", "110000"])


def test_nothing_is_left_to_tell_anybody(here, notice):
    made = told.issue(here, notice=notice)
    ticking.tick(NOW)
    assert told.messages(NOW) >= {("330000.filler", "n")}

    take_back(made, now=NOW + MAILED - MINUTE)
    ticking.tick(NOW + MAILED - MINUTE)
    ticking.tick(factories.RUNGS["T0"])

    assert mail.outbox == []
    assert not Milestone.objects.armed().exists()
    assert set(Delivery.objects.values_list("state", flat=True)) == {"void"}
    assert not Delivery.objects.unread().exists()
    assert not Milestone.objects.filter(event__kind="w").exists()


def test_issued_and_taken_back_reaches_no_mail_server(here, notice, server):
    made = told.issue(here, notice=notice)
    for minute in range(15):
        ticking.tick(NOW + minute * MINUTE)
    take_back(made, now=NOW + MAILED - MINUTE)
    ticking.tick(NOW + HOUR)
    assert server.messages == []

    told.issue(here, notice=notice, now=NOW + HOUR)
    ticking.tick(NOW + HOUR + MAILED - MINUTE)
    assert server.messages == []
    ticking.tick(NOW + HOUR + MAILED)

    assert len(server.messages) == 3  # each who may accept


def test_a_mail_of_the_same_notice_takes_no_task_along_that_may_be_taken_back(here, notice):
    first = told.issue(here, notice=notice)
    second = told.issue(here, number="2", notice=notice, now=NOW + 10 * MINUTE)

    ticking.tick(NOW + MAILED)
    assert ["2项新任务" in message.subject for message in mail.outbox] == [False] * 3
    take_back(second, now=NOW + 20 * MINUTE)
    ticking.tick(NOW + HOUR)

    assert len(mail.outbox) == 3
    assert fresh(first).state == "issued"


def test_a_change_of_what_may_be_taken_back_waits_for_its_news(here, notice):
    made = told.issue(here, notice=notice)
    later = {"now": NOW + MINUTE, "by": factories.coordinator()}
    amending.amend(made, date(2026, 4, 10), reason="改期", **later)
    ticking.tick(NOW + MINUTE + GATHERED)
    assert mail.outbox == []

    ticking.tick(NOW + MAILED)

    assert len(mail.outbox) == 3
    assert all("另有1项动态" in message.subject for message in mail.outbox)


def test_reminder_of_the_last_day_waits_as_well(here, notice):
    """Issued on the day it is due: the ladder's own reminder comes at once, its mail does not."""
    at = factories.RUNGS["T0"] + HOUR
    made = told.issue(here, notice=notice, now=at)
    ticking.tick(at + MINUTE)
    assert Delivery.objects.filter(channel="inbox", milestone__kind="T0").exists()

    take_back(made, now=at + 2 * MINUTE)
    ticking.tick(at + HOUR)

    assert mail.outbox == []


def test_urgent_notice_is_mailed_at_once_and_who_was_mailed_is_told(here, notice):
    Notice.objects.update(urgency="特急")
    notice.refresh_from_db()
    made = told.issue(here, factories.province("110000", "北京市"), notice=notice)
    ticking.tick(NOW)
    assert len(mail.outbox) == 3
    mail.outbox.clear()

    take_back(made)
    ticking.tick(NOW + MINUTE)

    assert sorted(message.to[0].split(".")[1].split("@")[0] for message in mail.outbox) == [
        "coordinator",
        "filler",
        "second",
    ]
    assert all(message.subject.startswith("【任务撤销·特急】") for message in mail.outbox)
    assert all("下发单位已撤回，不再要求报送" in message.body for message in mail.outbox)
    told_of = Milestone.objects.filter(event__kind="w").values_list("assignment__bureau__code")
    assert list(told_of) == [("330000",)]  # nobody at the other was mailed


# --- what is refused ----------------------------------------------------------------------------


def test_who_has_signed_is_named(here, notice):
    made, other = issue_two(here, factories.province("110000", "北京市"), notice=notice)
    told.move(told.owed(other, here), "accept", now=NOW + MINUTE)

    with pytest.raises(IssueRefused, match=r"已有单位签收（浙江省市场监管局），不能撤回下发.*撤销"):
        take_back(made)

    assert set(Obligation.objects.values_list("state", flat=True)) == {"issued"}
    assert Delivery.objects.unsent().exists()


def _extend(task):
    by = factories.staff(Role.FILLER, task.bureau)
    asked = {"until": date(2026, 4, 10), "reason": "数据未齐", "now": NOW, "by": by}
    extensions.request(task, **asked)


def _assign(task):
    by = factories.staff(Role.COORDINATOR, task.bureau)
    handlers.assign(task, factories.staff(Role.FILLER, task.bureau), now=NOW, by=by)


def _urge(task):
    urging.urge(task, note="请尽早", now=NOW, by=factories.coordinator())


def _decline(task):
    told.move(task, "decline", now=NOW)


@pytest.mark.parametrize("act", [_extend, _assign, _urge, _decline])
def test_what_somebody_has_begun_to_act_on_stays_out(here, notice, act):
    made = told.issue(here, notice=notice)
    act(told.owed(made, here))

    with pytest.raises(IssueRefused, match="已有单位退办、申请延期、分派承办人或被催办（浙江省"):
        take_back(made)

    assert fresh(made).state == "issued"


def test_after_a_quarter_of_an_hour_it_is_refused_with_what_to_do_instead(here, notice):
    made = told.issue(here, notice=notice)

    with pytest.raises(IssueRefused, match=r"已超过15分钟（9:45为止），不能再撤回。.*撤销"):
        take_back(made, now=NOW + MAILED)

    assert take_back(made, now=NOW + MAILED - MINUTE) == 1


def test_taking_back_twice_does_nothing_more(here, notice):
    made = told.issue(here, notice=notice)
    take_back(made)

    assert take_back(made, now=NOW + HOUR) == 0

    assert AuditEvent.objects.filter(verb="撤回下发").count() == 1


def test_what_is_withdrawn_is_not_taken_back_as_well(here, notice):
    made = told.issue(here, notice=notice)
    amending.withdraw(made, reason="误发", now=NOW, by=factories.coordinator())

    with pytest.raises(IssueRefused, match="已撤销，不用再撤回"):
        take_back(made)


@pytest.mark.parametrize(
    "act",
    [
        lambda made, more, by: amending.amend(made, date(2026, 4, 10), reason="改期", **by),
        lambda made, more, by: amending.withdraw(made, reason="误发", **by),
        lambda made, more, by: issuing.add(made, bureaus=more, **by),
    ],
    ids=["amend", "withdraw", "add"],
)
def test_what_is_taken_back_is_not_changed_any_more(here, notice, act):
    made = told.issue(here, notice=notice)
    take_back(made)
    by = {"now": NOW + MINUTE, "by": factories.coordinator()}
    more = [factories.province("110000", "北京市")]

    with pytest.raises(IssueRefused, match="该事项已撤回，不能再"):
        act(made, more, by)


def test_another_bureau_may_not(here, notice):
    made = told.issue(here, notice=notice)

    with pytest.raises(NotYourPost, match="您在市场监管总局没有“下发”权限"):
        take_back(made, by=factories.staff(Role.COORDINATOR, here))


def test_what_was_split_is_taken_back_by_who_split_it_and_can_be_split_again():
    task = splits.accepted()
    made = splits.split(task)

    count = take_back(made, now=made.issued_at + MINUTE, by=made.issued_by)

    assert count == made.assignments.count() > 0
    assert fresh(made).state == "taken_back"
    assert fresh(task).status == Status.ACCEPTED
    assert splits.split(task).state == "issued"


# --- many, and at once --------------------------------------------------------------------------


def test_as_many_statements_for_thirty_as_for_three(notice):
    counts = []
    for number, some in (("1", range(11, 14)), ("2", range(11, 41))):
        bureaus = [factories.province(f"{code}0000", f"示例{code}省") for code in some]
        made = told.issue(*bureaus, number=number, notice=notice, now=NOW + len(some) * MINUTE)
        ticking.tick(made.issued_at)
        with CaptureQueriesContext(connection) as asked:
            assert take_back(made, now=made.issued_at + MINUTE) == len(some)
        counts.append(len(asked))

    assert counts == [22, 22]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", range(3))
def test_signature_and_taking_back_at_once_exactly_one_is_done(here, notice, turn):
    first, second = issue_two(here, factories.province("110000", "北京市"), notice=notice)
    task, by = told.owed(second, here), factories.staff(Role.FILLER, here)
    chief = factories.coordinator()

    signed, taken = at_once(
        [
            lambda: accepting.accept_all(task, now=NOW + MINUTE, by=by),
            lambda: take_back(first, by=chief),
        ]
    )

    states = set(Assignment.objects.values_list("bureau__code", "status"))
    if isinstance(taken, IssueRefused):
        assert len(signed) == 2
        assert states == {("330000", "accepted"), ("110000", "pending")}
    else:
        assert (type(signed), taken) == (SomebodyWasFaster, 4)
        assert states == {("330000", "withdrawn"), ("110000", "withdrawn")}


@pytest.mark.django_db(transaction=True)
def test_two_who_take_back_at_once_do_it_once(here, notice):
    made = told.issue(here, notice=notice)
    people = [factories.coordinator(), told.ministry()[1]]

    counts = at_once([lambda by=by: take_back(made, by=by) for by in people])

    assert sorted(counts) == [0, 1]
    assert AuditEvent.objects.filter(verb="撤回下发").count() == 1
