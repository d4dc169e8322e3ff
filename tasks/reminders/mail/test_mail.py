"""测试邮件: one mail at once, and what came of it in words that say what to do."""

import socket
import ssl
from dataclasses import dataclass
from smtplib import (
    SMTPAuthenticationError,
    SMTPException,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
    SMTPSenderRefused,
)

from django.conf import settings
from django.core.mail import EmailMessage

from tasks.reminders.mail import mailbox
from tasks.reminders.mail.server_answers import in_words

SUBJECT = "【测试邮件】市场监管报送任务跟踪系统"
BODY = "这是系统管理员从“未送达”页发出的测试邮件。收到即说明发信设置可用。"
# The first that fits; the general ones last.
WAYS: tuple[tuple[type[Exception], str], ...] = (
    (SMTPAuthenticationError, "发信账号或密码不对，请核对 EMAIL_URL 中的账号和密码"),
    (SMTPRecipientsRefused, "邮件服务器不接受这个收件地址，请核对地址"),
    (SMTPSenderRefused, "邮件服务器不接受发件地址，请核对 MAIL_FROM"),
    (SMTPNotSupportedError, "邮件服务器不支持所要求的加密或登录方式，请核对 EMAIL_URL"),
    (SMTPException, "邮件服务器没有接受，请把它的原话转给邮件服务器管理人员"),
    (ssl.SSLError, "加密连接没有建立，请核对端口、加密方式和服务器证书"),
    (socket.gaierror, "找不到邮件服务器，请核对 EMAIL_URL 中的服务器名称和域名解析"),
    (TimeoutError, "邮件服务器没有回应，请核对地址、端口和防火墙"),
    (ConnectionRefusedError, "邮件服务器拒绝连接，请核对端口和服务是否开启"),
    (OSError, "连接邮件服务器时出错，请核对网络"),
)


@dataclass(frozen=True)
class Result:
    """Sent, or why not with the words of the far side."""

    address: str
    is_sent: bool
    said: str
    detail: str = ""


def send(address: str) -> Result:
    """Send one test mail and wait for the server's answer."""
    message = EmailMessage(SUBJECT, BODY, settings.MAIL_FROM, [address])
    try:
        message.send()
    except OSError as fault:  # smtplib's errors are OSErrors too
        return Result(address, False, way_out(fault), f"原话：{in_words(fault)}"[:300])
    if mailbox.is_used():
        return Result(address, True, "没有配置邮件服务器：已存入本机邮箱，没有发到外面")
    return Result(address, True, "邮件服务器已接受，请到该邮箱查看")


def way_out(fault: OSError) -> str:
    """What to look at where the server could not be reached or did not accept."""
    return next(way for kind, way in WAYS if isinstance(fault, kind))
