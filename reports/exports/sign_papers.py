"""审签单 as a file, from what the audit says of the present round."""

from django.utils import timezone

from audit.models import AuditEvent
from reports.documents.sign_sheet import SignSheet, Verdict, write_sign_sheet
from tasks.models import Assignment
from tasks.scheduling.dates import moment_in_words
from tasks.states import MOVES

# Which verbs are a step of the way; what went back begins the way anew.
STEPS = {"hand_in": "填报", "report_nil": "填报", "pass_review": "审核", "submit": "签发"}
BACK = ("review_back", "approval_back", "recall", "return_", "correct")
INSIDE = ("填报", "审核", "签发")


def sign_paper(assignment: Assignment) -> bytes:
    """The steps since it last went back, in the order they were taken."""
    verdicts = _verdicts(assignment)
    done = {verdict.step for verdict in verdicts}
    obligation, notice = assignment.obligation, assignment.obligation.notice
    due = moment_in_words(assignment.due_at) if assignment.due_at else "无时限"
    facts = [
        ("报送事项", str(obligation)),
        (
            "依据文件",
            f"{notice.title}（{notice.doc_number}）" if notice.doc_number else notice.title,
        ),
        ("报送单位", assignment.receiver.name),
        ("截止时间", due),
    ]
    missing = [step for step in INSIDE[1:] if step not in done]
    return write_sign_sheet(SignSheet(assignment.bureau.name, facts, verdicts, missing))


def _verdicts(assignment: Assignment) -> list[Verdict]:
    labels = {MOVES[verb].label: step for verb, step in STEPS.items()}
    backs = {MOVES[verb].label for verb in BACK}
    found: list[Verdict] = []
    events = AuditEvent.objects.about(assignment).filter(verb__in=[*labels, *backs])
    for event in events.order_by("pk"):
        if event.verb in backs:
            found.clear()
            continue
        opinion = event.detail.get("opinion") or f"{event.verb}。"  # where he said no more
        at = timezone.localtime(event.at)
        found.append(Verdict(labels[event.verb], event.actor_name, at, opinion))
    return found
