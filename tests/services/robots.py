"""The far side of a group robot on loopback: checks the signature as the real one says it does."""

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

SECRET = "SEC-invented"


@dataclass
class Far:
    """What came in, and what is answered: (HTTP status, body) instead of the usual, if set.

    ``raw`` goes out instead, as it is. After ``limit`` messages it says that it takes no more.
    """

    url: str = ""
    posted: list[dict] = field(default_factory=list)
    answer: tuple[int, str] | None = None
    raw: bytes = b""
    limit: int = 1000


@contextmanager
def server() -> Iterator[Far]:
    far = Far()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            far.posted.append({"path": self.path, **body})
            if far.raw:
                self.wfile.write(far.raw)
                return
            if len(far.posted) > far.limit:
                far.answer = (200, '{"errcode": 45009, "errmsg": "api freq out of limit"}')
            status, text = far.answer or (200, json.dumps(_judge(self.path, body)))
            self.send_response(status)
            if status == 302:
                self.send_header("Location", f"{far.url}/elsewhere")
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *args):
            """Quiet."""

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    far.url = f"http://127.0.0.1:{http.server_port}"
    thread = threading.Thread(target=http.serve_forever, args=(0.01,))  # looks for the end so often
    thread.start()
    try:
        yield far
    finally:
        http.shutdown()
        thread.join()
        http.server_close()


def _judge(path: str, body: dict) -> dict:
    kind, query = urlsplit(path).path, parse_qs(urlsplit(path).query)
    if kind == "/wecom":
        good = body["msgtype"] == "text" and query["key"] == ["k"]
        return {"errcode": 0, "errmsg": "ok"} if good else {"errcode": 93000, "errmsg": "invalid"}
    if kind == "/dingtalk":
        stamp = query.get("timestamp", [""])[0]
        signed = _sign(SECRET, f"{stamp}\n{SECRET}")
        good = len(stamp) == 13 and query.get("sign") == [signed]
        return {"errcode": 0} if good else {"errcode": 310000, "errmsg": "sign not match"}
    stamp = body.get("timestamp", "")
    good = len(stamp) == 10 and body.get("sign") == _sign(f"{stamp}\n{SECRET}", "")
    return {"code": 0, "msg": "success"} if good else {"code": 19021, "msg": "sign match fail"}


def _sign(key: str, message: str) -> str:
    digest = hmac.digest(key.encode(), message.encode(), hashlib.sha256)
    return base64.b64encode(digest).decode()
