from django import forms


class DayInput(forms.DateInput):
    """A day, with the browser's own calendar where it has one."""

    def __init__(self):
        super().__init__(attrs={"type": "date"}, format="%Y-%m-%d")
