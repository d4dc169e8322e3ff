"""单位 and 人员: to those who work the units of their part of the tree, to those who administer
the people they administer."""

from collections.abc import Sequence

from django.db.models import Q
from django.urls import reverse

from bureaus.models import Bureau, Staff
from bureaus.roles import Permission
from bureaus.search.asked import Asked
from bureaus.search.excerpts import marked
from bureaus.search.finding import Found, first
from reports.search.hit import Hit

ADMINISTERED = (Permission.STAFF, Permission.SYSTEM)


def bureaus(user: Staff, asked: Asked, most: int) -> Found:
    seen = Bureau.objects.visible_to(user) | Bureau.objects.administered_by(user, *ADMINISTERED)
    for word in asked.words:
        seen = seen.filter(_begins(word) if len(word) == 1 else _named(word))
    return first(seen.active().order_by("path"), most)


def _begins(word: str) -> Q:
    return Q(short_name__istartswith=word) | Q(name__istartswith=word)


def _named(word: str) -> Q:
    names = Q(name__icontains=word) | Q(short_name__icontains=word) | Q(aliases__icontains=word)
    return names | Q(code__istartswith=word)


def show_bureaus(user: Staff, keys: Sequence[int], asked: Asked) -> list[Hit]:
    worked = set(Bureau.objects.visible_to(user).filter(pk__in=keys).values_list("pk", flat=True))
    rows = Bureau.objects.select_related("parent").in_bulk(keys)
    return [
        Hit(marked(row.name, asked.words), _address(row, row.pk in worked), _above(row))
        for key in keys
        if (row := rows.get(key))
    ]


def _address(bureau: Bureau, is_worked: bool) -> str:
    """Their tasks, or for who administers the unit its page."""
    if is_worked:
        return f"{reverse('tasks:ledger')}?light=&bureau={bureau.code}"
    return reverse("bureaus:unit", args=[bureau.pk])


def _above(bureau: Bureau) -> str:
    return f"代码 {bureau.code}" + (f"　上级 {bureau.parent}" if bureau.parent else "")


def people(user: Staff, asked: Asked, most: int) -> Found:
    seen = Staff.objects.visible_to(user)
    for word in asked.words:
        names = Q(name__icontains=word) | Q(username__icontains=word)
        seen = seen.filter(names | Q(bureau__short_name__icontains=word))
    return first(seen.order_by("bureau__path", "username"), most)


def show_people(user: Staff, keys: Sequence[int], asked: Asked) -> list[Hit]:
    rows = Staff.objects.select_related("bureau").in_bulk(keys)
    return [
        Hit(
            marked(row.name, asked.words),
            reverse("bureaus:person", args=[row.pk]),
            f"{row.username}　{row.bureau or ''}".strip(),
        )
        for key in keys
        if (row := rows.get(key))
    ]
