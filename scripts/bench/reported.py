"""An obligation whose table many bureaus have reported, for the files made of it.

Imported where Django is set up: ``manage.py shell``. The words are the demonstration's: invented.
"""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice

from django.db import transaction

from bureaus.models import Bureau, Post, Staff
from bureaus.roles import Role
from config.demo import directives, writing
from notices.actions import checking, ingest
from notices.checking.decisions import as_read
from reports.actions import schemas
from reports.filling.asked_forms import proposed
from reports.models import FormSchema, Submission, SubmissionVersion
from reports.schemas.definition.definition import FormDefinition
from tasks.actions import issuing
from tasks.actions.issuing import Terms
from tasks.models import Assignment, Obligation
from tasks.scheduling.dates import dates_of
from tasks.states import Status

DIRECTIVE, ATTACHMENT = "2023-9", 1
USERNAME = "bench.coordinator"
TERRITORIAL = (Bureau.Rank.PROVINCE, Bureau.Rank.PREFECTURE, Bureau.Rank.COUNTY)
AT_ONCE = 200


@transaction.atomic
def fill(bureaus: int, rows: int) -> Obligation:
    """Asked by the 总局 of so many bureaus, each of which has reported so many rows."""
    central = Bureau.objects.get(path="/")
    by = Staff.objects.create_user(USERNAME, None, name="示例收文", bureau=central)
    Post.objects.create(staff=by, bureau=central, role=Role.COORDINATOR)
    asked = Bureau.objects.filter(rank__in=TERRITORIAL).order_by("path")[:bureaus]
    obligation = _issued(central, list(asked), by)
    _report(obligation, rows, at=obligation.issued_at + timedelta(days=10), by=by)
    return obligation


def _issued(central: Bureau, asked: list[Bureau], by: Staff) -> Obligation:
    directive = next(one for one in directives.founding() if one.key == DIRECTIVE)
    now = directive.received_at
    notice = ingest.take_in(
        directive.text, source_name="示例.txt", bureau=central, now=now, by=by, is_example=True
    )
    decisions = {clause.pk: as_read(clause) for clause in notice.clauses.reports()}
    checking.file(notice, metadata={}, decisions=decisions, now=now, by=by)
    schemas.confirm(notice, ATTACHMENT, proposed(notice, ATTACHMENT), now=now, by=by)
    clause = notice.clauses.get(attachment_numbers=str(ATTACHMENT))
    return issuing.issue(clause, bureaus=asked, terms=Terms(dates_of(clause)), now=now, by=by)


def _report(obligation: Obligation, rows: int, *, at: datetime, by: Staff) -> None:
    schema = FormSchema.objects.get(notice=obligation.notice, attachment_number=ATTACHMENT)
    definition = schema.definition
    if not isinstance(definition, FormDefinition):
        raise TypeError("the directive's first attachment is no table")
    owed = obligation.assignments.select_related("bureau").order_by("bureau_path")
    obligation.assignments.update(status=Status.SUBMITTED, submitted_at=at, submitted_by=by)
    found: Iterator[Assignment] = iter(owed)
    while some := list(islice(found, AT_ONCE)):
        contents = [_content(definition, one.bureau, rows) for one in some]
        submissions = Submission.objects.bulk_create(
            Submission(
                assignment=one,
                schema=schema,
                attachment_number=ATTACHMENT,
                content_json=content,
                saved_at=at,
                saved_by=by,
            )
            for one, content in zip(some, contents, strict=True)
        )
        SubmissionVersion.objects.bulk_create(
            SubmissionVersion(
                submission=submission,
                number=1,
                round_number=1,
                schema=schema,
                content_json=submission.content_json,
                handed_in_at=at,
                handed_in_by=by,
            )
            for submission in submissions
        )


def _content(definition: FormDefinition, bureau: Bureau, rows: int) -> str:
    written = writing.write(definition, bureau)
    written["rows"] = [written["rows"][number % len(written["rows"])] for number in range(rows)]
    return json.dumps(written, ensure_ascii=False)
