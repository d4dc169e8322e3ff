from django import forms
from django.core.exceptions import ValidationError

DIGITS = 18  # of a key; a longer number is one of no database


class SeveralField(forms.ModelMultipleChoiceField):
    """Rows picked by their keys; for a number that no column holds Django looks, and fails.

    One query for all of them. Django makes one of each key besides, to see whether it is a number:
    of thousands that takes longer than reading the rows.
    """

    def clean(self, value):
        if not value or not isinstance(value, list | tuple):
            return super().clean(value)
        keys = [str(key) for key in self.prepare_value(value)]
        for key in keys:
            if not key.isdecimal() or len(key) > DIGITS:
                self._refuse(key)
        found = self.queryset.filter(pk__in=set(keys))
        known = {str(each.pk) for each in found}
        for key in keys:
            if key not in known:
                self._refuse(key)
        self.run_validators(value)
        return found

    def _refuse(self, key: str):
        said = self.error_messages["invalid_choice"]
        raise ValidationError(said, code="invalid_choice", params={"value": key})
