from django.contrib.auth.forms import AuthenticationForm


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
