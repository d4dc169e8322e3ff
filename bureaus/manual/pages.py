"""The manual that lies in docs/manual: its pages, its pictures and the addresses of both."""

import struct
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.urls import reverse

from bureaus.manual import markup
from bureaus.roles import Role

FOLDER = settings.BASE_DIR / "docs" / "manual"
PICTURES = FOLDER / "images"
FRONT = "README"
OF_POSTS = {
    Role.COORDINATOR: "coordinator",
    Role.FILLER: "filler",
    Role.REVIEWER: "reviewer",
    Role.APPROVER: "approver",
    Role.UNIT_ADMIN: "unit-admin",
    Role.SYSTEM_ADMIN: "system-admin",
    Role.SECURITY_ADMIN: "security-admin",
    Role.AUDITOR: "auditor",
}
# What several posts need: name and title, in the order of the list.
TOPICS = {
    "everyday": "每个人都用的",
    "dates": "时限和标志",
    "reminders": "提醒和催办",
    "roll-ups": "汇总统计和快照",
    "forms": "建表",
    "administrators": "管理岗位分工",
    "server": "服务器维护",
}
NAMES = (FRONT, *OF_POSTS.values(), *TOPICS)
PNG_SIZE = slice(16, 24)  # width and height, in the first chunk


def page(name: str) -> markup.Text | None:
    """A page of the manual; None where there is no such page."""
    if name not in NAMES:
        return None
    file = FOLDER / f"{name}.md"
    return _read(file, file.stat().st_mtime_ns)


def picture(name: str) -> Path | None:
    """The file of a picture: only what lies in the folder of pictures, found by its name there."""
    return next((file for file in PICTURES.glob("*.png") if file.stem == name), None)


def address(name: str, place: str = "") -> str:
    """Where a page of the manual is shown, at a heading of it."""
    found = reverse("bureaus:help") if name == FRONT else reverse("bureaus:manual", args=[name])
    return f"{found}#{place}" if place else found


@lru_cache(maxsize=2 * len(NAMES))
def _read(file: Path, _written: int) -> markup.Text:
    return markup.rendered(file.read_text(encoding="utf-8"), link=_link, picture=_picture)


def _link(target: str) -> str:
    """``filler.md#提交审核`` as an address of this site; places of the same page stay."""
    name, _, place = target.partition("#")
    return address(name.removesuffix(".md"), place) if name else target


def _picture(target: str) -> dict[str, str]:
    name = Path(target).stem
    with (PICTURES / f"{name}.png").open("rb") as file:
        width, height = struct.unpack(">II", file.read(PNG_SIZE.stop)[PNG_SIZE])
    shown = {"width": str(width), "height": str(height), "loading": "lazy"}
    return {"src": reverse("bureaus:manual_picture", args=[name]), **shown}
