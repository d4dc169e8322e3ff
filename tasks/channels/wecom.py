"""企业微信 group robot: the key in the address is all it asks for."""

from datetime import datetime

from tasks.channels.robot import Request, Robot

TOO_OFTEN, BUSY = 45009, -1  # 20 messages a minute a robot


def request(address: str, secret: str, text: str, now: datetime) -> Request:
    """``secret`` is not used: whoever has the address may post."""
    return Request(address, {"msgtype": "text", "text": {"content": text}})


ROBOT = Robot(
    "企业微信",
    request,
    ("errcode",),
    ("errmsg",),
    full=frozenset({TOO_OFTEN}),
    busy=frozenset({BUSY}),
    host="qyapi.weixin.qq.com",
)
