from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.contrib.auth.password_validation import password_validators_help_texts

from bureaus.forms import wording


class LoginForm(wording.Worded, AuthenticationForm):
    """One message for an unknown account and for a wrong password."""

    error_messages = {
        "invalid_login": "账号或密码不正确，请核对后重新输入",
        "inactive": "账号或密码不正确，请核对后重新输入",
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "账号"
        self.fields["password"].label = "密码"


class PasswordForm(wording.Worded, PasswordChangeForm):
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
