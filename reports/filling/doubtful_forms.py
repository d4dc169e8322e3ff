"""What is asked about once before an assignment is handed in, and what was confirmed before."""

from collections.abc import Iterator, Sequence
from datetime import date

from notices.text.deadlines.office_time import local_day
from reports.filling.asked_forms import Form
from reports.filling.return_marks import follow_marks
from reports.models import Confirmation, ReturnMark, SubmissionVersion
from reports.schemas.checking.doubtful_figures import doubtful_figures
from reports.schemas.checking.doubts import Doubt, Kind, Question, questions
from reports.schemas.comparing.changes import text_at
from reports.schemas.content.content import has_body
from tasks.models import Assignment
from tasks.scheduling.periods import last_day


def asked_of(
    assignment: Assignment, forms: Sequence[Form], *, on: date, is_nil: bool = False
) -> list[Question]:
    """Every question of every form, confirmed or not, in their order; ``is_nil``: of 零报告."""
    unchanged = _unchanged(assignment, forms)
    early = list(_early(assignment, on, is_nil=is_nil))
    found = []
    for position, form in enumerate(forms):
        doubts = early if position == 0 else []
        if has_body(form.content):
            doubts = [*doubts, *doubtful_figures(form.definition, form.content)]
        doubts = [*doubts, *unchanged.get(form.number, [])]
        found += questions(form.number, form.tab, doubts)
    return found


def confirmed_before(assignment: Assignment) -> dict[str, Confirmation]:
    """What was confirmed at an earlier hand-in, by its key, as it was the first time."""
    rows = Confirmation.objects.filter(assignment=assignment).order_by("-handed_in_at")
    return {row.key: row for row in rows.select_related("confirmed_by")}


def _early(assignment: Assignment, on: date, *, is_nil: bool) -> Iterator[Doubt]:
    """A period that is not over, unless the report falls due before it is. 零报告 is asked about
    even then, as another question: what the days to come bring nobody can know."""
    period, due_at = assignment.obligation.period, assignment.due_at
    end = last_day(period)
    if end is None or on > end:
        return
    if is_nil:
        said = f"{period}到{end:%Y年%-m月%-d日}才结束，现在报零报告，此后发生的情况不在其中。"
        yield Doubt("", "报送期", Kind.EARLY, said, (period, "零报告"))
    elif due_at is None or local_day(due_at) > end:
        said = f"{period}到{end:%-m月%-d日}才结束，现在提交的可能不是整期的情况。"
        yield Doubt("", "报送期", Kind.EARLY, said, (period,))


def _unchanged(assignment: Assignment, forms: Sequence[Form]) -> dict[int, list[Doubt]]:
    """What the last return asked for and nobody has touched, by the number of the form."""
    marks = list(ReturnMark.objects.filter(assignment=assignment, settled_at=None))
    if not marks:
        return {}
    versions = SubmissionVersion.objects.of(assignment).select_related("submission")
    by_number = {form.number: form for form in forms}
    found: dict[int, list[Doubt]] = {}
    for one in follow_marks(marks, forms, versions):
        if one.path is None or one.is_changed:
            continue
        form = by_number[one.number]
        text = text_at(form.definition, form.content, one.path)
        message = f"退回时要求“{one.mark.note}”，此处没有修改。"
        about = (str(one.mark.pk), text)
        doubt = Doubt(one.path, one.quoted, Kind.UNCHANGED, message, about, one.mark.is_internal)
        found.setdefault(form.number, []).append(doubt)
    return found
