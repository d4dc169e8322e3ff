"""What the check page shows: the forms of a notice and its clauses, and all that was read."""

from dataclasses import dataclass

from django.forms import Form
from django.http import QueryDict

from notices.checking import evidence_asked, sure
from notices.checking.conflicts import conflicts
from notices.checking.expansion import expand
from notices.forms.checking import DecisionForm, MetadataForm, MissedClauseForm
from notices.forms.clause import prefix_of
from notices.models import Notice
from notices.pages import highlight, originals, twin
from notices.states import NoticeState
from notices.text.clauses.model import model

MANY = ("attachment_numbers", "evidence")  # boxes: none ticked is not posted at all
WITH_SURE = "with_sure"  # the page tells that filing confirms what is sure
METADATA_TARGETS = {"id_title", "id_written_on", "id_recipients_text"}


@dataclass(frozen=True)
class Fault:
    """One line of the summary above the page, with the id of its place."""

    target: str
    label: str
    text: str


def filing(notice: Notice, posted: QueryDict) -> QueryDict:
    """What is filed: where the page said so, the sure clauses that nobody decided are confirmed."""
    if WITH_SURE not in posted:
        return posted
    data, attachments = posted.copy(), list(notice.attachments.all())
    for clause in notice.clauses.reports():
        key = f"{prefix_of(clause)}-decision"
        if not data.get(key) and sure.is_sure(clause, attachments):
            data[key] = "yes"
    return data


class CheckPage:
    """``data`` is a filing to be judged; ``typed`` is shown again as typed, and not judged."""

    def __init__(
        self,
        notice: Notice,
        *,
        data: QueryDict | None = None,
        typed: QueryDict | None = None,
        missed: MissedClauseForm | None = None,
    ) -> None:
        self.notice = notice
        self.clauses = list(notice.clauses.reports())
        self.attachments = list(notice.attachments.all())
        self.missed = missed or MissedClauseForm(notice=notice)
        self.metadata = MetadataForm(data, instance=notice, initial=_typed(typed, MetadataForm))
        wanted = evidence_asked.by_each(notice, self.clauses)
        self.decisions = [
            DecisionForm(
                data,
                clause=clause,
                attachments=self.attachments,
                wanted=wanted[clause.pk],
                initial=_typed(typed, DecisionForm, prefix=prefix_of(clause)),
            )
            for clause in self.clauses
        ]
        for form in self.decisions:
            form.doubts = sure.doubts(form.clause, self.attachments)
            form.is_sure = sure.is_sure(form.clause, self.attachments)

    def is_valid(self) -> bool:
        return all([self.metadata.is_valid(), *[form.is_valid() for form in self.decisions]])

    def faults(self) -> list[Fault]:
        forms = [("", self.metadata), ("补充事项", self.missed)]
        forms += [(f"事项{form.clause.position}", form) for form in self.decisions]
        return [fault for title, form in forms for fault in _faults(title, form)]

    def context(self) -> dict:
        expansion = expand(self.notice.recipients_text, issuer=self.notice.bureau)
        found = conflicts(
            self.notice, expansion=expansion, clauses=self.clauses, attachments=self.attachments
        )
        at_metadata = any(conflict.target in METADATA_TARGETS for conflict in found)
        return {
            "notice": self.notice,
            "metadata": self.metadata,
            "metadata_is_open": bool(self.metadata.errors) or at_metadata,
            "decisions": self.decisions,
            "decided": sum(bool(form["decision"].value()) for form in self.decisions),
            "sure_waiting": sum(
                form.is_sure and not form["decision"].value() for form in self.decisions
            ),
            "missed": self.missed,
            "missed_is_open": self.missed.is_bound or not self.clauses,
            "requirements": self.notice.clauses.requirements(),
            "attachments": self.attachments,
            "originals": originals.of(self.notice),
            "form_count": sum(one.is_fillable for one in self.attachments),
            "blocks": highlight.blocks(self.notice, self.clauses),
            "conflicts": found,
            "faults": self.faults(),
            "low": model().doubtful,
            "expansion": expansion,
            "twin": twin.panel(self.notice),
            "sources": self.notice.sources.select_related("came_by"),
            "copies": self.notice.twins.filter(state=NoticeState.TO_CHECK).defer(
                "body", "reading_json"
            ),
        }


def _typed(typed: QueryDict | None, form: type[Form], *, prefix: str = "") -> dict:
    """The raw values of a posted form, to be shown again; only those that were posted."""
    if typed is None:
        return {}
    named = {name: f"{prefix}-{name}" if prefix else name for name in form.base_fields}
    return {
        name: typed.getlist(key) if name in MANY else typed[key]
        for name, key in named.items()
        if key in typed or (name in MANY and f"{prefix}-deliverable" in typed)
    }


def _faults(title: str, form: Form) -> list[Fault]:
    made = []
    for name, errors in form.errors.items():
        field = form[name] if name in form.fields else None
        label = " ".join(filter(None, (title, field.label if field else "")))
        target = field.auto_id + "_0" * field.use_fieldset if field else ""
        made += [Fault(target, label, error) for error in errors]
    return made
