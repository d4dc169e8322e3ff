"""What the check page shows of another copy of the same notice, and what can be done about it."""

from dataclasses import dataclass

from notices.checking.twins import Comparison, counterpart
from notices.models import Clause, Notice
from notices.text.comparing import forms
from notices.text.comparing.advice import Advice
from notices.text.deadlines.office_time import END_OF_DAY, SHANGHAI

HEADLINES = {
    Advice.SAME: "两份内容相同",
    Advice.FULLER: "本件比已有文件更全",
    Advice.CUT: "本件不如已有文件全",
    Advice.CORRECTED: "本件与已有文件的要求不同",
    Advice.OLDER: "本件的成文日期比已有文件早，可能是旧稿",
    Advice.WORDING: "两份只有个别文字不同，报送要求一样",
    Advice.OTHER: "文号相同，但标题、发文机关和正文差别很大，可能不是同一件",
}
TAKE, KEEP, PART = "take", "keep", "part"
CHOICES = {
    TAKE: (
        "采用本件的内容",
        "并入已有文件：正文、附件和报送要求改用本件的；已确认的事项、已下发的任务和已填报的材料"
        "保留。新增的事项待核对；时限有变的，确认后才改，改了通知有关单位。原来的文本留作来源。",
    ),
    KEEP: (
        "只留作来源",
        "并入已有文件：已有文件一字不改，本件作为又一份来源，在文件页可以查看。可以撤回。",
    ),
    PART: ("不是同一件", "两份文件各自保存，本件照常核对入库。"),
}


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


def when(clause: Clause | None) -> str:
    """The deadline of a duty, the clock only where it is not the end of the day."""
    if clause is None:
        return "没有这一项"
    return moment(clause.due_at)


def moment(due_at) -> str:
    if due_at is None:
        return "不设截止时间"
    local = due_at.astimezone(SHANGHAI)
    clock = "" if local.time() == END_OF_DAY else f"{local:%H:%M}"
    return f"{local.year}年{local.month}月{local.day}日{clock}"


def panel(notice: Notice) -> Panel | None:
    """None where the notice is no copy of another."""
    other = counterpart(notice)
    return Panel(Comparison(other, notice)) if other else None
