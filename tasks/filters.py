from datetime import datetime, time, timedelta

import django_filters
from django import forms
from django.db.models import Q
from django.utils import timezone

from bureaus.models import Bureau
from bureaus.roles import Permission
from tasks.dates import YEARS
from tasks.models import Assignment
from tasks.states import ENDED, WITH_BUREAU, Status


class AssignmentFilter(django_filters.FilterSet):
    """Filters of the ledger, kept in the URL. Needs ``request``: the regions are those one sees."""

    LIGHTS = (
        ("open", "未办结"),
        ("mine", "等我办理"),
        ("overdue", "■ 逾期"),
        ("week", "▲ 7日内到期"),
        ("owed", "未报送"),
        ("undated", "○ 无时限"),
        ("done", "✓ 已办结"),
    )
    q = django_filters.CharFilter(
        label="事项、文号、单位",
        method="by_words",
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    bureau = django_filters.CharFilter(label="地区", method="by_bureau", widget=forms.Select)
    status = django_filters.ChoiceFilter(label="状态", choices=Status, empty_label="全部")
    light = django_filters.ChoiceFilter(
        label="进度", choices=LIGHTS, method="by_light", empty_label="全部"
    )
    due = django_filters.DateFilter(
        label="截止日期", method="by_day", widget=forms.DateInput(attrs={"type": "date"})
    )

    class Meta:
        model = Assignment
        fields = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        here = self.request.user.bureaus_where(Permission.READ)
        regions = Bureau.objects.territorial().filter(parent__in=here).values_list("code", "region")
        self.form.fields["bureau"].widget.choices = [("", "全部"), *regions]

    def by_words(self, rows, name, value):
        words = value.strip()
        return rows.filter(
            Q(obligation__title__icontains=words)
            | Q(obligation__notice__doc_number__icontains=words)
            | Q(obligation__notice__title__icontains=words)
            | Q(bureau__short_name__icontains=words)
        )

    def by_bureau(self, rows, name, value):
        bureau = Bureau.objects.filter(code=value).first()
        return rows.under(bureau) if bureau else rows.none()

    def by_day(self, rows, name, value):
        """Those whose last moment lies on this day, handed in or not."""
        if value.year not in YEARS:
            return rows.none()
        start = timezone.make_aware(datetime.combine(value, time.min))
        return rows.filter(due_at__gte=start, due_at__lt=start + timedelta(days=1))

    def by_light(self, rows, name, value):
        now = timezone.now()
        match value:
            case "open":
                return rows.exclude(status__in=ENDED)
            case "mine":
                return rows.waiting_for(self.request.user)
            case "overdue":
                return rows.overdue(now)
            case "week":
                return rows.due_between(now, now + timedelta(days=7))
            case "owed":
                return rows.with_bureau()
            case "undated":
                return rows.filter(due_at=None, status__in=WITH_BUREAU)
        return rows.filter(status=Status.CLOSED)
