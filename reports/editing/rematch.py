"""A form read anew takes the ids, and the settings, of what it has in common with the one before.

Only here does wording decide on an id, once, when a file is read: what stands under the same labels
is the same column, so that what was written in it is found again. Everything else gets an id that
was never used.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping

from reports.editing.draft import COLUMNS, PREFIXES, ROWS, Draft, Entry, depths, is_heading
from reports.editing.moves import new_id
from reports.schemas.definition.kinds import PRINTED

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_NAMING = ("formula", "expression", "at_most", "spans_with", "numerator", "denominator")
_LISTS = ("rows", "columns", "field")
_KEYED = ("label", "given", "crossed")
_TAKEN = ("title", "annex_no", "row_mode", "unit_line", "notes", "total")


def rematched(read: Draft, known: Draft, taken: Collection[str]) -> Draft:
    """`read` with the ids of `known` where the labels are the same; `taken` are never given."""
    ids: dict[str, str] = {}
    old: dict[str, Entry] = {}
    used = {*taken, *known.ids()}
    for part in PREFIXES:
        there = dict(_counted(_labelled(known, part)))
        for labels, entry in _counted(_labelled(read, part)):
            same = there.pop(labels, None)
            mine = entry.get("id", "")
            ids[mine] = same["id"] if same else new_id(Draft(), part, used | set(ids.values()))
            if same:
                old[mine] = same
    parts = {
        part: tuple(_renamed(_settled(entry, part, old), ids) for entry in read.part(part))
        for part in read.parts
    }
    texts = {
        **known.texts,
        **{name: text for name, text in read.texts.items() if text or name in _TAKEN},
        "orientation": known.text("orientation") or read.text("orientation"),
    }
    return Draft(texts, parts)


def _counted(
    found: Iterator[tuple[tuple[str, ...], Entry]],
) -> Iterator[tuple[tuple[tuple[str, ...], int], Entry]]:
    """Of those that are called the same, the first is the first, the second the second."""
    times: Counter[tuple[str, ...]] = Counter()
    for labels, entry in found:
        times[labels] += 1
        yield (labels, times[labels]), entry


def _labelled(draft: Draft, part: str) -> Iterator[tuple[tuple[str, ...], Entry]]:
    """Each entry under what it is called, headings above it included."""
    entries = draft.part(part)
    if part != COLUMNS:
        for entry in entries:
            labels = [text for key, text in sorted(entry.items()) if key.startswith("label")]
            yield tuple(labels or [entry.get("heading", "")]), entry
        return
    depth, above = depths(entries), list[str]()
    for index, entry in enumerate(entries):
        above = [*above[: depth[index]], re.sub(r"\s", "", entry.get("label", ""))]
        yield (*above, "/" if is_heading(depth, index) else ""), entry


def _settled(entry: Entry, part: str, old: Mapping[str, Entry]) -> Entry:
    """A column of before keeps what was set on it, where it is still filled in by the bureaus."""
    same = old.get(entry.get("id", ""))
    if same is None or part == ROWS:
        return entry
    if part == COLUMNS and (_is_printed(entry) or _is_printed(same)):
        return entry
    return {**same, **{key: entry[key] for key in ("id", "depth", "label") if key in entry}}


def _is_printed(entry: Entry) -> bool:
    return entry.get("kind", "") in {kind.value for kind in PRINTED} or bool(entry.get("given"))


def _renamed(entry: Entry, ids: Mapping[str, str]) -> Entry:
    """The entry with every mention of an id as it is called now."""
    made: Entry = {}
    for key, value in entry.items():
        kind, _, id_ = key.partition(".")
        name = f"{kind}.{ids.get(id_, id_)}" if id_ and kind in _KEYED else key
        if key == "id":
            made[name] = ids.get(value, value)
        elif key in _NAMING or key in _LISTS:
            made[name] = _NAME.sub(lambda found: ids.get(found[0], found[0]), value)
        else:
            made[name] = value
    return made
