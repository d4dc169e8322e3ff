"""The filters of the statistics, kept in the URL. The pages and their export read the same."""

import django_filters
from django.db.models import Exists, OuterRef
from django.db.models.functions import Coalesce

from bureaus.filters import BureauFilter, DayFilter, SpanForm, WordsFilter
from bureaus.search import asked
from tasks import words
from tasks.filters import HiddenFilter, NoticeFilter, SeenFilter
from tasks.models import Assignment, Obligation

# What an obligation belongs to in time: its deadline, or, where it has none, when it went out.
WHEN = Coalesce("due_at", "issued_at")
MONTHS, QUARTERS = "months", "quarters"


class WhenFilter(DayFilter):
    def within(self, rows, edge):
        return rows.alias(when=WHEN).filter(**{f"when__{self.lookup_expr}": edge})


class StatisticsFilter(SeenFilter):
    """Of the obligations."""

    q = WordsFilter("文件、事项")
    bureau = BureauFilter("单位及下级")
    since = WhenFilter("when", "gte", "期间从")
    until = WhenFilter("when", "lt", "期间到")
    columns = django_filters.ChoiceFilter(
        label="期次",
        choices=[(MONTHS, "按原期次"), (QUARTERS, "按月的并为季度")],
        method="as_it_is",
        empty_label=None,
    )
    notice = NoticeFilter()
    obligation = HiddenFilter(
        "事项", Obligation.objects.none(), "没有这个事项，或您无权查看", method="by_obligation"
    )

    class Meta:
        model = Obligation
        fields = ()
        form = SpanForm

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        obligations = Obligation.objects.visible_to(self.request.user)
        self.form.fields["obligation"].queryset = obligations

    def by_words(self, rows, name, value):
        return words.obligations(rows, asked.read(value))

    def by_bureau(self, rows, name, value):
        owed = Assignment.objects.under(value).filter(obligation=OuterRef("pk"))
        return rows.filter(Exists(owed))

    def by_obligation(self, rows, name, value):
        return rows.filter(pk=value.pk)

    def as_it_is(self, rows, name, value):
        """How the columns are drawn changes nothing in what is counted."""
        return rows
