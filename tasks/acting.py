"""Who acts in whose place: part of the detail of an audit event."""

from bureaus.models import Bureau, Staff
from bureaus.roles import Permission


def for_absentee(by: Staff, permission: Permission, *, at: Bureau) -> dict[str, str]:
    """The absentee whose post it is, under ``acting_for``; empty where the post is one's own."""
    absentee = by.acting_for(permission, at=at)
    return {"acting_for": absentee} if absentee else {}
