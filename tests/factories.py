"""Rows for tests, dull on purpose: a small tree, a person in a post, a notice on its way."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bureaus import paths
from bureaus.models import Bureau, Post, Staff
from bureaus.roles import Role
from notices.actions import checking, ingest
from notices.checking.decisions import as_read
from notices.models import Notice
from tasks import words
from tasks.actions import issuing, transitions
from tasks.actions.issuing import Terms
from tasks.models import Assignment, Delivery, Event, Milestone, Obligation
from tasks.reminders.actions import milestones
from tasks.scheduling.dates import dates_of
from tasks.states import MOVES

SHANGHAI = ZoneInfo("Asia/Shanghai")
PASSWORD = "Test-password-1"
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=SHANGHAI)  # a Monday
DUE_ON = date(2026, 3, 31)  # a Tuesday

# 9:00 on the days of the ladder for a target on Monday 30 and a due day on Tuesday 31 March 2026
RUNGS = {
    "T-10": datetime(2026, 3, 16, 9, tzinfo=SHANGHAI),
    "T-5": datetime(2026, 3, 23, 9, tzinfo=SHANGHAI),
    "T-3": datetime(2026, 3, 25, 9, tzinfo=SHANGHAI),
    "T-1": datetime(2026, 3, 27, 9, tzinfo=SHANGHAI),
    "T0": datetime(2026, 3, 30, 9, tzinfo=SHANGHAI),
    "O1": datetime(2026, 4, 1, 9, tzinfo=SHANGHAI),
    "O2": datetime(2026, 4, 2, 9, tzinfo=SHANGHAI),
    "O3": datetime(2026, 4, 3, 9, tzinfo=SHANGHAI),
    "S": datetime(2026, 4, 6, 9, tzinfo=SHANGHAI),
    "C": datetime(2026, 4, 7, 9, tzinfo=SHANGHAI),
}

RECIPIENTS = "各省、自治区、直辖市和新疆生产建设兵团市场监管局（厅、委），总局各司局、各直属单位"
TEXT = f"""国市监测〔2026〕1号

市场监管总局关于报送质量工作情况的通知

{RECIPIENTS}：

现就有关事项通知如下（测试用示例）：

各单位请于2026年3月31日前将质量工作进展情况报送总局（附件1），2026年12月底前报送质量工作年度总结（附件2）。重要情况和工作信息请及时报送总局。

联系人：质量发展局 示例联系人 010-00000000

附件：1.质量工作进展情况表

2.质量工作年度总结提纲

市场监管总局

2026年3月2日

附件1

质量工作进展情况表

填报单位（盖章）：_____

序号\t领导同志批示情况\t组织开展学习情况\t出台贯彻落实文件情况\t\t\t开展的重点工作\t好的经验和做法
\t\t\t文件名称\t发文主体\t当前进展\t\t

联系人及联系方式：_____

附件2

质量工作年度总结提纲

一、组织学习有关情况

主要包括：集中学习、作出部署等情况。

二、出台文件情况

三、开展活动和取得的成效

四、好的经验、做法

五、先进典型和示范案例

