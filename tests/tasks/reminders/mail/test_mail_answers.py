"""What a mail server said, fit to be shown and to be passed on."""

from smtplib import SMTPAuthenticationError, SMTPRecipientsRefused, SMTPServerDisconnected

import pytest

from tasks.reminders.mail.server_answers import answers, in_words


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        (b"5.1.1 no such mailbox", "550 5.1.1 no such mailbox"),
        (b"5.1.1 first line\nsecond line", "550 5.1.1 first line second line"),
        ("用户不存在".encode(), "550 用户不存在"),
        ("用户不存在".encode("gbk"), "550 用户不存在"),
        (b"\xff\xfe", "550 \ufffd\ufffd"),
    ],
)
def test_refused_address_is_told_in_the_servers_words(said, shown):
    assert in_words(SMTPRecipientsRefused({"a@b.test": (550, said)})) == shown


def test_answer_to_a_login_is_told_too():
    assert answers(SMTPAuthenticationError(535, b"auth failed")) == [(535, "auth failed")]


def test_line_that_broke_has_no_answer_and_says_what_happened():
    fault = SMTPServerDisconnected("Connection unexpectedly closed")

    assert answers(fault) == []
    assert in_words(fault) == "Connection unexpectedly closed"
