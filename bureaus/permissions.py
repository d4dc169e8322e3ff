"""Guards of the administrators' pages."""

from django.core.exceptions import PermissionDenied

from bureaus.models import Staff
from bureaus.roles import Permission


def check_any(user: Staff, *permissions: Permission) -> None:
    """Raise PermissionDenied unless the person holds one of these at any bureau."""
    if not any(user.bureaus_where(permission) for permission in permissions):
        raise PermissionDenied
