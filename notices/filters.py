import django_filters
from django import forms

from bureaus.forms import wording
from bureaus.search import asked
from notices.models import Notice, NoticeText


class NoticeFilter(django_filters.FilterSet):
    """Filters of the library, kept in the URL."""

    STATES = (
        ("to_check", "待核对"),
        ("filed", "已入库"),
        ("truncated", "不完整"),
        ("twin", "重复"),
    )
    q = django_filters.CharFilter(
        label="文号或标题", method="by_words", widget=forms.TextInput(attrs={"type": "search"})
    )
    state = django_filters.ChoiceFilter(
        label="状态", choices=STATES, method="by_state", empty_label="全部"
    )

    class Meta:
        model = Notice
        fields = ()
        form = wording.Form

    def by_words(self, rows, name, value):
        words = asked.read(value).words
        found = NoticeText.objects.holding(words, "head").values("pk")
        return rows.filter(pk__in=found) if words else rows.none()

    def by_state(self, rows, name, value):
        match value:
            case "truncated":
                return rows.filter(is_truncated=True)
            case "twin":
                return rows.exclude(twin_of=None)
        return rows.filter(state=value)
