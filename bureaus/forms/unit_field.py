"""A unit written into one box of a form, where thousands are too many for a list."""

import re

from django import forms
from django.db.models import Q

from bureaus.models import Bureau
from bureaus.querysets import BureauQuerySet

NAMED = 4  # how many of several possible units an error names
_ENDS_IN_CODE = re.compile(r"(?:.*\s)?([0-9A-Za-z]{3,12})")


def written(bureau: Bureau) -> str:
    """The unit as one writes it and as the suggestions offer it: name and code."""
    return f"{bureau.short_name} {bureau.code}"


class BureauField(forms.CharField):
    """Takes a code, a name, a part of a name or what ``written`` gives; cleans to the Bureau.

    ``bureaus`` are those one may choose from, set by the form for its user; none by default.
    """

    bureaus: BureauQuerySet = Bureau.objects.none()

    def __init__(self, *args, scope="本单位或下级单位", **kwargs):
        kwargs.setdefault("max_length", 60)
        super().__init__(*args, **kwargs)
        self.scope = scope  # in words, which units may be named

    def clean(self, value) -> Bureau | None:
        words = super().clean(value)
        return self._find(words) if words else None

    def _find(self, words: str) -> Bureau:
        """The one unit that fits best: its code, its whole name, a part of its name."""
        code = _ENDS_IN_CODE.fullmatch(words)
        alike: list[Bureau] = []
        for rows in (
            self.bureaus.filter(code=code[1].upper() if code else ""),
            self.bureaus.filter(Q(short_name=words) | Q(name=words)),
            self.bureaus.matching(words),
        ):
            alike = alike or list(rows[: NAMED + 1])
        if len(alike) == 1:
            return alike[0]
        said = _several(words, alike) if alike else _none(words, self.scope)
        raise forms.ValidationError(said)


def _several(words: str, alike: list[Bureau]) -> str:
    names = "、".join(written(bureau) for bureau in alike[:NAMED])
    more = "等" if len(alike) > NAMED else ""
    return f"与“{words}”相符的单位不止一个，请写明其中一个：{names}{more}"


def _none(words: str, scope: str) -> str:
    return f"没有找到单位“{words}”，请填写{scope}的名称或代码"
