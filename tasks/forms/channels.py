"""How one is told: what may be chosen, and the address of a robot."""

from urllib.parse import urlsplit

from django import forms
from django.conf import settings

from bureaus.forms import wording
from bureaus.models import Bureau
from bureaus.roles import Permission
from tasks.channels.registry import ROBOTS
from tasks.ladder.events import GROUPS
from tasks.reminders.mail.transports import is_allowed

SIGNS = "钉钉选“加签”、飞书选“签名校验”时给出的密钥；企业微信不填"


def _event_groups(label: str, help_text: str) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        choices=list(GROUPS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=help_text,
    )


class PreferenceForm(wording.Form):
    in_digest = forms.TypedChoiceField(
        label="同一早上有几项到期",
        choices=[("1", "合并为一封邮件"), ("0", "每项一封邮件")],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
        help_text="特提、特急、加急文件和急件的提醒、催办始终单独发出，不等合并",
    )
    early_by_mail = forms.TypedChoiceField(
        label="提前2个工作日以上的提醒",
        choices=[("1", "发邮件，也发站内消息"), ("0", "只发站内消息")],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
        help_text="提前1个工作日、当天、逾期的提醒和催办始终发邮件，不能取消",
    )
    events_by_mail = _event_groups(
        "以下动态也发邮件",
        "同一文件十分钟内的动态合并为一封，特急、加急的即时发出；站内消息始终都有，本人办理的不告知本人",
    )
    events_by_robot = _event_groups(
        "以下动态也发给我的群机器人", "未设立个人群机器人的，不影响；单位的群机器人不受此限"
    )


class RobotForm(wording.Form):
    channel = forms.ChoiceField(
        label="种类", choices=[(code, robot.label) for code, robot in ROBOTS.items()]
    )
    address = forms.CharField(
        label="机器人地址",
        max_length=500,
        help_text="群设置中“群机器人”给出的 Webhook 地址，加密保存，保存后不再显示",
        error_messages={"required": "请填写群机器人地址", "max_length": "地址太长，请核对"},
    )
    secret = forms.CharField(
        label="签名密钥", max_length=200, required=False, help_text=SIGNS, strip=True
    )
    bureau = forms.ModelChoiceField(
        label="发给谁的提醒",
        queryset=Bureau.objects.none(),
        required=False,
        empty_label="发给我本人的",
        error_messages={"invalid_choice": "请从列表中选择您担任收文管理岗位的单位"},
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        keys = [bureau.pk for bureau in user.bureaus_where(Permission.URGE)]
        self.fields["bureau"].queryset = Bureau.objects.filter(pk__in=keys)
        self.fields["bureau"].label_from_instance = lambda bureau: f"发给{bureau}承办人的"
        if not keys:
            del self.fields["bureau"]

    def clean_address(self) -> str:
        address = self.cleaned_data["address"]
        if not is_allowed(address):
            hosts = "、".join(settings.ROBOT_HOSTS)
            raise forms.ValidationError(
                f"地址应以 https:// 开头，主机名为 {hosts} 之一；使用其他服务器的，请联系系统管理员"
            )
        return address

    def clean(self) -> dict:
        """An address of another kind than the one chosen would only fail later."""
        given = super().clean()
        host = urlsplit(given.get("address", "")).hostname
        kind = next((code for code, robot in ROBOTS.items() if robot.host == host), None)
        if kind and given.get("channel") in ROBOTS and kind != given["channel"]:
            label = ROBOTS[kind].label
            self.add_error("channel", f"这是{label}的地址，请把种类改为{label}")
        return given
