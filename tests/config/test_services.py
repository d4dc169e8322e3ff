"""The servers that tests start, and the locks they must leave in order."""

import smtplib
from email.message import EmailMessage
from pathlib import Path

import psycopg
import pytest

from scripts import valkey
from scripts.check_locks import problems_of_package_lock, problems_of_requirements
from tests.services import postgres

pytestmark = pytest.mark.once


def test_postgres_out_of_the_wheel_starts_and_leaves_nothing():
    with postgres.server(postgres.wheel_programs()) as url:
        host = url.partition("host=")[2]
        with psycopg.connect(host=host, user=postgres.USER, dbname="postgres") as connection:
            version = connection.execute("select current_setting('server_version_num')").fetchone()

    assert int(version[0]) >= 180000
    assert not Path(host).parent.exists()


def test_valkey_listens_on_a_socket_of_its_owner(broker_url, tmp_path):
    path = tmp_path / "valkey" / "valkey.sock"

    assert broker_url == f"redis+socket://{path}"
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0


def test_valkey_takes_a_loopback_port_where_the_path_is_too_long(tmp_path):
    plan = valkey.plan(tmp_path / ("d" * 100))

    assert plan.url == f"redis://127.0.0.1:{plan.port}/0"
    assert plan.command[-2:] == ["--bind", "127.0.0.1"]


def test_mail_server_keeps_what_it_receives_and_refuses_on_request(mail_server):
    mail_server.refused.add("b@example.invalid")
    message = EmailMessage()
    message["Subject"], message["From"] = "关于报送的提醒", "a@example.invalid"
    message.set_content("正文")
    port = int(mail_server.url.rpartition(":")[2])

    with smtplib.SMTP("127.0.0.1", port) as client:
        refused = client.send_message(message, to_addrs=["b@example.invalid", "c@example.invalid"])

    assert list(refused) == ["b@example.invalid"]
    assert [each["Subject"] for each in mail_server.messages] == ["关于报送的提醒"]


def test_lock_with_an_address_or_without_a_hash_is_refused():
    text = "--find-links https://mirror.invalid\na==1 \\\n    --hash=sha256:00\nb==2\n"

    assert problems_of_requirements("x.txt", text) == [
        "x.txt:1: names an address",
        "x.txt: b==2 has no hash",
    ]


def test_package_lock_with_an_address_or_without_a_hash_is_refused():
    text = '{"packages": {"": {}, "a": {"integrity": "x"}, "b": {"resolved": "x"}}}'

    assert problems_of_package_lock("l", text) == [
        'l: b has "resolved"; see .npmrc',
        "l: b has no integrity hash",
    ]
