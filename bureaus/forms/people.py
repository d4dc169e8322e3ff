import unicodedata

from django import forms

from bureaus.forms import wording
from bureaus.forms.days import DayInput
from bureaus.forms.unit_field import BureauField
from bureaus.models import Bureau
from bureaus.roles import Permission, Role


def _administered(user, *permissions: Permission):
    return Bureau.objects.administered_by(user, *permissions).active()


class PersonForm(wording.Form):
    """What is known of a person: no more than the work needs (PIPL Art. 34)."""

    name = forms.CharField(label="姓名", max_length=30)
    phone = forms.CharField(
        label="办公电话", max_length=30, required=False, help_text="座机或工作电话，不填私人号码"
    )
    email = forms.EmailField(
        label="电子邮箱", required=False, help_text="提醒发到这里；未填的收不到提醒"
    )
    expires_on = forms.DateField(
        label="账号有效期至",
        required=False,
        widget=DayInput,
        help_text="借调、挂职等短期使用的填写，当天仍可登录；长期使用的不填",
    )

    def clean_name(self) -> str:
        return "".join(self.cleaned_data["name"].split())


class NewPersonForm(PersonForm):
    bureau = BureauField(label="所在单位", help_text="名称或代码；本单位及下级单位")
    username = forms.CharField(
        label="账号",
        max_length=40,
        help_text="3至40位小写字母、数字、点、横线或下划线；建立后不能更改，也不再给他人使用",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    field_order = ("bureau", "username", "name", "phone", "email", "expires_on")

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["bureau"].bureaus = _administered(user, Permission.STAFF, Permission.SYSTEM)

    def clean_username(self) -> str:
        return unicodedata.normalize("NFKC", self.cleaned_data["username"]).strip().lower()


class PostForm(wording.Form):
    """A post out of those the person may give or ask for."""

    role = forms.ChoiceField(label="岗位")
    bureau = BureauField(label="在哪个单位", help_text="名称或代码")

    def __init__(self, *args, user, roles, **kwargs):
        super().__init__(*args, **kwargs)
        offered = [(role.value, role.label) for role in roles]
        self.fields["role"].choices = [("", "请选择"), *offered]
        self.fields["bureau"].bureaus = _administered(
            user, Permission.STAFF, Permission.SYSTEM, Permission.GRANT
        )

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])
