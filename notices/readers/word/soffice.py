"""LibreOffice as a program without windows, one fresh profile a call."""

import contextlib
import logging
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from notices.readers.base import MAX_BYTES, UnreadableDocument

logger = logging.getLogger(__name__)

SECONDS = 20.0
"""Time a conversion may take; a directive takes one to three seconds, the start included."""
_MEGABYTES = 1500
"""Limit of the program's own data; it uses about 100 for a directive."""
DOC = "MS Word 97"
RTF = "Rich Text Format"
"""Names of LibreOffice's import filters."""
_PROGRAM = "soffice"
_FONTS = "fonts.conf"
_MISSING = (
    "本机没有安装 LibreOffice，无法读取旧版 Word 和 RTF 文件。"
    "请在 Word 或 WPS 中另存为 .docx 后重新上传。"
)
_FAILED = (
    "旧版 Word 或 RTF 文件无法转换，可能已损坏或设有密码。"
    "请在 Word 或 WPS 中打开，另存为 .docx 后重新上传。"
)
_SLOW = "旧版 Word 或 RTF 文件转换超时。请在 Word 或 WPS 中打开，另存为 .docx 后重新上传。"

# Settings of the fresh profile: nothing in the document is run, fetched or updated.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
</oor:items>
"""


def to_docx(data: bytes, filter_name: str) -> bytes:
    """The document as docx; `filter_name` is DOC or RTF, so that no other format is guessed.

    Raises UnreadableDocument where LibreOffice is missing or fails.
    """
    try:
        return convert(
            data,
            ("in.doc", filter_name),
            ("docx", "MS Word 2007 XML"),
            seconds=SECONDS,
            most_bytes=MAX_BYTES,
        )
    except Missing:
        raise UnreadableDocument(_MISSING) from None
    except TooSlow:
        raise UnreadableDocument(_SLOW) from None
    except Failed:
        raise UnreadableDocument(_FAILED) from None


class Failed(Exception):
    """LibreOffice made nothing of the document, or too much."""


class Missing(Failed):
    """There is no LibreOffice on this machine."""


class TooSlow(Failed):
    """It took longer than it may."""


def convert(
    data: bytes,
    source: tuple[str, str],
    target: tuple[str, str],
    *,
    seconds: float,
    most_bytes: int,
    fonts: str = "",
) -> bytes:
    """The document in another format; `source` is a file name and LibreOffice's import filter,
    `target` an ending and an export filter. `fonts`: a fontconfig file to go by.

    Raises Missing, TooSlow or Failed. Nothing in the document is run, fetched or updated.
    """
    program = shutil.which(_PROGRAM)
    if program is None:
        raise Missing
    # Two calls with one profile: the second ends without a file and without an error.
    with tempfile.TemporaryDirectory(prefix="soffice-", ignore_cleanup_errors=True) as folder:
        place = Path(folder)
        (place / source[0]).write_bytes(data)
        (place / _FONTS).write_text(fonts, "utf-8")
        settings = place / "profile" / "user"
        settings.mkdir(parents=True)
        (settings / "registrymodifications.xcu").write_text(_SETTINGS, "utf-8")
        _run(program, place, source, target, seconds, has_fonts=bool(fonts))
        made = place / "out" / f"{Path(source[0]).stem}.{target[0]}"
        if not made.is_file() or made.stat().st_size > most_bytes:
            raise Failed
        return made.read_bytes()


def _run(
    program: str,
    place: Path,
    source: tuple[str, str],
    target: tuple[str, str],
    seconds: float,
    *,
    has_fonts: bool,
) -> None:
    environment = {"PATH": os.environ.get("PATH", ""), "HOME": str(place), "LC_ALL": "C.UTF-8"}
    if has_fonts:
        environment["FONTCONFIG_FILE"] = str(place / _FONTS)
    process = subprocess.Popen(  # noqa: S603 - the program found on the path, our own arguments
        _command(program, place, source, target),
        cwd=place,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        logger.warning("LibreOffice ran longer than %s s", seconds)
        raise TooSlow from None
    finally:
        _end(process)


def _command(
    program: str, place: Path, source: tuple[str, str], target: tuple[str, str]
) -> list[str]:
    return [
        "/bin/sh",
        "-c",
        f'ulimit -d {_MEGABYTES * 1024}; ulimit -c 0; exec "$@"',
        "sh",
        program,
        f"-env:UserInstallation={(place / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--nodefault",
        "--nolockcheck",
        f"--infilter={source[1]}",
        "--convert-to",
        ":".join(target),
        "--outdir",
        str(place / "out"),
        str(place / source[0]),
    ]


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends the whole group: `soffice` is a script that starts the real program."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
