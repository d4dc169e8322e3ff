"""The real programs, started with settings that are missing, wrong or right."""

import os
import re
import secrets
import stat
import subprocess
import sys

import pytest

from config import secret_key
from tests.folders import ROOT

pytestmark = pytest.mark.once

SAMPLE = (ROOT / ".env.sample").read_text(encoding="utf-8")
NAMES = set(re.findall(r"^([A-Z_]+)=", SAMPLE, re.MULTILINE))
# Set to nothing, a variable counts as not set, and a developer's own .env cannot fill it in.
NOTHING = dict.fromkeys(NAMES, "")
PRODUCTION = {
    "APP_ENV": "production",
    "SECRET_KEY": secrets.token_urlsafe(60),
    "ALLOWED_HOSTS": "tracker.invalid",
    "DATABASE_URL": "postgresql://tracker@127.0.0.1:1/tracker",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "EMAIL_URL": "smtp://127.0.0.1:1",
}


def start(*command: str, **variables: str) -> subprocess.CompletedProcess:
    environ = {**os.environ, **NOTHING, **variables}
    environ.pop("DJANGO_SETTINGS_MODULE", None)
    environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)  # of the browser tests (tests/conftest.py)
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=environ,
        text=True,
        capture_output=True,
        timeout=60,
    )


def test_sample_names_exactly_the_variables_that_are_read():
    sources = [*ROOT.glob("config/*.py"), *ROOT.glob("scripts/*.py")]
    reads = r'env\.(?:text|required|words|switch|whole_number|hours)\(\s*"([A-Z_]+)"'
    read = {
        name for path in sources for name in re.findall(reads, path.read_text(encoding="utf-8"))
    }

    assert read | {"APP_ENV"} == NAMES


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "REDIS_URL"])
def test_production_names_the_variable_that_is_missing(name):
    done = start("manage.py", "check", **{**PRODUCTION, name: ""})

    assert done.returncode == 1
    needed = "is not set (needed when APP_ENV is production)"
    assert done.stderr == f"manage.py: {name} {needed}; see {name} in .env.sample\n"


@pytest.mark.parametrize(
    ("program", "command"),
    [
        ("manage.py", ["manage.py", "migrate"]),
        ("config.wsgi", ["-c", "import config.wsgi"]),
        ("gunicorn", ["-m", "gunicorn", "-c", "python:config.gunicorn", "config.wsgi"]),
        ("celery", ["-m", "celery", "--app", "config", "worker"]),
    ],
)
def test_without_any_variable_every_program_is_in_production_and_refuses(program, command):
    done = start(*command)

    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith(f"{program}: SECRET_KEY is not set")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("name", "value", "complaint"),
    [
        ("SECRET_KEY", "short", "is too short"),
        ("SECRET_KEY", "ab" * 40, "too uniform"),
        ("SECRET_KEY", "django-insecure-0a1b2c3d4e5f6g7h8i9j" * 2, "looks like a sample"),
        ("ALLOWED_HOSTS", "*", "may not be *"),
        ("DATABASE_URL", "mysql://somewhere/tracker", "is neither sqlite"),
        ("EMAIL_URL", "mail.invalid", "is not smtp://"),
        ("DEBUG", "1", "must be off"),
        ("HTTPS", "perhaps", "neither 1 nor 0"),
        ("OFFICE_CLOSES", "half past five", "is not a time"),
        ("LOG_LEVEL", "LOUD", "is 'LOUD'"),
        ("LOGIN_FAILURE_LIMIT", "0", "at least 1"),
        ("APP_ENV", "live", "is 'live'"),
    ],
)
def test_wrong_value_is_named_in_one_line(name, value, complaint):
    done = start("manage.py", "check", **{**PRODUCTION, name: value})

    assert done.returncode == 1
    assert done.stderr.startswith(f"manage.py: {name} ")
    assert complaint in done.stderr
    assert done.stderr.endswith(f"see {name} in .env.sample\n")
    assert done.stderr.count("\n") == 1


def test_secret_is_never_repeated_in_the_complaint():
    done = start("manage.py", "check", **{**PRODUCTION, "SECRET_KEY": "my-weak-one"})

    assert "my-weak-one" not in done.stderr + done.stdout


def test_production_settings_pass_the_deployment_check():
    done = start("manage.py", "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)

    assert (done.returncode, done.stderr) == (0, "")


def test_deployment_check_says_that_mail_stays_on_disk():
    done = start("manage.py", "check", "--deploy", **{**PRODUCTION, "EMAIL_URL": ""})

    assert "config.W002" in done.stderr


def test_check_says_that_slow_jobs_would_run_twice():
    done = start("manage.py", "check", **{**PRODUCTION, "BROKER_VISIBILITY_SECONDS": "300"})

    assert "config.W001" in done.stderr


def test_development_makes_its_own_key_and_database_folder(tmp_path):
    command = ["-c", "from config.settings import SECRET_KEY, DATABASES; print(SECRET_KEY)"]
    variables = {"APP_ENV": "development", "VAR_DIR": str(tmp_path / "var")}

    first, second = start(*command, **variables), start(*command, **variables)

    key_file = tmp_path / "var" / "secret_key"
    assert first.stdout == second.stdout == key_file.read_text() + "\n"
    assert len(first.stdout) > secret_key.SHORTEST
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
    assert list((tmp_path / "var").iterdir()) == [key_file]


def test_two_processes_agree_on_the_key(tmp_path):
    path = tmp_path / "secret_key"
    first = secret_key.kept(path)

    assert secret_key.kept(path) == first


def test_key_lives_in_memory_where_nothing_can_be_written(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("")

    assert len(secret_key.kept(blocked / "secret_key")) > secret_key.SHORTEST
