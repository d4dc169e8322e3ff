"""The smallest components as tags, for lists: one page has a hundred of them, and few kinds.

Each renders the template of its name under templates/_components once for the same words.
"""

from datetime import date
from functools import lru_cache

from django import template
from django.template.loader import render_to_string

register = template.Library()
KINDS = 4096  # of one component; a list has a few dozen


@register.simple_tag
@lru_cache(maxsize=KINDS)
def light(code: str, reason: str = "", word: str = "") -> str:
    """One of the five lights, with why it is lit; ``word`` where another than its own is meant."""
    return _rendered("light", light=code, reason=reason, word=word)


@register.simple_tag
@lru_cache(maxsize=KINDS)
def badge(word: str, kind: str) -> str:
    """A status."""
    return _rendered("badge", word=word, kind=kind)


@register.simple_tag
@lru_cache(maxsize=KINDS)
def deadline(due_on: date | None, remaining: int | None, code: str) -> str:
    """A due day and what is left, beside a light that stands in its own column."""
    return _rendered("deadline", due_on=due_on, remaining=remaining, light=code, hide_light=True)


def _rendered(name: str, **context: object) -> str:
    return render_to_string(f"_components/{name}.html", context)
