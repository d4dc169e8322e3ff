"""Icons out of the one sheet of symbols."""

from functools import cache

from django import template
from django.templatetags.static import static

register = template.Library()


@register.simple_tag
@cache
def icons() -> str:
    """The address of the sheet of symbols, which stands on a page once for every light and icon."""
    return static("icons.svg")
