"""The place of a bureau in the tree, as text: the codes from the root down, each ended by a slash.

``/`` is the 总局, ``/330000/`` a province, ``/330000/330100/`` a prefecture below it. Codes sort in
administrative order, so paths do too; the closing slash keeps ``/1/20/`` out of ``/1/2/``.
"""

from django.db import models
from django.db.models import F, Value
from django.db.models.functions import StrIndex, Substr

ROOT = "/"


class PathField(models.CharField):
    """Text compared byte by byte, so that a subtree is one range of an ordinary index.

    PostgreSQL needs the "C" collation for that; SQLite compares bytes by default.
    """

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 60)
        super().__init__(*args, **kwargs)

    def db_parameters(self, connection):
        parameters = super().db_parameters(connection)
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters


def child(parent_path: str, code: str) -> str:
    return f"{parent_path}{code}/"


def subtree(field: str, path: str) -> models.Q:
    """Rows whose ``field`` is ``path`` or lies below it; "0" is the character after "/"."""
    return models.Q(**{f"{field}__gte": path, f"{field}__lt": path[:-1] + "0"})


def level(path: str) -> int:
    """How many steps below the root."""
    return path.count("/") - 1


def unit(path: str, steps: int) -> str:
    """The unit at most ``steps`` below the root that ``path`` is or lies in."""
    codes = path.strip("/").split("/")[:steps]
    return ROOT + "".join(f"{code}/" for code in codes if code)


def Unit(field: str, steps: int) -> models.Expression:
    """The same, by the database."""
    end: models.Expression = Value(1)  # of the path, as far as it was followed
    for _ in range(steps):
        end = end + StrIndex(Substr(F(field), end + Value(1)), Value("/"))
    return Substr(F(field), 1, end)
