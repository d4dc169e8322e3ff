"""What a person may read of the files beside the forms, by the rule of reports/permissions.py."""

from dataclasses import dataclass

from bureaus.models import Staff
from reports import permissions
from reports.filling.asked_forms import Form
from reports.models import Evidence, SubmissionVersion
from reports.schemas.comparing.changes import changes
from tasks.models import Assignment
from tasks.states import HANDED_IN, EvidenceKind, SealedCopy

OTHER_FORM = "报表已换成更正后的表样"
NAMED = 5  # changed places in a sentence; more are counted


def files_for(user: Staff, assignment: Assignment) -> list[Evidence]:
    """The files of an assignment, voided ones too, in the order they came in.

    All of them to the bureau's own people. To those above, those of what is handed in, or, while
    the bureau mends it, of what it reported in the round before.
    """
    found = Evidence.objects.filter(assignment=assignment).select_related(
        "version__submission", "uploaded_by"
    )
    if permissions.sees_drafts(user, assignment) or assignment.status in HANDED_IN:
        return list(found.filter(removed_at=None))
    before = list(found.of_round(assignment.round_number - 1))
    for one in before:  # it stood beside that report, whatever has become of it since
        one.voided_at, one.void_reason = None, ""
    return before


def counted(files: list[Evidence]) -> list[Evidence]:
    """Without the sealed copies that no longer agree with their form."""
    return [one for one in files if one.voided_at is None]


@dataclass(frozen=True)
class Sealing:
    """One form's sealed copy: of its last version, voided, or not there."""

    form: Form
    version: SubmissionVersion | None
    copies: list[Evidence]
    changed: list[str]

    @property
    def state(self) -> SealedCopy:
        return state_of(self.copies)

    @property
    def sealed_version(self) -> SubmissionVersion | None:
        """The version that the newest copy that counts was printed from."""
        newest = next(iter(reversed(counted(self.copies))), None)
        return newest.version if newest else None

    @property
    def is_endangered(self) -> bool:
        """Would handing in what stands there now void a copy that counts?"""
        return bool(self.changed) and self.state == SealedCopy.IN


def sealings(
    forms: list[Form], versions: list[SubmissionVersion], files: list[Evidence]
) -> list[Sealing]:
    """Each form beside its last version, with its sealed copies, the newest last.

    ``changed`` names what differs between the form as it stands and the copy that counts.
    """
    last = {one.submission.attachment_number: one for one in versions}
    sealed = [one for one in files if one.kind == EvidenceKind.SEALED and one.version]
    made = []
    for form in forms:
        copies = [one for one in sealed if one.version.submission.attachment_number == form.number]
        newest = next(iter(reversed(counted(copies))), None)
        changed = changed_since(newest.version, form) if newest else []
        made.append(Sealing(form, last.get(form.number), copies, changed))
    return made


def changed_since(version: SubmissionVersion, form: Form) -> list[str]:
    """The places of a form that differ from a version of it, in words."""
    now = form.version or form.submission
    if now is not None and now.schema_id != version.schema_id:
        return [OTHER_FORM]
    return [one.label for one in changes(form.definition, version.content, form.content)]


def in_words(places: list[str]) -> str:
    more = f"等{len(places)}处" if len(places) > NAMED else ""
    return "、".join(places[:NAMED]) + more


def state_of(copies: list[Evidence]) -> SealedCopy:
    """Of one form, by its copies."""
    if counted(copies):
        return SealedCopy.IN
    return SealedCopy.VOID if copies else SealedCopy.NONE


def overall(states: list[SealedCopy]) -> SealedCopy:
    """Of several forms: void where one has only a void copy, in where all are sealed."""
    if SealedCopy.VOID in states:
        return SealedCopy.VOID
    if SealedCopy.IN not in states:
        return SealedCopy.NONE
    return SealedCopy.IN if SealedCopy.NONE not in states else SealedCopy.PART
