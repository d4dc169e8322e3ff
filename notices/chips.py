"""The filters in force above a list, each with the address of the list without it."""


def chips(request, chosen) -> list[dict]:
    """For templates/_components/filters.html; ``chosen`` is a bound filter set."""
    made = []
    for name, field in chosen.form.fields.items():
        value = request.GET.get(name)
        if not value:
            continue
        rest = request.GET.copy()
        rest.pop(name)
        rest.pop("page", None)
        choices = dict(getattr(field.widget, "choices", []) or [])
        made.append(
            {
                "label": field.label,
                "value": choices.get(value, value),
                "remove_url": f"{request.path}?{rest.urlencode()}",
            }
        )
    return made
