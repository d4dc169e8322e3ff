"""The one rule on rows: you see what belongs to your bureau and to those below it."""

from django.db.models import Q

from bureaus import paths
from bureaus.roles import Permission

NOTHING = Q(pk__in=())


def visible(user, *, path: str, permission: Permission = Permission.READ) -> Q:
    """Rows whose column ``path`` lies at or below a bureau where ``user`` holds ``permission``.

    Nobody without such a post sees anything: administrators see no tasks.
    """
    rule = NOTHING
    for bureau in user.bureaus_where(permission):
        rule |= paths.subtree(path, bureau.path)
    return rule


def any_of(user, *permissions: Permission, path: str) -> Q:
    """The same for whoever holds at least one of the permissions."""
    rule = NOTHING
    for permission in permissions:
        rule |= visible(user, path=path, permission=permission)
    return rule
