"""What the check page shows of another copy of the same notice, and what can be done about it."""

from dataclasses import dataclass

from notices.checking.counterparts import counterpart
from notices.checking.twins import Comparison
from notices.models import Notice
from notices.pages.twin_words import CHOICES, HEADLINES, KEEP, PART, TAKE, when
from notices.text.comparing import forms
from notices.text.comparing.advice import Advice


@dataclass(frozen=True)
class Choice:
    """One way to deal with the copy, and what it does."""

    value: str
    label: str
    consequence: str
    is_advised: bool


@dataclass(frozen=True)
class Line:
    """Something that the copies have differently, in words; ``old`` or ``new`` may be missing."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Panel:
    """与已有文件比对, as the check page shows it."""

    comparison: Comparison

    @property
    def other(self) -> Notice:
        return self.comparison.old

    @property
    def headline(self) -> str:
        return HEADLINES[self.comparison.advice]

    @property
    def is_same(self) -> bool:
        return self.comparison.advice == Advice.SAME

    @property
    def choices(self) -> list[Choice]:
        advice = self.comparison.advice
        advised = TAKE if advice.takes_over else PART if advice == Advice.OTHER else KEEP
        return [Choice(value, *said, value == advised) for value, said in CHOICES.items()]

    @property
    def facts(self) -> list[Line]:
        return [Line(fact.label, fact.old or "无", fact.new) for fact in self.comparison.facts]

    @property
    def items(self) -> list[Line]:
        """Duties that are new, gone or due on another day."""
        return [self._item(pair) for pair in self.comparison.changed_duties]

    def _item(self, pair) -> Line:
        old = self.comparison.old_clauses[pair.old.key] if pair.old else None
        new = self.comparison.new_clauses[pair.new.key] if pair.new else None
        clause = new or old
        if not old:
            label = "新增"
        elif not new:
            label = "本件没有"
        else:
            label = "时限有变"
        return Line(f"{label}：{clause.deliverable}", when(old), when(new))

    @property
    def attachments(self) -> list[Line]:
        pairs = [pair for pair in self.comparison.attachments if pair.is_changed]
        return [Line(_name(pair), _has(pair.old), _has(pair.new, pair)) for pair in pairs]


def _name(pair: forms.Pair) -> str:
    form = pair.new or pair.old
    return f"附件{form.position}《{form.title}》"


def _has(form: forms.Form | None, pair: forms.Pair | None = None) -> str:
    """What the attachment is; of the new copy besides what is different about it."""
    if form is None:
        return "没有"
    word = {"table": "栏", "outline": "节"}.get(form.kind)
    size = f"，{len(form.columns)}{word}" if word else ""
    changes = "，".join(pair.changes) if pair else ""
    return f"{forms.KINDS[form.kind]}{size}" + (f"：{changes}" if changes else "")


def panel(notice: Notice) -> Panel | None:
    """None where the notice is no copy of another."""
    other = counterpart(notice)
    return Panel(Comparison(other, notice)) if other else None
