"""Ids of columns, rows, fields and sections."""

import re

from reports.schemas.definition.json_fields import DefinitionError

ID_PATTERN = re.compile(r"[a-z][a-z0-9_]{0,29}")


def check_id(value: str, where: str) -> None:
    """Ids are ASCII, so that a change of wording never changes what a stored cell is called."""
    if not ID_PATTERN.fullmatch(value):
        raise DefinitionError(
            f"报表定义有误：{where}的编号“{value}”只能由小写字母、数字和下划线组成，且以字母开头。"
        )
