"""What the shell around every page shows: the rail by posts, unit, person, last login."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from bureaus.manual.places import help_for
from bureaus.models import Post, Staff
from bureaus.roles import GRANTED, Permission, Role

P = Permission

SEARCHING = {P.READ, P.STAFF, P.SYSTEM, P.GRANT}  # who may find anything


@dataclass(frozen=True)
class Item:
    label: str
    url_name: str
    icon: str
    needs: frozenset[Permission] = frozenset()


RAIL = (
    Item("工作台", "tasks:desk", "desk"),
    Item("文件库", "notices:library", "library", frozenset({P.READ})),
    Item("任务台账", "tasks:ledger", "ledger", frozenset({P.READ})),
    Item("汇总统计", "reports:statistics", "sum", frozenset({P.READ})),
    Item("日历", "tasks:calendar", "calendar", frozenset({P.READ})),
    Item("提醒", "tasks:reminders", "bell", frozenset({P.URGE, P.SYSTEM})),
    Item("邮箱", "tasks:mailbox", "mailbox", frozenset({P.URGE, P.SYSTEM})),
    Item(
        "系统管理",
        "bureaus:administration",
        "gear",
        frozenset({P.STAFF, P.SYSTEM, P.GRANT, P.AUDIT}),
    ),
)


def shell(request) -> dict:
    """Context processor. Anonymous pages get nothing."""
    user = getattr(request, "user", None)
    if not isinstance(user, Staff):
        return {}
    roles = {Role(post.role) for post in user.held_posts}
    held = {permission for role in roles for permission in GRANTED[role]}
    said = request.session.get("last_login_at", "")
    return {
        "navigation": [
            _entry(item, request.path) for item in RAIL if not item.needs or item.needs & held
        ],
        "unit_name": str(user.bureau) if user.bureau else "",
        "post_names": list(dict.fromkeys(_post_name(post) for post in user.held_posts)),
        "person_name": user.name,
        "search_url": reverse("reports:search") if held & SEARCHING else "",
        "inbox_url": reverse("tasks:inbox"),
        "inbox_count": getattr(user, "unread", 0),
        "help_url": help_for(getattr(request.resolver_match, "view_name", None), roles),
        "password_url": reverse("bureaus:password"),
        "productions_url": reverse("reports:productions") if P.READ in held else "",
        "delegations_url": reverse("bureaus:delegations") if P.READ in held else "",
        "last_login_at": datetime.fromisoformat(said) if said else None,
        "last_login_address": request.session.get("last_login_address", ""),
    }


def _post_name(post: Post) -> str:
    name = post.get_role_display()
    return f"{name}（代{post.acting_for}）" if post.acting_for else name


def _entry(item: Item, path: str) -> dict:
    url = reverse(item.url_name)
    active = path == url or (url != "/" and path.startswith(url))
    return {"label": item.label, "url": url, "icon": item.icon, "active": active, "count": 0}
