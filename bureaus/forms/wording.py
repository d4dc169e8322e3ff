"""What a form says of wrong input: in the office's words, naming the field and what to do.

Django's own messages name no field and no example, and several are no good Chinese. A message
given with a field stands as it is.
"""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise

SHOWN = 30  # characters of a wrong value that are repeated
# The nearest class of a field that has words for the code of an error gives them.
WORDS = {
    forms.Field: {
        "required": "请填写“%(label)s”",
        "max_length": "“%(label)s”最多%(limit_value)d字，现在%(show_value)d字，请删减",
        "min_value": "“%(label)s”不能小于%(limit_value)s，请改正",
        "max_value": "“%(label)s”不能大于%(limit_value)s，请改正",
        "null_characters_not_allowed": "“%(label)s”中有不能保存的字符，请删去后重新填写",
    },
    forms.IntegerField: {"invalid": "“%(value)s”不是整数，请只填数字，如3"},
    forms.DateField: {"invalid": "“%(value)s”不是日期，请写成2026-03-31这样"},
    forms.TimeField: {"invalid": "“%(value)s”不是时间，请写成17:30这样"},
    forms.EmailField: {"invalid": "“%(value)s”不是邮箱地址，请写成name@example.cn这样"},
    forms.BooleanField: {"required": "请勾选“%(label)s”"},
    forms.ChoiceField: {
        "required": "请选择“%(label)s”",
        "invalid_choice": "请从列表中选择“%(label)s”",
        "invalid_list": "请从列表中选择“%(label)s”",
        "invalid_pk_value": "请从列表中选择“%(label)s”",
    },
    forms.FileField: {
        "required": "请选择“%(label)s”",
        "missing": "请选择“%(label)s”",
        "invalid": "请选择“%(label)s”",
        "empty": "文件是空的，请检查后重新上传",
        "max_length": "文件名最多%(max)d字，现在%(length)d字，请改短后重新上传",
    },
}


class Worded:
    """For a form of any kind, before its class of Django's."""

    def add_error(self, field, error):
        if field in self.fields and isinstance(error, ValidationError):
            error = ValidationError([_worded(self[field], one) for one in error.error_list])
        super().add_error(field, error)


class Form(Worded, forms.Form):
    """The base of our forms, and of those of our filters."""


def _worded(field: forms.BoundField, error: ValidationError) -> ValidationError:
    # only what Django says is still to be translated; what is said with a field is Chinese already
    words = _words(type(field.field), error.code) if isinstance(error.message, Promise) else None
    if words is None:
        return error
    said = {"label": field.label, "value": _short(str(field.data))}
    return ValidationError(words, code=error.code, params=(error.params or {}) | said)


def _words(kind: type[forms.Field], code: str | None) -> str | None:
    known = (WORDS.get(base, {}) for base in kind.__mro__)
    return next((words[code] for words in known if code in words), None)


def _short(value: str) -> str:
    return value if len(value) <= SHOWN else f"{value[:SHOWN]}…"
