from datetime import date

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from bureaus import permissions
from bureaus.actions import workdays
from bureaus.calendar import YEARS
from bureaus.errors import BureauError
from bureaus.forms.workdays import DayForm, DaysFileForm
from bureaus.models import CalendarDay
from bureaus.roles import Permission
from bureaus.shell.year import Month, months
from bureaus.views.administration import page_of


def calendar(request):
    """工作日历: what is loaded, to be edited by the day or taken from a file."""
    permissions.check_any(request.user, Permission.SYSTEM)
    return _page(request, DayForm(), DaysFileForm())


def _page(request, day_form, file_form, status: int = 200):
    last = CalendarDay.objects.order_by("day").last()
    today = timezone.localdate()
    shown = _year(request, today.year)
    return page_of(
        request,
        "bureaus/workdays.html",
        CalendarDay.objects.order_by("-day"),
        active="bureaus:workdays",
        status=status,
        day_form=day_form,
        file_form=file_form,
        last_year=last.day.year if last else None,
        query=f"year={shown}" if shown != today.year else "",
        year=shown,
        years=[near for near in (shown - 1, shown + 1) if near in YEARS],
        months=_months(shown, today),
    )


def _year(request, this_year: int) -> int:
    """The year asked for; this one where none is, or none that we know."""
    said = request.GET.get("year", "")
    is_year = len(said) == 4 and said.isascii() and said.isdecimal() and int(said) in YEARS
    return int(said) if is_year else this_year


def _months(year: int, today: date) -> list[Month]:
    found = list(CalendarDay.objects.filter(day__year=year))
    kinds = {
        kind: {row.day for row in found if row.kind == kind} for kind in CalendarDay.Kind.values
    }
    return months(
        year,
        rest=kinds[CalendarDay.Kind.REST],
        work=kinds[CalendarDay.Kind.WORK],
        names={row.day: row.name for row in found},
        today=today,
    )


@require_POST
def put(request):
    permissions.check_any(request.user, Permission.SYSTEM)
    form = DayForm(request.POST)
    if form.is_valid():
        try:
            row = workdays.put(**form.cleaned_data, by=request.user)
        except BureauError as refused:
            form.add_error("day", str(refused))
        else:
            messages.success(request, f"已设置：{row}")
            return redirect("bureaus:workdays")
    return _page(request, form, DaysFileForm(), status=422)


@require_POST
def remove(request, pk):
    permissions.check_any(request.user, Permission.SYSTEM)
    row = get_object_or_404(CalendarDay, pk=pk)
    day = row.day
    workdays.remove(row, by=request.user)
    messages.success(request, f"已删除{day}的设置，按平常的星期计算")
    return redirect("bureaus:workdays")


@require_POST
def import_days(request):
    permissions.check_any(request.user, Permission.SYSTEM)
    form = DaysFileForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            count = workdays.import_days(form.cleaned_data["file"], by=request.user)
        except BureauError as refused:
            form.add_error("file", str(refused))
        else:
            messages.success(request, f"已导入{count}天")
            return redirect("bureaus:workdays")
    return _page(request, DayForm(), form, status=422)
