"""What is asked over the network: the broker and the mail server. Each answers soon or not at all.

Nothing is sent: no message, no mail, no password.
"""

import smtplib
import ssl
from urllib.parse import urlsplit

import redis
from django.conf import settings
from django.core.cache import cache
from redis.backoff import NoBackoff
from redis.retry import Retry

from config.health.lines import Line, State
from tasks.reminders.mail import mailbox
from tasks.reminders.mail.test_mail import way_out

SECONDS = 2.0  # for one answer
KEPT = 60  # seconds for which the answer of the mail server holds
QUEUES = ("celery", "files", "ocr")
LONG = 1000  # messages: so many wait only where nobody takes them
SMTP = "django.core.mail.backends.smtp.EmailBackend"


def broker(url: str) -> Line:
    """The server that carries work to the workers, and how much of it waits there."""
    where = _place(url)
    try:
        # celery's name for a socket is redis+socket, that of the client unix
        with redis.Redis.from_url(
            url.replace("redis+socket:", "unix:", 1),
            socket_connect_timeout=SECONDS,
            socket_timeout=SECONDS,
            retry=Retry(NoBackoff(), 0),
        ) as client:
            about = client.info("server")
            waiting = sum(client.llen(queue) for queue in QUEUES)
    except (redis.RedisError, OSError, ValueError):
        return Line(
            "消息队列",
            State.WRONG,
            f"{where} 没有应答",
            todo="启动 Redis 或 Valkey，核对 REDIS_URL；提醒和生成文件暂停，恢复后补办，不丢失",
            command="systemctl status redis",
        )
    name, number = "Redis", about["redis_version"]
    if "valkey_version" in about:
        name, number = "Valkey", about["valkey_version"]
    said = f"{name} {number}（{where}），排队 {waiting} 条"
    if waiting < LONG:
        return Line("消息队列", State.FINE, said)
    return Line("消息队列", State.NOTE, said, todo="后台进程没有在取：看下面的后台进程各行")


def _place(url: str) -> str:
    """Host and port without the account."""
    parts = urlsplit(url)
    if not parts.hostname:
        return "本机套接字"
    return f"{parts.hostname}:{parts.port or 6379}"


def mail() -> Line:
    """The mail server; what it said holds for a minute."""
    key = f"health:{settings.EMAIL_BACKEND}:{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    found: Line = cache.get(key) or _mail()
    cache.set(key, found, KEPT)
    return found


def _mail() -> Line:
    if mailbox.is_used():
        return Line(
            "邮件服务器",
            State.NOTE,
            "没有配置，提醒邮件只存在本机“邮箱”页",
            todo="在 .env 设置 EMAIL_URL 和 MAIL_FROM，重新启动后到“未送达”页发一封测试邮件",
            url_name="tasks:undelivered",
        )
    if settings.EMAIL_BACKEND != SMTP:
        return Line("邮件服务器", State.FINE, "邮件不经 SMTP 发出")
    where = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    try:
        _greet()
    except OSError as fault:  # smtplib's errors are OSErrors too
        return Line(
            "邮件服务器",
            State.WRONG,
            f"{where} 没有接受连接",
            todo=f"{way_out(fault)}；发一封测试邮件可以看到原话；恢复后等待的提醒自动补发",
            url_name="tasks:undelivered",
        )
    return Line("邮件服务器", State.FINE, f"{where} 应答正常")


def _greet() -> None:
    """Say hello, by TLS where the letters go by it, and goodbye; no password is tried."""
    host, port = settings.EMAIL_HOST, settings.EMAIL_PORT
    if settings.EMAIL_USE_SSL:
        context = ssl.create_default_context()
        with smtplib.SMTP_SSL(host, port, timeout=SECONDS, context=context) as server:
            server.ehlo()
        return
    with smtplib.SMTP(host, port, timeout=SECONDS) as server:
        server.ehlo()
        if settings.EMAIL_USE_TLS:
            server.starttls(context=ssl.create_default_context())
            server.ehlo()
