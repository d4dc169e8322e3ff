"""The settings of the tests: config.settings with APP_ENV=test, however pytest is started."""

import os
import tempfile
from pathlib import Path

os.environ["APP_ENV"] = "test"
# A folder of its own for each run; pytest-xdist's workers inherit it and number their databases
# themselves.
os.environ.setdefault("TEST_VAR_DIR", tempfile.mkdtemp(prefix="test-var-"))
os.environ["VAR_DIR"] = os.environ["TEST_VAR_DIR"]

from config.settings import *  # noqa: F403  (the environment has to be set first)
from config.settings import DATABASES, VAR_DIR

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, as in real use: threads then queue for the write lock, where a shared in-memory
    # database refuses at once.
    DATABASES["default"]["TEST"] = {"NAME": Path(VAR_DIR) / "test.sqlite3"}
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
    )
