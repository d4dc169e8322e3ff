"""Which plan of reminders holds: the notice's, else that of who issues, else the system's."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from bureaus.models import Bureau
from notices.models import Notice
from tasks.ladder.plan import USUAL, Plan
from tasks.models import Assignment, Obligation, ReminderPolicy
from tasks.states import CountsFrom

Scope = tuple[int | None, int | None]  # keys of the bureau and of the notice
SYSTEM: Scope = (None, None)


@dataclass(frozen=True)
class Holding:
    """A plan and where it comes from: notice, bureau, system or usual (nobody has decided)."""

    plan: Plan
    source: str
    policy: ReminderPolicy | None = None

    @property
    def source_word(self) -> str:
        return {
            "notice": "本文件方案",
            "bureau": "下发单位方案",
            "system": "系统方案",
            "usual": "系统默认方案",
        }[self.source]


def of_assignments(assignments: Iterable[Assignment]) -> dict[int, Plan]:
    """By the key of the obligation; three queries at most, however many."""
    keys = {assignment.obligation_id for assignment in assignments}
    found = Obligation.objects.filter(pk__in=keys).order_by()
    asked = list(found.values_list("pk", "issuer", "notice", "counts_from"))
    policies = _latest({bureau for _, bureau, _, _ in asked}) if asked else {}
    return {
        key: replace(_holding(bureau, notice, policies).plan, is_hourly=counts == CountsFrom.HOURS)
        for key, bureau, notice, counts in asked
    }


def holding(bureau: Bureau | None, notice: Notice | None = None) -> Holding:
    """What holds for what this bureau issues by this notice; without a bureau the system's."""
    key, notice_key = bureau.pk if bureau else None, notice.pk if notice else None
    return _holding(key, notice_key, _latest({key}))


def _latest(bureaus: set[int | None]) -> dict[Scope, ReminderPolicy]:
    """The latest version of each scope of these bureaus, and of the system."""
    found: dict[Scope, ReminderPolicy] = {}
    of_bureaus = ReminderPolicy.objects.filter(bureau__in=bureaus - {None})
    for policy in (of_bureaus | ReminderPolicy.objects.of(None)).order_by("version"):
        found[policy.bureau_id, policy.notice_id] = policy
    return found


def _holding(
    bureau: int | None, notice: int | None, policies: dict[Scope, ReminderPolicy]
) -> Holding:
    scopes: dict[str, Scope] = {"system": SYSTEM}
    if bureau is not None:
        scopes = {"bureau": (bureau, None)} | scopes
    if notice is not None:
        scopes = {"notice": (bureau, notice)} | scopes
    for source, scope in scopes.items():
        policy = policies.get(scope)
        if policy is not None and not policy.follows:
            return Holding(policy.plan, source, policy)
    return Holding(USUAL, "usual")
