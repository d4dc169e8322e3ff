"""What the group robots of 企业微信, 钉钉 and 飞书 have in common: JSON over HTTP, and an answer.

Only title, deadline and link are posted: never attachments, body text or telephone numbers.
"""

import json
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from http.client import HTTPException, InvalidURL
from urllib.parse import urlsplit

TIMEOUT = 10  # seconds, for connecting and for the answer
MOST = 64_000  # bytes of an answer that are read


class ChannelRefused(Exception):
    """The far side will not take it, now or later; the message is fit to be shown."""


class ChannelDown(Exception):
    """It may succeed later: no connection, a busy robot, no answer."""


class ChannelSilent(ChannelDown):
    """Nobody answers there, or not in time; whatever else goes there would wait as long."""


class ChannelFull(ChannelDown):
    """It takes so many messages a minute and no more; it has not taken this one."""


@dataclass(frozen=True, slots=True)
class Request:
    """What to post where."""

    url: str
    body: dict[str, object]


@dataclass(frozen=True, slots=True)
class Robot:
    """One kind of robot: how a text becomes a request, and which answers mean what.

    ``request`` takes (address, secret, text, now). ``code_keys`` are where the answer's number
    stands; 0 is success, a number in ``busy`` means: later, one in ``full``: nothing more for
    so long as ``rest``. ``host``: of the service itself.
    """

    label: str
    request: Callable[[str, str, str, datetime], Request]
    code_keys: tuple[str, ...]
    message_keys: tuple[str, ...]
    full: frozenset[int]
    rest: timedelta = timedelta(minutes=1)
    busy: frozenset[int] = frozenset()
    host: str = ""

    def send(self, text: str, *, address: str, secret: str, now: datetime) -> None:
        """Post it. Raises ChannelRefused or ChannelDown with the far side's own words."""
        if urlsplit(address).scheme not in ("http", "https"):
            raise ChannelRefused(f"{self.label}机器人地址应以http://或https://开头")
        self._judge(_post(self.request(address, secret, text, now)))

    def _judge(self, answer: dict[str, object]) -> None:
        code = next((answer[key] for key in self.code_keys if key in answer), None)
        code = code if isinstance(code, int) else None
        if code == 0:
            return
        words = next((str(answer[key]) for key in self.message_keys if answer.get(key)), "")
        said = f"{self.label}机器人未接收（{code}）：{words}"[:280]
        if code in self.full:
            raise ChannelFull(said)
        if code is None or code in self.busy:
            raise ChannelDown(said)
        raise ChannelRefused(said)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A robot never redirects; following one would lead wherever its sender likes."""

    def redirect_request(self, *args: object) -> None:
        return None


# No proxy from the environment either: the address is the office's own choice.
_opener = urllib.request.build_opener(_NoRedirect, urllib.request.ProxyHandler({}))


def _post(request: Request) -> dict[str, object]:
    data = json.dumps(request.body, ensure_ascii=False).encode()
    headers = {"Content-Type": "application/json; charset=utf-8"}
    wire = urllib.request.Request(request.url, data, headers)  # noqa: S310  (scheme is checked)
    try:
        with _opener.open(wire, timeout=TIMEOUT) as answer:
            found = json.loads(answer.read(MOST))
    except urllib.error.HTTPError as fault:
        if fault.code in (408, 429) or fault.code >= 500:
            raise ChannelDown(f"机器人服务暂不可用（HTTP {fault.code}）") from fault
        raise ChannelRefused(f"机器人地址无效（HTTP {fault.code}）") from fault
    except InvalidURL:  # its own words hold the address, and with it the secret
        raise ChannelRefused("机器人地址无效，请核对") from None
    except OSError as fault:  # no connection, or no answer in time
        raise ChannelSilent(f"机器人没有应答：{type(fault).__name__}") from fault
    except (HTTPException, ValueError) as fault:  # cut off, or no JSON
        raise ChannelDown(f"机器人的应答无法识别：{type(fault).__name__}") from fault
    return found if isinstance(found, dict) else {}
