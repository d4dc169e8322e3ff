"""The filters in force above a list, each with the address of the list without it."""

from django.db.models import Model
from django.http import QueryDict
from django.utils.choices import flatten_choices


def chips(
    path: str, given: QueryDict, form, *, everything: str = "", emptied: str = ""
) -> list[dict]:
    """For templates/_components/filters.html; ``everything`` is the query that filters nothing.

    A parameter given several times makes a chip for each of its values. The one ``emptied`` stays
    in the address without a value: left out, the list would go back to the span it begins with.
    """
    form.is_valid()
    return [
        {
            "label": field.label,
            "value": _shown(form, name, value),
            "remove_url": path + "?" + (_left(given, name, value, emptied) or everything),
        }
        for name, field in form.fields.items()
        for value in dict.fromkeys(given.getlist(name))
        if value
    ]


def _left(given: QueryDict, name: str, value: str, emptied: str) -> str:
    rest = without_value(given, name, value)
    return "&".join(filter(None, (rest, f"{name}="))) if name == emptied else rest


def _shown(form, name: str, value: str) -> str:
    """The value as people say it: the row it stands for, the word of a choice, itself."""
    found = form.cleaned_data.get(name)
    if isinstance(found, Model):
        return str(found)
    choices = getattr(form.fields[name].widget, "choices", None) or []
    return dict(flatten_choices(choices)).get(value, value)


def without(given: QueryDict, *names: str) -> str:
    """The query string without these parameters."""
    rest = given.copy()
    for name in names:
        rest.pop(name, None)
    return rest.urlencode()


def without_value(given: QueryDict, name: str, value: str) -> str:
    """The query string without the page and without this value of one parameter."""
    rest = given.copy()
    rest.pop("page", None)
    rest.setlist(name, [other for other in rest.getlist(name) if other != value])
    return rest.urlencode()
