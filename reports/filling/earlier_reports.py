"""What a bureau has reported before in the same or a similar form: an earlier period of a series,
or the like-named columns of another notice."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from django.db.models import QuerySet
from django.utils.timezone import localtime

from audit.models import AuditEvent
from reports.filling.asked_forms import Form
from reports.models import SubmissionVersion
from reports.schemas.comparing.earlier_values import (
    Asked,
    Then,
    asked_by,
    is_like,
    left_out,
    offered,
)
from reports.schemas.content.content import Content
from reports.schemas.definition import definition as definitions
from reports.schemas.definition.definition import Definition
from tasks.models import Assignment, Obligation
from tasks.states import HANDED_IN

LOOKED_AT = 60  # reports, the latest first
MOST = 5
DEED = "沿用以前填报的内容"  # as the audit calls it


@dataclass(frozen=True)
class Report:
    """One form as the bureau reported it, for the task it was reported in."""

    version: SubmissionVersion

    @cached_property
    def definition(self) -> Definition:
        read: Definition = self.version.schema.definition
        return read

    @property
    def assignment(self) -> Assignment:
        task: Assignment = self.version.submission.assignment
        return task

    @property
    def obligation(self) -> Obligation:
        asked: Obligation = self.assignment.obligation
        return asked

    @property
    def number(self) -> int:
        attachment: int = self.version.submission.attachment_number
        return attachment

    @property
    def name(self) -> str:
        """国市监测〔2026〕1号 2026年2月: which report it is."""
        return " ".join(filter(None, (self.obligation.notice.citation, self.obligation.period)))

    @property
    def words(self) -> str:
        """Which report, handed in when, as a mark beside a taken value says it."""
        day = f"{localtime(self.version.handed_in_at):%Y-%m-%d}"
        return f"{self.name}（{day}，第{self.version.number}版）"

    @property
    def content(self) -> Content:
        """Read for this one alone: lists of reports come without."""
        return self.version.content

    def offered(self, form: Form, content: Content) -> list[Then]:
        """Everything in it for which ``form``, as it stands, has a blank."""
        return offered(form.definition, content, self.definition, self.content)

    @property
    def left_out(self) -> int:
        return left_out(self.content)


def reports(assignment: Assignment, form: Form) -> list[Report]:
    """Those like ``form``: of the same notice first, then the latest; without their contents."""
    notice = assignment.obligation.notice_id
    found = list(_like(assignment, form))
    return sorted(found, key=lambda one: one.obligation.notice_id != notice)[:MOST]


def report(assignment: Assignment, form: Form, version: int) -> Report | None:
    """The one with this version, if it is among those that may be taken from."""
    known = next((one for one in reports(assignment, form) if one.version.pk == version), None)
    return known


def last_values(
    assignment: Assignment, form: Form, content: Content, found: Iterable[Report]
) -> dict[str, str]:
    """上期: what the unit reported in the same form for the period before, by path. Rows that come
    and go have no place that stays, and are left out."""
    due = assignment.due_at
    before = [
        one
        for one in found
        if one.obligation.notice_id == assignment.obligation.notice_id
        and (one.number, bool(one.obligation.period)) == (form.number, True)
        and one.assignment.due_at
        and due
        and one.assignment.due_at < due
    ]
    if not before:
        return {}
    latest = max(before, key=lambda one: one.assignment.due_at)
    return {one.key: one.text for one in latest.offered(form, content) if not one.is_row}


def origins(
    assignment: Assignment, form: Form, content: Content, found: Iterable[Report]
) -> dict[str, str]:
    """What was taken over since the last other save, by path: which report it is from.

    A value that has been changed since is nobody's but the writer's.
    """
    by_key = {one.version.pk: one for one in found}
    if not by_key or form.submission is None:
        return {}
    event = AuditEvent.objects.about(assignment).filter(verb=DEED).order_by("position").last()
    detail = json.loads(event.detail_json) if event else {}
    is_last = (detail.get("attachment"), detail.get("revision")) == (form.number, form.revision)
    report = by_key.get(detail["from"]["key"]) if is_last else None
    if report is None:
        return {}
    taken = set(detail["taken"])
    held = [one for one in report.offered(form, content) if one.key in taken]
    return {path: report.name for one in held for path in one.paths}


def _like(assignment: Assignment, form: Form) -> Iterator[Report]:
    mine, notice = asked_by(form.definition), assignment.obligation.notice_id
    seen: set[int] = set()
    for version in _reported(assignment)[:LOOKED_AT]:
        if version.submission_id in seen:  # the last version of a form is what was reported
            continue
        seen.add(version.submission_id)
        is_same = version.submission.assignment.obligation.notice_id == notice
        if is_like(mine, _asked_by(version.schema.definition_json), is_same_notice=is_same):
            yield Report(version)


@lru_cache(maxsize=1024)
def _asked_by(definition_json: str) -> Asked:
    """Reading a large definition takes milliseconds, and a bureau has reported in many of them."""
    return asked_by(definitions.from_json(json.loads(definition_json)))


def _reported(assignment: Assignment) -> QuerySet[SubmissionVersion]:
    """Of the same bureau's other tasks, the latest first; 零报告 holds nothing."""
    task = "submission__assignment"
    standing = SubmissionVersion.objects.of_standing_reports()
    own = standing.filter(
        **{
            f"{task}__bureau_path": assignment.bureau_path,
            f"{task}__bureau": assignment.bureau_id,
        }
    )
    found: QuerySet[SubmissionVersion] = (
        own.exclude(submission__assignment=assignment)
        .exclude(**{f"{task}__is_nil": True, f"{task}__status__in": HANDED_IN})
        .select_related("schema", f"{task}__obligation__notice")
        .without_contents()
        .defer(
            "submission__content_json",
            f"{task}__obligation__notice__body",
            f"{task}__obligation__notice__reading_json",
        )
        .order_by("-handed_in_at", "-number", "-pk")
    )
    return found
