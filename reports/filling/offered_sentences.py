"""Data sentences offered beside the sections of a summary, from what its bureau has written into
the other forms of the same notice. Nothing goes in by itself."""

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from bureaus.models import Staff
from notices.text.deadlines.office_time import local_day
from reports import permissions
from reports.filling import lower_reports
from reports.filling.asked_forms import Form
from reports.models import Submission
from reports.schemas.content import sources
from reports.schemas.content.content import has_body
from reports.schemas.content.places import ROWS, anchor, places
from reports.schemas.definition.definition import FormDefinition
from reports.schemas.definition.outlines import OutlineDefinition
from reports.schemas.drafting.data_sentences import draft
from reports.schemas.drafting.period_sentences import draft_periods
from reports.schemas.drafting.sentence import Given, Made, Sentence
from tasks.models import Assignment
from tasks.scheduling.periods import first_day, last_day
from tasks.states import EDITABLE, HANDED_IN, RELEASED, Status

UNUSABLE = (*RELEASED, Status.DECLINED)
PART = "sections"
_FIGURE = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True)
class Spot:
    """A row or a cell that a sentence was made from: 第2行, and its id on the page of its form."""

    label: str
    anchor: str
    source: Submission


@dataclass(frozen=True)
class Offer:
    """One sentence, where it comes from, and whether it stands in its section already.

    ``outdated``: what the section says in its place, with figures that the rows no longer give.
    """

    key: str
    sentence: Sentence
    sources: Sequence[Submission]
    spots: Sequence[Spot]
    is_taken: bool
    outdated: str = ""

    @property
    def text(self) -> str:
        return self.sentence.text

    @property
    def is_quote(self) -> bool:
        return self.sentence.made is Made.QUOTE

    @property
    def tab(self) -> str:
        return self.sentence.given.name

    @property
    def standing(self) -> str:
        """How far the form is that it comes from: 2026年2月，已报送; of several all periods."""
        tasks = [one.assignment for one in self.sources]
        periods = "、".join(filter(None, (task.obligation.period for task in tasks)))
        state = "已报送" if len(tasks) > 1 else tasks[0].get_status_display()
        return "，".join(filter(None, (periods, state)))


def offers(
    user: Staff, assignment: Assignment, form: Form, content: Mapping[str, Any]
) -> list[Offer]:
    """For the summary ``form`` with what stands in it, in its order; none to those who read no
    drafts of the bureau."""
    definition = form.definition
    if not isinstance(definition, OutlineDefinition):
        return []
    if not permissions.sees_drafts(user, assignment):
        return []
    written = content.get(PART) or {}
    found = [
        offer
        for name, sources in _sources(assignment, form).items()
        for offer in _offers_of(definition, name, sources, written)
    ]
    order = {section.id: place for place, section in enumerate(definition.sections)}
    return sorted(found, key=lambda one: order.get(one.sentence.section, len(order)))


def _offers_of(
    outline: OutlineDefinition,
    name: str,
    sources: Sequence[Submission],
    written: Mapping[str, str],
) -> Iterator[Offer]:
    """From one table, of one period or of several."""
    given, several = _given(name, sources), len(sources) > 1
    spots = {
        (one.order, path): spot
        for one, source in zip(given, sources, strict=True)
        for path, spot in _spots(one, source, named=several)
    }
    for sentence in draft_periods(outline, given) if several else draft(outline, given):
        cells = [(one.order, path) for one, path in sentence.parts]
        cells = cells or [(given[-1].order, path) for path in sentence.paths]
        yield Offer(
            _key(sentence),
            sentence,
            [sources[order] for order in sorted({order for order, _ in cells})],
            list(dict.fromkeys(spots[cell] for cell in cells)),
            _stands(sentence.text, written.get(sentence.section, "")),
            _outdated(sentence, written.get(sentence.section, "")),
        )


def put_in(
    data: Mapping[str, Any], wanted: str, found: Iterable[Offer]
) -> tuple[dict[str, Any], bool]:
    """The sections as posted with the sentences ``wanted`` appended, and whether all are known.

    ``wanted``: keys of offers, parted by commas; with @ and a section where an offer has none of
    its own. A sentence that stands there already is not put in again; one that the rows no longer
    give is not put in at all.
    """
    by_key = {one.key: one for one in found}
    sections, is_whole = dict(data.get(PART) or {}), True
    for one in wanted.split(","):
        key, _, section = one.partition("@")
        offer = by_key.get(key)
        place = (offer.sentence.section or section) if offer else ""
        if offer is None or place not in sections:
            is_whole = False
        elif not _stands(offer.text, sections[place]):
            sections[place] = f"{sections[place].rstrip()}\n{offer.text}".lstrip("\n")
    return {**data, PART: sections}, is_whole


