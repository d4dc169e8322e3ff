"""What the page of an assignment's files shows: by kind, and each form with its sealed copies."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings

from bureaus.models import Staff
from bureaus.roles import Permission
from reports import permissions
from reports.actions.evidence import TYPES
from reports.filling import readable_evidence, readable_forms
from reports.filling.asked_forms import Form
from reports.filling.readable_evidence import Sealing
from reports.models import Evidence
from tasks.models import Assignment
from tasks.states import EvidenceKind, SealedCopy

SEAL_NOW = (
    "来文要求盖章件：请打印本次提交的版本，盖章、扫描后在“随报材料”上传。没有盖章件不影响报送"
)


@dataclass(frozen=True)
class Listed:
    """One file with whether this person may take it out now."""

    file: Evidence
    may_remove: bool


@dataclass(frozen=True)
class Group:
    """The files of one kind, and what of it may be added: megabytes, types, endings.

    ``label`` is what this task calls it: 工作方案（Word 或 PDF） for 其他材料.
    """

    kind: EvidenceKind
    label: str
    files: list[Listed]
    may_add: bool
    limit: int
    takes: str
    accept: str


@dataclass(frozen=True)
class SealedForm:
    """One form: its electronic version, and its sealed copies."""

    sealing: Sealing
    copies: list[Listed]

    @property
    def electronic(self) -> str:
        version = self.sealing.version
        return f"第{version.number}版" if version else ""

    @property
    def changed(self) -> str:
        return readable_evidence.in_words(self.sealing.changed)


@dataclass(frozen=True)
class Shown:
    """``asks_sealed``: sealed copies are asked for, or there are some.

    ``is_own``: it is this person who hands them in, whether now or not.
    """

    groups: list[Group]
    sealed: list[SealedForm]
    asks_sealed: bool
    may_seal: bool
    seal: Group
    is_own: bool

    @property
    def state(self) -> SealedCopy:
        return readable_evidence.overall(
            [one.sealing.state for one in self.sealed if one.sealing.version]
        )

    @property
    def is_empty(self) -> bool:
        return not self.groups and not self.asks_sealed

    @property
    def endangered(self) -> list[SealedForm]:
        return [one for one in self.sealed if one.sealing.is_endangered]


def shown(user: Staff, assignment: Assignment, forms: list[Form] | None = None) -> Shown:
    """``forms``: as this person may read them, where the caller knows them already."""
    files = readable_evidence.files_for(user, assignment)
    for one in files:
        one.assignment = assignment
    asked = permissions.evidence_kinds(assignment)
    kinds = [kind for kind in EvidenceKind if kind != EvidenceKind.SEALED]
    groups = [_group(user, assignment, kind, files) for kind in kinds]
    is_sealed = any(one.kind == EvidenceKind.SEALED for one in files)
    asks_sealed = is_sealed or (EvidenceKind.SEALED in asked and not assignment.is_nil)
    return Shown(
        groups=[one for one in groups if one.kind in asked or one.files],
        sealed=_sealed(user, assignment, files, forms) if asks_sealed else [],
        asks_sealed=asks_sealed,
        may_seal=permissions.can_attach(user, assignment, EvidenceKind.SEALED),
        seal=_group(user, assignment, EvidenceKind.SEALED, files),
        is_own=user.may(Permission.FILL, at=assignment.bureau),
    )


def _sealed(
    user: Staff, assignment: Assignment, files: Sequence[Evidence], known: list[Form] | None
) -> list[SealedForm]:
    forms = readable_forms.forms_for(user, assignment) if known is None else known
    versions = readable_forms.versions_for(user, assignment)
    return [
        SealedForm(one, _listed(user, one.copies))
        for one in readable_evidence.sealings(forms, versions, list(files))
    ]


def endangered(user: Staff, assignment: Assignment, form: Form) -> SealedForm | None:
    """The sealed copy of a form that what stands in it now is going to void; None else."""
    if assignment.sealed_copy not in (SealedCopy.IN, SealedCopy.PART):
        return None
    files = readable_evidence.files_for(user, assignment)
    (sealing,) = readable_evidence.sealings([form], [], files)
    return SealedForm(sealing, []) if sealing.is_endangered else None


def lacks_seal(assignment: Assignment) -> bool:
    """Is a sealed copy asked for and not there, or no longer one of what is handed in?"""
    asked = EvidenceKind.SEALED in permissions.evidence_kinds(assignment)
    return asked and not assignment.is_nil and assignment.sealed_copy != SealedCopy.IN


def _group(
    user: Staff, assignment: Assignment, kind: EvidenceKind, files: Sequence[Evidence]
) -> Group:
    types = TYPES[kind]
    return Group(
        kind=kind,
        label=assignment.obligation.called(kind),
        files=_listed(user, [one for one in files if one.kind == kind]),
        may_add=permissions.can_attach(user, assignment, kind),
        limit=settings.EVIDENCE_MB[kind],
        takes="、".join(each.label for each in types),
        accept=",".join(ending for each in types for ending in each.endings),
    )


def _listed(user: Staff, files: Sequence[Evidence]) -> list[Listed]:
    return [Listed(one, permissions.can_remove(user, one)) for one in files]
