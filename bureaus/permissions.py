"""May this person administer that unit or that account? ``can_…`` answers, ``check_…`` raises."""

from django.core.exceptions import PermissionDenied

from bureaus.models import Bureau, Post, Staff
from bureaus.roles import BUSINESS, SEPARATED, Permission, Role

P = Permission


def check_any(user: Staff, *permissions: Permission) -> None:
    """Raise PermissionDenied unless the person holds one of these at any bureau."""
    if not any(user.bureaus_where(permission) for permission in permissions):
        raise PermissionDenied


def covers(user: Staff, bureau: Bureau, *permissions: Permission) -> bool:
    """Does the person hold one of these at this bureau or at one above it?"""
    held = (above for permission in permissions for above in user.bureaus_where(permission))
    return any(bureau.path.startswith(above.path) for above in held)


def can_add(user: Staff, bureau: Bureau) -> bool:
    return covers(user, bureau, P.STAFF, P.SYSTEM)


def can_edit(user: Staff, person: Staff) -> bool:
    """Change, hand over and switch off this account? Of a 三员 only the system administrator."""
    return _commands(user, person, (P.STAFF, P.SYSTEM), over_separated=P.SYSTEM)


def can_reset(user: Staff, person: Staff) -> bool:
    """Give a new password or lift a lock? Of a 三员 only the security administrator, of oneself
    nobody.
    """
    others = user.pk != person.pk
    return others and _commands(user, person, (P.STAFF, P.GRANT), over_separated=P.GRANT)


def _commands(
    user: Staff, person: Staff, permissions: tuple[Permission, ...], *, over_separated: Permission
) -> bool:
    """Over the person's own bureau and over every one at which the person holds a post.

    Otherwise whoever administers a county could enter its parent's posts by a new password.
    """
    posts = list(person.posts.select_related("bureau"))
    if any(post.role in SEPARATED for post in posts):
        permissions = (over_separated,)
    bureaus = [post.bureau for post in posts]
    if person.bureau:
        bureaus.append(person.bureau)
    return bool(bureaus) and all(covers(user, bureau, *permissions) for bureau in bureaus)


def can_ask_for(user: Staff, role: Role, bureau: Bureau) -> bool:
    """Propose somebody for a post? The 三员's only the system administrator."""
    needed = (P.SYSTEM,) if role in SEPARATED else (P.STAFF, P.SYSTEM)
    return covers(user, bureau, *needed)


def can_grant(user: Staff, role: Role, bureau: Bureau, *, separate: bool) -> bool:
    """Put somebody in a post at once? Where the administrators are separate: nobody does."""
    if separate:
        return False
    return covers(user, bureau, *((P.GRANT, P.STAFF) if role in BUSINESS else (P.GRANT,)))


def roles_to_give(user: Staff, bureau: Bureau, *, separate: bool) -> list[Role]:
    """The posts this person may put somebody in, or ask for, at this bureau."""
    return [
        role
        for role in Role
        if can_grant(user, role, bureau, separate=separate) or can_ask_for(user, role, bureau)
    ]


def can_decide(user: Staff, post: Post) -> bool:
    """Confirm or refuse a post that was asked for? Never one's own."""
    return user.pk != post.staff_id and covers(user, post.bureau, P.GRANT)


def can_remove(user: Staff, post: Post) -> bool:
    return can_ask_for(user, Role(post.role), post.bureau) or covers(user, post.bureau, P.GRANT)


def can_stand_in(user: Staff, absentee: Staff) -> bool:
    """Hand over this person's posts? One's own; or a unit administrator's, of all these units."""
    if user.pk == absentee.pk:
        return True
    return _commands(user, absentee, (P.STAFF,), over_separated=P.STAFF)
