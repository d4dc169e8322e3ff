"""Widgets without templates are letter for letter those of Django's templates."""

from datetime import date

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe

from bureaus.forms.rendering import WRITERS, PlainRenderer

GROUPED = (("办理", (("open", "未办结"), ("mine", "等我办理"))), ("", "全部"), (3, 2026))
ODD = "\"><script>alert(1)</script>&'</textarea>"
ATTRS = {"class": "input", "data-x": ODD, "required": True, "hidden": False, "rows": 3, "id": "a b"}


@pytest.mark.parametrize("value", [None, "", "文字", ODD, 0, 1234, mark_safe("<b>"), ["3"], [""]])
@pytest.mark.parametrize(
    "widget",
    [
        forms.TextInput(ATTRS),
        forms.TextInput({"type": "search"}),
        forms.HiddenInput(),
        forms.NumberInput(),
        forms.EmailInput(),
        forms.PasswordInput(render_value=True),
        forms.CheckboxInput(ATTRS),
        forms.Textarea(ATTRS),
        forms.Select(ATTRS, GROUPED),
        forms.Select({}, [(None, "无"), (ODD, ODD), (True, mark_safe("<i>是</i>"))]),
        forms.SelectMultiple({}, GROUPED),
        forms.CheckboxSelectMultiple({}, GROUPED),
        forms.RadioSelect(ATTRS, GROUPED),
        forms.ClearableFileInput(),
    ],
    ids=lambda widget: type(widget).__name__,
)
def test_widget_is_the_same(widget, value):
    written = [
        widget.render("n<a>me", value, renderer=each()) for each in (DjangoTemplates, PlainRenderer)
    ]

    assert written[0] == written[1]


def test_form_is_the_same_with_and_without_faults():
    class Asked(forms.Form):
        day = forms.DateField(widget=forms.DateInput({"type": "date"}), initial=date(2026, 3, 2))
        words = forms.CharField(max_length=2, help_text="<两个字>")
        light = forms.ChoiceField(choices=GROUPED, required=False)

    for data in (None, {"day": "2026-13-01", "words": ODD, "light": "x"}):
        plain, own = (
            str(Asked(data, renderer=each())) for each in (PlainRenderer, DjangoTemplates)
        )
        assert plain == own


def test_plain_widgets_need_no_template(monkeypatch):
    monkeypatch.setattr(PlainRenderer, "get_template", None)

    for widget in (forms.TextInput(), forms.Select({}, GROUPED), forms.Textarea()):
        assert widget.template_name in WRITERS
        assert 'name="a"' in widget.render("a", "b", renderer=PlainRenderer())