字数控制在3000字以内。
"""
_ASKED = "报送总局（附件1），2026年12月底前报送质量工作年度总结（附件2）"
# The same with one clause for the table and the outline together ("1,2"), or one for each.
TEXT_TOGETHER = TEXT.replace(_ASKED, "（附件1）和质量工作年度总结（附件2）报送总局")
TEXT_APART = TEXT.replace(
    _ASKED,
    "（附件1）报送总局。各单位请于2026年12月31日前将质量工作年度总结（附件2）报送总局",
)


def central() -> Bureau:
    found, _ = Bureau.objects.get_or_create(
        code="100000",
        defaults={
            "name": "国家市场监督管理总局",
            "short_name": "市场监管总局",
            "rank": Bureau.Rank.CENTRAL,
            "path": paths.ROOT,
        },
    )
    return found


def province(code: str = "330000", region: str = "浙江省") -> Bureau:
    return _below(central(), code, region, Bureau.Rank.PROVINCE)


def prefecture(parent: Bureau, code: str = "330100", region: str = "杭州市") -> Bureau:
    return _below(parent, code, region, Bureau.Rank.PREFECTURE)


def county(parent: Bureau, code: str = "330102", region: str = "上城区") -> Bureau:
    return _below(parent, code, region, Bureau.Rank.COUNTY)


def zone(parent: Bureau, code: str = "33G1", region: str = "示例新区") -> Bureau:
    return _below(parent, code, region, Bureau.Rank.ZONE)


def internal_unit(code: str = "N10", name: str = "质量发展局") -> Bureau:
    found, _ = Bureau.objects.get_or_create(
        code=code,
        defaults={
            "name": name,
            "short_name": name,
            "rank": Bureau.Rank.INTERNAL,
            "region_kind": "司局",
            "parent": central(),
            "path": paths.child(paths.ROOT, code),
        },
    )
    return found


def _below(parent: Bureau, code: str, region: str, rank: str) -> Bureau:
    found, _ = Bureau.objects.get_or_create(
        code=code,
        defaults={
            "name": f"{region}市场监督管理局",
            "short_name": f"{region}市场监管局",
            "region": region,
            "rank": rank,
            "parent": parent,
            "path": paths.child(parent.path, code),
        },
    )
    return found


def staff(role: Role, bureau: Bureau, **fields) -> Staff:
    """A person in one post; the same call gives the same person."""
    username = fields.pop("username", f"{bureau.code}.{role}")
    person = Staff.objects.filter(username=username).first()
    if person is None:
        fields.setdefault("email", f"{username}@example.test")
        person = Staff.objects.create_user(
            username, PASSWORD, name=f"测试{role.label}", bureau=bureau, **fields
        )
    Post.objects.get_or_create(staff=person, bureau=bureau, role=role)
    return person


def coordinator() -> Staff:
    return staff(Role.COORDINATOR, central())


def notice(text: str = TEXT, *, now: datetime = NOW, bureau: Bureau | None = None) -> Notice:
    """Taken in, by the 总局 where no bureau is given, and waiting to be checked."""
    at = bureau or central()
    by = staff(Role.COORDINATOR, at)
    return ingest.take_in(text, source_name="测试.txt", bureau=at, now=now, by=by)


def filed_notice(text: str = TEXT, *, now: datetime = NOW, bureau: Bureau | None = None) -> Notice:
    """Checked as read, and its forms looked at; a test that needs one stored confirms it."""
    taken = notice(text, now=now, bureau=bureau)
    taken.attachments.update(form_confirmed_at=now)
    decisions = {clause.pk: as_read(clause) for clause in taken.clauses.all()}
    by = staff(Role.COORDINATOR, taken.bureau)
    return checking.file(taken, metadata={}, decisions=decisions, now=now, by=by)


def obligation(
    *bureaus: Bureau, number: str = "1", now: datetime = NOW, text: str = TEXT
) -> Obligation:
    """Issued to these bureaus, 浙江 where none is given; ``number``: the attachment asked for."""
    known = Notice.objects.filter(state="filed").first()
    clause = (known or filed_notice(text, now=now)).clauses.get(attachment_numbers=number)
    made = issuing.issue(
        clause,
        bureaus=bureaus or [province()],
        terms=Terms(dates_of(clause)),
        now=now,
        by=coordinator(),
    )
    milestones.arm_new(list(made.assignments.all()), issued_at=now)  # of many, the tick would
    forget_news()
    return made


def forget_news() -> None:
    """What happened so far was told long ago, and nobody looks at its rows any more.

    The factories do so themselves: most tests are about what is, or about the ladder, and who
    tests what is told (tests/tasks/events) uses the actions.
    """
    Delivery.objects.filter(milestone__event__isnull=False).delete()
    Milestone.objects.of_events().delete()
    Event.objects.all().delete()


def assignment(bureau: Bureau | None = None, **fields) -> Assignment:
    """The one assignment of a freshly issued obligation."""
    bureau = bureau or province()
    return obligation(bureau, **fields).assignments.for_detail().get(bureau=bureau)


def copies(issued: Obligation, count: int) -> list[Obligation]:
    """More obligations of the same kind for the same bureaus and day."""
    owed = list(issued.assignments.all())
    made = []
    for number in range(count):
        copy = Obligation.objects.get(pk=issued.pk)
        copy.pk, copy.title = None, f"示例事项{number:02}"
        copy.save()
        words.keep([copy])
        for task in owed:
            Assignment.objects.create(
                obligation=copy,
                bureau=task.bureau,
                bureau_path=task.bureau_path,
                receiver=task.receiver,
                due_at=task.due_at,
                target_at=task.target_at,
            )
        made.append(copy)
    return made


def owed_by(issued: Obligation, code: str) -> Assignment:
    """The assignment of the bureau with this code."""
    return issued.assignments.for_detail().get(bureau__code=code)


def fresh(row):
    """The same row, read anew with everything cached gone."""
    return type(row).objects.get(pk=row.pk)


def accept(task: Assignment, *, now: datetime = NOW + timedelta(hours=1)) -> Assignment:
    accepted = transitions.move(task, "accept", now=now, by=staff(Role.FILLER, task.bureau))
    forget_news()
    return accepted


ACTORS = {
    "accept": Role.FILLER,
    "decline": Role.FILLER,
    "start": Role.FILLER,
    "hand_in": Role.FILLER,
    "report_nil": Role.FILLER,
    "correct": Role.FILLER,
    "review_back": Role.REVIEWER,
    "pass_review": Role.REVIEWER,
    "approval_back": Role.APPROVER,
    "submit": Role.APPROVER,
    "recall": Role.APPROVER,
    "take_up": Role.COORDINATOR,
    "return_": Role.COORDINATOR,
    "close": Role.COORDINATOR,
    "strike_off": Role.COORDINATOR,
    "insist": Role.COORDINATOR,
    "pass_on": Role.COORDINATOR,
    "withdraw": Role.COORDINATOR,
}
# From what was issued to what was handed in.
TO_SUBMIT = ("accept", "hand_in", "pass_review", "submit")


def actor(task: Assignment, verb: str) -> Staff:
    """Somebody who holds the right post for this verb."""
    at = task.receiver if ACTORS[verb] == Role.COORDINATOR else task.bureau
    return staff(ACTORS[verb], at)


def walk(task: Assignment, *verbs: str, now: datetime = NOW + timedelta(hours=2)) -> Assignment:
    """These verbs one after the other, each by somebody who may; forms are not looked at."""
    for verb in verbs:
        reason = "示例原因" if MOVES[verb].needs_reason else ""
        transitions.move(task, verb, now=now, reason=reason, by=actor(task, verb))
    forget_news()
    return task
