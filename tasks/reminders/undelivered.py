"""未送达: reminders that were given up or wait for another try, and what to do about each."""

from dataclasses import dataclass

from bureaus.models import Bureau, Staff
from bureaus.roles import Permission
from tasks import permissions
from tasks.channels.registry import EMAIL
from tasks.ladder.rungs import label
from tasks.models import AddressFault, Delivery
from tasks.querysets.reminders import DeliveryQuerySet

State = Delivery.State
# What a mail server or our own check has said, and the way out; the first that fits.
ADVICE = (
    (("账号已停用",), "请催办，由现在办理的人接收"),
    (
        ("机器人没有应答", "机器人服务", "机器人的应答"),
        "连不上机器人的服务器：系统自动重试，持续不通的请系统管理员检查",
    ),
    (("机器人",), "请设置群机器人的人员核对地址和密钥，再重新发送"),
    (("邮箱地址无效",), "请单位管理员登记或更正邮箱，再重新发送"),
    (("552", "452", "full", "quota"), "邮箱已满：请其清理邮箱，或当面、电话告知"),
    (("550", "551", "553", "no such", "unknown"), "对方没有这个邮箱：核对并更正地址，再重新发送"),
    (("535", "534", "530", "TLS", "SSL"), "发信账号或加密设置有误：请系统管理员发测试邮件核对"),
    (
        ("Connection", "timed out", "refused", "Errno"),
        "连不上邮件服务器：系统自动重试，持续不通的请系统管理员检查",
    ),
)
OTHERWISE = "系统自动重试；仍不成功的，核对地址后重新发送，或当面、电话告知"


@dataclass(frozen=True)
class Line:
    """One reminder that has not arrived. ``may_mend``: this person keeps the recipient's data.

    ``mended``: the address the person has by now, where it is another one.
    """

    delivery: Delivery
    rung: str
    advice: str
    may_resend: bool
    may_mend: bool
    fault: AddressFault | None
    mended: str


def found(rows: DeliveryQuerySet) -> DeliveryQuerySet:
    """What did not arrive, the latest first."""
    return rows.undelivered().order_by("-not_before", "-pk")


def lines(rows: list[Delivery], user: Staff) -> list[Line]:
    """In words; two queries, however many."""
    keepers = Bureau.objects.administered_by(user, Permission.STAFF, Permission.SYSTEM)
    bureaus = {row.recipient.bureau_id for row in rows} - {None}
    kept = set(keepers.filter(pk__in=bureaus).values_list("pk", flat=True))
    told = AddressFault.objects.filter(person__in={row.recipient_id for row in rows})
    faults = {(fault.person_id, fault.address): fault for fault in told}
    return [
        Line(
            delivery=row,
            rung=label(row.milestone.kind),
            advice=advice(row.problem),
            may_resend=_may_resend(user, row),
            may_mend=row.recipient.bureau_id in kept,
            fault=faults.get((row.recipient_id, row.address)),
            mended=_mended(row),
        )
        for row in rows
    ]


def _may_resend(user: Staff, row: Delivery) -> bool:
    assignment = row.milestone.assignment
    return assignment is not None and permissions.can_resend(user, assignment)


def _mended(row: Delivery) -> str:
    registered = row.recipient.email
    return registered if row.channel == EMAIL and registered != row.address else ""


def advice(problem: str) -> str:
    said = problem.lower()
    fitting = (way for words, way in ADVICE if any(word.lower() in said for word in words))
    return next(fitting, OTHERWISE)
