"""The robots of 企业微信, 钉钉 and 飞书, against a server that checks what they send."""

import pytest

from tasks.channels.registry import ROBOTS
from tasks.channels.robot import ChannelDown, ChannelFull, ChannelRefused
from tests.factories import NOW
from tests.services import robots

pytestmark = pytest.mark.once
TEXT = "【报送提醒】3月31日前报送质量工作进展情况表"
PATHS = {"wecom": "/wecom?key=k", "dingtalk": "/dingtalk?access_token=t", "feishu": "/hook/x"}


@pytest.fixture
def far():
    with robots.server() as running:
        yield running


def send(far, code, secret=robots.SECRET):
    address = far.url + PATHS[code]
    ROBOTS[code].send(TEXT, address=address, secret=secret, now=NOW)


def test_paths_know_every_robot():
    assert set(PATHS) == set(ROBOTS)


@pytest.mark.parametrize("code", ROBOTS)
def test_robot_takes_a_text_that_is_signed_as_it_wants(far, code):
    send(far, code)

    (posted,) = far.posted
    said = posted.get("text", posted.get("content"))
    assert TEXT in said.values()


@pytest.mark.parametrize("code", ["dingtalk", "feishu"])
def test_wrong_secret_is_refused_with_the_far_sides_words(far, code):
    with pytest.raises(ChannelRefused, match="sign"):
        send(far, code, secret="another")


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        (500, "", ChannelDown),
        (429, "", ChannelDown),
        (404, "", ChannelRefused),
        (302, "", ChannelRefused),
        (200, "not json", ChannelDown),
        (200, "[]", ChannelDown),
        (200, '{"errcode": 45009, "errmsg": "api freq out of limit"}', ChannelFull),
        (200, '{"errcode": {"odd": 1}}', ChannelDown),
        (200, '{"errcode": -1, "errmsg": "system busy"}', ChannelDown),
        (200, '{"errcode": 93000, "errmsg": "invalid webhook url"}', ChannelRefused),
    ],
)
def test_answer_says_whether_to_try_again(far, status, body, expected):
    far.answer = (status, body)

    with pytest.raises(expected):
        send(far, "wecom")

    assert len(far.posted) == 1  # a redirect is not followed


@pytest.mark.parametrize(
    "raw",
    [
        b"nonsense\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n{",
        b"HTTP/1.1 200 OK\r\n" + b"X: 1\r\n" * 200 + b"\r\n",
    ],
    ids=["no http", "cut off", "too many headers"],
)
def test_answer_that_is_none_may_be_tried_again(far, raw):
    far.raw = raw

    with pytest.raises(ChannelDown):
        send(far, "wecom")


def test_address_that_no_request_can_have_is_refused_without_its_key(far):
    with pytest.raises(ChannelRefused) as refused:
        ROBOTS["wecom"].send(TEXT, address=f"{far.url}/x?key=secret y", secret="", now=NOW)

    assert "secret" not in str(refused.value)
    assert refused.value.__suppress_context__


def test_nobody_there_may_be_tried_again():
    with pytest.raises(ChannelDown, match="没有应答"):
        ROBOTS["wecom"].send(TEXT, address="http://127.0.0.1:9/x", secret="", now=NOW)


@pytest.mark.parametrize("address", ["", "file:///etc/passwd", "ftp://127.0.0.1/x"])
def test_address_of_another_kind_is_refused(address):
    with pytest.raises(ChannelRefused, match="http"):
        ROBOTS["feishu"].send(TEXT, address=address, secret="", now=NOW)
