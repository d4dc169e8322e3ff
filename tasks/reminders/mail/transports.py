"""The ways out of the machine: a line to the mail server, one to the robots."""

import re
from contextlib import suppress
from datetime import datetime, timedelta
from smtplib import SMTPSenderRefused
from typing import Protocol
from urllib.parse import urlsplit

from django.conf import settings
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.smtp import EmailBackend as Smtp
from django.core.validators import validate_email

from notices.text.deadlines.office_time import local_day
from tasks.channels import encryption
from tasks.channels.registry import EMAIL, ROBOTS
from tasks.channels.robot import ChannelDown, ChannelFull, ChannelRefused, ChannelSilent
from tasks.models import Delivery
from tasks.reminders.mail import letters, mime
from tasks.reminders.mail.server_answers import answers, in_words

PLAIN = re.compile(r"[!-~]+")  # what an address is made of
AWAY = timedelta(minutes=1)
TOO_LARGE = 552  # said of a sender, it is the letter that is meant


class Fault(Exception):
    """Why a letter did not go out, in words fit to be shown.

    Hopeless: no use to try again. Final: the far side has refused. Doubt: it may have arrived.
    Wait: for so long nothing more goes there, whatever it is, and it costs no try.
    """

    def __init__(
        self,
        words: object,
        *,
        is_hopeless: bool = False,
        is_final: bool = False,
        leaves_doubt: bool = False,
        wait: timedelta | None = None,
    ):
        super().__init__(str(words))
        self.is_hopeless, self.is_final = is_hopeless, is_final
        self.leaves_doubt, self.wait = leaves_doubt, wait


class Line(Protocol):
    """What sends; ``open`` raises OSError where nobody answers, and costs no letter a try."""

    def open(self) -> None: ...

    def close(self) -> None: ...

    def send(self, letter: list[Delivery], now: datetime) -> None:
        """Raises Fault."""


class MailLine:
    """A server that refuses the office's own address is as good as away until the next run."""

    def __init__(self) -> None:
        self._connection = mail.get_connection()
        self._is_refused = False

    def open(self) -> None:
        if self._is_refused:
            raise ConnectionRefusedError("the server refuses MAIL_FROM")
        try:
            self._connection.open()
        except OSError:  # it may be half open, as where TLS fails
            self.close()
            raise

    def close(self) -> None:
        with suppress(OSError):  # a line that broke cannot say goodbye
            self._connection.close()

    def send(self, letter: list[Delivery], now: datetime) -> None:
        _check_is_here(letter[0], now)
        try:
            validate_email(letter[0].address)
            self._hand_over(letters.compose(letter, self._connection))
        except ValidationError:
            raise Fault("邮箱地址无效，请在人员资料中更正", is_hopeless=True) from None
        except OSError as fault:  # smtplib's errors and the socket's are OSErrors
            codes = [code for code, _ in answers(fault)]
            refused = any(code >= 500 for code in codes)
            # a line that broke may have broken after the server had taken the mail
            said = in_words(fault)
            if isinstance(fault, SMTPSenderRefused) and TOO_LARGE not in codes:
                self._is_refused = True
                raise Fault(said, wait=AWAY) from fault
            raise Fault(said, is_final=refused, leaves_doubt=not codes) from fault

    def _hand_over(self, message: EmailMultiAlternatives) -> None:
        """By the backend; where it speaks SMTP, its own connection is given the ready bytes."""
        if not isinstance(self._connection, Smtp):
            message.send()
            return
        self._connection.open()  # nothing to do, but where it was closed
        sender, *to = (mime.envelope(each) for each in (message.from_email, *message.to))
        self._connection.connection.sendmail(sender, to, mime.written(message))


class RobotLine:
    """Each robot is a line of its own: there is nothing to open.

    A host that did not answer is left alone by this worker till its next run: each message would
    wait for it as long again, and those for other hosts behind it.
    """

    def __init__(self) -> None:
        self._silent: set[str] = set()

    def open(self) -> None:
        """Nothing to do."""

    def close(self) -> None:
        """Nothing to do."""

    def send(self, letter: list[Delivery], now: datetime) -> None:
        if letter[0].bundle:
            self._post(letter, now)
            return
        for delivery in letter:
            self._post([delivery], now)

    def _post(self, letter: list[Delivery], now: datetime) -> None:
        delivery = letter[0]
        robot, address, secret = ROBOTS[delivery.channel], *_target(delivery, now)
        host = urlsplit(address).netloc
        if host in self._silent:
            raise Fault("机器人没有应答，稍后再发", wait=AWAY)
        try:
            robot.send(letters.short(letter), address=address, secret=secret, now=now)
        except ChannelRefused as fault:
            raise Fault(fault, is_final=True) from fault
        except ChannelFull as fault:
            raise Fault(fault, wait=robot.rest) from fault
        except ChannelDown as fault:
            if isinstance(fault, ChannelSilent):
                self._silent.add(host)
            raise Fault(fault, leaves_doubt=fault.__cause__ is not None) from fault


def _target(delivery: Delivery, now: datetime) -> tuple[str, str]:
    """Address and secret of the robot that is to be told. Raises Fault."""
    if delivery.robot is None:
        raise Fault("群机器人已停用", is_hopeless=True)
    if delivery.robot.person_id:  # a bureau's is told whoever's name stands on the row
        _check_is_here(delivery, now)
    try:
        address, secret = delivery.robot.address, delivery.robot.secret
    except encryption.Unreadable as fault:
        raise Fault(fault, is_hopeless=True) from fault
    if not is_allowed(address):
        raise Fault("群机器人地址不在允许的范围内，请联系系统管理员", is_hopeless=True)
    return address, secret


def _check_is_here(delivery: Delivery, now: datetime) -> None:
    """Who has left since the row was written is no business of this office any more."""
    if not delivery.recipient.is_valid_on(local_day(now)):
        raise Fault("收件人的账号已停用或过期，没有发送", is_hopeless=True)


def is_allowed(address: str) -> bool:
    """Only to these hosts, so that nobody makes the server ask others of the intranet."""
    if not PLAIN.fullmatch(address):
        return False
    try:
        parts = urlsplit(address)
    except ValueError:  # as with half a pair of brackets
        return False
    is_web = parts.scheme in ("http", "https") and "@" not in parts.netloc
    return is_web and parts.hostname in settings.ROBOT_HOSTS


def line_for(channel: str) -> Line:
    return MailLine() if channel == EMAIL else RobotLine()
