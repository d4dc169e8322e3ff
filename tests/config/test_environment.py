import os
from datetime import time

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import environment as env


def test_file_fills_in_what_is_not_set(tmp_path, monkeypatch):
    monkeypatch.setenv("TRACKER_SET", "from outside")
    monkeypatch.setenv("TRACKER_FREE", "")
    monkeypatch.delenv("TRACKER_FREE")
    path = tmp_path / ".env"
    path.write_text("# note\n\nTRACKER_SET=inside\nTRACKER_FREE='a = b'\n", encoding="utf-8")

    env.load_file(path)

    assert os.environ["TRACKER_SET"] == "from outside"
    assert os.environ["TRACKER_FREE"] == "a = b"


def test_file_with_a_line_that_is_no_setting_names_the_line(tmp_path):
    path = tmp_path / ".env"
    path.write_text("# note\nSECRET_KEY\n", encoding="utf-8")

    with pytest.raises(ImproperlyConfigured, match=r"\.env line 2 is not NAME=value"):
        env.load_file(path)


def test_environment_is_production_when_nothing_is_said(monkeypatch):
    monkeypatch.setenv("APP_ENV", "")

    assert env.environment() == "production"


def test_environment_refuses_a_name_it_does_not_know(monkeypatch):
    monkeypatch.setenv("APP_ENV", "prod")

    with pytest.raises(ImproperlyConfigured, match=r"APP_ENV is 'prod'.*\.env\.sample"):
        env.environment()


@pytest.mark.parametrize(
    ("value", "meant"), [("1", True), ("on", True), ("0", False), ("No", False)]
)
def test_switch(monkeypatch, value, meant):
    monkeypatch.setenv("HTTPS", value)

    assert env.switch("HTTPS", default=not meant) is meant


def test_switch_refuses_other_words(monkeypatch):
    monkeypatch.setenv("HTTPS", "maybe")

    with pytest.raises(ImproperlyConfigured, match="HTTPS is 'maybe', neither 1 nor 0"):
        env.switch("HTTPS", default=True)


@pytest.mark.parametrize("value", ["0", "-3", "ten", "1.5"])
def test_whole_number_refuses_what_is_too_small_or_no_number(monkeypatch, value):
    monkeypatch.setenv("LOGIN_FAILURE_LIMIT", value)

    with pytest.raises(ImproperlyConfigured, match="LOGIN_FAILURE_LIMIT is"):
        env.whole_number("LOGIN_FAILURE_LIMIT", 5, at_least=1)


def test_database_url_of_postgresql():
    got = env.database("postgresql://office:p%40ss@db.invalid:5433/tracker?sslmode=require")

    assert (got["ENGINE"], got["NAME"]) == ("django.db.backends.postgresql", "tracker")
    assert (got["USER"], got["PASSWORD"]) == ("office", "p@ss")
    assert (got["HOST"], got["PORT"]) == ("db.invalid", "5433")
    assert got["OPTIONS"] == {"options": env.PLANNER, "sslmode": "require"}


def test_planner_of_postgresql_can_be_left_alone():
    got = env.database("postgresql://office@db.invalid/tracker?options=")

    assert got["OPTIONS"] == {"options": ""}


def test_database_url_of_sqlite_is_absolute_with_four_slashes():
    assert (
        str(env.database("sqlite:////srv/tracker/db.sqlite3")["NAME"]) == "/srv/tracker/db.sqlite3"
    )


@pytest.mark.parametrize("url", ["mysql://a@b/c", "tracker", "postgresql://host", "sqlite://"])
def test_database_url_refused(url):
    with pytest.raises(ImproperlyConfigured, match=r"DATABASE_URL is neither.*\.env\.sample"):
        env.database(url)


@pytest.mark.parametrize(
    ("scheme", "port", "starttls", "tls"),
    [("smtp", 25, False, False), ("smtp+tls", 587, True, False), ("smtps", 465, False, True)],
)
def test_mail_url(scheme, port, starttls, tls):
    got = env.mail(f"{scheme}://me:a%2Fb@mail.invalid")

    assert (got["EMAIL_HOST"], got["EMAIL_PORT"]) == ("mail.invalid", port)
    assert (got["EMAIL_HOST_USER"], got["EMAIL_HOST_PASSWORD"]) == ("me", "a/b")
    assert (got["EMAIL_USE_TLS"], got["EMAIL_USE_SSL"]) == (starttls, tls)


def test_mail_url_refused():
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL is not smtp://"):
        env.mail("mail.invalid:25")


@pytest.mark.parametrize(
    ("value", "meant"),
    [
        ("", (time(20), time(8))),
        ("19:30-08:15", (time(19, 30), time(8, 15))),
        ("off", (time(0),) * 2),
    ],
)
def test_hours(monkeypatch, value, meant):
    monkeypatch.setenv("QUIET_HOURS", value)

    assert env.hours("QUIET_HOURS", "20:00-08:00") == meant


@pytest.mark.parametrize("value", ["20", "20:00", "25:00-08:00", "20:00-08:00-09:00", "never"])
def test_hours_refuse_what_is_no_pair_of_times(monkeypatch, value):
    monkeypatch.setenv("QUIET_HOURS", value)

    with pytest.raises(ImproperlyConfigured, match="neither hours such as 20:00-08:00 nor off"):
        env.hours("QUIET_HOURS", "20:00-08:00")
