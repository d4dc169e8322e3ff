"""Django's plain widgets without templates: a page of forms has a hundred of them.

What comes out is letter for letter what Django's own templates make (tests/bureaus/shell/
test_rendering.py); whatever is not a plain box, a list or a text goes through them.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.utils.formats import localize
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeData, SafeString, mark_safe

FOLDER = "django/forms/widgets"
INPUTS = ("input", "text", "hidden", "date", "number", "email", "password", "checkbox")
NO_ERRORS = "django/forms/errors/list/default.html"
Widget = Mapping[str, Any]


class PlainRenderer(DjangoTemplates):
    def render(self, template_name, context, request=None):
        if writer := WRITERS.get(template_name):
            written = writer(context["widget"])
            return mark_safe(written)  # noqa: S308  each writer escapes what it is given
        if template_name == NO_ERRORS and not context["errors"]:
            return SafeString("")
        return super().render(template_name, context, request)


def _input(widget: Widget) -> str:
    value = widget["value"]
    said = "" if value is None else f' value="{_text(value)}"'
    name = conditional_escape(widget["name"])
    return f'<input type="{widget["type"]}" name="{name}"{said}{_attributes(widget["attrs"])}>'


def _textarea(widget: Widget) -> str:
    name, text = conditional_escape(widget["name"]), _shown(widget["value"] or "")
    return f'<textarea name="{name}"{_attributes(widget["attrs"])}>\n{text}</textarea>'


def _select(widget: Widget) -> str:
    written = "".join(
        [
            _group(name, "".join([f"\n  {_option(one)}\n" for one in options]))
            for name, options, _ in widget["optgroups"]
        ]
    )
    name = conditional_escape(widget["name"])
    return f'<select name="{name}"{_attributes(widget["attrs"])}>{written}\n</select>'


def _group(name: Any, options: str) -> str:
    if not name:
        return options
    return f'\n  <optgroup label="{_shown(name)}">{options}\n  </optgroup>'


def _option(widget: Widget) -> str:
    value, label = _text(widget["value"]), _shown(widget["label"])
    return f'<option value="{value}"{_attributes(widget["attrs"])}>{label}</option>'


def _attributes(attributes: Mapping[str, Any]) -> str:
    return "".join(
        [
            f" {conditional_escape(name)}" + ("" if value is True else f'="{_text(value)}"')
            for name, value in attributes.items()
            if value is not False
        ]
    )


def _text(value: Any) -> str:
    """As {{ value|stringformat:'s' }}."""
    return str(value) if isinstance(value, SafeData) else escape(str(value))


def _shown(value: Any) -> str:
    """As {{ value }}."""
    return conditional_escape(value if isinstance(value, str) else str(localize(value)))


WRITERS: dict[str, Callable[[Widget], str]] = {
    **{f"{FOLDER}/{name}.html": _input for name in INPUTS},
    f"{FOLDER}/textarea.html": _textarea,
    f"{FOLDER}/select.html": _select,
}
