"""主送机关 taken apart into parts: each sign belongs to one, each says what becomes of it.

A part is an enumeration that shares an organ (杭州、宁波、温州市市场监管局) or one addressee beside
it. A range holds for all organs of its segment (各区民政局、市场监管局), an organ for all places
before it.
Nothing is dropped: what names nobody of the tree is outside (another system, the issuer's own
offices) or a gap that a person settles.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from notices.text.recipients.cutting import Bare, Item, cut
from notices.text.recipients.meaning import Gap, Meaning, Reader
from notices.text.recipients.pieces import Piece, as_exception, read
from notices.text.recipients.pieces import Says as Organ
from notices.text.recipients.place_names import bare_names, full_names
from notices.text.recipients.tree import Tree, Unit

Says = Literal["units", "inner", "outside"]
OTHER_SYSTEM = "不是市场监管部门，不在本系统内，不建任务"
OWN_OFFICES = "本单位的内设机构和直属单位，不在本系统下发"
BELOW_ALL = "在县级单位以下，由所属单位转达，不在本系统下发"
UNREAD = "这几个字没有识别，请对照原文选择"
TOO_LONG = "主送太长，没有识别，请在“主送”中改正或选择单位"
_LONGEST = 3000
ALL_NAMED = "其余单位都已另外写到"
_SAME_AGAIN = ("单位", "各单位", "有关单位", "地区", "各地区")
_OF_ITS_OWN = re.compile(r"[省市县区州]|各|有关|相关|中央|中国|国|全国|驻")
COPIED = "抄送，只供了解，不建任务"


@dataclass(frozen=True, slots=True)
class Part:
    """Words of 主送 and what becomes of them; `start` and `end` are offsets into the text.

    `units` of "inner" are the issuer's own offices. `note` says why nobody, or who is not among
    them though one might think so. With gaps a person has to say something.
    """

    start: int
    end: int
    text: str
    says: Says
    units: tuple[Unit, ...] = ()
    gaps: tuple[Gap, ...] = ()
    note: str = ""


@dataclass(slots=True)
class _Group:
    """Pieces that become one part."""

    pieces: list[Piece]
    says: Organ = "bare"
    heads: list[str] = field(default_factory=list)
    meaning: Meaning = field(default_factory=Meaning)

    def all(self, name: str) -> list[str]:
        return [words for piece in self.pieces for words in getattr(piece, name)]


def take_apart(text: str, *, issuer: Unit, tree: Tree) -> list[Part]:
    """The parts in their order; the text may end in a colon and hold blanks and line ends."""
    bare = Bare.of(text)
    if len(bare.text) > _LONGEST:
        return [Part(0, len(text), text, "units", gaps=(Gap(text[:40], TOO_LONG),))]
    copied = bare.text.find("抄送")
    main = bare.text if copied < 0 else bare.text[:copied]
    groups = [group for group in _groups(cut(main, tree), tree) if group.pieces]
    reader = Reader(issuer, tree)
    for group in groups:
        _understand(group, replace(reader))
    parts = [_part(group, bare, text, issuer, tree) for group in groups]
    parts = _rest(parts, groups, issuer, tree)
    if copied >= 0:
        start, end = bare.span(copied, len(bare.text))
        parts.append(Part(start, end, text[start:end], "outside", note=COPIED))
    return parts


def _groups(segments: list[list[Item]], tree: Tree) -> Iterator[_Group]:
    """What shares an organ together; places without one wait for it, also beyond a comma."""
    waiting: list[Piece] = []
    last: _Group | None = None
    for segment in segments:
        whole = Item(segment[0].start, segment[-1].end, "、".join(item.text for item in segment))
        if exception := as_exception(whole):
            is_of_last = last and last.says == "ours" and not waiting
            (last.pieces if last and is_of_last else waiting).append(exception)
            continue
        held: list[str] = []
        is_carried = bool(waiting)
        for piece in (read(item, whole.text, tree) for item in segment):
            if piece.item.text in _SAME_AGAIN and last and last.says == "other":
                piece.says = "other"  # 有关部门、单位
            if piece.says in ("bare", "except"):
                waiting.append(piece)
                continue
            if _stands_alone(piece, is_carried=is_carried):
                yield from _unfinished(waiting)
                waiting = []
            last = _Group([*waiting, piece], piece.says)
            held = last.heads = last.all("heads") or held
            waiting, is_carried = [], False
            yield last
    yield from _unfinished(waiting)


def _stands_alone(piece: Piece, *, is_carried: bool) -> bool:
    """Whether places before it are not of its organ: 各设区市、省直各单位 are two addressees, while
    湖北、安徽省商务厅 is one."""
    if piece.says != "other":
        return piece.says in ("inner", "station")
    return not piece.heads and (is_carried or bool(_OF_ITS_OWN.match(piece.item.text)))


def _unfinished(waiting: list[Piece]) -> Iterator[_Group]:
    """Places without an organ; in a notice of a bureau they are the bureaus of those places."""
    if waiting:
        says: Organ = "except" if all(each.says == "except" for each in waiting) else "bare"
        yield _Group(waiting, says, [word for piece in waiting for word in piece.heads])


def _understand(group: _Group, reader: Reader) -> None:
    if group.says == "unsure":
        words = "、".join(piece.item.text for piece in group.pieces)
        group.meaning.gaps.append(Gap(words, "没有识别出是什么单位，请选择"))
    if group.says not in ("ours", "bare"):
        return
    organ = group.pieces[-1].organ
    found = group.meaning = reader.read(group.heads, organ=organ)
    taken = reader.read(group.all("more"))
    found.units += taken.units
    found.gaps += taken.gaps + taken.elsewhere
    left = Reader(reader.issuer, reader.tree).read(group.all("out"))
    out = {unit.key for unit in left.units}
    found.units = [unit for unit in dict.fromkeys(found.units) if unit.key not in out]
    found.gaps += [
        replace(gap, problem=f"要除外的单位没有确定：{gap.problem}")
        for gap in left.gaps + left.elsewhere
    ]
    for words in group.all("odd"):
        found.gaps.append(Gap(words, UNREAD))
    if not group.heads and not found.gaps:
        found.gaps.append(Gap(group.pieces[-1].item.text, "没有写明是哪里的，请选择"))


def _part(group: _Group, bare: Bare, text: str, issuer: Unit, tree: Tree) -> Part:
    first, last = group.pieces[0].item, group.pieces[-1].item
    start, end = bare.span(min(first.start, last.start), max(p.item.end for p in group.pieces))
    made = Part(start, end, text[start:end], "outside")
    if group.says == "other":
        return replace(made, note=OTHER_SYSTEM)
    if group.says == "station":
        return replace(made, note=BELOW_ALL)
    if group.says == "inner":
        return _inner(group, replace(made, note=OWN_OFFICES), issuer, tree)
    if group.says == "except":
        gap = Gap(made.text, "不知道是从哪些单位中除去，请对照原文选择")
        return replace(made, gaps=(gap,))
    found = group.meaning
    gaps, notes = list(found.gaps), ""
    if found.elsewhere and (found.units or gaps):
        gaps += found.elsewhere
    elif found.elsewhere:
        notes = "；".join(dict.fromkeys(each.problem for each in found.elsewhere))
    says: Says = "units" if found.units or gaps else "outside"
    if says == "outside" and not notes:
        notes = "除去之后没有单位" if group.all("out") else "名单中没有这样的单位，不建任务"
    return replace(made, says=says, units=tuple(found.units), gaps=tuple(gaps), note=notes)


def _inner(group: _Group, made: Part, issuer: Unit, tree: Tree) -> Part:
    units = _own_offices(made.text, issuer, tree)
    offices = {unit.name: unit for unit in tree.inner(issuer)}
    out, more = group.all("out"), group.all("more")
    kept = [unit for unit in units if unit.name not in out]
    kept += [offices[name] for name in more if name in offices and offices[name] not in kept]
    unknown = [name for name in (*out, *more) if offices and name not in offices]
    gaps = tuple(Gap(name, UNREAD) for name in (*unknown, *group.all("odd")))
    return replace(made, says="inner" if kept else "outside", units=tuple(kept), gaps=gaps)


def _own_offices(words: str, issuer: Unit, tree: Tree) -> tuple[Unit, ...]:
    words = re.sub(r"[(（][^()（）]*[)）]", "", words)
    offices = tree.inner(issuer)
    named = tuple(unit for unit in offices if unit.name in words)
    kinds = [kind for kind in ("司局", "直属单位") if kind[:2] in words]
    kinds = kinds or (["司局", "直属单位"] if re.search(r"各单位|局内各", words) else [])
    return named or tuple(unit for unit in offices if unit.unit_kind in kinds)


def _rest(parts: list[Part], groups: list[_Group], issuer: Unit, tree: Tree) -> list[Part]:
    """其他各市 are those that no other part names. A range says whom of its level it leaves out:
    whether they were meant is for a person."""
    ranges = [at for at, group in enumerate(groups) if group.meaning.ranged and parts[at].units]
    for at in ranges:
        if groups[at].meaning.is_rest:
            named = {u.key for i, part in enumerate(parts) if i != at for u in part.units}
            units = tuple(unit for unit in parts[at].units if unit.key not in named)
            parts[at] = replace(parts[at], units=units, note="" if units else ALL_NAMED)
    if not ranges:
        return parts
    excepted = {name for group in groups for name in group.all("out")}
    addressed = {u.path for part in parts for u in part.units if part.says == "units"}
    holders = {issuer.path}
    if issuer.rank == "province":
        holders |= {unit.parent_path for at in ranges for unit in groups[at].meaning.ranged}
    left = [
        unit
        for unit in tree.below(issuer)
        if unit.parent_path in holders
        and unit.path not in addressed
        and not excepted.intersection(_names(unit))
        and not any(path.startswith(unit.path) for path in addressed)
    ]
    if left:
        names = "、".join(unit.short_name or unit.name for unit in left[:8])
        more = f"等{len(left)}个" if len(left) > 8 else ""
        note = f"下级单位中没有写到的：{names}{more}，需要的请加选"
        parts[ranges[-1]] = replace(parts[ranges[-1]], note=note)
    return parts


def _names(unit: Unit) -> tuple[str, ...]:
    return tuple(name for place in unit.places for name in (*full_names(place), *bare_names(place)))
