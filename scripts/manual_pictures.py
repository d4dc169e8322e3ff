"""The pictures of docs/manual: which page of the demonstration office each shows, and how small."""

import io
from datetime import timedelta
from pathlib import Path
from typing import Any

from PIL import Image

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "manual" / "images"
# As wide as a page of the manual, nearly; above the width where pages become narrow ones.
SIZE: dict[str, Any] = {"viewport": {"width": 1160, "height": 700}}
COLOURS = 48
TOP, PROVINCE = "zongju", "zhejiang"
MINE = ("/ledger/?light=mine", "#ledger_rows a.cell-title")
# The one that still has later periods to go out.
TO_ISSUE = ("/notices/", "a.cell-title:has-text('质量提升行动')", "a[href*='/issue/']")
OBLIGATION = ("/ledger/", "#ledger_rows a.cell-title", ".crumbs a[href^='/obligations/']")
REVIEW = (*MINE, "a[href$='/review/']")
# name: whose account, an address, then the links to follow from page to page
TAKEN: dict[str, tuple[str, tuple[str, ...]]] = {
    "task": (f"{PROVINCE}.tianbao", MINE),
    "desk-coordinator": (f"{TOP}.shouwen", ("/",)),
    "import": (f"{TOP}.shouwen", ("/notices/import/",)),
    "check": (f"{TOP}.shouwen", ("/notices/?state=to_check", "a[href*='/check/']")),
    "issue": (f"{TOP}.shouwen", TO_ISSUE),
    "obligation": (f"{TOP}.shouwen", OBLIGATION),
    "receive": (f"{TOP}.shouwen", REVIEW),
    "roll-up": (f"{TOP}.shouwen", (*OBLIGATION, "a[href$='/roll-up/']")),
    "desk-filler": (f"{PROVINCE}.tianbao", ("/",)),
    "form": (f"{PROVINCE}.tianbao", (*MINE, "a[href*='/forms/']")),
    "review": ("anhui.shenhe", REVIEW),
    "sign": ("fujian.qianfa", REVIEW),
    "ledger": (f"{PROVINCE}.shouwen", ("/ledger/",)),
    "calendar": (f"{PROVINCE}.shouwen", ("/calendar/",)),
    "staff": (f"{PROVINCE}.danwei", ("/administration/staff/",)),
    "health": (f"{TOP}.xitong", ("/administration/health/",)),
    "workdays": (f"{TOP}.xitong", ("/administration/workdays/",)),
    "audit": (f"{TOP}.shenji", ("/administration/audit/",)),
}
# On the way to it: the last day up to which periods are wanted, so that they are listed.
LAST_DAY, COUNT_AGAIN, AHEAD = "末期不晚于", "重新推算", timedelta(days=210)
LISTED = {"issue"}


def reduced(png: bytes) -> bytes:
    """The same picture in few colours: pages have few, and the file a third of its size."""
    written = io.BytesIO()
    with Image.open(io.BytesIO(png)) as picture:
        few = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        few.save(written, "PNG", optimize=True)
    return written.getvalue()
