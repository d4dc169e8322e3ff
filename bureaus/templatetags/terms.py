"""Words that not every office uses, each with its meaning (bureaus/manual/terms.py)."""

from django import template
from django.utils.html import format_html

from bureaus.manual.terms import TERMS

register = template.Library()


@register.simple_tag
def term(word: str) -> str:
    """The word, leading to where the manual explains it; a word that needs none as it stands."""
    known = TERMS.get(word)
    if known is None:
        return word
    return format_html(
        '<a class="term" href="{}" title="{}">{}</a>', known.url, known.meaning, word
    )


@register.simple_tag
def meaning(word: str) -> str:
    """What the word means, for a ``title``."""
    return TERMS[word].meaning
