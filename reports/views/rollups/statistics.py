from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from bureaus.roles import Permission
from bureaus.shell.paging import CappedPaginator
from reports.actions import exporting
from reports.exports import files as exports
from reports.exports import statistics_sheet
from reports.rollups import period_bars, statistics
from reports.rollups.statistics import BY_OBLIGATION, BY_PERIOD, Question
from reports.views.forms import xlsx
from tasks.permissions import can_read_roll_up


@require_GET
def page(request):
    """汇总统计: completeness and timeliness by obligation, unit or period. No ranking.

    Only assignments that this person may see are counted.
    """
    question = _question(request)
    context = {
        "question": question,
        "form": question.filter.form,
    }
    if question.by == BY_OBLIGATION:
        rows = statistics.by_obligation(question)
        page_obj = CappedPaginator(rows).get_page(question.given.get("page"))
        statistics.tallied(question, page_obj.object_list)
        for one in page_obj.object_list:
            one.rolls_up = can_read_roll_up(request.user, one)
        context |= {"page_obj": page_obj, "query": question.query()}
    else:
        in_time = question.by == BY_PERIOD
        table = statistics.by_period(question) if in_time else statistics.by_unit(question)
        context |= {"table": table, "lines": _linked(question, table)}
        if in_time:
            context["panels"] = period_bars.panels(table)
    status = 422 if question.is_wrong else 200
    return render(request, f"reports/statistics_{question.by}.html", context, status=status)


def _question(request) -> Question:
    if not request.user.bureaus_where(Permission.READ):
        raise PermissionDenied
    return statistics.read(request, reverse("reports:statistics"))


def _linked(question: Question, table) -> list[dict]:
    """Each line, with the address of the same for the units below its unit."""
    return [
        {
            "line": line,
            "url": ""
            if line.is_own
            else f"{question.path}?{question.query(bureau=line.bureau.code)}",
        }
        for line in table.lines
    ]


@require_GET
def export(request, ending=".xlsx"):
    """导出 Excel, or 导出 CSV: what the page shows at the same address, all pages of it."""
    question = _question(request)
    if question.is_wrong:
        return redirect(f"{question.path}?{question.given.urlencode()}")
    made = statistics_sheet.write(question, ending)
    exporting.statistics_taken(
        made.count,
        filters=question.in_words(),
        query=question.query(),
        now=question.now,
        by=request.user,
    )
    name = statistics.TABS[question.by]
    name = exports.file_name("汇总统计", name, f"{timezone.localdate()}", ending=ending)
    return xlsx(made.data, name, content_type=exports.CONTENT_TYPES[ending])
