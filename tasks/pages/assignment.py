"""What the page of one assignment shows, each part by its own function."""

from dataclasses import dataclass
from datetime import date, datetime

from bureaus.forms.kept_choices import keep_people
from bureaus.models import Staff
from bureaus.roles import Permission
from notices.calendar import work_calendar
from notices.states import FILLABLE
from notices.text.deadlines.office_time import local_day
from tasks import permissions
from tasks.forms.verbs import DecisionForm, ExtensionForm, HandlerForm
from tasks.ladder.rungs import label
from tasks.models import Assignment, DeadlineChange, Delivery, Extension, Obligation, Urge
from tasks.pages import came_back, history, lit_rows, standing, verbs
from tasks.pages.issuing.split_progress import below
from tasks.pages.verbs import Refused
from tasks.scheduling.counted import event_of
from tasks.states import EDITABLE, DeadlineCause, ExtensionState, Status

EVENTS = 20  # on this page; the trail has one of its own
REMINDERS = 20
URGES = 5


@dataclass(frozen=True)
class Drafts:
    """What was refused and stands on the page again, as it was written."""

    refused: Refused | None = None
    extension: ExtensionForm | None = None
    decision: DecisionForm | None = None
    handler: HandlerForm | None = None


@dataclass(frozen=True)
class Version:
    """One version of the deadline and how it came about; the first has no cause."""

    number: int
    due_at: datetime | None
    change: DeadlineChange | None = None

    @property
    def due_on(self) -> date | None:
        return local_day(self.due_at) if self.due_at else None


@dataclass(frozen=True)
class Extending:
    """延期: the request that waits, the answered ones, and the forms this person may use now."""

    asked: Extension | None
    answered: list[Extension]
    form: ExtensionForm | None
    decision: DecisionForm | None
    may_take_back: bool

    @property
    def is_shown(self) -> bool:
        return bool(self.asked or self.answered or self.form)


def context(
    assignment: Assignment, user: Staff, *, now: datetime, drafts: Drafts | None = None
) -> dict:
    drafts, calendar = drafts or Drafts(), work_calendar()
    lit_rows.lit(came_back.mark([assignment], user), now=now, calendar=calendar, user=user)
    events = list(history.decisions(assignment)[: EVENTS + 1])
    whole = events if len(events) <= EVENTS else None
    obligation = assignment.obligation
    return {
        "assignment": assignment,
        "obligation": obligation,
        "notice": obligation.notice,
        **standing.way(assignment, user, now=now, decided=whole),
        "dates": standing.dates(assignment),
        "said": standing.said(assignment, user),
        "verbs": verbs.verbs(user, assignment, now=now, calendar=calendar, refused=drafts.refused),
        "below": below(assignment, user, now=now, calendar=calendar),
        "may_split": permissions.can_split(user, assignment)
        and permissions.reaches_below(assignment.bureau),
        "may_fill": verbs.may_fill(user, assignment),
        "may_attach": verbs.may_attach(user, assignment),
        "fill_label": verbs.fill_label(assignment),
        "forms": forms_asked(obligation),
        "suggested": assignment.suggested if assignment.status == Status.DECLINED else None,
        "is_nil": assignment.is_nil and assignment.status not in EDITABLE,
        "sees_drafts": user.may(Permission.READ, at=assignment.bureau),
        "extending": extending(assignment, user, now=now, drafts=drafts),
        "versions": (known := versions(assignment)),
        "happening": event_of(obligation.clause) if obligation.event_by_bureau else "",
        "may_enter_day": permissions.can_enter_day(user, assignment),
        "explanation": explanation(obligation, known),
        "handler_form": handler_form(assignment, user, on=local_day(now), drafts=drafts),
        "urges": urges(assignment, user),
        "passed_to": passed_to(assignment, user),
        "events": history.lines(events[:EVENTS], assignment, user=user),
        "reminders": reminders(assignment),
        "surroundings": surroundings(assignment),
    }


def forms_asked(obligation: Obligation) -> list[dict]:
    """The attachments to be filled in, by number; number 0 is plain text where there is none."""
    found = obligation.notice.attachments.filter(
        position__in=obligation.attachments_referred, kind__in=FILLABLE
    )
    forms = [
        {"number": one.position, "label": f"附件{one.position}", "title": one.title}
        for one in found
    ]
    return forms or [{"number": 0, "label": "报送材料", "title": "按原文要求报送的材料"}]


