"""导入: a template filled in offline goes into the draft of its form, whole or not at all."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import localtime

from bureaus.models import Staff
from reports.actions import submissions
from reports.errors import ReportError
from reports.filling import offline_templates
from reports.filling.asked_forms import Form
from reports.models import Submission, WorkbookImport
from reports.schemas.content import sources
from reports.schemas.content.content import Content
from reports.schemas.definition.definition import FormDefinition
from reports.workbooks.reading.intact import Fault
from reports.workbooks.reading.raw import WorkbookRefused
from reports.workbooks.reading.upload import Upload, read_upload
from tasks.models import Assignment

_MOST_NAME = 200


class ImportRefused(ReportError):
    """The file cannot be taken in; ``faults`` name each cell. Nothing was stored."""

    def __init__(self, message: str, faults: Sequence[Fault] = ()) -> None:
        super().__init__(message)
        self.faults = list(faults)


class ImportedBefore(ReportError):
    """This very file stands in the form already."""


@dataclass(frozen=True)
class Imported:
    """What came of an import; ``notices`` say what was made of cells that were not plain."""

    submission: Submission
    notices: Sequence[Fault]


@transaction.atomic
def take_in(
    assignment: Assignment, number: int, data: bytes, file_name: str, *, now: datetime, by: Staff
) -> Imported:
    """Store what a filled-in template holds in place of the draft, by the rules of saving.

    Raises ImportRefused with every fault by cell, ImportedBefore for a file that stands in the
    form already, and what ``submissions`` raises where nothing may be written now.
    """
    form = submissions.open_form(assignment, number, by=by)
    digest = hashlib.sha256(data).hexdigest()
    _check_new(assignment, form, digest)
    upload = _read(assignment, form, data, file_name)
    _check_revision(assignment, form, upload, by=by)
    if upload.faults or upload.content is None:
        raise ImportRefused(_summary(upload.faults), upload.faults)
    submission = submissions.store(
        assignment,
        form,
        _with_known_marks(form, upload.content),
        deed="导入填报",
        detail={"file": file_name[:_MOST_NAME], "sha256": digest},
        revision=form.revision,
        now=now,
        by=by,
    )
    WorkbookImport.objects.create(
        assignment=assignment,
        attachment_number=number,
        digest=digest,
        file_name=file_name[:_MOST_NAME],
        revision=submission.revision,
        made_at=now,
        made_by=by,
    )
    return Imported(submission, upload.notices)


def _check_new(assignment: Assignment, form: Form, digest: str) -> None:
    before = _imports(assignment, form).filter(digest=digest, revision=form.revision).first()
    if before is not None:
        raise ImportedBefore(
            f"该文件已于{localtime(before.made_at):%Y-%m-%d %H:%M}导入过，内容没有变化"
        )


def _read(assignment: Assignment, form: Form, data: bytes, file_name: str) -> Upload:
    identity = offline_templates.identity_of(assignment, form)
    try:
        return read_upload(data, file_name, form.definition, identity, key=offline_templates.key())
    except WorkbookRefused as refused:
        raise ImportRefused(str(refused)) from refused


def _check_revision(assignment: Assignment, form: Form, upload: Upload, *, by: Staff) -> None:
    """Whoever mends a file and imports it again finds his own import in the form, not another's."""
    if upload.revision == form.revision:
        return
    is_own = _imports(assignment, form).filter(revision=form.revision, made_by=by).exists()
    if not is_own:
        raise ImportRefused(
            f"空表下载之后，该表已有新内容（{form.written}）。"
            "请重新下载空表，把内容复制过去后再导入，以免互相覆盖"
        )


def _imports(assignment: Assignment, form: Form) -> QuerySet[WorkbookImport]:
    return WorkbookImport.objects.filter(assignment=assignment, attachment_number=form.number)


def _with_known_marks(form: Form, content: Content) -> Content:
    """Rows whose bureau the form no longer knows, as they were taken out since, are its own now.
    What bureaus gave to the sums is in no file: it stays as it is."""
    if not isinstance(form.definition, FormDefinition):
        return content
    content = form.content_of(content)
    known = sources.marks(cast(Mapping[str, Any], form.content))
    rows = cast(Mapping[str, Any], content).get("rows")
    if not rows:
        return content
    kept = [row if row.get(sources.MARK, "") in known else sources.cells(row) for row in rows]
    return cast(Content, {**content, "rows": kept})


def _summary(faults: Sequence[Fault]) -> str:
    return f"文件中有{len(faults)}处需要改正，没有导入任何内容"
