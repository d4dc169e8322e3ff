"""Data sentences offered beside the sections of a summary, from what its bureau has written into
the other forms of the same notice. Nothing goes in by itself."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bureaus.models import Staff
from reports import permissions
from reports.filling import lower_reports
from reports.filling.asked_forms import Form
from reports.models import Submission
from reports.schemas.content import sources
from reports.schemas.content.places import ROWS, anchor, places
from reports.schemas.definition.definition import FormDefinition
from reports.schemas.definition.outlines import OutlineDefinition
from reports.schemas.drafting.data_sentences import draft
from reports.schemas.drafting.sentence import Given, Made, Sentence
from tasks.models import Assignment
from tasks.states import HANDED_IN, RELEASED, Status

UNUSABLE = (*RELEASED, Status.DECLINED)
PART = "sections"
_FIGURE = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True)
class Spot:
    """A row or a cell that a sentence was made from: 第2行, and its id on the page of its form."""

    label: str
    anchor: str


@dataclass(frozen=True)
class Offer:
    """One sentence, where it comes from, and whether it stands in its section already.

    ``outdated``: what the section says in its place, with figures that the rows no longer give.
    """

    key: str
    sentence: Sentence
    source: Submission
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
        """How far the form is that it comes from: 已报送, 2026年2月."""
        task = self.source.assignment
        said = (task.obligation.period, task.get_status_display())
        return "，".join(one for one in said if one)


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
    found = {f"附件{one.attachment_number}": one for one in _sources(assignment, form)}
    given = [_given(name, source) for name, source in found.items()]
    spots = {one.name: dict(_spots(one)) for one in given}
    written = content.get(PART) or {}
    return [
        Offer(
            _key(sentence),
            sentence,
            found[sentence.given.name],
            list({spots[sentence.given.name][path]: None for path in sentence.paths}),
            _stands(sentence.text, written.get(sentence.section, "")),
            _outdated(sentence, written.get(sentence.section, "")),
        )
        for sentence in draft(definition, given)
    ]


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


def _sources(assignment: Assignment, form: Form) -> list[Submission]:
    """The tables of the notice that the bureau has written into, each attachment once: those of the
    same task before others, those of the same period before others, the latest before others."""
    mine = Submission.objects.filter(
        assignment__bureau=assignment.bureau_id,
        assignment__obligation__notice=assignment.obligation.notice_id,
    )
    written = (
        mine.exclude(assignment__status__in=UNUSABLE)
        .exclude(assignment__is_nil=True, assignment__status__in=HANDED_IN)
        .exclude(assignment=assignment, attachment_number=form.number)
        .select_related("schema", "assignment__obligation")
        .order_by("saved_at", "pk")
    )
    period = assignment.obligation.period
    near = sorted(
        written,
        key=lambda one: (
            one.assignment_id == assignment.pk,
            one.assignment.obligation.period == period,
        ),
    )
    by_number = {one.attachment_number: one for one in near}
    tables = [
        one for one in by_number.values() if isinstance(one.schema.definition, FormDefinition)
    ]
    return sorted(tables, key=lambda one: one.attachment_number)


def _given(name: str, source: Submission) -> Given:
    return Given(name, source.schema.definition, json.loads(source.content_json))


def _spots(given: Given) -> Iterator[tuple[str, Spot]]:
    """What each cell is called: one of a row by its row, whose first cell a link leads to; a row
    that was merged from below also by its bureau."""
    units, at = lower_reports.units_of(given.content), ""
    rows = given.content["rows"]
    for place in places(given.definition, given.content):
        if not place.row:
            yield place.path, Spot(f"“{place.name}”", anchor(place.path))
        elif not place.name:
            at = ""
        else:
            at = at or place.path
            code = sources.code(rows[place.row - 1]) if place.part == ROWS else ""
            unit = f"（{units.get(code, code)}）" if code else ""
            yield place.path, Spot(f"{place.line}{unit}", anchor(at))


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
