"""A zip written forwards, one member after the other, with the list of what is in it."""

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from types import TracebackType
from typing import Any, BinaryIO, Self
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.utils import timezone

from notices.files.store import Writer

LIST, MANIFEST = "清单.csv", "manifest.json"
_AT_ONCE = 1 << 16  # bytes
_UTF8_FOR_EXCEL = "utf-8-sig"


@dataclass(frozen=True, slots=True)
class Member:
    """A file in the zip. ``note`` says in words what ``about`` says to a program."""

    path: str
    size: int
    digest: str
    note: str = ""
    about: Mapping[str, Any] = field(default_factory=dict)


class Archive:
    """Open as a context: when the block ends the zip gets its list and is whole.

    ``facts`` stand at the head of manifest.json. Paths begin with words of ours, never with what
    a person wrote, so that no cell of the list is a formula.
    """

    def __init__(self, out: Writer, *, now: datetime, facts: Mapping[str, Any]) -> None:
        self._zip = ZipFile(out, "w", ZIP_DEFLATED)  # type: ignore[call-overload]  # forwards only
        self._moment = timezone.localtime(now)
        self._facts = {**facts, "made_at": self._moment.isoformat(timespec="seconds")}
        self.members: list[Member] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: object, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._finish()
        else:
            with suppress(OSError):  # the file is given up, and the disk may be full
                self._zip.close()

    def add(self, path: str, data: bytes, *, note: str = "", **about: Any) -> None:
        self.add_stream(path, io.BytesIO(data), len(data), note=note, **about)

    def add_stream(
        self, path: str, source: BinaryIO, size: int, *, note: str = "", **about: Any
    ) -> Member:
        """Copy a file of about ``size`` bytes; returns what was copied, with its SHA-256."""
        copied, digest = 0, hashlib.sha256()
        with self._zip.open(self._entry(path, size), "w") as target:
            while chunk := source.read(_AT_ONCE):
                target.write(chunk)
                digest.update(chunk)
                copied += len(chunk)
        member = Member(path, copied, digest.hexdigest(), note, about)
        self.members.append(member)
        return member

    def _entry(self, path: str, size: int) -> ZipInfo:
        entry = ZipInfo(path, date_time=self._moment.timetuple()[:6])
        entry.compress_type, entry.file_size = ZIP_DEFLATED, size
        entry.external_attr = 0o100644 << 16
        return entry

    def _finish(self) -> None:
        members = tuple(self.members)
        self.add(LIST, _list(members))
        self.add(MANIFEST, _manifest(self._facts, members))
        self._zip.close()


def _list(members: Iterable[Member]) -> bytes:
    """For people: opens in Excel and WPS."""
    text = io.StringIO()
    lines = csv.writer(text)
    lines.writerow(["文件", "字节数", "SHA-256", "说明"])
    lines.writerows([one.path, one.size, one.digest, one.note] for one in members)
    return text.getvalue().encode(_UTF8_FOR_EXCEL)


def _manifest(facts: Mapping[str, Any], members: Iterable[Member]) -> bytes:
    """For programs."""
    files = [
        {"path": one.path, "size": one.size, "sha256": one.digest, **one.about} for one in members
    ]
    return json.dumps({**facts, "files": files}, ensure_ascii=False, indent=1).encode()
