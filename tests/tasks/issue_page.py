"""The page 下发 as a browser sees and sends it, and directives that ask in periods."""

from django.db.models import F
from django.urls import reverse

from tasks.models import Obligation
from tests import factories
from tests.factories import SHANGHAI

TEXT = factories.TEXT_APART  # three clauses: table, outline, undated
START = factories.TEXT.index("各单位请于")
REST = factories.TEXT.index("重要情况和工作信息")
MONTHLY = "各单位自2026年4月起至6月，于每月10日前将上月质量工作进展情况报送总局（附件1）。"
ENDLESS = "各单位于每月10日前将上月质量工作进展情况报送总局（附件1）。"
WEEKLY = "各单位自2026年4月起至6月，于每周五前将质量工作进展情况报送总局（附件1）。"


def text_with(sentence: str) -> str:
    return factories.TEXT[:START] + sentence + factories.TEXT[REST:]


def url(notice) -> str:
    return reverse("tasks:issue", args=[notice.pk])


def filled_in(answer, **changes) -> dict:
    """What the browser would send back from the page as it stands, unless changed."""
    context = answer.context
    data = {
        "clauses": [p.clause.pk for p in context["previews"] if p.is_chosen],
        "bureaus": [pk for tier in context["tiers"] for pk in tier.chosen],
        "soon_workdays": "3",
    }
    for preview in context["previews"]:
        if not preview.schedule.is_list:
            continue
        rows, name = preview.schedule.rows, preview.prefix
        data[f"{name}-start"] = str(preview.schedule.start or "")
        data[f"{name}-stop"] = str(preview.schedule.stop or "")
        data[f"{name}-span"] = preview.span
        data[f"{name}-label"] = [row.label for row in rows]
        data[f"{name}-due"] = [str(row.due_on or "") for row in rows]
        data[f"{name}-on"] = [str(number) for number, row in enumerate(rows) if row.is_on]
    return data | changes


def days() -> list[tuple[str, str]]:
    """Periods and last days of what was issued, undated ones last."""
    found = Obligation.objects.order_by(F("due_at").asc(nulls_last=True), "pk")
    return [
        (each.period, str(each.due_at.astimezone(SHANGHAI).date()) if each.due_at else "")
        for each in found
    ]
