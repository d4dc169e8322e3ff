import subprocess
import sys
from pathlib import Path

import pytest

from scripts import install

pytestmark = pytest.mark.once


@pytest.fixture
def programs(tmp_path, monkeypatch):
    """An otherwise empty PATH to put programs on."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def put(folder: Path, name: str, output: str = "") -> None:
    program = folder / name
    program.write_text(f"#!/bin/sh\necho {output}\n", encoding="ascii")
    program.chmod(0o755)


def test_node_and_npm_new_enough(programs):
    put(programs, "node", "v18.19.0")
    put(programs, "npm")

    install.check_node()


def test_missing_node_is_told_what_to_install(programs):
    with pytest.raises(install.CannotInstall, match=r"node is missing.*apt-get install nodejs npm"):
        install.check_node()


def test_missing_npm_is_told_what_to_install(programs):
    put(programs, "node", "v20.1.0")

    with pytest.raises(install.CannotInstall, match=r"npm is missing.*apt-get install nodejs npm"):
        install.check_node()


@pytest.mark.parametrize("version", ["v12.22.12", "v16.0.0", "none"])
def test_old_node_is_refused(programs, version):
    put(programs, "node", version)
    put(programs, "npm")

    with pytest.raises(install.CannotInstall, match="too old, 18 or newer"):
        install.check_node()


def test_digest_follows_contents_and_names(tmp_path):
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_text("x")
    before = install.digest(one, two)
    two.write_text("y")

    assert install.digest(one, two) != before
    assert install.digest(one) != install.digest(two)


def test_what_is_stamped_is_not_installed_again(tmp_path, monkeypatch):
    lock = tmp_path / "requirements" / "base.txt"
    lock.parent.mkdir()
    lock.write_text("no-such-package==1 --hash=sha256:00\n")
    stamp = tmp_path / ".installed"
    stamp.write_text(f"base {install.digest(lock)}")
    monkeypatch.setattr(install, "ROOT", tmp_path)
    monkeypatch.setattr(install, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(install, "VENV_STAMP", stamp)

    install.install_python(dev=False)

    assert stamp.read_text() == f"base {install.digest(lock)}"


@pytest.fixture
def npm(tmp_path, monkeypatch):
    """What npm is asked for while nothing is there yet."""
    asked = []
    (tmp_path / "vendor").mkdir()
    monkeypatch.setattr(install, "VENDOR_STAMP", tmp_path / "vendor" / ".installed")
    monkeypatch.setattr(install, "run", lambda command, failure: asked.append(command))
    for name in ("install_python", "check_node", "write_env_file"):
        monkeypatch.setattr(install, name, lambda **kinds: None)
    return asked


def test_what_only_tests_need_of_npm_is_not_installed_to_run(npm, monkeypatch):
    installed(monkeypatch=monkeypatch)
    assert "--omit=dev" in npm[0]

    installed("--dev", monkeypatch=monkeypatch)
    assert npm[2][:2] == ["npm", "ci"]
    assert "--omit=dev" not in npm[2]

    installed(monkeypatch=monkeypatch)  # and once there it is enough
    assert len(npm) == 4


@pytest.fixture
def recognition(tmp_path, monkeypatch):
    """A checkout whose lock file of the extra says something new; what pip is asked for."""
    lock = tmp_path / "requirements" / "ocr.txt"
    lock.parent.mkdir()
    lock.write_text("no-such-package==1 --hash=sha256:00\n")
    asked = []
    monkeypatch.setattr(install, "ROOT", tmp_path)
    monkeypatch.setattr(install, "OCR_STAMP", tmp_path / ".installed-ocr")
    monkeypatch.setattr(install, "run", lambda command, failure: asked.append(command[-1]))
    for name in ("install_python", "install_front_end", "check_node", "write_env_file"):
        monkeypatch.setattr(install, name, lambda **kinds: None)
    return asked


def installed(*words: str, monkeypatch) -> int:
    monkeypatch.setattr(sys, "argv", ["install.py", *words])
    return install.main()


def test_recognition_is_installed_where_it_is_asked_for_and_only_once(recognition, monkeypatch):
    assert installed(monkeypatch=monkeypatch) == 0
    assert recognition == []

    for _ in range(2):
        assert installed("--ocr", monkeypatch=monkeypatch) == 0

    assert [path.name for path in recognition] == ["ocr.txt"]


def test_recognition_once_installed_follows_its_lock_file(recognition, monkeypatch, tmp_path):
    installed("--ocr", monkeypatch=monkeypatch)
    (tmp_path / "requirements" / "ocr.txt").write_text("no-such-package==2 --hash=sha256:00\n")

    installed(monkeypatch=monkeypatch)

    assert len(recognition) == 2


def test_env_file_is_written_once(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(install, "ROOT", tmp_path)
    monkeypatch.delenv("APP_ENV")

    install.write_env_file()
    (tmp_path / ".env").write_text("APP_ENV=production\n")
    install.write_env_file()

    assert (tmp_path / ".env").read_text() == "APP_ENV=production\n"
    assert capsys.readouterr().out == "== .env (APP_ENV=development)\n"


def test_failure_is_one_line_and_a_status(tmp_path):
    """A checkout of nothing but the script, without npm."""
    script = tmp_path / "scripts" / "install.py"
    script.parent.mkdir()
    script.write_text(Path(install.__file__).read_text(encoding="utf-8"), encoding="utf-8")

    done = subprocess.run(
        [sys.executable, script], env={"PATH": str(tmp_path)}, capture_output=True, text=True
    )

    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "node is missing" in done.stderr
    assert not (tmp_path / ".venv").exists()
