"""Reminders: plans, rungs that go out, an address that fails, urging, feeds and a robot."""

from bureaus.roles import Role
from config.demo.people import holder
from config.upgrading.desk import DAY, NOW, asked, at, central, coordinator, filler, task
from tasks.actions import desk, feeds, saved_views
from tasks.ladder.plan import Plan
from tasks.models import Delivery, Milestone
from tasks.reminders.actions import (
    address_faults,
    inboxes,
    policies,
    resending,
    ticking,
    urge_sheets,
    urging,
)

TICKS = 4


def plan() -> None:
    """Of the issuing bureau and of one notice, which then follows the bureau's again."""
    bureau, by = central(), coordinator()
    policies.put(bureau, None, Plan(overdue=2), seen=0, now=NOW, by=by)
    notice = asked("2").notice
    policies.put(bureau, notice, Plan(ahead=(5, 3, 1)), seen=0, now=NOW, by=by)
    policies.follow(bureau, notice, seen=1, now=NOW, by=by)
    person = holder(Role.FILLER, at("510000"))
    inboxes.choose(in_digest=False, early_by_mail=True, now=NOW, by=person)


def go_out() -> None:
    """The next rungs of the table go out; one address fails until those above are told.

    A filler reads his messages and looks at his desk, twice.
    """
    table = Milestone.objects.filter(assignment__obligation=asked("1"), at__gt=NOW)
    moments = table.order_by("at").values_list("at", flat=True).distinct()[:TICKS]
    for moment in list(moments):
        ticking.tick(moment)
    address_faults.watch(moment + DAY)
    lost = Delivery.objects.by_mail().filter(state=Delivery.State.FAILED).order_by("pk")[0]
    resending.resend(lost, now=moment + DAY, by=coordinator())
    inboxes.read(None, now=NOW + DAY, by=filler(task("1", "330000")))
    reader, came = filler(task("1", "330000")), NOW + DAY
    desk.look(reader, None, None, now=NOW)
    desk.look(reader, NOW, None, now=came)


def urge() -> None:
    for code in ("110000", "120000"):
        sheet = urging.urge(task("1", code), note="请尽快办理", now=NOW, by=coordinator()).sheet
        if code == "120000":
            urge_sheets.confirm(sheet, now=NOW, by=holder(Role.COORDINATOR, at(code)))


def keep_views() -> None:
    for bureau, by in ((None, filler(task("1", "330000"))), (central(), coordinator())):
        saved_views.keep("我的逾期", "whose=mine&light=overdue", bureau=bureau, now=NOW, by=by)
    saved_views.show_columns(["seq", "title", "due"], now=NOW, by=filler(task("1", "330000")))


def subscribe() -> None:
    person = filler(task("1", "120000"))
    feeds.open_feed(person, now=NOW, by=person)
    opened, _ = feeds.open_feed(person, bureau=person.bureau, now=NOW, by=person)
    feeds.revoke(opened, now=NOW, by=person)
    inboxes.add_robot(
        "wecom",
        address="https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=shili",
        secret="",
        bureau=central(),
        now=NOW,
        by=coordinator(),
    )
