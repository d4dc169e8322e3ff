from django.contrib import messages
from django.shortcuts import redirect, render

from bureaus import permissions
from bureaus.actions import units
from bureaus.errors import BureauError
from bureaus.forms import ZoneForm
from bureaus.roles import Permission


def add(request):
    """新增单位: a 开发区 or another unit without a code of the state."""
    permissions.check_any(request.user, Permission.SYSTEM)
    form = ZoneForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = units.add_zone(**form.cleaned_data, by=request.user)
        except BureauError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"已新增单位：{made.name}")
            return redirect("bureaus:units")
    return render(
        request, "bureaus/unit_add.html", {"form": form}, status=422 if form.errors else 200
    )
