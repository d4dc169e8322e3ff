"""Filters that several lists share, those of the audit log, and what an administrator minds."""

from datetime import date, datetime, time, timedelta

import django_filters
from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Q, QuerySet, TextChoices
from django.urls import reverse_lazy
from django.utils import timezone

from audit.models import AuditEvent
from bureaus.calendar import YEARS
from bureaus.forms import wording
from bureaus.forms.unit_field import BureauField
from bureaus.login import lockouts
from bureaus.models import Staff
from bureaus.querysets import BureauQuerySet, StaffQuerySet
from bureaus.roles import Role

LONGEST = 100  # characters of the words looked for


class WordsFilter(django_filters.CharFilter):
    """Words to look for; the set says in ``by_words`` where."""

    def __init__(self, label: str):
        super().__init__(
            label=label,
            method="by_words",
            max_length=LONGEST,
            widget=forms.TextInput(attrs={"type": "search"}),
        )


class BureauFilter(django_filters.Filter):
    """A unit that stands for itself and those below it, offered while one writes."""

    field_class = BureauField

    def __init__(self, label: str):
        super().__init__(
            label=label,
            method="by_bureau",
            widget=forms.TextInput(
                attrs={
                    "list": "bureaus",
                    "data-suggest": reverse_lazy("bureaus:bureau_suggest"),
                    "placeholder": "名称或代码",
                    "autocomplete": "off",
                }
            ),
        )


class DayFilter(django_filters.DateFilter):
    """From the first second of a day on ("gte"), or before the one after its last ("lt")."""

    def __init__(self, field_name: str, lookup_expr: str, label: str):
        # sums of moments do not bear the first and the last years of the calendar
        said = f"日期应在{YEARS[0]}年至{YEARS[-1]}年之间"
        super().__init__(
            field_name,
            lookup_expr,
            label=label,
            widget=forms.DateInput(attrs={"type": "date"}),
            validators=[
                MinValueValidator(date(YEARS[0], 1, 1), said),
                MaxValueValidator(date(YEARS[-1], 12, 31), said),
            ],
        )

    def filter(self, rows, value):
        if value is None:
            return rows
        day = value + timedelta(days=1) if self.lookup_expr == "lt" else value
        return self.within(rows, timezone.make_aware(datetime.combine(day, time.min)))

    def within(self, rows, edge: datetime):
        return rows.filter(**{f"{self.field_name}__{self.lookup_expr}": edge})


class SpanForm(wording.Form):
    """Two days make a span only in their order."""

    def clean(self):
        start, end = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if start and end and start > end:
            self.add_error("until", "期间的起止颠倒了，结束日期不能早于开始日期")
        return self.cleaned_data


class StrictFilter(django_filters.FilterSet):
    """A list with a wrong filter is empty, so that nobody takes it for the answer."""

    def filter_queryset(self, queryset):
        return super().filter_queryset(queryset) if self.is_valid() else queryset.none()


class AuditFilter(StrictFilter):
    q = WordsFilter("人员、行为、对象或来源地址")
    since = DayFilter("at", "gte", "日期从")
    until = DayFilter("at", "lt", "日期到")

    class Meta:
        model = AuditEvent
        fields = ()
        form = SpanForm

    def by_words(self, rows, name, value):
        return rows.filter(
            Q(actor_name__contains=value)
            | Q(verb__contains=value)
            | Q(subject_name__contains=value)
            | Q(address=value)
        )


UNUSED_AFTER = timedelta(days=14)  # since the account or its last one-time password was given
UNREACHABLE_FOR = timedelta(days=30)  # how far back mails that were given up count


class Care(TextChoices):
    """What calls for something to be done about an account."""

    LOCKED = "locked", "已锁定"
    UNUSED = "unused", "超过14天没有启用"
    UNREACHABLE = "unreachable", "邮箱收不到邮件"
    NO_POST = "no_post", "没有岗位"


def people_with(care: str, rows: StaffQuerySet, *, now: datetime) -> QuerySet[Staff]:
    """Those of these people; all of them where ``care`` is none of Care."""
    match care:
        case Care.LOCKED:
            return lockouts.locked(rows, now=now)
        case Care.UNUSED:
            return rows.never_used(until=now - UNUSED_AFTER)
        case Care.UNREACHABLE:
            return rows.unreachable(since=now - UNREACHABLE_FOR)
        case Care.NO_POST:
            return rows.without_post()
    return rows


NO_FILLER = "no_filler"


def units_with(care: str, rows: BureauQuerySet) -> BureauQuerySet:
    """Those that get tasks and have nobody to fill in; all of them where ``care`` is not that."""
    return rows.that_report().without(Role.FILLER) if care == NO_FILLER else rows
