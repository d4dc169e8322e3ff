"""What columns and rows are called in a sentence."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from reports.schemas.definition.columns import Column
from reports.schemas.definition.definition import FormDefinition


def column_labels(definition: FormDefinition) -> dict[str, str]:
    """What each column is called; those of one name say what stands above them."""
    paths = dict(label_paths(definition.columns))
    times = Counter(path[-1] for path in paths.values())
    return {
        id_: path[-1] if times[path[-1]] == 1 else "/".join(path) for id_, path in paths.items()
    }


def row_names(definition: FormDefinition, content: Mapping[str, Any]) -> dict[int | str, str]:
    """第3行“检查食品生产单位”的, before the name of a column; repeated rows by their number."""
    if definition.is_keyed:
        rows = definition.rows_of(content)
        return {row.id: f"第{n}行“{row.label}”的" for n, row in enumerate(rows, start=1)}
    return {index: f"第{index + 1}行" for index in range(len(content.get("rows", [])))}


def label_paths(
    columns: Iterable[Column], above: tuple[str, ...] = ()
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each leaf column with the labels that stand above it and its own, from the outermost on."""
    for column in columns:
        path = (*above, column.label)
        if column.children:
            yield from label_paths(column.children, path)
        else:
            yield column.id, path
