"""Eight provinces, the cities of one of them, one county and one unit of the 总局, with staff."""

from django.contrib.auth.hashers import make_password

from bureaus.actions import registry
from bureaus.models import Bureau, Post, Staff
from bureaus.roles import Role
from config.demo import people

# One for each stage that `config.demo.stories` walks to; the third splits its task.
PROVINCES = ("110000", "120000", "330000", "340000", "440000", "510000", "610000", "650000")
COUNTY = "330102"
INTERNAL = "N02"
WRONG_ADDRESS = "nobody#example.test"  # of the one filler to whom no mail can be sent
UNREACHABLE = "110000"


def found() -> None:
    """Load the tree and the working days, keep the few bureaus, and fill their posts."""
    registry.load_tree()
    registry.load_workdays()
    kept = [registry.CENTRAL_CODE, *PROVINCES, *people.CITIES, COUNTY, INTERNAL]
    for rank in reversed(Bureau.Rank.values):  # those below before those above
        Bureau.objects.filter(rank=rank).exclude(code__in=kept).delete()
    password = make_password(None)
    for bureau in Bureau.objects.order_by("path"):
        for role in _posts_at(bureau):
            _hire(role, bureau, password)


def _posts_at(bureau: Bureau) -> tuple[Role, ...]:
    if bureau.parent is None:
        return people.AT_THE_TOP
    return people.IN_A_PROVINCE if bureau.rank == Bureau.Rank.PROVINCE else people.IN_A_CITY


def _hire(role: Role, bureau: Bureau, password: str) -> None:
    username = f"{bureau.code.lower()}.{role}"
    is_unreachable = bureau.code == UNREACHABLE and role == Role.FILLER
    person = Staff.objects.create(
        username=username,
        name=f"示例{role.label}",
        bureau=bureau,
        phone="000-00000000",
        email=WRONG_ADDRESS if is_unreachable else f"{username}@example.test",
        password=password,
    )
    Post.objects.create(staff=person, bureau=bureau, role=role)
