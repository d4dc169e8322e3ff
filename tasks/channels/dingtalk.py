"""钉钉 group robot: with 加签 the address carries a time and its signature."""

import base64
import hashlib
import hmac
from datetime import datetime, timedelta
from urllib.parse import urlencode

from tasks.channels.robot import Request, Robot

TOO_OFTEN, TOO_OFTEN_2 = 130101, 410100  # 20 messages a minute a robot, then none for ten minutes
BUSY = -1


def request(address: str, secret: str, text: str, now: datetime) -> Request:
    """Signed where there is a ``secret``: HMAC-SHA256 over "milliseconds, newline, secret"."""
    body: dict[str, object] = {"msgtype": "text", "text": {"content": text}}
    if not secret:
        return Request(address, body)
    stamp = str(round(now.timestamp() * 1000))
    signed = urlencode({"timestamp": stamp, "sign": signature(stamp, secret)})
    return Request(f"{address}{'&' if '?' in address else '?'}{signed}", body)


def signature(stamp: str, secret: str) -> str:
    digest = hmac.new(secret.encode(), f"{stamp}\n{secret}".encode(), hashlib.sha256).digest()
    return base64.b64encode(digest).decode()


ROBOT = Robot(
    "钉钉",
    request,
    ("errcode",),
    ("errmsg",),
    full=frozenset({TOO_OFTEN, TOO_OFTEN_2}),
    rest=timedelta(minutes=10),
    busy=frozenset({BUSY}),
    host="oapi.dingtalk.com",
)
