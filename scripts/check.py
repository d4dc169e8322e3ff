"""`make check`: every check, all of them even when one fails; the closing lines say which did."""

import os
import secrets
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
MANAGE = [sys.executable, "manage.py"]
IN_TEST = {"APP_ENV": "test"}


def production() -> dict[str, str]:
    """Values that a real installation could have; nothing is connected to."""
    return {
        "APP_ENV": "production",
        "SECRET_KEY": secrets.token_urlsafe(60),
        "ALLOWED_HOSTS": "tracker.invalid",
        "DATABASE_URL": "postgresql://tracker@127.0.0.1:1/tracker",
        "REDIS_URL": "redis://127.0.0.1:1/0",
        "EMAIL_URL": "smtp://127.0.0.1:1",
    }


CHECKS: list[tuple[str, list[str | Path], dict[str, str]]] = [
    ("style", [BIN / "ruff", "check", "."], {}),
    ("format", [BIN / "ruff", "format", "--check", "."], {}),
    ("imports", [BIN / "lint-imports"], IN_TEST),
    ("types", [BIN / "mypy"], IN_TEST),
    ("settings", [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"], production()),
    ("migrations", [*MANAGE, "makemigrations", "--check", "--dry-run"], IN_TEST),
    ("locks", [sys.executable, "-m", "scripts.check_locks"], {}),
]


def main() -> int:
    failed = []
    for name, command, variables in CHECKS:
        print(f"== {name}", flush=True)
        done = subprocess.run(
            [str(word) for word in command], cwd=ROOT, env={**os.environ, **variables}
        )
        if done.returncode:
            failed.append(name)
    print(
        f"make check: {', '.join(failed)} failed"
        if failed
        else f"make check: {len(CHECKS)} checks passed"
    )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
