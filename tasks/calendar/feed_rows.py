"""The feeds that a person may have, as the page lists them."""

from collections.abc import Iterable
from dataclasses import dataclass

from bureaus.models import Bureau
from tasks.models import Feed


@dataclass
class FeedRow:
    """A feed one may have, with the one that is open; ``is_gone``: it answers no more."""

    label: str
    note: str
    bureau: Bureau | None = None
    feed: Feed | None = None
    is_gone: bool = False


def feed_rows(bureaus: list[Bureau], live: Iterable[Feed]) -> list[FeedRow]:
    """One's own, one for each bureau at which one may read now, then those of posts gone by."""
    opened = {feed.bureau: feed for feed in live}
    rows = [FeedRow("等我办理", "轮到我办理的任务，和本单位已报送的任务")]
    rows += [FeedRow(str(each), "本单位和下级单位的全部任务", each) for each in bureaus]
    for row in rows:
        row.feed = opened.pop(row.bureau, None)
    gone = "您已没有该单位的岗位，地址不再有效"
    return rows + [FeedRow(str(each), gone, each, feed, True) for each, feed in opened.items()]
