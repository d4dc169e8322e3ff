"""The machine: room on its disks, the last backup, programs that are there or not."""

import os
import shutil
import sys
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from pathlib import Path

import django
from django.conf import settings
from django.db import connection

from config.health.lines import Line, State, by_age, span
from notices.readers.scanned import can_recognise

GIB = 1024**3
LITTLE, TOO_LITTLE = 10 * GIB, 2 * GIB
FEW_FILES = 0.05  # of what the file system can hold: full of small files is full as well
BACKUP_LATE, BACKUP_TOO_LATE = timedelta(hours=26), timedelta(days=3)


def disks() -> list[Line]:
    """One line a disk, with what of ours lies on it."""
    held: dict[int, list[tuple[str, Path]]] = defaultdict(list)
    for word, path in _places():
        held[_existing(path).stat().st_dev].append((word, path))
    return [_disk(places) for places in held.values()]


def _places() -> list[tuple[str, Path]]:
    places = [("文件", settings.FILES_DIR), ("暂存和日志", settings.VAR_DIR)]
    if connection.vendor == "sqlite" and os.path.isabs(
        name := str(connection.settings_dict["NAME"])
    ):
        places.insert(0, ("数据库", Path(name).parent))
    return places


def _existing(path: Path) -> Path:
    """The folder, or the nearest one above that is there already."""
    return next(each for each in (path, *path.parents) if each.exists())


def _disk(places: list[tuple[str, Path]]) -> Line:
    words = "、".join(word for word, _ in places)
    name = f"磁盘（{words}）"
    shut = [path for _, path in places if not os.access(_existing(path), os.W_OK)]
    if shut:
        todo = "把文件夹的属主改为运行本系统的账号"
        return Line(name, State.WRONG, f"{shut[0]} 不能写入", todo=todo, command=f"chown {shut[0]}")
    path = _existing(places[0][1])
    usage, inodes = shutil.disk_usage(path), os.statvfs(path)
    figure = f"剩 {usage.free / GIB:.1f} GB，共 {usage.total / GIB:.1f} GB"
    is_crowded = inodes.f_files and inodes.f_favail < inodes.f_files * FEW_FILES
    if usage.free >= LITTLE and not is_crowded:
        return Line(name, State.FINE, figure)
    state = State.WRONG if usage.free < TOO_LITTLE else State.NOTE
    if is_crowded:
        figure += "，可建文件数不足5%"
    todo = "扩容，或清理磁盘上的其他文件；写满后不能导入、保存附件和发送提醒"
    return Line(name, state, figure, todo=todo, command=f"du -sh {path}")


def backup(now: datetime) -> Line:
    """When the office's own backup last told us that it had come to its end."""
    mark = settings.BACKUP_MARK
    todo = "每天备份数据库和文件目录，成功后更新标记文件；怎样备份见管理员手册"
    touch = f"touch {mark}"
    if not mark.exists():
        return Line("备份", State.NOTE, "未配置备份", todo=todo, command=touch)
    at = datetime.fromtimestamp(mark.stat().st_mtime, UTC)
    state = by_age(now - at, note=BACKUP_LATE, wrong=BACKUP_TOO_LATE)
    if state is State.FINE:
        return Line("备份", state, "按时完成", since=at)
    said = f"已 {span(now - at)}没有备份"
    return Line("备份", state, said, since=at, todo="看备份脚本的日志，手工补做一次", command=touch)


def programs() -> list[Line]:
    """What is not there is no fault; some files cannot be read then."""
    office = Line("LibreOffice", State.FINE, "已安装")
    if shutil.which("soffice") is None:
        office = Line(
            "LibreOffice",
            State.NOTE,
            "没有安装",
            todo="旧版 Word（.doc、.wps）、RTF 读不了，也不能生成 PDF；需要时安装 LibreOffice",
            command="apt-get install libreoffice-writer",
        )
    scans = Line("扫描件识别", State.FINE, "已安装")
    if not can_recognise():
        todo = "扫描件、照片读不了；需要时安装，见管理员手册"
        scans = Line(
            "扫描件识别", State.FINE, "没有安装（可选）", todo=todo, command="make setup-ocr"
        )
    return [office, scans]


def versions() -> str:
    """What one is asked for who reports a fault."""
    return f"Python {sys.version.split()[0]}，Django {django.get_version()}"
