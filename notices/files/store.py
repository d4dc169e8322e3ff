"""Files that people hand in and files made for them, in a folder only this system may read.

A file lies under a random name, two folders deep: nothing that a person wrote is part of a path.
It appears whole or not at all; what it is called and whose it is stands in the database.
"""

import hashlib
import os
import re
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

_NAME = re.compile(r"[0-9a-f]{32}")
_UNFINISHED = "unfinished"
_UNSETTLED = "unsettled"


@dataclass(frozen=True, slots=True)
class Stored:
    """``name`` is what the file is asked for by; ``size`` in bytes; ``digest``: SHA-256 in hex."""

    name: str
    size: int
    digest: str


class Writer:
    """Takes a file piece by piece, counted and hashed as it passes.

    It only goes forwards: ``zipfile`` and openpyxl write to it, and keep nothing.
    """

    def __init__(self, name: str, file: BinaryIO) -> None:
        self.name, self._file = name, file
        self._size, self._hash = 0, hashlib.sha256()

    def write(self, data: bytes) -> int:
        written = self._file.write(data)
        self._hash.update(data)
        self._size += written
        return written

    def flush(self) -> None:
        self._file.flush()

    @property
    def stored(self) -> Stored:
        """What there is of it; the whole file once ``writing`` is left."""
        return Stored(self.name, self._size, self._hash.hexdigest())


def new_name() -> str:
    """A random name that no file has."""
    return uuid.uuid4().hex


@contextmanager
def writing(name: str = "") -> Iterator[Writer]:
    """A new file, which is there once the block ends; after a fault in it nothing is.

    ``name`` is one of ``new_name``, noted by the caller beforehand so that a file of which nobody
    learned can be removed. Raises OSError, for example where the disk is full.
    """
    name = name or new_name()
    part, path = _part(name), _path(name)
    _make_folder(part.parent)
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield (writer := Writer(name, file))
            writer.flush()
            os.fsync(file.fileno())
        _make_folder(path.parent)
        part.rename(path)
        _keep_entry(path.parent)
    except BaseException:
        remove(name)
        raise


def put(chunks: Iterable[bytes]) -> Stored:
    """Store a file that comes in pieces, such as ``UploadedFile.chunks()``."""
    with writing() as out:
        for chunk in chunks:
            out.write(chunk)
    return out.stored


def announce(name: str) -> None:
    """Note that a file of this name is about to come of which no row speaks yet.

    The note outlives a process that dies before it has committed the row: `remove_unsettled`.
    """
    note = _note(name)
    _make_folder(note.parent)
    note.touch(mode=0o600)


def settle(name: str) -> None:
    """A row speaks of the file now; it stays."""
    _note(name).unlink(missing_ok=True)


def holds(name: str) -> bool:
    """Whether the whole file is there."""
    return _path(name).is_file()


def open(name: str) -> BinaryIO:
    """The file, to be read piece by piece. Raises FileNotFoundError where it was removed."""
    return _path(name).open("rb")


def remove(name: str) -> None:
    """Delete the file, or what a worker that died left of it; nothing where there is none."""
    _part(name).unlink(missing_ok=True)
    _path(name).unlink(missing_ok=True)
    settle(name)


def remove_unfinished(before: datetime) -> int:
    """Delete what nobody has written on since; returns how many files."""
    found = 0
    for part in (Path(settings.FILES_DIR) / _UNFINISHED).glob("*"):
        try:
            if part.stat().st_mtime < before.timestamp():
                part.unlink()
                found += 1
        except FileNotFoundError:  # finished just now
            continue
    return found


def remove_unsettled(before: datetime, is_known: Callable[[str], bool]) -> int:
    """Delete files announced before then of which no row speaks; returns how many."""
    found = 0
    for note in (Path(settings.FILES_DIR) / _UNSETTLED).glob("*"):
        try:
            if note.stat().st_mtime >= before.timestamp():
                continue
        except FileNotFoundError:  # settled just now
            continue
        if is_known(note.name):
            settle(note.name)
        else:
            remove(note.name)
            found += 1
    return found


def _make_folder(folder: Path) -> None:
    """``Path.mkdir`` gives the mode only to the last one of a path."""
    made = Path(settings.FILES_DIR)
    made.mkdir(mode=0o700, parents=True, exist_ok=True)
    for part in folder.relative_to(made).parts:
        made /= part
        made.mkdir(mode=0o700, exist_ok=True)


def _path(name: str) -> Path:
    _check(name)
    return Path(settings.FILES_DIR) / name[:2] / name[2:4] / name


def _part(name: str) -> Path:
    _check(name)
    return Path(settings.FILES_DIR) / _UNFINISHED / name


def _note(name: str) -> Path:
    _check(name)
    return Path(settings.FILES_DIR) / _UNSETTLED / name


def _check(name: str) -> None:
    if not _NAME.fullmatch(name):
        raise ValueError("not a name of a stored file")


def _keep_entry(folder: Path) -> None:
    """The new name itself survives a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
