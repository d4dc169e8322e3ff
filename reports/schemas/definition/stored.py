"""The frame of a stored definition: its kind and the version of its format."""

from collections.abc import Collection, Mapping

from reports.schemas.definition import json_fields
from reports.schemas.definition.json_fields import DefinitionError

# Of the stored JSON; raise it when a reader of the old form would misread. Version 1 knew tables
# with repeated rows and outlines; all it could say reads the same in version 2.
FORMAT_VERSION = 2
READABLE = (1, 2)


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
    return json_fields.mapping(value, "报表", allowed=(*keys, "kind", "version"))
