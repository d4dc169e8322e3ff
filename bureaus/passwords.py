"""The complexity rules for passwords (GB/T 22239-2019, 8.1.4.1 a: 鉴别信息具有复杂度要求)."""

import unicodedata

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.core.exceptions import ValidationError

CLASSES_WANTED = 3
RULE = "密码须包含大写字母、小写字母、数字、符号中的至少三类。"


class LengthValidator(MinimumLengthValidator):
    """Django's own, whose refusal Django 5.2 does not have in Chinese."""

    def get_error_message(self):
        return f"密码太短，至少需要{self.min_length}个字符。"

    def get_help_text(self):
        return f"密码至少需要{self.min_length}个字符。"


class ThreeOfFourClassesValidator:
    """Wants three of: capital letters, small letters, digits, anything else."""

    def validate(self, password, user=None):
        if len({_character_class(character) for character in password}) < CLASSES_WANTED:
            raise ValidationError(RULE, code="password_too_few_classes")

    def get_help_text(self):
        return RULE


def _character_class(character: str) -> str:
    category = unicodedata.category(character)
    return {"Lu": "capital", "Ll": "small", "Nd": "digit"}.get(category, "symbol")
