"""Where files lie until they become a notice: scans that wait for a worker, files whose title is
asked for. A folder only this system may read."""

import json
import os
import uuid
from base64 import b64decode, b64encode
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from django.conf import settings

File = tuple[str, bytes]


def put(files: Sequence[File]) -> str:
    """Store the files together, whole or not at all; returns the name to take them by."""
    folder = _folder()
    name = uuid.uuid4().hex
    packed = json.dumps([[file, b64encode(data).decode()] for file, data in files])
    part = folder / f"{name}.part"
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(packed)
    part.rename(folder / name)
    return name


def get(name: str) -> list[File]:
    """The files; raises FileNotFoundError where they were dropped."""
    packed = json.loads((_folder() / name).read_text(encoding="utf-8"))
    return [(file, b64decode(data)) for file, data in packed]


def drop(name: str) -> None:
    """Delete the files; nothing where they are gone."""
    (_folder() / name).unlink(missing_ok=True)


def drop_forgotten(before: datetime, is_waited_for: Callable[[str], bool]) -> int:
    """Delete what was put there before then and nobody waits for; returns how many."""
    found = 0
    for path in _folder().iterdir():
        try:
            is_old = path.stat().st_mtime < before.timestamp()
        except FileNotFoundError:  # taken just now
            continue
        if is_old and not is_waited_for(path.name):
            path.unlink(missing_ok=True)
            found += 1
    return found


def _folder() -> Path:
    folder = Path(settings.VAR_DIR) / "spool"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
