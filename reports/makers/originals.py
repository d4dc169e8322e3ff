"""各单位原表: what every bureau reported for one form, each a file in its official layout."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.utils import timezone

from bureaus.models import Staff
from bureaus.roles import Permission
from notices.files.store import Writer
from reports.errors import ReportError
from reports.filling.asked_forms import Form, numbers
from reports.makers.archive import Archive
from reports.makers.maker import Order, Params, Progress, SubjectClosed
from reports.makers.naming import file_name
from reports.makers.papers import paper
from reports.models import FormSchema, Submission, SubmissionVersion
from reports.schemas.content.content import has_body
from reports.schemas.definition.definition import Definition
from tasks.models import Assignment, Obligation
from tasks.states import HANDED_IN

ENDING = ".zip"
MISSING = "未报名单.txt"
_AT_ONCE = 50  # units whose contents are read together


def params(obligation: Obligation, number: int) -> Params:
    return {"obligation": obligation.pk, "number": number}


def check(user: Staff, params: Params) -> None:
    _obligation(user, params)


def make(order: Order, out: Writer, progress: Progress) -> None:
    """One file a unit that has reported, numbered by its place among all that were asked."""
    obligation, number = _obligation(order.by, order.params), order.params["number"]
    owed = obligation.assignments.expected().select_related("bureau").order_by("bureau_path")
    expected = owed.count()
    facts = {
        "kind": "originals",
        "notice": obligation.notice.citation,
        "obligation": str(obligation),
        "attachment": number,
        "expected": expected,
        "made_by": order.by.name,
    }
    width, without = max(2, len(str(expected))), _Without([], [])
    with Archive(out, now=order.now, facts=facts) as archive:
        progress(0, expected)
        for place, unit in enumerate(_standing(owed.iterator(_AT_ONCE), number), start=1):
            label = file_name(f"{place:0{width}}", unit.assignment.bureau.short_name)
            if unit.form is None:
                without.note(label, unit.assignment)
            else:
                _write(archive, label, unit.form, unit.assignment)
            progress(place, expected)
        archive.add(MISSING, without.as_text(expected).encode("utf-8-sig"))


@dataclass(frozen=True, slots=True)
class _Unit:
    """``form``: what stands as its report; None where there is none."""

    assignment: Assignment
    form: Form | None


@dataclass(frozen=True, slots=True)
class _Without:
    """Units without a file, those that say on purpose that there is nothing apart."""

    missing: list[str]
    nil: list[str]

    def note(self, label: str, assignment: Assignment) -> None:
        (self.nil if assignment.has_report else self.missing).append(label)

    def as_text(self, expected: int) -> str:
        given = expected - len(self.missing)
        lines = [f"应报{expected}个单位，已报{given}个，未报{len(self.missing)}个。"]
        for heading, labels in (("未报单位：", self.missing), ("零报告（无此情况）：", self.nil)):
            lines += ["", heading, *(labels or ["（无）"])]
        return "\r\n".join(lines) + "\r\n"


def _obligation(user: Staff, params: Params) -> Obligation:
    seen = Obligation.objects.visible_to(user).select_related("notice", "issuer")
    found: Obligation | None = seen.filter(pk=params["obligation"]).first()
    if found is None or not user.may(Permission.ROLL_UP, at=found.issuer):
        raise SubjectClosed("您没有该事项的“汇总”权限，不能下载各单位原表")
    if params["number"] not in numbers(found):
        raise ReportError(f"该事项没有附件{params['number']}的报表")
    return found


def _standing(owed: Iterator[Assignment], number: int) -> Iterator[_Unit]:
    """Every unit in the order given, its contents read a few units at a time."""
    definitions: dict[int, Definition] = {}
    while some := list(islice(owed, _AT_ONCE)):
        forms = _forms(some, number, definitions)
        for assignment in some:
            form = forms.get(assignment.pk)
            yield _Unit(assignment, form if form and has_body(form.content) else None)


def _forms(
    assignments: Sequence[Assignment], number: int, definitions: dict[int, Definition]
) -> dict[int, Form]:
    """What stands as their reports, by assignment: the same as ``Submission.objects.reported``."""
    versions = (
        SubmissionVersion.objects.of_standing_reports()
        .filter(submission__assignment__in=assignments, submission__attachment_number=number)
        .select_related("submission", "handed_in_by")
        .defer("submission__content_json")
        .order_by("number")  # the last one of a form is kept
    )
    forms = {one.submission.assignment_id: (one.submission, one) for one in versions}
    unkept = [one for one in assignments if one.pk not in forms and one.status in HANDED_IN]
    if unkept:  # nil, or handed in before versions were kept
        written = Submission.objects.filter(assignment__in=unkept, attachment_number=number)
        forms |= {one.assignment_id: (one, None) for one in written}
    _learn(definitions, {(version or one).schema_id for one, version in forms.values()})
    said_nil = {one.pk for one in assignments if one.is_nil and one.status in HANDED_IN}
    return {
        key: Form(number, definitions[(version or one).schema_id], one, version)
        for key, (one, version) in forms.items()
        if key not in said_nil
    }


def _learn(definitions: dict[int, Definition], keys: set[int]) -> None:
    """Read those not yet known: a definition takes longer to read than a submission."""
    for schema in FormSchema.objects.filter(pk__in=keys - definitions.keys()):
        definitions[schema.pk] = schema.definition


def _write(archive: Archive, label: str, form: Form, assignment: Assignment) -> None:
    unit, at = assignment.bureau, assignment.resubmitted_at or assignment.submitted_at
    sent_at = timezone.localtime(at) if at else None
    made = paper(form, unit_name=unit.name, on=sent_at.date() if sent_at else None)
    archive.add(
        file_name(label, form.tab, ending=made.ending),
        made.data,
        note=_note(form, assignment, sent_at),
        bureau=unit.code,
        version=form.version.number if form.version else None,
        reported_at=sent_at.isoformat(timespec="seconds") if sent_at else None,
    )


def _note(form: Form, assignment: Assignment, sent_at: datetime | None) -> str:
    said = [f"第{form.version.number}版"] if form.version else []
    if sent_at:
        said.append(f"{sent_at:%Y-%m-%d %H:%M}报送")
    if assignment.status not in HANDED_IN:
        said.append("正在更正，此为更正前报送的内容")
    return "，".join(said)
