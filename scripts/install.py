"""Installs what is pinned: the virtual environment, the front-end files, a development `.env`.

    python3 scripts/install.py [--dev] [--ocr]

Standard library only: it runs before anything is installed. What is already there for the same lock
files is left as it is, so a second run does nothing.
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
VENV_STAMP = VENV / ".installed"
OCR_STAMP = VENV / ".installed-ocr"
VENDOR_STAMP = ROOT / "static" / "vendor" / ".installed"
OLDEST_NODE = 18
# --no-deps: the lock file is complete, pip need not work out anything.
PIP_INSTALL: list[str | Path] = [
    PYTHON,
    "-m",
    "pip",
    "install",
    "--quiet",
    "--disable-pip-version-check",
    "--no-input",
]
PIP_INSTALL += ["--no-deps", "--require-hashes"]
NPM_INSTALL: list[str | Path] = ["npm", "ci", "--no-audit", "--no-fund", "--loglevel", "error"]
ENV_FILE = """\
# Written by `make setup`. Every variable is explained in .env.sample.
APP_ENV=development
"""


class CannotInstall(Exception):
    """Something is missing or failed; the message says what to do."""


def digest(*paths: Path) -> str:
    """One figure for the contents of ``paths``; a missing file counts as empty."""
    whole = hashlib.sha256()
    for path in paths:
        whole.update(path.name.encode() + b"\0")
        whole.update(path.read_bytes() if path.is_file() else b"")
    return whole.hexdigest()


def stamped(stamp: Path) -> str:
    return stamp.read_text(encoding="ascii").strip() if stamp.is_file() else ""


def run(command: list[str | Path], failure: str) -> None:
    if subprocess.run(
        [str(word) for word in command], cwd=ROOT, stdin=subprocess.DEVNULL
    ).returncode:
        raise CannotInstall(failure)


def install_python(*, dev: bool) -> None:
    base, everything = ROOT / "requirements" / "base.txt", ROOT / "requirements" / "dev.txt"
    usable = "import pip, sys; sys.exit(sys.version_info < (3, 11))"
    runs = (
        PYTHON.exists()
        and not subprocess.run([PYTHON, "-c", usable], capture_output=True).returncode
    )
    # dev.txt holds all of base.txt, so what was installed for tests is enough to run.
    wanted = {f"dev {digest(base, everything)}"} | (set() if dev else {f"base {digest(base)}"})
    if runs and stamped(VENV_STAMP) in wanted:
        return
    if not runs:
        print("== .venv", flush=True)
        run(
            [sys.executable, "-m", "venv", "--clear", VENV],
            "无法创建 .venv。The virtual environment could not be made.",
        )
    VENV_STAMP.unlink(missing_ok=True)
    lock = everything if dev else base
    print(f"== pip install {lock.relative_to(ROOT)}", flush=True)
    run(
        [*PIP_INSTALL, "-r", lock],
        "Python 依赖安装失败，原因见上。Installing the Python packages failed, see above; "
        "check the network or pip's index settings, then run make again.",
    )
    VENV_STAMP.write_text(
        f"dev {digest(base, everything)}" if dev else f"base {digest(base)}", encoding="ascii"
    )


def install_ocr() -> None:
    """The optional extra that recognises scans, on top of what else is installed."""
    lock = ROOT / "requirements" / "ocr.txt"
    if stamped(OCR_STAMP) == digest(lock):
        return
    print(f"== pip install {lock.relative_to(ROOT)}", flush=True)
    run(
        [*PIP_INSTALL, "-r", lock],
        "扫描件识别组件安装失败，原因见上；其余功能不受影响。"
        "Installing the recognition of scans failed, see above; everything else still runs.",
    )
    OCR_STAMP.write_text(digest(lock), encoding="ascii")


def front_end_digest() -> str:
    names = ("package.json", "package-lock.json", ".npmrc", "scripts/vendor.mjs")
    return digest(*(ROOT / name for name in names))


def front_end_is_current(*, dev: bool) -> bool:
    # What was installed for tests has all that pages need.
    wanted = {f"dev {front_end_digest()}"} | (set() if dev else {f"base {front_end_digest()}"})
    return stamped(VENDOR_STAMP) in wanted


def install_front_end(*, dev: bool) -> None:
    print("== npm ci", flush=True)
    run(
        [*NPM_INSTALL, *([] if dev else ["--omit=dev"])],
        "前端文件安装失败，原因见上。npm ci failed, see above; "
        "check the network or npm's registry setting.",
    )
    run(["npm", "run", "--silent", "vendor"], "npm run vendor failed, see above.")
    VENDOR_STAMP.write_text(
        f"dev {front_end_digest()}" if dev else f"base {front_end_digest()}", encoding="ascii"
    )


def check_node() -> None:
    for program in ("node", "npm"):
        if not shutil.which(program):
            raise CannotInstall(
                f"找不到 {program}。{program} is missing: install Node.js {OLDEST_NODE} or newer "
                "with npm (Debian: apt-get install nodejs npm), then run make again."
            )
    version = subprocess.run(["node", "--version"], capture_output=True, text=True).stdout.strip()
    if not version.startswith("v") or int(version[1:].split(".")[0]) < OLDEST_NODE:
        raise CannotInstall(
            f"Node.js {version} 太旧。Node.js {version} is too old, "
            f"{OLDEST_NODE} or newer is needed."
        )


def write_env_file() -> None:
    """Say once that this checkout is for development, so that `manage.py` needs no variables."""
    path = ROOT / ".env"
    if not path.exists() and not os.environ.get("APP_ENV"):
        path.write_text(ENV_FILE, encoding="utf-8")
        print("== .env (APP_ENV=development)", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--dev", action="store_true", help="also what tests and checks need")
    parser.add_argument("--ocr", action="store_true", help="also what recognises scans")
    options = parser.parse_args()
    # Once asked for, it follows its lock file, even into a virtual environment that is made anew.
    with_ocr = options.ocr or OCR_STAMP.exists()
    try:
        if not front_end_is_current(dev=options.dev):
            check_node()  # before the minute that pip takes
        install_python(dev=options.dev)
        if with_ocr:
            install_ocr()
        if not front_end_is_current(dev=options.dev):
            install_front_end(dev=options.dev)
        write_env_file()
    except CannotInstall as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
