"""全局查找: the hits by kind, all of one kind, and the first ten while one types."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.urls import reverse

from bureaus.models import Staff
from bureaus.search import asked as words
from bureaus.search.asked import Asked
from bureaus.search.finding import MOST, Found
from reports.search.hit import Hit, Kind
from reports.search.kinds import ASSIGNMENTS, KINDS

GLANCE = 200  # hits that are counted beside the other kinds
FEW = 5  # hits of a kind beside the others
TYPED = 10
OF_EACH = 4  # of these, of one kind
PAGE = 50
SHORT = "请至少输入两个字：一个字几乎处处都有。只有单位可以用名称的第一个字查找。"


@dataclass(frozen=True)
class Group:
    """The first hits of a kind; ``url`` lists all of them, "" where these are all."""

    kind: Kind
    count: str
    hits: list[Hit]
    url: str


def groups(user: Staff, asked: Asked, text: str) -> list[Group]:
    """Only kinds of which something was found: what there is none of is not told apart from what
    one may not see."""
    made = []
    for kind in _searched(asked):
        found = kind.find(user, asked, GLANCE)
        if found:
            hits = kind.show(user, found.keys[:FEW], asked)
            made.append(Group(kind, str(found), hits, _all(kind, found, text)))
    return made


def _searched(asked: Asked) -> Iterator[Kind]:
    for kind in KINDS:
        if asked and (kind.takes_one or not asked.is_too_short):
            yield kind


def _all(kind: Kind, found: Found, text: str) -> str:
    if len(found.keys) <= FEW:
        return ""
    if kind.code == ASSIGNMENTS:
        query = {"light": "", "q": text, "sort": "-target"}
        return f"{reverse('tasks:ledger')}?{urlencode(query)}"
    return f"{reverse('reports:search')}?{urlencode({'q': text, 'kind': kind.code})}"


def listed(user: Staff, kind: Kind, asked: Asked, number: str | None) -> tuple[Page, list[Hit]]:
    """One page of all hits of a kind."""
    found = kind.find(user, asked, MOST) if kind in _searched(asked) else Found([])
    page = Paginator(found.keys, PAGE).get_page(number)
    page.paginator.count_word = str(found)
    return page, kind.show(user, page.object_list, asked)


def typed(user: Staff, text: str) -> list[tuple[Kind, Hit]]:
    """The first hits, some of each kind; as many queries whatever there is."""
    asked = words.read(text)
    found = []
    for kind in _searched(asked):
        if kind.is_typed:
            keys = kind.find(user, asked, GLANCE).keys[:OF_EACH]
            found += [(kind, hit) for hit in kind.show(user, keys, asked)]
    return found[:TYPED]
