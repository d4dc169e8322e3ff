"""What happened to each directive of the demo, told through the same actions that people use."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from bureaus.models import Bureau, Staff
from bureaus.roles import Role
from config.demo import people, writing
from config.demo.directives import Directive
from config.demo.office_hours import after_work
from notices.actions import checking, ingest
from notices.calendar import work_calendar
from notices.checking.decisions import as_read
from notices.checking.expansion import expand
from notices.models import Notice
from notices.states import FILLABLE, ClauseState
from reports.actions import handing_in, returning, schemas, submissions
from reports.actions.returning import Mark
from reports.errors import FormDoubtful
from reports.filling.asked_forms import Form, forms_of, proposed
from tasks.actions import issuing, transitions
from tasks.actions.issuing import Terms
from tasks.models import Assignment, Obligation
from tasks.pages.issuing import split as split_page
from tasks.scheduling import schedule

HOUR = timedelta(hours=1)
WAY = ("accept", "fill", "hand_in", "pass_review", "submit", "close")


class Office:
    """The people of the demo, looked up once."""

    def __init__(self) -> None:
        self.central = Bureau.objects.get(path="/")
        self.coordinator = people.holder(Role.COORDINATOR, self.central)
        self.provinces = list(Bureau.objects.provinces().order_by("path"))
        self._holders: dict[tuple[Role, int], Staff] = {}

    def holder(self, role: Role, bureau: Bureau) -> Staff:
        key = (role, bureau.pk)
        if key not in self._holders:
            self._holders[key] = people.holder(role, bureau)
        return self._holders[key]


def tell(directive: Directive, office: Office, *, now: datetime) -> None:
    """Take one directive in and let its story happen up to ``now``."""
    notice = ingest.take_in(
        directive.text,
        source_name=f"示例-{directive.key}.txt",
        bureau=office.central,
        now=min(directive.received_at, now),  # today's came this morning, which may be still ahead
        by=office.coordinator,
        is_example=directive.is_example,
    )
    if directive.story == "to_check":
        return
    file(notice, office, at=directive.received_at + HOUR)
    if directive.story == "only_filed":
        return
    for obligation in issue_all(notice, office, at=directive.received_at + 2 * HOUR):
        progress(obligation, directive.story, office, now=now)
        if directive.story == "running" and obligation.attachment_numbers == "1":
            pass_down(obligation, office, now=now)


def file(notice: Notice, office: Office, *, at: datetime) -> None:
    """Confirm everything as it was read, the forms of the attachments too."""
    decisions = {clause.pk: as_read(clause) for clause in notice.clauses.reports()}
    checking.file(notice, metadata={}, decisions=decisions, now=at, by=office.coordinator)
    for attachment in notice.attachments.filter(kind__in=FILLABLE):
        form = proposed(notice, attachment.position)
        schemas.confirm(notice, attachment.position, form, now=at, by=office.coordinator)


def issue_all(notice: Notice, office: Office, *, at: datetime) -> Iterable[Obligation]:
    """To the addressees; one that names nobody goes to the provinces the coordinator picks: all."""
    bureaus = expand(notice.recipients_text, issuer=office.central).bureaus or office.provinces
    for clause in notice.clauses.filter(state=ClauseState.CONFIRMED).select_related(
        "notice__bureau"
    ):
        planned = schedule.proposed(clause, calendar=work_calendar(), now=at)
        for row in planned.chosen:
            terms = Terms(planned.dates(row), period=planned.period(row))
            yield issuing.issue(clause, bureaus=bureaus, terms=terms, now=at, by=office.coordinator)


def progress(obligation: Obligation, story: str, office: Office, *, now: datetime) -> None:
    """How far each province has come: everywhere closed, or all stages side by side."""
    owed = obligation.assignments.for_detail().order_by("bureau_path")
    for index, assignment in enumerate(owed):
        steps = STEPS[_stage(obligation, story, now)](index)
        if assignment.bureau.code == people.SHOWN:
            steps = OF_THE_SHOWN.get((story, obligation.attachment_numbers), steps)
        at = after_work(obligation.issued_at, HOUR * (1 + index % 5), work_calendar())
        walk(assignment, steps, office, at=at, now=now)


def _stage(obligation: Obligation, story: str, now: datetime) -> str:
    """The periods of a monthly report: those past are closed, the next has begun, later rest."""
    if story != "monthly":
        return story
    if obligation.due_at < now:
        return "closed"
    return "begun" if obligation.due_at - now < timedelta(days=31) else "untouched"


STEPS = {
    "closed": lambda index: len(WAY),
    # one province in each stage, again and again: 待签收 … 已办结, and some returned
    "running": lambda index: (0, 1, 2, 3, 4, 5, 6, 7)[index % 8],
    "due_soon": lambda index: (6, 1, 2, 0, 5, 6, 3, 4)[index % 8],
    "late": lambda index: (6, 6, 5, 6, 2, 6, 5, 6)[index % 8],
    "begun": lambda index: (2, 1, 0, 1)[index % 4],
    "untouched": lambda index: 0,
    "undated": lambda index: (2, 0, 6, 1)[index % 4],
}


# Each post of the province shown finds something on its desk: returned, to sign off, to review.
OF_THE_SHOWN = {("late", "1"): 7, ("due_soon", "1"): 4, ("running", "2"): 3}
# How far each city of the province shown has come, in their order: four have not reported, the
# first among them, whose people can log in.
BELOW = (2, 6, 5, 5, 4, 5, 5, 2, 5, 0, 5)


def pass_down(obligation: Obligation, office: Office, *, now: datetime) -> None:
    """The province shown splits its task among its cities; most of them have reported."""
    task = obligation.assignments.for_detail().get(bureau__code=people.SHOWN)
    calendar = work_calendar()
    at = min(after_work(obligation.issued_at, 10 * HOUR, calendar), now)
    day = split_page.first_day(task, now=at, calendar=calendar)
    made = issuing.split(
        task,
        bureaus=Bureau.objects.filter(parent=task.bureau, code__in=people.CITIES),
        terms=Terms(
            split_page.dates_of(task, day, calendar=calendar),
            need="各市出台文件和开展活动的情况，省局没有现成数据",
        ),
        now=at,
        by=office.holder(Role.COORDINATOR, task.bureau),
    )
    below = made.assignments.for_detail().order_by("bureau_path")
    for assignment, steps in zip(below, BELOW, strict=True):
        walk(assignment, steps, office, at=at, now=now)


def walk(
    assignment: Assignment, count: int, office: Office, *, at: datetime, now: datetime
) -> None:
    """Go ``count`` steps of the way; 7 is: handed in and returned for correction."""
    calendar = work_calendar()
    for step in WAY[: 5 if count == 7 else count]:
        at = min(after_work(at, 3 * HOUR, calendar), now)
        _step(assignment, step, office, at=at)
    if count == 7:
        returning.send_back(
            assignment,
            "return_",
            marks=[mark(form) for form in forms_of(assignment)],
            now=min(after_work(at, HOUR, calendar), now),
            by=office.coordinator,
        )


def mark(form: Form) -> Mark:
    """What is to be mended: the progress in the first row, or the first section."""
    if form.is_table:
        column = form.definition.row_columns()[-1]
        return Mark(form.number, f"rows.0.{column.id}", "请写明印发日期和文号")
    section = form.definition.sections[0]
    return Mark(form.number, f"sections.{section.id}", "请补充具体数据")


def _step(assignment: Assignment, step: str, office: Office, *, at: datetime) -> None:
    bureau = assignment.bureau
    filler = office.holder(Role.FILLER, bureau)
    match step:
        case "accept":
            transitions.move(assignment, "accept", now=at, by=filler)
        case "fill":
            for form in forms_of(assignment):
                data = writing.write(form.definition, bureau, assignment.obligation_id)
                submissions.save(assignment, form.number, data, revision=0, now=at, by=filler)
            assignment.refresh_from_db(fields=["status"])
        case "hand_in":
            hand_in(assignment, now=at, by=filler)
        case "pass_review":
            reviewer = office.holder(Role.REVIEWER, bureau)
            transitions.move(assignment, "pass_review", now=at, by=reviewer)
        case "submit":
            approver = office.holder(Role.APPROVER, bureau)
            transitions.move(assignment, "submit", now=at, by=approver)
        case "close":
            receiver = office.holder(Role.COORDINATOR, assignment.receiver)
            transitions.move(assignment, "close", now=at, by=receiver)


def hand_in(assignment: Assignment, *, now: datetime, by: Staff) -> None:
    """As somebody does who has looked at what is asked about, and confirms it."""
    try:
        handing_in.hand_in(assignment, now=now, by=by)
    except FormDoubtful as doubtful:
        keys = [one.key for one in doubtful.questions]
        handing_in.hand_in(assignment, confirmed=keys, now=now, by=by)
