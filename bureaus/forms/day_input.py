from datetime import date

from django import forms


class DayInput(forms.DateInput):
    """A day to pick; what was typed and is none stays to be seen and mended, as text."""

    def __init__(self, attrs=None):
        super().__init__({"type": "date"} | (attrs or {}), format="%Y-%m-%d")

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        if _is_no_day(context["widget"]["value"]):
            context["widget"]["type"] = context["widget"]["attrs"]["type"] = "text"
        return context


def _is_no_day(shown: str | None) -> bool:
    if not shown:
        return False
    try:
        date.fromisoformat(shown)
    except ValueError:
        return True
    return False
