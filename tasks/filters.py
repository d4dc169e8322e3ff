"""The filters of the ledger, kept in the URL. The page and its export read the same ones."""

from datetime import timedelta

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone

from bureaus.filters import LONGEST, BureauFilter, DayFilter, StrictFilter, WordsFilter
from bureaus.forms import wording
from bureaus.forms.kept_choices import keep_people
from bureaus.models import Bureau, Post, Staff
from bureaus.roles import Permission, roles_with
from bureaus.search import asked
from notices.calendar import work_calendar
from notices.models import Notice
from tasks import lights, words
from tasks.models import Assignment, Extension, Obligation
from tasks.querysets.assignments import SENT_AT, turns
from tasks.states import ExtensionState, Status

SHAPES = {
    "normal": "●",
    "soon": "▲",
    "overdue": "■",
    "undated": "○",
    "done": "✓",
    "ended": "–",
}
LIGHTS = (
    ("办理", (("open", "未办结"), ("mine", "等我办理"), ("owed", "未报送"))),
    ("进度", tuple((code, f"{SHAPES[code]} {word}") for code, word in lights.WORDS.items())),
    (
        "其他",
        (
            ("week", "7日内到期"),
            ("back", "退回"),
            ("late", "迟报"),
            ("extension", "延期待答复"),
            ("nil", "零报告"),
        ),
    ),
)
FOLDING = ("", "open", "mine", "owed", "normal")  # the others ask for a day, or for what is past
WHOSE = (("mine", "等我办理"), ("own", "本单位报送"))
LATER = (("1", "含以后各期"),)
RANGES = (("due_from", "due_to", "截止时间"), ("submitted_from", "submitted_to", "报送日期"))
FEW = 300


class LedgerForm(wording.Form):
    """Two days make a range only in their order."""

    def clean(self):
        for first, last, label in RANGES:
            start, end = self.cleaned_data.get(first), self.cleaned_data.get(last)
            if start and end and start > end:
                self.add_error(last, f"{label}的起止颠倒了，结束日期不能早于开始日期")
        return self.cleaned_data


class HiddenFilter(django_filters.ModelChoiceFilter):
    """Comes with a link and is kept, not chosen in the form."""

    def __init__(self, label: str, rows: QuerySet, refusal: str, **options):
        super().__init__(
            label=label,
            queryset=rows,
            widget=forms.HiddenInput,
            error_messages={"invalid_choice": refusal},
            **options,
        )


class NoticeFilter(HiddenFilter):
    def __init__(self, **options):
        nothing = Notice.objects.none()
        super().__init__("依据文件", nothing, "没有这份文件，或您无权查看", **options)


class SentFilter(DayFilter):
    """The same for what was handed in, in the words of the index that sorts by it."""

    def within(self, rows, edge):
        sent = {f"sent_at__{self.lookup_expr}": edge}
        return rows.alias(sent_at=SENT_AT).filter(submitted_at__isnull=False, **sent)


