"""What may happen to a task that somebody has to know of at once, and whom it concerns. Pure."""

from dataclasses import dataclass
from enum import StrEnum

EVENT = "E"  # begins the kind of such a moment; the others are of the ladder or urges
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


class Whom(StrEnum):
    """Whom an event is told, besides who did it: nobody is told of his own act."""

    NEXT = "next"  # whoever has the next step
    DOERS = "doers"  # who has it in hand or has filled it in, and whoever has the next step
    BUREAU = "bureau"  # all at the bureau who may have been given it
    RECEIVER = "receiver"  # 核收单位
    ISSUER = "issuer"  # 下发单位, and who has in hand what was split
    PERSON = "person"  # the one whom the event names


class Group(StrEnum):
    """What 提醒方式 offers to choose by."""

    NEW = "new"
    TURN = "turn"
    CHANGE = "change"
    RESULT = "result"
    PROGRESS = "progress"


GROUPS = {
    Group.NEW: "新任务",
    Group.TURN: "轮到我办理（待审核、待签发、退回、分派、交接等）",
    Group.CHANGE: "任务有变动（时限、延期答复、撤销、转办、报表更新等）",
    Group.RESULT: "办理结果（核收、下级全部报送）",
    Group.PROGRESS: "进度（下级每报送一项、对方开始核收）",
}
BY_MAIL = (Group.NEW, Group.TURN, Group.CHANGE, Group.RESULT)  # where nobody has chosen
BY_ROBOT = (Group.NEW, Group.TURN, Group.CHANGE)


@dataclass(frozen=True)
class Kind:
    """One kind of event: the letter that stands in the ledger, its name, its place in 提醒方式."""

    code: str
    label: str
    group: Group
    whom: Whom


# In the order of their weight: a mail about several is named by the first of these.
RETURNED = Kind("r", "退回补正", Group.TURN, Whom.NEXT)
SENT_BACK = Kind("b", "退回修改", Group.TURN, Whom.NEXT)
INSISTED = Kind("i", "不同意退办", Group.TURN, Whom.NEXT)
NEW = Kind("n", "新任务", Group.NEW, Whom.NEXT)
REVIEW = Kind("v", "待审核", Group.TURN, Whom.NEXT)
APPROVAL = Kind("a", "待签发", Group.TURN, Whom.NEXT)
DECLINED = Kind("x", "退办待答复", Group.TURN, Whom.NEXT)
EXTENSION_ASKED = Kind("q", "延期待答复", Group.TURN, Whom.RECEIVER)
ASSIGNED = Kind("m", "分派承办", Group.TURN, Whom.PERSON)
HANDED_OVER = Kind("k", "接办任务", Group.TURN, Whom.PERSON)
DELEGATED = Kind("h", "委托代办", Group.TURN, Whom.PERSON)
DEADLINE = Kind("d", "时限变更", Group.CHANGE, Whom.DOERS)
EXTENSION_ANSWERED = Kind("g", "延期答复", Group.CHANGE, Whom.DOERS)
WITHDRAWN = Kind("w", "任务撤销", Group.CHANGE, Whom.BUREAU)
PASSED_ON = Kind("p", "任务转办", Group.CHANGE, Whom.BUREAU)
TWIN_CHANGED = Kind("t", "来文变动", Group.CHANGE, Whom.DOERS)
FORM_CHANGED = Kind("f", "报表更新", Group.CHANGE, Whom.DOERS)
ALL_IN = Kind("z", "全部报送", Group.RESULT, Whom.ISSUER)
SUBMITTED = Kind("s", "已报送待核收", Group.PROGRESS, Whom.RECEIVER)
TAKEN_UP = Kind("e", "对方已开始核收", Group.PROGRESS, Whom.DOERS)
CLOSED = Kind("c", "核收办结", Group.RESULT, Whom.DOERS)

KINDS = (
    *(RETURNED, SENT_BACK, INSISTED, NEW, REVIEW, APPROVAL, DECLINED, EXTENSION_ASKED),
    *(ASSIGNED, HANDED_OVER, DELEGATED, DEADLINE, EXTENSION_ANSWERED, WITHDRAWN, PASSED_ON),
    *(TWIN_CHANGED, FORM_CHANGED, ALL_IN, SUBMITTED, TAKEN_UP, CLOSED),
)
BY_CODE = {kind.code: kind for kind in KINDS}
WEIGHT = {kind.code: place for place, kind in enumerate(KINDS)}
# Each calls off what was told before it: of that nothing need reach who has not been told yet.
CALLED_OFF = (WITHDRAWN, PASSED_ON)


def moment_kind(code: str, number: int) -> str:
    """How a moment of event ``number`` is named in the ledger: En1z."""
    digits = ""
    while number:
        number, digit = divmod(number, len(DIGITS))
        digits = DIGITS[digit] + digits
    return f"{EVENT}{code}{digits}"


def is_event(moment: str) -> bool:
    """Whether a moment of this name tells of an event, and is no rung or urge."""
    return moment.startswith(EVENT)


def of_moment(moment: str) -> Kind:
    """The kind of event a moment of this name is for."""
    return BY_CODE[moment[1]]
