from django import forms
from django.contrib.auth.forms import AuthenticationForm

from bureaus.models import Bureau


class LoginForm(AuthenticationForm):
    """One message for an unknown account and for a wrong password."""

    error_messages = {
        "invalid_login": "账号或密码不正确，请核对后重新输入",
        "inactive": "账号或密码不正确，请核对后重新输入",
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "账号"
        self.fields["password"].label = "密码"


class ZoneForm(forms.Form):
    """A unit that the lists of codes do not know."""

    parent = forms.CharField(label="上级单位代码", max_length=12, help_text="六位代码，如330100")
    code = forms.CharField(
        label="单位代码", max_length=12, help_text="3至12位数字或大写字母，全国唯一，启用后不再更改"
    )
    name = forms.CharField(
        label="单位全称", max_length=60, help_text="如 杭州钱塘新区市场监督管理局"
    )

    def clean_parent(self) -> Bureau:
        found = Bureau.objects.active().filter(code=self.cleaned_data["parent"].strip()).first()
        if found is None:
            raise forms.ValidationError("没有这个代码的单位，请在“单位”页查到代码后填写")
        return found

    def clean_code(self) -> str:
        return self.cleaned_data["code"].strip().upper()
