from django.shortcuts import render
from django.views.decorators.http import require_GET

from bureaus.forms.unit_field import written
from bureaus.models import Bureau

SHOWN = 20
LONGEST = 60  # characters of the words looked for


@require_GET
def bureaus(request):
    """The units one may see that fit the words typed so far; options for a <datalist>."""
    words = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]
    found = Bureau.objects.none()
    if words:
        seen = Bureau.objects.visible_to(request.user).active()
        found = seen.matching(words).select_related("parent")[:SHOWN]
    options = [{"value": written(bureau), "parent": bureau.parent} for bureau in found]
    return render(request, "bureaus/_suggestions.html", {"options": options})
