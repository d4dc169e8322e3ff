"""What the settings read: environment variables, then `.env`.

Every complaint names its variable and `.env.sample`.
"""

import os
from datetime import time
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

ENVIRONMENTS = ("development", "production", "test")


def complain(name: str, problem: str) -> ImproperlyConfigured:
    """The one-line failure of a setting, fit to be printed as it is."""
    return ImproperlyConfigured(f"{name} {problem}; see {name} in .env.sample")


def load_file(path: Path) -> None:
    """Put `NAME=value` lines of ``path``, if it exists, into the environment; what is set wins."""
    if not path.is_file():
        return
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        name, equals, value = line.partition("=")
        if not equals or not name.strip().isidentifier():
            raise ImproperlyConfigured(f"{path.name} line {number} is not NAME=value")
        os.environ.setdefault(name.strip(), value.strip().strip("\"'"))


def environment() -> str:
    """APP_ENV. Unset means production: what is forgotten closes the system, it never opens it."""
    name = os.environ.get("APP_ENV") or "production"
    if name not in ENVIRONMENTS:
        raise complain("APP_ENV", f"is {name!r}, not one of {', '.join(ENVIRONMENTS)}")
    return name


def text(name: str, default: str = "") -> str:
    return os.environ.get(name) or default


def required(name: str) -> str:
    value = text(name)
    if not value:
        raise complain(name, "is not set (needed when APP_ENV is production)")
    return value


def words(name: str, default: str = "") -> list[str]:
    """A list written with commas."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def switch(name: str, default: bool) -> bool:
    value = text(name, "1" if default else "0").lower()
    if value not in ("1", "0", "true", "false", "on", "off", "yes", "no"):
        raise complain(name, f"is {value!r}, neither 1 nor 0")
    return value in ("1", "true", "on", "yes")


def whole_number(name: str, default: int, *, at_least: int = 0) -> int:
    value = text(name, str(default))
    if not value.isdecimal() or int(value) < at_least:
        raise complain(name, f"is {value!r}, not a whole number of at least {at_least}")
    return int(value)


def hours(name: str, default: str) -> tuple[time, time]:
    """From and to, as in ``20:00-08:00``; ``off`` is no time at all."""
    value = text(name, default)
    if value.lower() == "off":
        return time(0), time(0)
    try:
        begin, end = (time.fromisoformat(part.strip()) for part in value.split("-"))
    except ValueError:
        raise complain(name, f"is {value!r}, neither hours such as 20:00-08:00 nor off") from None
    return begin, end


# To jump about in an index is nearly as cheap as to read through it, on the disks of today and in
# memory all the more. The server's own figure, 4, is that of a disk that turns: it makes it read
# whole tables of millions. Compiling a page's statement takes longer than running it.
PLANNER = "-c random_page_cost=1.1 -c jit=off"


def database(url: str, *, name: str = "DATABASE_URL") -> dict[str, Any]:
    """Django's description of ``sqlite:///path`` or ``postgresql://user:password@host:port/name``.

    For PostgreSQL the query string goes to libpq (``?sslmode=require``; ``?host=/run/postgresql``
    for a socket; ``?options=`` without PLANNER, for a pooler that refuses it).
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite" and len(parts.path) > 1:
        return sqlite(Path(unquote(parts.path[1:])))
    if parts.scheme in ("postgresql", "postgres") and len(parts.path) > 1:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path[1:]),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {"options": PLANNER} | dict(parse_qsl(parts.query, keep_blank_values=True)),
        }
    raise complain(name, "is neither sqlite:///path nor postgresql://user:password@host:port/name")


def sqlite(path: Path) -> dict[str, Any]:
    """SQLite as a server's database: readers never wait (WAL), writers queue for up to 20 s.

    IMMEDIATE takes the write lock when a transaction begins; a lock asked for in the middle of one
    cannot wait and fails at once with "database is locked".
    """
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }


def mail(url: str) -> dict[str, Any]:
    """The EMAIL_… settings of ``smtp://user:password@host:port``.

    ``smtp+tls`` begins in the clear and turns to TLS (STARTTLS); ``smtps`` is TLS from the start.
    """
    parts = urlsplit(url)
    ports = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
    if parts.scheme not in ports or not parts.hostname:
        raise complain(
            "EMAIL_URL",
            "is not smtp://, smtp+tls:// or smtps:// followed by user:password@host:port",
        )
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or ports[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": 20,
    }
