"""What the settings promise of every answer, seen on the login page."""

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.shortcuts import resolve_url

PASSWORD = "Invented-Pass-1"


@pytest.fixture
def person(db):
    return get_user_model().objects.create_user(username="clerk", password=PASSWORD)


def log_in(client, password):
    return client.post(resolve_url(settings.LOGIN_URL), {"username": "clerk", "password": password})


def test_headers(client, db):
    answer = client.get(resolve_url(settings.LOGIN_URL))

    policy = dict(
        part.strip().partition(" ")[::2] for part in answer["content-security-policy"].split(";")
    )
    assert policy["default-src"] == "'self'"
    assert policy["img-src"] == "'self' data:"
    assert policy["frame-ancestors"] == policy["object-src"] == policy["base-uri"] == "'none'"
    assert "unsafe" not in answer["content-security-policy"]
    assert answer["x-frame-options"] == "DENY"
    assert answer["x-content-type-options"] == "nosniff"
    assert answer["referrer-policy"] == "same-origin"


def test_session_cookie_lasts_thirty_minutes_and_is_hidden_from_scripts(client, person):
    answer = log_in(client, PASSWORD)

    cookie = answer.cookies["sessionid"]
    assert cookie["max-age"] == 30 * 60
    assert cookie["httponly"] is True
    assert cookie["samesite"] == "Lax"


def test_session_ends_thirty_minutes_after_the_last_request(client, person):
    page = resolve_url("bureaus:password")
    with time_machine.travel("2026-03-02 09:00 +08:00", tick=False) as clock:
        log_in(client, PASSWORD)
        clock.shift(29 * 60)
        rolled = client.get(page).status_code
        clock.shift(29 * 60)
        rolled_again = client.get(page).status_code
        clock.shift(31 * 60)
        ended = client.get(page).status_code

    assert (rolled, rolled_again, ended) == (200, 200, 302)


def test_five_failures_lock_the_account_for_thirty_minutes(client, person):
    with time_machine.travel("2026-03-02 09:00 +08:00", tick=False) as clock:
        for _ in range(5):
            log_in(client, "wrong")
        locked = log_in(client, PASSWORD)
        clock.shift(29 * 60)
        still_locked = log_in(client, PASSWORD)
        clock.shift(2 * 60)
        free = log_in(client, PASSWORD)

    assert "sessionid" not in locked.cookies
    assert "sessionid" not in still_locked.cookies
    assert free.status_code == 302
    assert "sessionid" in free.cookies


def test_four_failures_do_not_lock(client, person):
    for _ in range(4):
        log_in(client, "wrong")

    assert log_in(client, PASSWORD).status_code == 302


def test_sqlite_waits_and_lets_readers_pass(db):
    if connection.vendor != "sqlite":
        pytest.skip("about SQLite")
    with connection.cursor() as cursor:
        journal = cursor.execute("PRAGMA journal_mode").fetchone()[0]
        busy = cursor.execute("PRAGMA busy_timeout").fetchone()[0]

    assert (journal, busy) == ("wal", 20_000)
    assert settings.DATABASES["default"]["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


@pytest.mark.django_db
def test_form_beyond_the_limit_is_told_in_chinese(client, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100

    told = client.post("/login/", {"username": "x" * 200, "password": "x"})

    assert told.status_code == 400
    assert "提交的内容没有收下" in told.content.decode()


@pytest.mark.django_db
def test_more_files_than_the_limit_are_told_what_to_do(client):
    files = [SimpleUploadedFile(f"{number}.txt", b"x") for number in range(101)]

    told = client.post("/login/", {"file": files})

    assert told.status_code == 400
    assert "一次选了100个以上文件的，请分几次上传" in told.content.decode()
