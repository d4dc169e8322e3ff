"""One style sheet and one script, joined from the sources and light enough for a slow line."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from config.web.bundles import BUNDLES, SHEETS, BundleFinder
from tests import factories

STATIC = Path(settings.BASE_DIR) / "static"
KB = 1000


@pytest.mark.once
def test_every_sheet_is_in_the_one_style_sheet():
    assert {file.stem for file in (STATIC / "css").glob("*.css")} == {*SHEETS, "print"}


@pytest.mark.django_db
def test_a_page_asks_for_one_style_sheet_and_one_script_and_its_own(client):
    login = client.get("/login/")
    client.force_login(factories.coordinator())

    own = {"/": ["/static/js/upload.js"], "/ledger/": ["/static/js/beside.js"]}
    for answer in (login, client.get("/"), client.get("/ledger/")):
        text = answer.content.decode()
        assert re.findall(r'<link rel="stylesheet" href="([^"]+)"', text) == ["/static/app.css"]
        assert re.findall(r'<script src="([^"]+)"', text) == [
            "/static/app.js",
            *own.get(answer.request["PATH_INFO"], []),
        ]


@pytest.mark.django_db
def test_first_visit_is_90_kb_and_the_next_page_25(client):
    bureaus = [factories.province(f"{code}0000", f"示例{code}省") for code in range(11, 62)]
    factories.obligation(*bureaus)
    client.force_login(factories.coordinator())

    page = len(client.get("/ledger/", HTTP_ACCEPT_ENCODING="gzip").content)
    files = [finders.find(name) for name in (*BUNDLES, "icons.svg", "favicon.svg")]
    kept = sum(len(gzip.compress(Path(file).read_bytes())) for file in files)

    assert page <= 25 * KB
    assert page + kept <= 90 * KB


def test_what_is_joined_follows_its_sources(settings, tmp_path):
    settings.BASE_DIR, settings.VAR_DIR = tmp_path, tmp_path / "var"
    for folder in ("css", "js", "vendor"):
        (tmp_path / "static" / folder).mkdir(parents=True)
    for name in (*SHEETS, "print"):
        _write(tmp_path, f"css/{name}.css", f"/* about */ .{name} {{ top: 0 }}")
    for name in ("vendor/bootstrap.min.css", "vendor/htmx.min.js"):
        _write(tmp_path, name, name)
    for name in ("scripted", "app", "filters", "fields", "search"):
        _write(tmp_path, f"js/{name}.js", f"{name}()")
    finder = BundleFinder()

    sheet = Path(finder.find("app.css")).read_text(encoding="utf-8")
    assert sheet.startswith("vendor/bootstrap.min.css\n.tokens { top: 0 }\n.text")
    assert sheet.endswith("@media print {\n.print { top: 0 }\n}\n")

    _write(tmp_path, "js/app.js", "mended()")
    script = Path(finder.find("app.js")).read_text(encoding="utf-8")
    own = ["mended()", "filters()", "fields()", "search()"]
    assert script.split("\n;\n") == ["scripted()", "vendor/htmx.min.js", *own]
    assert [name for name, _ in finder.list([])] == ["app.css", "app.js"]
    assert finder.find("css/tokens.css") == []


def _write(root: Path, name: str, text: str) -> None:
    (root / "static" / name).write_text(text, encoding="utf-8")
