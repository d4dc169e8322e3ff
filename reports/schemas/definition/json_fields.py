"""Reads a stored definition: its frame, its values, ids and titles; says in Chinese what is wrong
with them, and where."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum
from typing import TypeVar

Choice = TypeVar("Choice", bound=StrEnum)

PREFIX = "报表定义有误："
ID_PATTERN = re.compile(r"[a-z][a-z0-9_]{0,29}")
# Of the stored JSON; raise it when a reader of the old form would misread. Version 1 knew tables
# with repeated rows and outlines; all it could say reads the same in version 2.
FORMAT_VERSION = 2
READABLE = (1, 2)


class DefinitionError(ValueError):
    """A form definition that cannot be used; the message is fit to show in Chinese.

    `faults` are all that does not fit together, where the message is only the first of them: the id
    of the column, row or field (checks.0 for a relation, "" for the whole), and what is wrong.
    """

    def __init__(self, message: str, *, faults: tuple[tuple[str, str], ...] = ()) -> None:
        super().__init__(message)
        self.faults = faults or (("", self.reason),)

    @property
    def reason(self) -> str:
        """The message as it stands beside what is wrong."""
        return str(self).removeprefix(PREFIX)


def stored(value: object, *, kind: str, keys: Collection[str]) -> Mapping[str, object]:
    """The stored mapping, its kind and version checked before anything else is looked at."""
    if not isinstance(value, Mapping):
        raise DefinitionError("报表定义有误：报表应是一组名称和值。")
    if value.get("kind") != kind:
        raise DefinitionError(f"报表定义有误：种类应为{kind}，实为{value.get('kind')}。")
    version = value.get("version")
    if isinstance(version, bool) or version not in READABLE:
        raise DefinitionError(
            f"报表定义有误：格式版本是{version}，本系统只认识版本{FORMAT_VERSION}及以前的，请升级系统后再试。"
        )
    return mapping(value, "报表", allowed=(*keys, "kind", "version"))


def mapping(value: object, where: str, *, allowed: Collection[str]) -> Mapping[str, object]:
    """The value as a mapping that holds only the allowed keys."""
    if not isinstance(value, Mapping):
        raise DefinitionError(f"报表定义有误：{where}应是一组名称和值。")
    unknown = sorted(str(key) for key in value if key not in allowed)
    if unknown:
        raise DefinitionError(f"报表定义有误：{where}中有不认识的项目{'、'.join(unknown)}。")
    return value


def text(data: Mapping[str, object], key: str, where: str, default: str | None = None) -> str:
    """A string; without a default the key must be there."""
    value = data.get(key, default)
    if not isinstance(value, str):
        raise DefinitionError(f"报表定义有误：{where}的{key}应是一段文字。")
    return value


def flag(data: Mapping[str, object], key: str, where: str) -> bool:
    """A boolean, false when it is not there."""
    value = data.get(key, False)
    if not isinstance(value, bool):
        raise DefinitionError(f"报表定义有误：{where}的{key}应是 true 或 false。")
    return value


def whole(data: Mapping[str, object], key: str, where: str) -> int | None:
    """A whole number, or None when it is null or not there."""
    value = data.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int):
        raise DefinitionError(f"报表定义有误：{where}的{key}应是整数。")
    return value


def number(data: Mapping[str, object], key: str, where: str) -> float | None:
    """A number, or None when it is null or not there."""
    value = data.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise DefinitionError(f"报表定义有误：{where}的{key}应是数字。")
    return float(value)


def items(data: Mapping[str, object], key: str, where: str) -> list[object]:
    """A list, empty when it is not there."""
    value = data.get(key, [])
    if not isinstance(value, list):
        raise DefinitionError(f"报表定义有误：{where}的{key}应是一个列表。")
    return value


def texts(data: Mapping[str, object], key: str, where: str) -> tuple[str, ...]:
    """A list of strings, empty when it is not there."""
    found = items(data, key, where)
    words = tuple(word for word in found if isinstance(word, str))
    if len(words) != len(found):
        raise DefinitionError(f"报表定义有误：{where}的{key}应是一列文字。")
    return words


def choice(
    data: Mapping[str, object], key: str, where: str, kinds: type[Choice], default: Choice
) -> Choice:
    """One of the named values."""
    value = data.get(key, default.value)
    try:
        return kinds(str(value))
    except ValueError:
        known = "、".join(kinds)
        raise DefinitionError(f"报表定义有误：{where}的{key}只能是{known}之一。") from None


def optional_choice(
    data: Mapping[str, object], key: str, where: str, kinds: type[Choice]
) -> Choice | None:
    """One of the named values, or None when it is null or not there."""
    if data.get(key) is None:
        return None
    return choice(data, key, where, kinds, next(iter(kinds)))


def check_id(value: str, where: str) -> None:
    """Ids are ASCII, so that a change of wording never changes what a stored cell is called."""
    if not ID_PATTERN.fullmatch(value):
        raise DefinitionError(
            f"报表定义有误：{where}的编号“{value}”只能由小写字母、数字和下划线组成，且以字母开头。"
        )


def check_title(title: str) -> None:
    """A form without a name is none."""
    if not title.strip():
        raise DefinitionError("报表定义有误：没有报表名称。")


def check_unique(ids: Iterable[str]) -> None:
    """Within a form an id says what it stands for."""
    repeated = sorted(id_ for id_, times in Counter(ids).items() if times > 1)
    if repeated:
        raise DefinitionError(f"报表定义有误：编号{'、'.join(repeated)}重复。")
