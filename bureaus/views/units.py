from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from bureaus import permissions
from bureaus.actions import units
from bureaus.errors import BureauError
from bureaus.forms.units import UnitSettingsForm, ZoneForm
from bureaus.models import Bureau
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


def unit(request, pk):
    """单位设置: what is known of a unit, and the switches this person may turn."""
    user, wanted = request.user, (Permission.STAFF, Permission.SYSTEM)
    permissions.check_any(user, *wanted)
    administered = Bureau.objects.administered_by(user, *wanted).select_related("parent")
    bureau = get_object_or_404(administered, pk=pk)
    allowed = units.open_settings(bureau, user)
    form = UnitSettingsForm(request.POST or None, instance=bureau, allowed=allowed)
    if request.method == "POST":
        form.is_valid()  # two check boxes: nothing to be wrong
        units.set_up(bureau, **form.cleaned_data, by=user)
        messages.success(request, "已保存单位设置")
        return redirect("bureaus:unit", pk)
    context = {
        "bureau": bureau,
        "form": form,
        "people": bureau.staff.filter(is_active=True).count(),
        "may_add": permissions.can_add(user, bureau),
    }
    return render(request, "bureaus/unit.html", context)
