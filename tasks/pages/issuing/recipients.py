"""Addressees on the page 下发: what 主送 gave, what a person says of the rest and adds by hand."""

from django.db.models import QuerySet
from django.http import QueryDict

from bureaus.forms.several import DIGITS
from bureaus.models import Bureau
from notices.checking.expansion import Expansion, expand
from notices.models import Notice
from tasks.forms.recipients import RecipientsForm
from tasks.pages.issuing import issue as issue_page

FIND = "find_units"  # the button that offers the units whose names were typed


class Recipients:
    """``data``: what was posted, judged where it is to be issued (``is_issue``), else kept."""

    def __init__(self, notice: Notice, data: QueryDict | None, *, is_issue: bool) -> None:
        self.notice = notice
        self.data = data
        self.expansion = expand(notice.recipients_text, issuer=notice.bureau)
        self.found = Expansion()
        typed = data.get("more_units", "") if data is not None else ""
        if data is not None and FIND in data:
            self.found = expand(typed, issuer=notice.bureau)
        self.form = RecipientsForm(
            data if is_issue else None,
            initial=None if data is None else data.dict() | {"more_units": self._left(typed)},
            expansion=self.expansion,
        )

    def offered(self) -> QuerySet[Bureau]:
        return issue_page.offered(self.notice, self.expansion, also=self.also)

    @property
    def also(self) -> list[int]:
        """Keys of units that were added to the list by their names; the page carries them on."""
        before = self.data.getlist("also") if self.data is not None else []
        near = [bureau.pk for gap in self.found.gaps for bureau in gap.near]
        found = [bureau.pk for bureau in self.found.bureaus]
        known = [int(key) for key in before if key.isdecimal() and len(key) <= DIGITS]
        return list(dict.fromkeys(known + found + near))

    def ticked(self) -> list[str | int]:
        """As posted, and those found by their names."""
        posted = self.data.getlist("bureaus") if self.data is not None else []
        return [*posted, *(bureau.pk for bureau in self.found.bureaus)]

    def _left(self, typed: str) -> str:
        """What was found is in the list now; what was not stays in the box."""
        open_words = [gap.words for gap in self.found.gaps]
        return "、".join([*open_words, *self.found.others]) if self.found.parts else typed
