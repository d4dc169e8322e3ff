"""飞书 group robot: with 签名校验 the body carries a time and its signature."""

import base64
import hashlib
import hmac
from datetime import datetime

from tasks.channels.robot import Request, Robot

TOO_OFTEN, TOO_OFTEN_2 = 9499, 11232  # 100 messages a minute, 5 a second


def request(address: str, secret: str, text: str, now: datetime) -> Request:
    """Signed where there is a ``secret``: HMAC-SHA256 of nothing, keyed "seconds, newline, secret".

    The odd roles of key and message are the far side's.
    """
    body: dict[str, object] = {"msg_type": "text", "content": {"text": text}}
    if secret:
        stamp = str(int(now.timestamp()))
        body |= {"timestamp": stamp, "sign": signature(stamp, secret)}
    return Request(address, body)


def signature(stamp: str, secret: str) -> str:
    digest = hmac.new(f"{stamp}\n{secret}".encode(), b"", hashlib.sha256).digest()
    return base64.b64encode(digest).decode()


ROBOT = Robot(
    "飞书",
    request,
    ("code", "StatusCode"),
    ("msg", "StatusMessage"),
    full=frozenset({TOO_OFTEN, TOO_OFTEN_2}),
    host="open.feishu.cn",
)
