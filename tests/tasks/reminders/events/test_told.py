"""The table: what happens × who is told × how; on rows and on a real mail server.

Each person named is told exactly once and everybody else not at all, whoever did it least.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from bureaus.actions import delegations
from bureaus.models import Staff
from bureaus.roles import Role
from config import environment
from tasks.actions import (
    amending,
    extensions,
    handlers,
    handovers,
    issuing,
    news,
    passing,
    transitions,
)
from tasks.models import Delivery, Preference
from tasks.reminders.actions import ticking
from tests import factories
from tests.tasks import told
from tests.tasks.told import AT, GATHERED, HOUR, MAILED, MINUTE

pytestmark = pytest.mark.django_db

HERE = {role: f"330000.{role}" for role in told.POSTS}
COORDINATOR, FILLER, REVIEWER, APPROVER = HERE.values()
SECOND = "330000.second"
CHIEF, OTHER = "100000.coordinator", "100000.second"
TAKERS = {COORDINATOR, FILLER, SECOND}  # who may accept a task
UNTIL = date(2026, 4, 10)


@dataclass
class World:
    """One task of 浙江, which its first filler has in hand where ``way`` goes so far."""

    task: object
    notice: object

    @property
    def row(self):
        return type(self.task).objects.for_detail().get(pk=self.task.pk)

    def by(self, username: str):
        return Staff.objects.get(username=username)


def verb(name: str, **given) -> Callable[[World], object]:
    return lambda world: told.move(world.task, name, **given)


def _extend(world: World):
    asks = {"until": UNTIL, "reason": "数据尚未汇总", "now": AT, "by": world.by(FILLER)}
    return extensions.request(world.row, **asks)


def _answer(is_granted: bool):
    def act(world: World):
        asked = extensions.request(
            world.row, until=UNTIL, reason="数据尚未汇总", now=AT - HOUR, by=world.by(FILLER)
        )
        said = {"is_granted": is_granted, "opinion": "请按时报送", "now": AT}
        extensions.decide(asked, **said, by=world.by(CHIEF))

    return act


def _amend(world: World):
    on = {"reason": "会议改期", "now": AT, "by": world.by(CHIEF)}
    amending.amend(world.row.obligation, UNTIL, **on)


def _withdraw_all(world: World):
    on = {"reason": "任务合并", "now": AT, "by": world.by(CHIEF)}
    amending.withdraw(world.row.obligation, **on)


def _decline(world: World):
    on = {"reason": "不属本单位职责", "now": AT, "by": world.by(FILLER)}
    passing.decline(world.row, **on)


def _pass_on(world: World):
    to = factories.province("310000", "上海市")
    factories.staff(Role.COORDINATOR, to)
    on = {"reason": "属上海职责", "now": AT, "by": world.by(CHIEF)}
    passing.pass_on(world.row, to=to, **on)


def _assign(world: World):
    handlers.assign(world.row, world.by(SECOND), now=AT, by=world.by(COORDINATOR))


def _transfer(world: World):
    handovers.transfer(world.by(FILLER), world.by(SECOND), now=AT, by=world.by(FILLER))


def _delegate(world: World):
    on = AT.date()
    days = {"starts_on": on, "ends_on": on + timedelta(days=5), "reason": "出差"}
    delegations.make(world.by(FILLER), deputy=world.by(SECOND), **days, now=AT, by=world.by(FILLER))
    ticking.tick(AT)


def _form(world: World):
    words = {"words": "附件1的报表已更新为第2版", "now": AT, "by": world.by(CHIEF)}
    news.form_changed(world.notice, 1, **words)


def _twin(world: World):
    words = {"words": "联合发文单位版本将报送对象改为全部单位", "now": AT, "by": world.by(CHIEF)}
    news.twin_changed(world.notice, **words)


def _split(world: World):
    city = factories.prefecture(world.row.bureau)
    factories.staff(Role.FILLER, city)
    world.row.bureau.counties_take_part = True
    terms = issuing.Terms(told.dates_of(world.row.obligation.clause), need="缺少数据")
    issuing.split(world.row, bureaus=[city], terms=terms, now=AT, by=world.by(COORDINATOR))


def _issue(world: World):
    told.issue(world.row.bureau, number="2", now=AT, notice=world.notice)


REVIEWED = ("accept", "hand_in")
APPROVED = (*REVIEWED, "pass_review")
SENT = (*APPROVED, "submit")
# what happens, how far the task is by then, the act, the letter of the event, who is told
TABLE = [
    ("下发", (), _issue, "n", TAKERS),
    ("转发分解", ("accept",), _split, "n", {"330100.filler"}),
    ("提交审核", ("accept",), verb("hand_in"), "v", {REVIEWER}),
    ("零报告", ("accept",), verb("report_nil"), "v", {REVIEWER}),
    ("审核通过", REVIEWED, verb("pass_review"), "a", {APPROVER}),
    ("退回修改（审核）", REVIEWED, verb("review_back"), "b", {FILLER}),
    ("退回修改（签发）", APPROVED, verb("approval_back"), "b", {FILLER}),
    ("撤回", SENT, verb("recall"), "b", {FILLER}),
    ("签发报送", APPROVED, verb("submit"), "s", {CHIEF, OTHER}),
    ("退回补正", SENT, verb("return_"), "r", {FILLER}),
    ("开始核收", SENT, verb("take_up"), "e", {FILLER}),
    ("核收", SENT, verb("close"), "c", {FILLER}),
    ("退办", (), _decline, "x", {CHIEF, OTHER}),
    ("不同意退办", ("decline",), verb("insist"), "i", TAKERS),
    ("转办", ("decline",), _pass_on, "p", TAKERS),
    ("申请延期", ("accept",), _extend, "q", {CHIEF, OTHER}),
    ("同意延期", REVIEWED, _answer(True), "g", {FILLER, REVIEWER}),
    ("不同意延期", REVIEWED, _answer(False), "g", {FILLER, REVIEWER}),
    ("更改时限", (), _amend, "d", TAKERS),
    ("更改时限（审核中）", REVIEWED, _amend, "d", {FILLER, REVIEWER}),
    ("撤销一家", ("accept",), verb("withdraw"), "w", TAKERS),
    ("撤销事项", REVIEWED, _withdraw_all, "w", TAKERS),
    ("分派承办人", ("accept",), _assign, "m", {SECOND}),
    ("转交承办", REVIEWED, _transfer, "k", {SECOND}),
    ("委托代办", ("accept",), _delegate, "h", {SECOND}),
    ("报表更新", ("accept", "hand_in", "review_back"), _form, "f", {FILLER}),
    ("来文变动", ("accept", "hand_in", "review_back"), _twin, "t", {FILLER}),
]
IDS = [row[0] for row in TABLE]


@pytest.fixture
def world():
    told.ministry()
    here, other = told.staffed(), factories.province("110000", "北京市")
    notice = factories.filed_notice()
    made = told.issue(here, other, notice=notice)
    return World(told.owed(made, here), notice)


@pytest.fixture
def server(mail_server, settings):
    for name, value in environment.mail(mail_server.url).items():
        setattr(settings, name, value)
    return mail_server


def go_so_far(world: World, way: tuple[str, ...]) -> None:
    told.settle()
    for each in way:
        told.move(world.task, each, now=AT - HOUR - 10 * MINUTE)
    told.settle(AT - HOUR + 5 * MINUTE)


def usernames(addresses) -> list[str]:
    return sorted(str(address).removesuffix("@example.test") for address in addresses)


@pytest.mark.parametrize(("what", "way", "act", "code", "whom"), TABLE, ids=IDS)
def test_each_is_told_once_in_the_inbox_and_once_by_mail(world, server, what, way, act, code, whom):
    go_so_far(world, way)
    server.messages.clear()

    act(world)

    rows = Delivery.objects.filter(milestone__event__kind=code, milestone__at=AT)
    inbox = rows.filter(channel="inbox", state="sent", sent_at=AT)
    assert sorted(inbox.values_list("recipient__username", flat=True)) == sorted(whom)

    ticking.tick(AT + MAILED)
    ticking.tick(AT + MAILED)

    assert rows.filter(channel="inbox").count() == len(whom)
    by_mail = whom if code not in "se" else set()  # each step of each report is no mail by itself
    others = {"310000.coordinator"} if what == "转办" else set()  # whose task it is now
    assert usernames(message["To"] for message in server.messages) == sorted(by_mail | others)
    assert len({message["Message-ID"] for message in server.messages}) == len(by_mail | others)


@pytest.mark.parametrize(("what", "way", "act", "code", "whom"), TABLE, ids=IDS)
def test_who_does_not_want_mails_of_a_group_has_the_message_alone(
    world, server, what, way, act, code, whom
):
    go_so_far(world, way)
    known = Staff.objects.filter(username__in=whom)
    Preference.objects.bulk_create(Preference(person=each, events_by_mail="") for each in known)
    wanted = set(known.values_list("email", flat=True))
    server.messages.clear()

    act(world)
    ticking.tick(AT + GATHERED)

    rows = Delivery.objects.filter(milestone__event__kind=code, channel="inbox")
    assert rows.filter(milestone__at=AT).count() == len(whom)
    assert wanted.isdisjoint(str(message["To"]) for message in server.messages)


def test_last_bureau_to_report_tells_the_issuer_that_all_have_once(world, server):
    go_so_far(world, SENT)
    beijing = world.row.obligation.assignments.for_detail().get(bureau__code="110000")
    assert not Delivery.objects.filter(milestone__event__kind="z").exists()
    server.messages.clear()

    told.move(beijing, *SENT)
    told.move(beijing, "return_", now=AT + MINUTE)
    told.move(beijing, "hand_in", "pass_review", "submit", now=AT + 2 * MINUTE)
    ticking.tick(AT + GATHERED)

    told_all = Delivery.objects.filter(milestone__event__kind="z")
    assert sorted(told_all.values_list("recipient__username", "channel", "state")) == [
        (CHIEF, "email", "void"),
        (CHIEF, "inbox", "sent"),
        (OTHER, "email", "void"),
        (OTHER, "inbox", "sent"),
    ]


def test_all_below_have_reported_is_told_by_mail_to_issuer_and_who_has_the_task_in_hand(
    world, server
):
    go_so_far(world, ("accept", "hand_in", "review_back"))
    here = world.row.bureau
    type(here).objects.filter(pk=here.pk).update(counties_take_part=True)
    cities = [factories.prefecture(here), factories.prefecture(here, "330200", "宁波市")]
    terms = issuing.Terms(told.dates_of(world.row.obligation.clause), need="缺少数据")
    made = issuing.split(world.row, bureaus=cities, terms=terms, now=AT, by=world.by(COORDINATOR))
    ticking.tick(AT + GATHERED)
    server.messages.clear()

    later = AT + HOUR
    for city in cities:
        told.move(told.owed(made, city), *SENT, now=later)
    ticking.tick(later + GATHERED)

    subjects = {
        str(m["To"]): str(m["Subject"]) for m in server.messages if "全部报送" in m["Subject"]
    }
    assert usernames(subjects) == [COORDINATOR, FILLER]
    text = next(m for m in server.messages if "全部报送" in m["Subject"])
    assert "2个单位全部报齐" in text.get_body(("plain",)).get_content()


def test_transitions_say_what_and_why_and_from_whom(world, server):
    go_so_far(world, SENT)
    server.messages.clear()

    transitions.move(
        world.row,
        "return_",
        now=AT,
        reason="表二第3行缺数据，\n请补齐后重报，有问题请拨13800001234或010-88001234",
        until=UNTIL,
        by=world.by(CHIEF),
    )
    ticking.tick(AT + GATHERED)

    (mail,) = server.messages
    assert mail["Subject"].strip().startswith("【退回补正】")
    text = mail.get_body(("plain",)).get_content()
    assert "原因：表二第3行缺数据， 请补齐后重报，有问题请拨138****1234或" in text
    assert "88001234" not in text
    assert "重新报送的截止时间：2026年4月10日（周五）24时" in text
    assert "来自：市场监管总局 测试收文管理" in text
    assert f"/assignments/{world.task.pk}/" in text


def test_who_gets_it_by_passing_on_is_told_from_whom_and_why(world, server):
    go_so_far(world, ("decline",))
    server.messages.clear()

    _pass_on(world)
    ticking.tick(AT + GATHERED)

    (mail,) = [m for m in server.messages if m["To"] == "310000.coordinator@example.test"]
    assert mail["Subject"].strip().startswith("【新任务】3月31日前报送")
    text = mail.get_body(("plain",)).get_content()
    assert "原因：由浙江省市场监管局转办：属上海职责" in text
