"""文件, by title and 文号, and by all that stands in them."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.urls import reverse

from bureaus.models import Staff
from bureaus.search.asked import Asked
from bureaus.search.excerpts import excerpt, marked
from bureaus.search.finding import MOST, Found, in_long, in_short
from notices.models import Notice, NoticeText
from notices.states import GONE, NoticeState
from reports.search.hit import Hit

NAMED = ("pk", "title", "doc_number", "issuers", "state", "written_on")


def seen(user: Staff) -> QuerySet[Notice]:
    """What can be opened, the latest first."""
    rows: QuerySet[Notice] = Notice.objects.visible_to(user).exclude(state__in=GONE)
    return rows.order_by("-imported_at", "-pk")


def by_head(user: Staff, asked: Asked, most: int) -> Found:
    return in_short(seen(user), NoticeText, asked.words, column="head", most=most)


def by_text(user: Staff, asked: Asked, most: int) -> Found:
    """Those that hold the words, but not all of them in title and 文号; where they stand in more
    titles than are listed, these among them."""
    heads = by_head(user, asked, MOST)
    rest = seen(user) if heads.is_more else seen(user).exclude(pk__in=heads.keys)
    return in_long(rest, NoticeText, asked.words, column="whole", most=most)


def numbered(user: Staff, asked: Asked) -> list[Notice]:
    """Those whose 文号 is the one that was typed, whole or without its beginning; two at most."""
    heads = NoticeText.objects.holding(asked.words, "head").values("pk")
    same = seen(user).filter(pk__in=heads, doc_number__endswith=asked.number)
    return list(same.only(*NAMED)[:2]) if asked.number else []


def show(user: Staff, keys: Sequence[int], asked: Asked) -> list[Hit]:
    rows = Notice.objects.only(*NAMED).in_bulk(keys)
    return [
        Hit(marked(row.title, asked.words), address(row), _facts(row))
        for key in keys
        if (row := rows.get(key))
    ]


def show_text(user: Staff, keys: Sequence[int], asked: Asked) -> list[Hit]:
    rows = Notice.objects.only(*NAMED, "body").in_bulk(keys)
    return [
        Hit(
            marked(row.title, asked.words),
            address(row),
            _facts(row),
            excerpt(row.body, asked.words) or excerpt(row.issuers, asked.words),
        )
        for key in keys
        if (row := rows.get(key))
    ]


def address(notice: Notice) -> str:
    """What is not filed yet is opened where it is checked."""
    page = "tasks:notice_detail" if notice.state == NoticeState.FILED else "notices:check"
    return reverse(page, args=[notice.pk])


def _facts(notice: Notice) -> str:
    state = "" if notice.state == NoticeState.FILED else "待核对"
    said = (notice.doc_number or "无文号", "、".join(notice.issuer_names[:1]), state)
    return "　".join(filter(None, said))
