import os
import subprocess
import sys

import pytest
from django.apps import apps

from config.upgrading import rows
from tasks.states import Status
from tests.folders import ROOT
from tests.upgrade.test_upgrade import MOST_BYTES

pytestmark = pytest.mark.once

OWN = ("audit", "bureaus", "notices", "tasks", "reports")
EMPTY = {"bureaus.staff_groups", "bureaus.staff_user_permissions"}  # Django's; posts serve here


def test_fixture_has_rows_of_every_table_in_every_status(tmp_path):
    made = tmp_path / "made.json.xz"
    environ = {**os.environ, "APP_ENV": "development", "VAR_DIR": str(tmp_path / "var")}
    environ |= {"DJANGO_SETTINGS_MODULE": "config.settings", "DATABASE_URL": ""}
    command = [sys.executable, "manage.py", "make_upgrade_fixture", str(made)]
    done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr

    tables = rows.read(made)["tables"]
    models = apps.get_models(include_auto_created=True)
    own = {model._meta.label_lower for model in models if model._meta.app_label in OWN}
    assert own - set(tables) == EMPTY
    column = tables["tasks.assignment"]["columns"].index("status")
    assert {row[column] for row in tables["tasks.assignment"]["rows"]} == set(Status)
    assert made.stat().st_size <= MOST_BYTES
    assert not (tmp_path / "var" / "db.sqlite3").exists()