def _sources(assignment: Assignment, form: Form) -> dict[str, list[Submission]]:
    """The tables of the notice that the bureau has written into, by what they are called, each
    with the forms to draft from in order of time.

    That is the one of the same task, else the one of the same period, else those reported in the
    period that the summary is about, all where it is about none; where there are not two of these,
    the latest. One in which nothing is written, as beside 零报告, stands in nobody's way.
    """
    mine = Submission.objects.filter(
        assignment__bureau=assignment.bureau_id,
        assignment__obligation__notice=assignment.obligation.notice_id,
    )
    written = (
        mine.exclude(assignment__status__in=UNUSABLE)
        .exclude(Q(assignment__is_nil=True) & ~Q(assignment__status__in=EDITABLE))
        .exclude(assignment=assignment, attachment_number=form.number)
        .select_related("schema", "assignment__obligation")
        .order_by("attachment_number", "saved_at", "pk")
    )
    by_number: defaultdict[int, list[Submission]] = defaultdict(list)
    for one in written:
        is_table = isinstance(one.schema.definition, FormDefinition)
        if is_table and has_body(json.loads(one.content_json)):
            by_number[one.attachment_number].append(one)
    return {f"附件{number}": _chosen(assignment, each) for number, each in by_number.items()}


def _chosen(assignment: Assignment, written: list[Submission]) -> list[Submission]:
    period = assignment.obligation.period
    for one in written:
        if one.assignment_id == assignment.pk:
            return [one]
    same = [one for one in written if one.assignment.obligation.period == period]
    if period and same:
        return same[-1:]
    reported = [one for one in written if _is_reported_in(one, period)]
    if len(reported) > 1:
        return sorted(reported, key=_when)
    return (same or written)[-1:]


def _is_reported_in(one: Submission, period: str) -> bool:
    """Is it a report on a period, and on one within ``period`` where that is one?"""
    named, task = one.assignment.obligation.period, one.assignment
    if not named or task.status not in HANDED_IN:
        return False
    start, stop, end = first_day(period), last_day(period), last_day(named)
    return start is None or stop is None or (end is not None and start <= end <= stop)


def _when(one: Submission) -> tuple[date, int]:
    asked = one.assignment.obligation
    fallback = local_day(asked.due_at) if asked.due_at else date.min
    return last_day(asked.period) or fallback, one.pk


def _given(name: str, sources: Sequence[Submission]) -> list[Given]:
    return [
        Given(
            name,
            one.schema.definition,
            json.loads(one.content_json),
            one.assignment.obligation.period,
            order,
        )
        for order, one in enumerate(sources)
    ]


def _spots(given: Given, source: Submission, *, named: bool) -> Iterator[tuple[str, Spot]]:
    """What each cell is called: one of a row by its row, whose first cell a link leads to; a row
    that was merged from below also by its bureau; ``named``: with its period."""
    units, at = lower_reports.units_of(given.content), ""
    before = f"{given.period}" if named else ""
    rows = given.content["rows"]
    for place in places(given.definition, given.content):
        if not place.row:
            yield place.path, Spot(f"{before}“{place.name}”", anchor(place.path), source)
        elif not place.name:
            at = ""
        else:
            at = at or place.path
            code = sources.code(rows[place.row - 1]) if place.part == ROWS else ""
            unit = f"（{units.get(code, code)}）" if code else ""
            yield place.path, Spot(f"{before}{place.line}{unit}", anchor(at), source)


def _key(sentence: Sentence) -> str:
    """Another one as soon as the sentence or its cells are others."""
    spelled = "\n".join((sentence.given.name, sentence.section, *sentence.paths, sentence.text))
    return hashlib.sha256(spelled.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _outdated(sentence: Sentence, written: str) -> str:
    """The beginning of a count as the section has it, where it is another number by now."""
    if sentence.made is not Made.COUNT:
        return ""
    head = re.split(r"[，。]", sentence.text)[0]
    same = _FIGURE.sub(lambda _: _FIGURE.pattern, re.escape(head))
    said = [found[0] for found in re.finditer(same, written)]
    return said[0] if said and head not in said else ""


def _stands(text: str, written: str) -> bool:
    """Blanks and line ends aside."""
    return "".join(text.split()) in "".join(written.split())