class SeenFilter(StrictFilter):
    """Needs ``request``: what there is to choose from is what its user may see."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        user, fields = self.request.user, self.form.fields
        fields["bureau"].bureaus = Bureau.objects.visible_to(user)
        if "notice" in self.data:
            seen = Notice.objects.visible_to(user).defer("body", "reading_json")
            fields["notice"].queryset = seen
        if "obligation" in self.data and "obligation" in fields:
            fields["obligation"].queryset = Obligation.objects.visible_to(user)


class AssignmentFilter(SeenFilter):
    light = django_filters.ChoiceFilter(
        label="进度", choices=LIGHTS, method="by_light", empty_label="全部"
    )
    q = WordsFilter("事项、文号、单位")
    bureau = BureauFilter("责任单位及下级")
    status = django_filters.MultipleChoiceFilter(
        label="状态",
        choices=Status,
        method="by_status",
        widget=forms.CheckboxSelectMultiple,
    )
    due_from = DayFilter("due_at", "gte", "截止时间从")
    due_to = DayFilter("due_at", "lt", "截止时间到")
    submitted_from = SentFilter("submitted_at", "gte", "报送日期从")
    submitted_to = SentFilter("submitted_at", "lt", "报送日期到")
    issuer = django_filters.CharFilter(label="下发单位", method="by_issuer", max_length=LONGEST)
    handler = django_filters.ModelChoiceFilter(
        label="承办人", queryset=Staff.objects.none(), empty_label="全部", null_label="未指定"
    )
    notice = NoticeFilter(field_name="obligation__notice")
    whose = django_filters.ChoiceFilter(
        label="范围", choices=WHOSE, method="by_whose", empty_label="本单位及下级"
    )
    later = django_filters.ChoiceFilter(
        label="期次", choices=LATER, method="by_later", empty_label="以后各期收起"
    )
    obligation = HiddenFilter("事项", Obligation.objects.none(), "没有这个事项，或您无权查看")
    _turn: Q | None = None  # the part of what waits for me that is looked at

    class Meta:
        model = Assignment
        fields = ()
        form = LedgerForm

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.form.fields["handler"]
        here = self.request.user.bureaus_where(Permission.READ)
        fillers = Post.objects.filter(bureau__in=here, role__in=roles_with(Permission.FILL))
        people = Staff.objects.filter(pk__in=fillers.values("staff"))
        field.queryset = people.order_by("username").only("name", "username")
        # two people of one name are told apart by their accounts
        field.label_from_instance = lambda one: f"{one.name} {one.username}"
        keep_people(field, ("who may fill in", *(one.pk for one in here)))

    @property
    def folds(self) -> bool:
        """Are later periods that nobody has begun left out? Not where words or days are asked for:
        who looks for one finds it, and what falls due on a day is all of it."""
        given = self.form.cleaned_data if self.is_valid() else {"later": True}
        names = (
            "later",
            "q",
            "obligation",
            *(name for first, last, _ in RANGES for name in (first, last)),
        )
        return given.get("light", "") in FOLDING and not any(given.get(name) for name in names)

    def filter_queryset(self, queryset):
        """``unfolded`` are the rows with those that are left out."""
        self.unfolded = super().filter_queryset(queryset)
        return self._folded(self.unfolded)

    def parts(self) -> list[QuerySet]:
        """The rows in parts that are counted each by itself; none where they are not so asked for,
        nor where words would have to be looked for again."""
        given = self.form.cleaned_data if self.is_valid() else {}
        if "mine" not in (given.get("light"), given.get("whose")) or given.get("q"):
            return []
        found = []
        for turn in turns(self.request.user):
            self._turn = turn
            found.append(self._folded(super().filter_queryset(self.queryset.all())))
        self._turn = None
        return found

    def _folded(self, rows):
        return rows.without_later(timezone.now()) if self.folds else rows

    def _waiting(self, rows):
        user = self.request.user
        return rows.waiting_for(user) if self._turn is None else rows.filter(self._turn)

    def by_whose(self, rows, name, value):
        return self._waiting(rows) if value == "mine" else rows.own_of(self.request.user)

    def by_later(self, rows, name, value):
        return rows

    def by_light(self, rows, name, value):
        now = timezone.now()
        match value:
            case "open":
                return rows.not_ended()
            case "mine":
                return self._waiting(rows)
            case "owed":
                return rows.with_bureau()
            case "week":
                return rows.due_between(now, now + timedelta(days=7))
            case "back":
                return rows.came_back(self.request.user)
            case "late":
                return rows.filter(Q(is_late=True) | Q(is_resubmitted_late=True))
            case "extension":
                asked = Extension.objects.filter(state=ExtensionState.ASKED)
                return rows.filter(pk__in=asked.values("assignment"))
            case "nil":
                return rows.filter(is_nil=True)
        return lights.shining(rows, value, now=now, calendar=work_calendar())

    def by_words(self, rows, name, value):
        return words.assignments(rows, asked.read(value))

    def by_bureau(self, rows, name, value):
        return rows.under(value)

    def by_status(self, rows, name, value):
        return rows.filter(status__in=value)

    def by_issuer(self, rows, name, value):
        issuers = Bureau.objects.matching(value)
        return rows.filter(obligation__issuer__in=_few(issuers, "pk"))


def _few(rows: QuerySet, column: str) -> list | QuerySet:
    """The values of a column, for IN: as a list while they are few, else as a subquery.

    Only of a list does the database know how little it will find, and may take an index for it.
    """
    values = rows.order_by().values_list(column, flat=True)
    found = list(values[: FEW + 1])
    return found if len(found) <= FEW else values
