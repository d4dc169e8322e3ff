from django import forms
from django.core.exceptions import ValidationError

DIGITS = 18  # of a key; a longer number is one of no database


class SeveralField(forms.ModelMultipleChoiceField):
    """Rows picked by their keys; Django looks for a number that no column holds, and fails."""

    def clean(self, value):
        for key in value or ():
            if len(str(key)) > DIGITS:
                said = self.error_messages["invalid_choice"]
                raise ValidationError(said, code="invalid_choice", params={"value": key})
        return super().clean(value)
