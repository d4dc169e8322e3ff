"""Every channel by its code: one row each. The code stands in the rows of the ledger."""

from tasks.channels import dingtalk, feishu, wecom
from tasks.channels.robot import Robot

ROBOTS: dict[str, Robot] = {
    "wecom": wecom.ROBOT,
    "dingtalk": dingtalk.ROBOT,
    "feishu": feishu.ROBOT,
}
EMAIL, INBOX = "email", "inbox"
LABELS = {
    EMAIL: "电子邮件",
    INBOX: "站内消息",
    **{code: f"{robot.label}机器人" for code, robot in ROBOTS.items()},
}


def choices() -> list[tuple[str, str]]:
    """For the model, which so needs no migration for a further channel."""
    return list(LABELS.items())
