"""The rules for passwords (GB/T 22239-2019, 8.1.4.1 a: 鉴别信息具有复杂度要求并定期更换)."""

import secrets
import unicodedata
from datetime import date

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    MinimumLengthValidator,
    UserAttributeSimilarityValidator,
)
from django.core.exceptions import ValidationError
from django.utils import timezone

from bureaus.models import PastPassword, Staff

CLASSES_WANTED = 3
RULE = "密码须包含大写字母、小写字母、数字、符号中的至少三类。"
# Without letters and digits that are taken for one another when read from a screen.
CAPITALS, SMALL, DIGITS = "ABCDEFGHJKMNPQRSTUVWXYZ", "abcdefghjkmnpqrstuvwxyz", "23456789"


class LengthValidator(MinimumLengthValidator):
    """Django's own, whose refusal Django 5.2 does not have in Chinese."""

    def get_error_message(self):
        return f"密码太短，至少需要{self.min_length}个字符。"

    def get_help_text(self):
        return f"密码至少需要{self.min_length}个字符。"


class UnlikeOneselfValidator(UserAttributeSimilarityValidator):
    def get_error_message(self):
        return "密码与%(verbose_name)s太相似，容易被猜到，请换一个。"


class UncommonValidator(CommonPasswordValidator):
    def get_error_message(self):
        return "这个密码很多人在用，容易被猜到，请换一个。"


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


class HistoryValidator:
    """Refuses the present password and the last ones before it, ``count`` in all; 0 refuses none.

    Django calls ``password_changed`` whenever a new password is saved, whichever way it came.
    """

    def __init__(self, count: int):
        self.count = count

    def validate(self, password, user=None):
        if not self.count or user is None or user.pk is None:
            return
        kept = user.past_passwords.values_list("password", flat=True)[: self.count]
        if any(check_password(password, hashed) for hashed in {user.password, *kept}):
            raise ValidationError(self.get_help_text(), code="password_used_before")

    def password_changed(self, password, user=None):
        if not self.count or user is None:
            return
        PastPassword.objects.create(staff=user, password=user.password)
        kept = list(user.past_passwords.values_list("pk", flat=True)[: self.count])
        user.past_passwords.exclude(pk__in=kept).delete()

    def get_help_text(self):
        return f"新密码不能与最近{self.count}次用过的密码相同。" if self.count else ""


def one_time() -> str:
    """A random first password in four groups that passes the rules: ``Kq7m-Rt4w-Xp9d-Hn2c``."""
    return "-".join(_group() for _ in range(4))


def _group() -> str:
    return "".join(secrets.choice(signs) for signs in (CAPITALS, SMALL, DIGITS, SMALL))


def reason_to_change(staff: Staff, today: date) -> str:
    """Why the password has to be changed before anything else, fit to be shown; "" if not."""
    if staff.must_change_password:
        return "当前密码是管理员设置的一次性密码，请先改为只有您自己知道的密码"
    since = timezone.localdate(staff.password_changed_at or staff.created_at)
    if settings.PASSWORD_MAX_DAYS and (today - since).days >= settings.PASSWORD_MAX_DAYS:
        return f"密码已使用满{settings.PASSWORD_MAX_DAYS}天，请先修改密码"
    return ""
