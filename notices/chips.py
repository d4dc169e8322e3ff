"""The filters in force above a list, each with the address of the list without it."""

from django.http import QueryDict


def chips(path: str, given: QueryDict, form, *, everything: str = "") -> list[dict]:
    """For templates/_components/filters.html; ``everything`` is the query that filters nothing."""
    made = []
    for name, field in form.fields.items():
        value = given.get(name)
        if value:
            choices = dict(getattr(field.widget, "choices", []) or [])
            rest = without(given, name, "page") or everything
            made.append(
                {
                    "label": field.label,
                    "value": choices.get(value, value),
                    "remove_url": f"{path}?{rest}",
                }
            )
    return made


def without(given: QueryDict, *names: str) -> str:
    """The query string without these parameters."""
    rest = given.copy()
    for name in names:
        rest.pop(name, None)
    return rest.urlencode()
