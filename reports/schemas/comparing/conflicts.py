"""Two people wrote into one form: where they differ, and what becomes of it place by place."""

import copy
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, cast

from reports.schemas.comparing.changes import GAP, Change, Kind, changes, follow, pairs, text_at
from reports.schemas.comparing.row_pairs import Pair
from reports.schemas.content.content import Content
from reports.schemas.content.places import FOOT, ROWS, column_labels, row_path
from reports.schemas.definition.definition import Definition, FormDefinition


class Pick(StrEnum):
    """Whose text is to stand."""

    THEIRS = "theirs"
    MINE = "mine"


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where the two contents differ: a cell, or a row that only one of them has.

    ``suggested`` is the one who changed it since both began, None where both did or nobody knows.
    ``is_row``: one of them lacks the whole row.
    """

    key: str
    label: str
    theirs: str
    mine: str
    suggested: Pick | None
    is_row: bool = False


def differences(
    definition: Definition, theirs: Content, mine: Content, *, base: Content | None
) -> list[Difference]:
    """Every difference, in the order of the form; ``base`` is what both had before them.

    Rows that both put in are two rows, not one that was written twice.
    """
    sides = _Sides(definition, theirs, mine, base)
    return [
        Difference(
            _key(change),
            change.label,
            change.old,
            change.new,
            sides.suggested(change),
            is_row=change.kind is not Kind.CHANGED,
        )
        for change in sides.changes()
    ]


def merged(
    definition: Definition,
    theirs: Content,
    mine: Content,
    picks: Mapping[str, Pick],
    *,
    base: Content | None,
) -> Content:
    """Mine, with theirs wherever that was picked; a difference without a pick stays mine."""
    sides = _Sides(definition, theirs, mine, base)
    taken = [change for change in sides.changes() if picks.get(_key(change)) is Pick.THEIRS]
    whole: Any = copy.deepcopy(mine)
    for change in taken:
        if change.kind is Kind.CHANGED:
            _put(whole, change.path, change.old)
    if ROWS in whole:
        turned = {(change.kind, change.path) for change in taken}
        whole[ROWS] = list(_rows(sides, whole[ROWS], turned))
    return cast(Content, whole)


def _key(change: Change) -> str:
    """Rows that only one has may bear the same number."""
    return f"{change.kind}:{change.path}"


def _rows(sides: "_Sides", mine: Sequence[Any], turned: set[tuple[Kind, str]]) -> Iterator[Any]:
    """My rows but those to go, and those of theirs that are to come."""
    for i, j in sides.pairs:
        if j is not None and (Kind.ADDED, row_path(j)) not in turned:
            yield mine[j]
        elif j is None and i is not None and (Kind.REMOVED, row_path(i)) in turned:
            yield cast(Any, sides.theirs)[ROWS][i]


def _put(whole: Any, path: str, text: str) -> None:
    *steps, last = path.split(".")
    for step in steps:
        whole = whole[int(step)] if isinstance(whole, list) else whole[step]
    whole[last] = text


class _Sides:
    """Both contents, row beside row, and what stood at their places when they were begun."""

    def __init__(
        self, definition: Definition, theirs: Content, mine: Content, base: Content | None
    ):
        self.definition, self.theirs, self.mine, self.base = definition, theirs, mine, base
        self.pairs = pairs(definition, theirs, mine)
        self.from_theirs: list[Pair] = []
        self.from_mine: list[Pair] = []
        if base is not None:
            self.from_theirs = [(now, was) for was, now in pairs(definition, base, theirs)]
            self.from_mine = [(now, was) for was, now in pairs(definition, base, mine)]
            self.pairs = [one for pair in self.pairs for one in self._apart(*pair)]

    def _apart(self, i: int | None, j: int | None) -> list[Pair]:
        """Two rows where they are of one origin or say the same, else each for itself."""
        if i is None or j is None or self._texts(self.theirs, i) == self._texts(self.mine, j):
            return [(i, j)]
        was, also = dict(self.from_theirs).get(i), dict(self.from_mine).get(j)
        return [(i, j)] if was is not None and was == also else [(i, None), (None, j)]

    def changes(self) -> list[Change]:
        """From theirs to mine, in the order of the form."""
        if not isinstance(self.definition, FormDefinition):
            return changes(self.definition, self.theirs, self.mine)
        old, new = (cast(Content, {**one, ROWS: []}) for one in (self.theirs, self.mine))
        fixed = changes(self.definition, old, new)
        foot = [one for one in fixed if one.path.partition(".")[0] == FOOT]
        above = [one for one in fixed if one not in foot]
        return [*above, *self._in_rows(self.definition), *foot]

    def _in_rows(self, definition: FormDefinition) -> Iterator[Change]:
        labels = column_labels(definition)
        for i, j in self.pairs:
            old = {} if i is None else self._texts(self.theirs, i)
            new = {} if j is None else self._texts(self.mine, j)
            if j is None and i is not None:
                text = GAP.join(filter(None, old.values()))
                yield Change(row_path(i), f"第{i + 1}行", text, "", Kind.REMOVED)
            elif j is not None and i is None:
                text = GAP.join(filter(None, new.values()))
                yield Change(row_path(j), f"第{j + 1}行", "", text, Kind.ADDED)
            elif j is not None:
                for id_ in (id_ for id_, text in new.items() if old[id_] != text):
                    path, label = f"{row_path(j)}.{id_}", f"第{j + 1}行 {labels[id_]}"
                    yield Change(path, label, old[id_], new[id_])

    def _texts(self, content: Content, index: int) -> dict[str, str]:
        """The cells of a row, without the mark of whose it is."""
        row = cast(Any, content)[ROWS][index]
        assert isinstance(self.definition, FormDefinition)  # noqa: S101  it has rows
        return {column.id: row.get(column.id, "") for column in self.definition.row_columns()}

    def suggested(self, change: Change) -> Pick | None:
        """Whose text has changed; None where nobody knows or both have."""
        if self.base is None:
            return None
        is_theirs = change.kind is Kind.REMOVED
        before = follow(change.path, self.from_theirs if is_theirs else self.from_mine)
        if before is None:  # a row that came since
            return Pick.THEIRS if is_theirs else Pick.MINE
        text = text_at(self.definition, self.base, before)
        if change.kind is Kind.ADDED:  # they took the row out, as it was or as I have changed it
            return Pick.THEIRS if text == change.new else None
        if text == change.old:
            return Pick.MINE
        return Pick.THEIRS if text == change.new else None
