"""Two copies of one notice, side by side: what is there already, and what came in again."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Q

from notices.checking.decisions import BY_HAND
from notices.models import Attachment, Clause, ClauseChange, Notice
from notices.states import ClauseState
from notices.text.characters.normalize import fold
from notices.text.comparing import forms, items
from notices.text.comparing.advice import Advice, Copy, advise
from notices.text.comparing.passages import Passages, compare
from notices.text.deadlines.office_time import day_in_words

FACTS = (
    *("title", "doc_number", "issuers", "recipients_text", "written_on", "printed_on"),
    *("published_on", "urgency", "disclosure", "cc"),
)


@dataclass(frozen=True)
class Fact:
    """Something that was read of the notice as a whole, as each copy has it."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Comparison:
    """``old`` is there already, ``new`` was taken in again."""

    old: Notice
    new: Notice

    @cached_property
    def passages(self) -> Passages:
        return compare(self.old.body, self.new.body)

    @cached_property
    def old_clauses(self) -> dict[int, Clause]:
        """Without what an earlier copy no longer asked for: where it is asked again, it is new."""
        gone = ClauseChange.objects.filter(
            kind=ClauseChange.Kind.GONE, decision=ClauseChange.Decision.ADOPTED
        )
        ended = Q(state=ClauseState.REJECTED, pk__in=gone.values("clause"))
        return {clause.pk: clause for clause in self.old.clauses.reports().exclude(ended)}

    @cached_property
    def new_clauses(self) -> dict[int, Clause]:
        return {clause.pk: clause for clause in self.new.clauses.reports()}

    @cached_property
    def attachments(self) -> list[forms.Pair]:
        return forms.pairs(_forms(self.old), _forms(self.new))

    def said_of_forms(self) -> list[str]:
        """附件1《情况表》：增加1栏（金额）."""
        said = []
        for pair in self.attachments:
            words = "新增" if pair.old is None else "新件中没有" if pair.new is None else ""
            words = words or "，".join(pair.changes)
            form = pair.new or pair.old
            if form and pair.is_changed:
                said.append(f"附件{form.position}《{form.title}》：{words}")
        return said

    @cached_property
    def duties(self) -> list[items.Pair]:
        """Duties in the order of the new text. What a person found to be none counts as known, and
        is nothing that could be gone."""
        found = items.pairs(
            _items(self.old, self.old_clauses.values()), _items(self.new, self.new_clauses.values())
        )
        return [pair for pair in found if pair.new or not self._is_rejected(pair)]

    def _is_rejected(self, pair: items.Pair) -> bool:
        old = self.old_clauses[pair.old.key] if pair.old else None
        return old is not None and old.state == ClauseState.REJECTED

    @property
    def changed_duties(self) -> list[items.Pair]:
        """Those of which a person should know: new, gone or with another day."""
        asked = [pair for pair in self.duties if not self._is_rejected(pair)]
        return [pair for pair in asked if not (pair.old and pair.new) or pair.is_moved]

    @cached_property
    def facts(self) -> list[Fact]:
        """What a person has corrected is compared as corrected."""
        found = [
            Fact(
                Notice._meta.get_field(name).verbose_name,
                _said(getattr(self.old, name)),
                _said(getattr(self.new, name)),
            )
            for name in FACTS
        ]
        return [fact for fact in found if fact.new and _plain(fact.old) != _plain(fact.new)]

    @cached_property
    def advice(self) -> Advice:
        return advise(
            _copy(self.old),
            _copy(self.new),
            self.passages,
            is_more=any(pair.old is None or pair.is_moved for pair in self.changed_duties)
            or any(pair.is_more for pair in self.attachments),
            is_less=any(pair.new is None for pair in self.changed_duties)
            or any(pair.is_less for pair in self.attachments),
        )


def _copy(notice: Notice) -> Copy:
    return Copy(
        title=fold(notice.title),
        issuers=frozenset(notice.issuer_names),
        dated_on=notice.written_on or notice.printed_on,
        is_truncated=notice.is_truncated,
    )


def _forms(notice: Notice) -> list[forms.Form]:
    return [_form(attachment) for attachment in notice.attachments.all()]


def _form(attachment: Attachment) -> forms.Form:
    body = json.loads(attachment.body_json) if attachment.body_json else {}
    return forms.form_of(attachment.position, attachment.title, attachment.kind, body)


def _items(notice: Notice, clauses: Iterable[Clause]) -> list[items.Item]:
    titles = {one.position: _plain(one.title) for one in notice.attachments.all()}
    read = {one["quote"]: one["deadline"] for one in notice.reading["obligations"]}
    return [
        items.Item(
            key=clause.pk,
            quote=clause.quote,
            deliverable=clause.deliverable,
            due_at=clause.due_at,
            rule=_rule(clause, read.get(clause.quote)),
            attachments=frozenset(titles.get(one, "") for one in clause.attachments_referred),
            is_by_hand=clause.explanation.startswith(BY_HAND),
            read=json.dumps(read.get(clause.quote) or {}, ensure_ascii=False),
        )
        for clause in clauses
    ]


def _rule(clause: Clause, read: dict | None) -> str:
    """The deadline as the words say it, also where a person has set none at all."""
    rule = read if read and clause.due_at is None else clause.deadline
    return json.dumps(rule, ensure_ascii=False, sort_keys=True)


def _said(value: object) -> str:
    if isinstance(value, date):
        return day_in_words(value)
    return "、".join(str(value or "").splitlines())


def _plain(words: str) -> str:
    return "".join(fold(words).split())
