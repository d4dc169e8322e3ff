"""Sentences on the documents that the rows of a table list: how many, and each with its facts."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from reports.schemas.content.documents_named import NamedDocument, documents
from reports.schemas.content.places import label_paths
from reports.schemas.content.values import is_no_value_mark
from reports.schemas.definition.columns import Column
from reports.schemas.definition.kinds import ColumnKind
from reports.schemas.definition.outlines import Section
from reports.schemas.drafting.sentence import Given, Made, Sentence

_NAME = re.compile(r"名称|标题|题目|文件名")
_DOCUMENT = re.compile(r"文件|制度|方案|政策|法规|规章|标准")
_OTHERS = {
    "issuer": re.compile(r"发文|制定|印发(?:主体|机关|单位)"),
    "number": re.compile(r"文号|字号"),
    "day": re.compile(r"印发|时间|日期"),
    "progress": re.compile(r"进展|进度|状态"),
}
_ISSUED = frozenset({"已印发", "已出台", "已发布", "印发", "已公布"})
_ASKED = {"文号": "number", "发文主体": "issuer", "印发时间": "day", "印发日期": "day"}
_TAIL = re.compile(r"[（(][^（）()]*[）)]\s*$")
_LONGEST_PROGRESS = 12  # longer ones are accounts, not states to be counted


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of documents among those of a row, by what they hold; None where none does."""

    name: Column
    issuer: Column | None = None
    number: Column | None = None
    day: Column | None = None
    progress: Column | None = None

    @property
    def ids(self) -> set[str]:
        found = (self.name, self.issuer, self.number, self.day, self.progress)
        return {one.id for one in found if one}


@dataclass(frozen=True, slots=True)
class _Named:
    title: str
    issuer: str
    number: str
    day: str
    progress: str
    paths: tuple[str, ...]


def columns_of(given: Given) -> Columns | None:
    """Where a table lists documents; None where it does not."""
    labels = dict(label_paths(given.definition.columns))
    columns = given.definition.row_columns()
    name = next((one for one in columns if _names_document(one, labels[one.id])), None)
    if name is None:
        return None
    group = labels[name.id][:-1]
    beside = [one for one in columns if one is not name and labels[one.id][:-1] == group]
    found: dict[str, Column] = {}
    for part, words in _OTHERS.items():
        left = [one for one in beside if one not in found.values()]
        if column := next((one for one in left if words.search(one.label)), None):
            found[part] = column
    return Columns(name, **found)


def sentences(given: Given, columns: Columns, section: Section | None) -> Iterator[Sentence]:
    """How many documents the rows name, then each of them; 无 is none."""
    listed = list(_listed(given, columns))
    if not listed:
        return
    id_ = section.id if section else ""
    paths = tuple(path for one in listed for path in one.paths)
    yield Sentence(given, id_, _count(listed), paths, Made.COUNT)
    asked = f"{section.heading}{section.hint}" if section else ""
    for one in listed:
        lacks = tuple(
            word for word, part in _ASKED.items() if word in asked and not getattr(one, part)
        )
        yield Sentence(given, id_, _one(one), one.paths, Made.CELLS, lacks)


def _names_document(column: Column, labels: tuple[str, ...]) -> bool:
    if column.kind is ColumnKind.DOCUMENT:
        return True
    is_text = column.kind in {ColumnKind.TEXT, ColumnKind.LONGTEXT}
    return is_text and bool(_NAME.search(labels[-1]) and _DOCUMENT.search("".join(labels)))


def _listed(given: Given, columns: Columns) -> Iterator[_Named]:
    for index, row in enumerate(given.content["rows"]):
        text = row.get(columns.name.id, "")
        if not text or is_no_value_mark(text):
            continue
        beside = {part: getattr(columns, part) for part in _OTHERS}
        said = {part: _said(row, column) for part, column in beside.items()}
        paths = [f"rows.{index}.{columns.name.id}"]
        paths += [f"rows.{index}.{beside[part].id}" for part in _OTHERS if said[part]]
        lines = (
            documents(text) if columns.name.kind is ColumnKind.DOCUMENT else documents(_line(text))
        )
        for one in lines:
            yield _Named(
                one.title if _is_whole(one) else _plain(one.text, one.number, one.date),
                said["issuer"],
                said["number"] or one.number,
                said["day"] or one.date,
                said["progress"],
                tuple(paths),
            )


def _said(row: dict[str, str], column: Column | None) -> str:
    text = row.get(column.id, "") if column else ""
    return "" if is_no_value_mark(text) else _line(text)


def _line(text: str) -> str:
    return " ".join(text.split())


def _is_whole(document: NamedDocument) -> bool:
    """Is what stands in 《》 all of the name? In 《纲要》实施方案 it is not."""
    rest = document.text.removeprefix(document.title)
    return bool(document.title) and rest != document.text and not re.match(r"[^\s（(，,、]", rest)


def _plain(text: str, *said: str) -> str:
    """The name without the number and day in brackets behind it, in 《》."""
    tail = _TAIL.search(text)
    if tail and any(one and one in tail[0] for one in said):
        text = text[: tail.start()]
    return f"《{text.strip().replace('《', '〈').replace('》', '〉')}》"


def _count(listed: list[_Named]) -> str:
    text = f"共填报有关文件{len(listed)}件"
    states = [one.progress for one in listed]
    if not all(states) or max(map(len, states)) > _LONGEST_PROGRESS:
        return f"{text}。"
    by_state = Counter(states)
    if len(by_state) == 1:
        return f"{text}，当前进展{'均' if len(states) > 1 else ''}为{states[0]}。"
    return f"{text}，其中{'、'.join(f'{state}{count}件' for state, count in by_state.items())}。"


def _one(document: _Named) -> str:
    beside = [one for one in (document.number, document.day) if one]
    if document.progress in _ISSUED and document.issuer:
        named = f"{document.issuer}印发{document.title}"
        return f"{named}（{'，'.join(beside)}）。" if beside else f"{named}。"
    if document.issuer:
        beside = [f"发文主体：{document.issuer}", *beside]
    named = f"{document.title}（{'，'.join(beside)}）" if beside else document.title
    return f"{named}，当前进展：{document.progress}。" if document.progress else f"{named}。"
