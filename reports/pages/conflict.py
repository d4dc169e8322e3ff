"""What a writer is shown whose form somebody else has saved meanwhile."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reports.filling.asked_forms import Form
from reports.schemas.comparing.conflicts import Difference, Pick, differences, merged
from reports.schemas.content.content import Content, ContentError

BLANK, NO_ROW = "（空）", "（没有这一行）"


@dataclass(frozen=True)
class Choice:
    """One difference, and whose text was picked or is suggested; None has still to be chosen."""

    difference: Difference
    picked: Pick | None

    @property
    def name(self) -> str:
        """The field in which the choice is posted."""
        return f"pick.{self.difference.key}"

    @property
    def theirs(self) -> str:
        return self.difference.theirs or self._nothing

    @property
    def mine(self) -> str:
        return self.difference.mine or self._nothing

    @property
    def _nothing(self) -> str:
        return NO_ROW if self.difference.is_row else BLANK

    @property
    def takes_theirs(self) -> bool:
        return self.picked is Pick.THEIRS

    @property
    def takes_mine(self) -> bool:
        return self.picked is Pick.MINE


@dataclass(frozen=True)
class Conflict:
    """``form`` is as the other one left it; ``base`` what both had begun with, if it is known."""

    form: Form
    base: Content | None
    mine: Content
    choices: Sequence[Choice]

    @property
    def saved_by(self) -> str:
        """张三 于 2026-03-02 14:05"""
        return self.form.written.removesuffix(" 保存")

    @property
    def is_settled(self) -> bool:
        return all(choice.picked for choice in self.choices)

    @property
    def both(self) -> Content:
        """What is to be saved after the choices."""
        picks = {one.difference.key: one.picked for one in self.choices if one.picked}
        return merged(self.form.definition, self.form.content, self.mine, picks, base=self.base)


def conflict_of(form: Form, data: object, posted: Mapping[str, str]) -> Conflict | None:
    """None where the data is no content of this form, which is refused in other words.

    ``posted`` holds the choices made so far, and the ``base``.
    """
    try:
        mine = form.content_of(data)
    except ContentError:
        return None
    base = _base(form, posted.get("base", ""))
    found = differences(form.definition, form.content, mine, base=base)
    choices = [Choice(one, _picked(posted, one) or one.suggested) for one in found]
    return Conflict(form, base, mine, choices)


def _picked(posted: Mapping[str, str], one: Difference) -> Pick | None:
    given = posted.get(f"pick.{one.key}", "")
    return Pick(given) if given in list(Pick) else None


def _base(form: Form, text: str) -> Content | None:
    """It only decides what is suggested; what is no content of the form suggests nothing."""
    try:
        data: Any = json.loads(text)
        return form.content_of(data)
    except (ValueError, ContentError):
        return None
