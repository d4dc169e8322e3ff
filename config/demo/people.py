"""Invented staff. Their names are drawn from two short lists; any likeness is chance."""

import os
import secrets
import string
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from django.conf import settings
from django.utils import timezone

from bureaus.actions import delegations
from bureaus.actions.registry import CENTRAL_CODE
from bureaus.models import Bureau, Post, Staff
from bureaus.roles import Role

PROVINCES = {
    "110000": "beijing",
    "120000": "tianjin",
    "130000": "hebei",
    "140000": "shanxi",
    "150000": "neimenggu",
    "210000": "liaoning",
    "220000": "jilin",
    "230000": "heilongjiang",
    "310000": "shanghai",
    "320000": "jiangsu",
    "330000": "zhejiang",
    "340000": "anhui",
    "350000": "fujian",
    "360000": "jiangxi",
    "370000": "shandong",
    "410000": "henan",
    "420000": "hubei",
    "430000": "hunan",
    "440000": "guangdong",
    "450000": "guangxi",
    "460000": "hainan",
    "500000": "chongqing",
    "510000": "sichuan",
    "520000": "guizhou",
    "530000": "yunnan",
    "540000": "xizang",
    "610000": "shaanxi",
    "620000": "gansu",
    "630000": "qinghai",
    "640000": "ningxia",
    "650000": "xinjiang",
    "660000": "bingtuan",
}
CITIES = {  # of the province shown, which splits a task among them
    "330100": "hangzhou",
    "330200": "ningbo",
    "330300": "wenzhou",
    "330400": "jiaxing",
    "330500": "huzhou",
    "330600": "shaoxing",
    "330700": "jinhua",
    "330800": "quzhou",
    "330900": "zhoushan",
    "331000": "taizhou",
    "331100": "lishui",
}
POSTS = {
    Role.COORDINATOR: "shouwen",
    Role.FILLER: "tianbao",
    Role.REVIEWER: "shenhe",
    Role.APPROVER: "qianfa",
    Role.UNIT_ADMIN: "danwei",
    Role.SYSTEM_ADMIN: "xitong",
    Role.SECURITY_ADMIN: "anquan",
    Role.AUDITOR: "shenji",
}
IN_A_PROVINCE = (Role.COORDINATOR, Role.FILLER, Role.REVIEWER, Role.APPROVER, Role.UNIT_ADMIN)
IN_A_CITY = (Role.COORDINATOR, Role.FILLER, Role.REVIEWER, Role.APPROVER)
AT_THE_TOP = (Role.COORDINATOR, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR)
SHOWN = "330000"
CITY_SHOWN = "330100"
WRONG_ADDRESS = "qinghai.tianbao"  # so that a mail that cannot be delivered is there to be seen
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张"
GIVEN_PAIRS = "文博雅琴志远思齐明哲若兰建平晓岚子墨静怡国栋海燕永康书瑶立新婉清"
GIVEN = [GIVEN_PAIRS[index : index + 2] for index in range(0, len(GIVEN_PAIRS), 2)]


def hire(password: str) -> None:
    """The 总局's four posts, every province's five, the four of each city below the one shown.

    Who is there already is left alone.
    """
    bureaus = Bureau.objects.in_bulk([*PROVINCES, *CITIES], field_name="code")
    central = Bureau.objects.get(code=CENTRAL_CODE)
    draw = Random("市场监管")  # noqa: S311  names, not secrets: the same office every time
    wanted = [("zongju", central, role) for role in AT_THE_TOP]
    wanted += [
        (place, bureaus[code], role) for code, place in PROVINCES.items() for role in IN_A_PROVINCE
    ]
    wanted += [(place, bureaus[code], role) for code, place in CITIES.items() for role in IN_A_CITY]
    known = set(Staff.objects.values_list("username", flat=True))
    hashed = Staff()
    hashed.set_password(password)
    people = []
    for place, bureau, role in wanted:
        name = draw.choice(SURNAMES) + draw.choice(GIVEN)
        username = f"{place}.{POSTS[role]}"
        if username in known:
            continue
        email = (
            "qinghai.tianbao#example.test"
            if username == WRONG_ADDRESS
            else f"{username}@example.test"
        )
        person = Staff(
            username=username,
            name=name,
            bureau=bureau,
            phone="000-00000000",
            email=email,
            password=hashed.password,
        )
        people.append((person, role))
    Staff.objects.bulk_create([person for person, _ in people])
    Post.objects.bulk_create(
        [Post(staff=person, bureau=person.bureau, role=role) for person, role in people]
    )


def send_away(now: datetime) -> None:
    """The reviewer shown is on a journey for a week; the approver stands in."""
    bureau, today = Bureau.objects.get(code=SHOWN), timezone.localdate(now)
    absentee = holder(Role.REVIEWER, bureau)
    delegations.make(
        absentee,
        deputy=holder(Role.APPROVER, bureau),
        starts_on=today,
        ends_on=today + timedelta(days=6),
        reason="出差",
        now=now,
        by=absentee,
    )


def holder(role: Role, bureau: Bureau) -> Staff:
    """The demo's person in a post."""
    return Staff.objects.filter(posts__role=role, posts__bureau=bureau).order_by("pk")[0]


def password() -> str:
    """The password of all demo accounts, made once and kept in var/ for its owner only."""
    kept = Path(settings.VAR_DIR) / "demo-password"
    if kept.exists():
        return kept.read_text(encoding="utf-8").strip()
    letters = string.ascii_letters + string.digits
    made = "Demo-" + "".join(secrets.choice(letters) for _ in range(10)) + "-1"
    kept.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(made + "\n")
    return made


def accounts() -> list[tuple[str, str, str]]:
    """(post, unit, account) in the order of the story: the 总局 checks and issues, the province
    shown accepts, splits and reports, a city of it reports; then the administrators."""
    province, city = PROVINCES[SHOWN], CITIES[CITY_SHOWN]
    shown = [("zongju", Role.COORDINATOR)]
    shown += [(place, role) for place in (province, city) for role in IN_A_CITY]
    shown += [(province, Role.UNIT_ADMIN)]
    shown += [("zongju", role) for role in AT_THE_TOP if role != Role.COORDINATOR]
    posts = {f"{place}.{POSTS[role]}": role for place, role in shown}
    found = Staff.objects.select_related("bureau").in_bulk(list(posts), field_name="username")
    return [
        (role.label, str(found[username].bureau), username)
        for username, role in posts.items()
        if username in found
    ]
