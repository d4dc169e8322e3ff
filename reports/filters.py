"""The filters of the statistics, kept in the URL. The pages and their export read the same."""

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce
from django.urls import reverse_lazy

from bureaus.models import Bureau
from notices.models import Notice
from tasks.filters import LONGEST, BureauFilter, DayFilter
from tasks.models import Assignment, Obligation

# What an obligation belongs to in time: its deadline, or, where it has none, when it went out.
WHEN = Coalesce("due_at", "issued_at")
MONTHS, QUARTERS = "months", "quarters"


class StatisticsForm(forms.Form):
    """Two days make a span only in their order."""

    def clean(self):
        start, end = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if start and end and start > end:
            self.add_error("until", "期间的起止颠倒了，结束日期不能早于开始日期")
        return self.cleaned_data


class WhenFilter(DayFilter):
    def within(self, rows, edge):
        return rows.alias(when=WHEN).filter(**{f"when__{self.lookup_expr}": edge})


class StatisticsFilter(django_filters.FilterSet):
    """Of the obligations; needs ``request``. A list with a wrong filter is empty."""

    q = django_filters.CharFilter(
        label="文件、事项",
        method="by_words",
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    bureau = BureauFilter(
        label="单位及下级",
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
    since = WhenFilter("when", "gte", "期间从")
    until = WhenFilter("when", "lt", "期间到")
    columns = django_filters.ChoiceFilter(
        label="期次",
        choices=[(MONTHS, "按原期次"), (QUARTERS, "按月的并为季度")],
        method="as_it_is",
        empty_label=None,
    )
    notice = django_filters.ModelChoiceFilter(
        label="依据文件",
        queryset=Notice.objects.none(),
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": "没有这份文件，或您无权查看"},
    )
    obligation = django_filters.ModelChoiceFilter(
        label="事项",
        method="by_obligation",
        queryset=Obligation.objects.none(),
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": "没有这个事项，或您无权查看"},
    )

    class Meta:
        model = Obligation
        fields = ()
        form = StatisticsForm

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        user, fields = self.request.user, self.form.fields
        fields["bureau"].bureaus = Bureau.objects.visible_to(user)
        seen = Notice.objects.visible_to(user).defer("body", "reading_json")
        fields["notice"].queryset = seen
        fields["obligation"].queryset = Obligation.objects.visible_to(user)

    def filter_queryset(self, queryset):
        return super().filter_queryset(queryset) if self.is_valid() else queryset.none()

    def by_words(self, rows, name, value):
        return rows.filter(
            Q(title__icontains=value)
            | Q(period__icontains=value)
            | Q(notice__title__icontains=value)
            | Q(notice__doc_number__icontains=value)
        )

    def by_bureau(self, rows, name, value):
        owed = Assignment.objects.under(value).filter(obligation=OuterRef("pk"))
        return rows.filter(Exists(owed))

    def by_obligation(self, rows, name, value):
        return rows.filter(pk=value.pk)

    def as_it_is(self, rows, name, value):
        """How the columns are drawn changes nothing in what is counted."""
        return rows
