"""The parts that the content of a form is made of, read from data of any shape."""

import re
from collections.abc import Collection, Mapping, Sequence

from reports.schemas.definition.choices import GAP, Choice, chosen
from reports.schemas.definition.columns import Column
from reports.schemas.definition.fields import Field

# Every way a line ends in Word, a browser or an Excel cell, the soft break (\v) included.
_LINE_END = re.compile(r"\r\n|[\r\v\f\x85\u2028\u2029]")
REOPEN = "请重新打开填报页面再提交。"


class ContentError(ValueError):
    """Data that is not content of this form at all; the message is fit to show in Chinese."""


def normalise_text(text: str) -> str:
    """Line ends as \\n, no blanks at the end of a line, none around the whole."""
    lines = _LINE_END.sub("\n", text).split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def mapping(value: object, where: str, known: Collection[str]) -> Mapping[str, object]:
    """The value as a mapping with no other names than those known."""
    if not isinstance(value, Mapping):
        raise ContentError(f"填报内容有误：{where}应是一组名称和值。")
    unknown = sorted(str(key) for key in value if key not in known)
    if unknown:
        raise ContentError(
            f"填报内容有误：{where}中有本报表没有的项目{'、'.join(unknown)}，{REOPEN}"
        )
    return value


def texts(
    value: object, where: str, ids: Collection[str], *, ignored: Collection[str] = ()
) -> dict[str, str]:
    """A clean text for each id, blank where none is given; ignored ids may come along."""
    given = mapping(value, where, {*ids, *ignored})
    found = {}
    for id_ in ids:
        text = given.get(id_, "")
        if not isinstance(text, str):
            raise ContentError(f"填报内容有误：{where}的{id_}应是文字。")
        found[id_] = normalise_text(text)
    return found


def fields(value: object, where: str, asked: Sequence[Field]) -> dict[str, str]:
    """The same for the fields above or below a table."""
    written = texts(value, where, [field.id for field in asked])
    return {field.id: _answer(field.choices, written[field.id]) for field in asked}


def cells(
    value: object,
    where: str,
    ids: Collection[str],
    columns: Mapping[str, Column],
    *,
    ignored: Collection[str],
) -> dict[str, str]:
    """The same for columns: an answer ticked or given by its code becomes its label."""
    written = texts(value, where, ids, ignored=ignored)
    return {
        id_: _answer(columns[id_].choices, text, multiple=columns[id_].multiple)
        for id_, text in written.items()
    }


def _answer(choices: Sequence[Choice], text: str, *, multiple: bool = False) -> str:
    """What is no choice stays as it was written, to be refused in words."""
    if not (text and choices):
        return text
    labels = chosen(text, choices)
    if labels is None or (len(labels) > 1 and not multiple):
        return text
    return GAP.join(labels)
