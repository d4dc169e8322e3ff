from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from tasks.actions import evidence
from tasks.errors import IssueRefused
from tasks.forms.evidence import posted_kinds
from tasks.views.amending import issued


@require_POST
def ask(request, pk):
    """调整随报材料: what units may hand in beside the forms, after the issue."""
    obligation = issued(request.user, pk)
    try:
        kinds, name = posted_kinds(request.POST, "evidence"), request.POST.get("document")
        evidence.ask(obligation, kinds, document=name, now=timezone.now(), by=request.user)
        messages.success(request, "已调整随报材料，以后按新的种类接收")
    except IssueRefused as refused:
        messages.error(request, str(refused))
    return redirect("tasks:obligation_detail", pk)
