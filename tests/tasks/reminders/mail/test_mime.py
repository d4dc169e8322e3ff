"""The bytes are Django's own but for the boundary."""

import re
from email import message_from_bytes, policy

import pytest
from django.core.mail import EmailMultiAlternatives
from django.core.mail.message import BadHeaderError

from tasks.reminders.mail import mime

DATE = re.compile(rb"Date: [^\r]*")
SUBJECTS = (
    "【报送提醒】3月31日前报送质量工作进展情况",
    "很" * 200,
    "plain words",
    " ".join(["many plain words"] * 20),
    "=?utf-8?q?looks_encoded?=",
    "空格  两个 ",
)
BODIES = ("示例：\n\n事项\n", "without an end", "\n", "ends\r\nof\rall\nkinds\n", ".\n..\n点\n")
ADDRESSES = (
    "due1@example.test",
    "due1@示例.test",
    f"{'long' * 15}@{'sub.' * 20}example.test",
)


def message(subject=SUBJECTS[0], body=BODIES[0], to=ADDRESSES[0], **headers):
    made = EmailMultiAlternatives(
        subject=subject,
        body=body,
        from_email="报送系统 <noreply@example.test>",
        to=[to],
        headers={"Message-ID": "<reminder-1-1-T-3-1-email@example.test>", **headers},
    )
    made.attach_alternative(f"<p>{body}</p>", "text/html")
    return made


def alike(raw: bytes) -> bytes:
    """With the same boundary and date as any other."""
    edge = re.search(rb'boundary="([^"]+)"', raw)
    assert edge
    return DATE.sub(b"Date: then", raw.replace(edge[1], b"edge"))


@pytest.mark.parametrize("subject", SUBJECTS)
@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("to", ADDRESSES)
def test_bytes_are_those_that_django_writes(subject, body, to):
    made = message(subject, body, to, **{"X-Possible-Repeat": "yes"})

    assert alike(mime.written(made)) == alike(made.message().as_bytes(linesep="\r\n"))


def test_line_too_long_for_a_mail_is_encoded():
    made = message(body="很" * 400)

    raw = mime.written(made)

    assert max(len(line) for line in raw.split(b"\r\n")) <= 998
    read = message_from_bytes(raw, policy=policy.default).get_body(("plain",))
    assert read.get_content().strip() == "很" * 400


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_header_of_two_lines_is_refused(end):
    for bad in ({"subject": f"two{end}lines"}, {"X": f"a{end}b"}, {"to": f"a@b.test{end}c@d.test"}):
        with pytest.raises(BadHeaderError):
            mime.written(message(**bad))


def test_date_is_now_and_boundaries_differ():
    first, second = (message_from_bytes(mime.written(message())) for _ in range(2))

    assert first["Date"].endswith("-0000")
    assert first.get_boundary() != second.get_boundary()


def test_envelope_knows_domains_in_chinese():
    assert mime.envelope("a@示例.test") == "a@xn--fsq092h.test"
