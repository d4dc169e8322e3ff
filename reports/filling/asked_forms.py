"""Which forms an assignment asks for, what stands in them, and the newer version of a form that
was corrected since a bureau began to fill it in."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, cast

from django.utils.timezone import localtime

from bureaus.models import Bureau, Staff
from notices.models import Attachment, Notice
from notices.states import FILLABLE, AttachmentKind
from notices.text.attachments.tables_and_outlines import (
    AttachmentOutline,
    AttachmentTable,
    OutlineSection,
)
from reports.editing.from_definition import draft_of
from reports.models import FormSchema, Submission, SubmissionVersion
from reports.schemas.comparing.carrying import Carried, carried
from reports.schemas.content import contributions
from reports.schemas.content.content import Content, blank, normalise
from reports.schemas.definition.definition import Definition, FormDefinition
from reports.schemas.definition.kinds import RowMode
from reports.schemas.definition.outlines import OutlineDefinition, Section
from reports.schemas.definition.rows import Region
from reports.schemas.proposing.from_attachment import doubts, outline_definition, table_definition
from tasks.models import Assignment, Obligation

PLAIN_TEXT = 0
_UNPOSTED = ("regions", contributions.KEY)


@dataclass(frozen=True)
class Form:
    """One form of an assignment: its definition and what has been written so far.

    With a ``version``, what was handed in then is read instead.
    """

    number: int
    definition: Definition
    submission: Submission | None
    version: SubmissionVersion | None = None
    regions: tuple[Region, ...] | None = None  # the rows of a table by region not yet begun

    @property
    def is_written(self) -> bool:
        return (self.version or self.submission) is not None

    @cached_property
    def content(self) -> Content:
        source = self.version or self.submission
        return source.content if source else blank(self.definition, regions=self.regions)

    def with_unposted(self, data: Any) -> Any:
        """The data with what no page posts: the rows that a table by region was begun with, and
        what bureaus below gave to the sums."""
        begun = cast(Mapping[str, Any], self.content)
        if not isinstance(data, Mapping):
            return data
        return {**{part: begun[part] for part in _UNPOSTED if part in begun}, **data}

    def content_of(self, data: object) -> Content:
        """The data made clean; ContentError where it is no content of this form."""
        return normalise(self.definition, self.with_unposted(data))

    @property
    def written_at(self) -> datetime | None:
        """When it was handed in or last saved."""
        if self.version:
            return self.version.handed_in_at
        return self.submission.saved_at if self.submission else None

    @property
    def written_by(self) -> Staff | None:
        if self.version:
            return self.version.handed_in_by
        return self.submission.saved_by if self.submission else None

    @property
    def revision(self) -> int:
        return self.submission.revision if self.submission else 0

    @property
    def written(self) -> str:
        """Who wrote it and when, as a page says it."""
        if self.written_at is None:
            return ""
        deed = f"第{self.version.number}版，提交审核" if self.version else "保存"
        return f"{localtime(self.written_at):%Y-%m-%d %H:%M} {self.written_by or ''} {deed}"

    @property
    def is_table(self) -> bool:
        return self.definition.kind == "table"

    @property
    def tab(self) -> str:
        return f"附件{self.number}" if self.number else "报送材料"


def numbers(obligation: Obligation) -> list[int]:
    """The attachments to be filled in; plain text where there is none."""
    referred = obligation.attachments_referred
    fillable = obligation.notice.attachments.filter(position__in=referred, kind__in=FILLABLE)
    return list(fillable.values_list("position", flat=True)) or [PLAIN_TEXT]


def forms_of(assignment: Assignment) -> list[Form]:
    """Every form of an assignment, in the order of the attachments."""
    written = {
        submission.attachment_number: submission
        for submission in assignment.submissions.select_related("schema", "saved_by")
    }
    return [
        Form(number, written[number].schema.definition, written[number])
        if number in written
        else _unwritten(assignment, number)
        for number in numbers(assignment.obligation)
    ]


def _unwritten(assignment: Assignment, number: int) -> Form:
    definition = definition_of(assignment.obligation.notice, number)
    regions = regions_for(definition, assignment.bureau)
    return Form(number, definition, None, regions=regions)


def regions_for(definition: Definition, bureau: Bureau) -> tuple[Region, ...] | None:
    """The rows of a table by region, one for each bureau right below the unit that fills it in, in
    administrative order; None where the form has no rows by region.

    An internal unit of an office 司局 has those below the office, a unit without any below it has
    itself.
    """
    by_region = isinstance(definition, FormDefinition) and definition.row_mode is RowMode.BY_REGION
    if not by_region:
        return None
    is_internal = bureau.rank == Bureau.Rank.INTERNAL
    above = bureau.parent_id if is_internal else bureau.pk
    below = Bureau.objects.filter(parent=above).active().territorial().order_by("path")
    return tuple(_region(one) for one in below) or (_region(bureau),)


def _region(bureau: Bureau) -> Region:
    return Region(bureau.code, bureau.region or bureau.short_name)


def definition_of(notice: Notice, number: int) -> Definition:
    """The latest version in use, else what the attachment itself says."""
    schema = latest_schema(notice, number)
    return schema.definition if schema else proposed(notice, number)


def latest_schema(notice: Notice, number: int) -> FormSchema | None:
    found = FormSchema.objects.filter(notice=notice, attachment_number=number)
    return found.order_by("-version").first()


def ids_used(notice: Notice, number: int) -> set[str]:
    """Every id of every version of a form, and of what the attachment proposes."""
    versions = FormSchema.objects.filter(notice=notice, attachment_number=number)
    known = [version.definition for version in versions] or [proposed(notice, number)]
    return set().union(*(draft_of(definition).ids() for definition in known))


def proposed(notice: Notice, number: int) -> Definition:
    """The form as the attachment's text gives it.

    Raises Attachment.DoesNotExist for an unknown number.
    """
    if number == PLAIN_TEXT:
        return OutlineDefinition(title="报送材料", sections=(Section("s1", "", "报送内容"),))
    return proposed_by(Attachment.objects.get(notice=notice, position=number, kind__in=FILLABLE))


def proposed_by(attachment: Attachment) -> Definition:
    """The form that this attachment, one that is to be filled in, gives."""
    if attachment.kind == AttachmentKind.TABLE:
        return table_definition(_table(attachment))
    body = json.loads(attachment.body_json)
    sections = tuple(OutlineSection(**section) for section in body.pop("sections"))
    return outline_definition(AttachmentOutline(sections=sections, **body))


def doubts_of(attachment: Attachment) -> list[str]:
    """What a person should look at in the form that an attachment proposes."""
    return doubts(_table(attachment)) if attachment.kind == AttachmentKind.TABLE else []


def _table(attachment: Attachment) -> AttachmentTable:
    body = json.loads(attachment.body_json)
    rows = {
        name: tuple(tuple(row) for row in body.pop(name)) for name in ("header_rows", "body_rows")
    }
    return AttachmentTable(**rows, **body)


@dataclass(frozen=True)
class Newer:
    """The version to change to; ``must`` where nothing has been reported on the old one yet."""

    form: Form
    schema: FormSchema
    must: bool

    @cached_property
    def carried(self) -> Carried:
        return carried(self.form.definition, self.form.content, self.schema.definition)


def newer_of(assignment: Assignment, form: Form) -> Newer | None:
    """None where the form is the latest confirmed one, or nothing is written in it yet.

    A bureau that has reported once keeps its version while it mends, unless it wants the new one.
    """
    if form.submission is None:
        return None
    latest = latest_schema(assignment.obligation.notice, form.number)
    if latest is None or latest.confirmed_at is None or latest.pk == form.submission.schema_id:
        return None
    if latest.definition == form.definition:
        return None
    return Newer(form, latest, must=assignment.round_number == 1)
