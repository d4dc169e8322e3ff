from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.contrib.auth.password_validation import password_validators_help_texts

from bureaus.models import Bureau, CalendarDay


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


class PasswordForm(PasswordChangeForm):
    """The rules as one sentence a line, in the office's words."""

    error_messages = {
        **PasswordChangeForm.error_messages,
        "password_incorrect": "原密码不正确，请重新输入",
        "password_mismatch": "两次输入的新密码不一致，请重新输入",
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["old_password"].label = "原密码"
        self.fields["new_password1"].label = "新密码"
        self.fields["new_password1"].help_text = "".join(password_validators_help_texts())
        self.fields["new_password2"].label = "再输一次新密码"
        self.fields["new_password2"].help_text = ""


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


class DayForm(forms.Form):
    """One day on which the usual week does not hold."""

    day = forms.DateField(
        label="日期", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    kind = forms.ChoiceField(label="安排", choices=CalendarDay.Kind)
    name = forms.CharField(label="名称", max_length=20, required=False)


class DaysFileForm(forms.Form):
    """A year's arrangement as a text file; ``cleaned_data["file"]`` is its text."""

    MAX_BYTES = 1024 * 1024
    file = forms.FileField(
        label="日历文件",
        help_text="CSV 文本，每行如 2027-01-01,放假,元旦；类型填“放假”或“调休上班”",
        error_messages={"empty": "文件是空的，请检查后重新上传"},
    )

    def clean_file(self) -> str:
        upload = self.cleaned_data["file"]
        if upload.size > self.MAX_BYTES:
            raise forms.ValidationError("文件超过1 MB，不像是工作日历，请检查后重新上传")
        data = upload.read()
        for encoding in ("utf-8-sig", "gb18030"):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                continue
        raise forms.ValidationError("无法识别文件的文字编码，请另存为 UTF-8 编码的 CSV 后上传")
