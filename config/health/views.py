"""The page 系统状况."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from bureaus import permissions
from bureaus.roles import Permission
from bureaus.views.administration import tabs
from config.health import machine
from config.health.lines import State
from config.health.report import report, worst


@require_safe
def page(request):
    """系统状况: each part of the system, how it is, since when, and what to do."""
    permissions.check_any(request.user, Permission.SYSTEM)
    lines = report(timezone.now())
    context = {
        "lines": lines,
        "worst": worst(lines),
        "wrong": sum(line.state is State.WRONG for line in lines),
        "noted": sum(line.state is State.NOTE for line in lines),
        "versions": machine.versions(),
        "tabs": tabs(request.user, "health:page"),
    }
    return render(request, "config/health.html", context)
