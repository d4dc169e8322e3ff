"""离岗交接 and 转交承办: what a person has in hand goes to a colleague, whole."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from audit import trail
from bureaus.actions import people, posts
from bureaus.models import Post, Staff
from bureaus.permissions import can_edit
from bureaus.roles import Permission, Role
from tasks.actions import news
from tasks.errors import HandoverRefused
from tasks.models import Assignment


@dataclass(frozen=True)
class OpenWork:
    """What would lie about without its person: assignments in hand, posts nobody else fills."""

    assignments: list[Assignment]
    posts: list[Post]

    @property
    def posts_of_business(self) -> list[Post]:
        return [post for post in self.posts if post.is_business]

    @property
    def posts_of_administration(self) -> list[Post]:
        return [post for post in self.posts if not post.is_business]

    def __str__(self) -> str:
        said = []
        if self.assignments:
            said.append(f"承办任务{len(self.assignments)}件")
        if self.posts:
            names = "、".join(str(post) for post in self.posts)
            said.append(f"只有其一人担任的岗位（{names}）")
        return "，".join(said)


def open_work(person: Staff, *, on: date) -> OpenWork:
    """Assignments that have not ended and sole posts, both in administrative order."""
    in_hand = Assignment.objects.in_hand_of(person).for_list().order_by("bureau_path", "pk")
    others = Post.objects.effective().filter(
        bureau=OuterRef("bureau"), role=OuterRef("role"), staff__in=Staff.objects.valid_on(on)
    )
    alone = person.posts.effective().filter(~Exists(others.exclude(staff=person)))
    return OpenWork(
        list(in_hand), list(alone.select_related("bureau").order_by("bureau__path", "pk"))
    )


@transaction.atomic
def transfer(person: Staff, to: Staff, *, now: datetime, by: Staff) -> int:
    """转交承办: put all that a person has in hand into a colleague's. Returns how much that was.

    One event an assignment, not one for all: each assignment's own trail has to say into whose
    hand it came. Raises HandoverRefused, with nothing done, where ``by`` is neither the person
    nor administers them, and where the colleague could not do one of them.
    """
    if by.pk != person.pk and not can_edit(by, person):
        raise HandoverRefused(f"您没有转交{person}承办任务的权限")
    _check_colleague(person, to, on=timezone.localdate(now))
    in_hand = Assignment.objects.in_hand_of(person)
    rows = list(in_hand.select_for_update(of=("self",)).select_related("bureau", "obligation"))
    for row in rows:
        if not to.may(Permission.FILL, at=row.bureau):
            raise HandoverRefused(f"{to}在{row.bureau}没有“填报”岗位，请先授予岗位再转交")
    if in_hand.update(handler=to) != len(rows):
        raise HandoverRefused(f"刚刚又有任务交给{person}承办，请刷新页面后再转交")
    news.handed_over(rows, person, to, now=now, by=by)
    for row in rows:
        trail.record(
            "转交承办",
            row,
            chain=row.bureau.code,
            detail={"handler": [person.name, to.name]},
            at=now,
            by=by,
        )
    return len(rows)


@transaction.atomic
def leave(person: Staff, *, successor: Staff | None, now: datetime, by: Staff) -> OpenWork:
    """离岗: hand over everything, then switch the account off. Returns what was handed over.

    The successor takes the assignments in hand and the posts of work nobody else fills. Raises
    HandoverRefused, saying what it is, where there are any and nobody was chosen; where a post of
    administration would stand empty; or where the successor's posts would first have to be
    confirmed (三员分立). Nothing is done then.
    """
    Staff.objects.select_for_update(of=("self",)).get(pk=person.pk)
    work = open_work(person, on=timezone.localdate(now))
    if work.posts_of_administration:
        names = "、".join(str(post) for post in work.posts_of_administration)
        raise HandoverRefused(f"{names}只有{person}一人担任，请先授予他人或撤销该岗位")
    if successor:
        _check_colleague(person, successor, on=timezone.localdate(now))
        for post in work.posts_of_business:
            _succeed(post, successor, now=now, by=by)
        if work.assignments:
            transfer(person, _fresh(successor), now=now, by=by)
    elif work.assignments or work.posts:
        raise HandoverRefused(f"{person}还有{work}，请先选择接办人")
    people.deactivate(person, now=now, by=by)
    return work


def _succeed(post: Post, successor: Staff, *, now: datetime, by: Staff) -> None:
    granted = posts.grant(successor, Role(post.role), bureau=post.bureau, now=now, by=by)
    if not granted.is_effective:
        raise HandoverRefused(
            f"{post}只有{post.staff}一人担任，{successor}接任须经安全管理员确认："
            "请先在接办人的人员页提出岗位，确认后再办理离岗"
        )


def _fresh(person: Staff) -> Staff:
    """The same person, knowing the posts just taken over."""
    found: Staff = Staff.objects.get(pk=person.pk)
    return found


def _check_colleague(person: Staff, to: Staff, *, on: date) -> None:
    if to.pk == person.pk:
        raise HandoverRefused("接办人不能是本人")
    if to.bureau_id != person.bureau_id:
        raise HandoverRefused(f"{to}与{person}不在同一单位，请选本单位的人员接办")
    if not to.is_valid_on(on):
        raise HandoverRefused(f"{to}的账号已停用或过期，请另选接办人")
