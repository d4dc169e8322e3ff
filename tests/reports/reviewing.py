"""The page of a review as a browser sends it."""

from tests import factories

BACK = {"verb": "return_", "looked_at": "1", "place": "1:rows.0.c4", "note": "请写明文号"}


def url(task) -> str:
    return f"/assignments/{task.pk}/review/"


def login(client, role, bureau):
    client.force_login(factories.staff(role, bureau))
    return client
