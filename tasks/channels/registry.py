"""The robots by the code under which a person's address names them."""

from tasks.channels import dingtalk, feishu, wecom
from tasks.channels.robot import Robot

ROBOTS: dict[str, Robot] = {
    "wecom": wecom.ROBOT,
    "dingtalk": dingtalk.ROBOT,
    "feishu": feishu.ROBOT,
}
