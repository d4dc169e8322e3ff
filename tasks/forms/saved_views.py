"""A name for a question to the ledger, and who is to have it."""

from django import forms

from bureaus.forms import wording
from bureaus.models import Bureau
from tasks.models.saved_view import NAME_LENGTH

ONLY_ME = "只给自己"


class SavedViewForm(wording.Form):
    """``bureaus``: in which this person may share; None of them is the person alone."""

    name = forms.CharField(label="视图名称", max_length=NAME_LENGTH)
    bureau = forms.TypedChoiceField(label="给谁用", required=False, empty_value=None)

    def __init__(self, *args, bureaus: list[Bureau], **kwargs):
        super().__init__(*args, prefix="view", **kwargs)
        by_code = {one.code: one for one in bureaus}
        shared = [(code, f"{one}共享") for code, one in by_code.items()]
        self.fields["bureau"].choices = [("", ONLY_ME), *shared]
        self.fields["bureau"].coerce = by_code.__getitem__
        self.is_shareable = bool(bureaus)