def extending(assignment: Assignment, user: Staff, *, now: datetime, drafts: Drafts) -> Extending:
    made = assignment.extensions.select_related("asked_by", "decided_by")
    found = list(made) if assignment.was_extended else []
    asked = next((one for one in found if one.state == ExtensionState.ASKED), None)
    form = decision = None
    if asked is None and permissions.can_extend(user, assignment, now=now):
        form = drafts.extension or ExtensionForm()
    if asked is not None and permissions.can_decide_extension(user, assignment):
        decision = drafts.decision or DecisionForm()
    return Extending(
        asked=asked,
        answered=[one for one in found if one is not asked],
        form=form,
        decision=decision,
        may_take_back=asked is not None and user.may(Permission.FILL, at=assignment.bureau),
    )


def versions(assignment: Assignment) -> list[Version]:
    """Every version of the deadline from the first on; none where it never changed."""
    if assignment.deadline_version == 1:
        return []
    changes = list(assignment.deadline_changes.select_related("made_by"))
    if not changes:
        return []
    first = Version(changes[0].version - 1, changes[0].old_due_at)
    return [first, *(Version(one.version, one.new_due_at, one) for one in changes)]


def explanation(obligation: Obligation, known: list[Version]) -> str:
    """How the deadline came about: by this bureau's own 签收, or its own day of the event, where
    it counts from that."""
    last = known[-1].change if known else None
    causes = {DeadlineCause.RECEIVED}
    if obligation.event_by_bureau:
        causes.add(DeadlineCause.HAPPENED)
    own = last is not None and last.cause in causes
    return last.reason if own else obligation.explanation


def handler_form(
    assignment: Assignment, user: Staff, *, on: date, drafts: Drafts
) -> HandlerForm | None:
    """None where it is not this person's to say."""
    if not permissions.can_assign(user, assignment):
        return None
    form = drafts.handler or HandlerForm(
        initial={"handler": assignment.handler}, people=fillers(assignment, on=on)
    )
    keep_people(form.fields["handler"], ("present", assignment.bureau_id, on))
    return form


def fillers(assignment: Assignment, *, on: date):
    """Who of the bureau may have it in hand, present or not."""
    people = Staff.objects.who_may(Permission.FILL, at=assignment.bureau)
    return people.valid_on(on).order_by("username")


def urges(assignment: Assignment, user: Staff) -> list[Urge]:
    """The last ones; each says if this person may confirm its sheet."""
    found = list(Urge.objects.about([assignment])[:URGES]) if assignment.was_urged else []
    for urge in found:
        urge.may_confirm = urge.sheet is not None and permissions.can_confirm(user, urge.sheet)
    return found


def passed_to(assignment: Assignment, user: Staff) -> dict | None:
    """To whom it was passed on; with the key of that assignment where one may see it."""
    made = assignment.passed_to
    if made is None:
        return None
    is_seen = Assignment.objects.visible_to(user).filter(pk=made.pk).exists()
    return {"bureau": made.bureau, "pk": made.pk if is_seen else None}


def reminders(assignment: Assignment) -> list[Delivery]:
    """The last that were sent or are to be."""
    sent = Delivery.objects.filter(milestone__assignment=assignment)
    found = list(sent.select_related("milestone", "recipient")[:REMINDERS])
    for delivery in found:
        delivery.rung = label(delivery.milestone.kind)
    return found


def surroundings(assignment: Assignment, width: int = 60) -> dict:
    """The text before and after the sentence that the obligation was read from, cut at the line."""
    clause, body = assignment.obligation.clause, assignment.obligation.notice.body
    if clause is None or clause.start_at is None:
        return {"before": "", "after": ""}
    before = body[max(0, clause.start_at - width) : clause.start_at].rpartition("\n")[2]
    after = body[clause.end_at : clause.end_at + width].partition("\n")[0]
    return {
        "before": f"……{before}" if len(before) == width else before,
        "after": f"{after}……" if len(after) == width else after,
    }
