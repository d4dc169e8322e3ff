"""主送机关: the expression taken apart, to be resolved against the tree of bureaus elsewhere.

Segments are cut at commas outside brackets; a segment's range (各省、自治区、直辖市 …) holds
for all organs of that segment and for no other. Only organs of market regulation make selectors;
inner units, other addressees and expressions that name nobody in particular are listed for a
person.
"""

import re
from dataclasses import dataclass
from typing import Literal

from notices.text.characters.normalize import fold

Kind = Literal["provinces", "prefectures", "counties", "named"]


@dataclass(frozen=True, slots=True)
class Segment:
    """One part between commas: its range (may be empty), its organs, what it leaves out."""

    text: str
    reach: str
    organs: tuple[str, ...]
    exceptions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Selector:
    """Which bureaus are meant. `names` only for "named"; `exceptions` are place names.

    "provinces" are 省、自治区、直辖市; the flags add 新疆生产建设兵团, 计划单列市 and 副省级市.
    "prefectures" and "counties" are those below the issuer.
    """

    kind: Kind
    with_bingtuan: bool = False
    with_plan_cities: bool = False
    with_sub_provincial: bool = False
    names: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RecipientExpression:
    """The addressees: selectors for our bureaus, and what makes no task or needs a person."""

    text: str
    selectors: tuple[Selector, ...]
    internal: tuple[str, ...]
    others: tuple[str, ...]
    needs_choice: tuple[str, ...]


_OURS = re.compile(
    r"市场监管(?:部门|\(|局|厅|委|主管|总局)|市场监督管理(?:部门|\(|局|厅|委|主管)|市场和质量监管|工商(?:行政管理)?局|质量技术监督局|质监局|食品药品监督管理局"
)
_INTERNAL = re.compile(
    r"^(?:总局|本局|局|厅|委|省局|市局|机关|部|我局)?(?:各司局|各处室|各直属|直属|机关各|局属|局机关|内设)|各司局|各直属单位|机关各处|直属各单位|局内各"
)
_VAGUE = re.compile(r"^(?:有关|相关|部分|试点|各有关|各相关|各成员|各试点)")
_NATIONAL = re.compile(
    r"各省(?:\(?(?:、?自治区、?直辖市|区、市)\)?)(?:(?:、|和|及|以及|,)?(?:各)?(?:计划单列市|副省级(?:城)?市|新疆生产建设兵团))*"
)
_BINGTUAN = "新疆生产建设兵团"
_COUNTIES = re.compile(
    r"各(?:县(?:\((?:市、?区|区、?市|市区|区、市)\)|、?区|市区|区市)?|区(?:\(?(?:县|自治县|市、?县|县、市)[^)]*\)?|市县|县)?|旗县|辖市、区|旗)"
)
_PREFECTURES = re.compile(
    r"各(?:设区(?:的)?市|地级?以?上?市|市\((?:州|地)[^)]*\)|市、州|盟市|州\(?市?\)?|地(?:区)?\(?(?:州、市|市|级市)?\)?|市地|市)"
)
_EXCEPT = re.compile(r"\((?:除)?([^()]+?)(?:除外|外)\)|\((?:不含|不发|不包括)([^()]+)\)")
_SAME_SYSTEM = ("局", "局(厅、委)", "局(委)")
_NAME = re.compile(r"^[\u4e00-\u9fff]{2,14}$")


def parse(text: str) -> RecipientExpression:
    """Takes 主送机关 apart; the text may end in a colon and may hold blanks."""
    bare = re.sub(r"\s", "", fold(text)).rstrip(":")
    selectors: list[Selector] = []
    internal: list[str] = []
    others: list[str] = []
    needs_choice: list[str] = []
    for segment in segments(bare):
        if _INTERNAL.search(segment.text):
            internal.append(segment.text)
        elif _VAGUE.match(segment.text):
            (needs_choice if _may_be_ours(segment.text) else others).append(segment.text)
        else:
            _place(segment, selectors, others, needs_choice)
    return RecipientExpression(
        text, tuple(selectors), tuple(internal), tuple(others), tuple(needs_choice)
    )


def segments(bare: str) -> list[Segment]:
    """The parts of a folded expression without blanks."""
    out = []
    for part in _outside(bare, ",;"):
        match = _EXCEPT.search(part)
        exceptions = tuple((match[1] or match[2]).split("、")) if match else ()
        rest = part[: match.start()] + part[match.end() :] if match else part
        reach = _reach(rest)
        organs = tuple(o for o in _outside(rest[len(reach) :], "、") if o)
        out.append(Segment(part, reach, organs, exceptions))
    return out


def _outside(text: str, marks: str) -> list[str]:
    """Pieces between `marks`, not counting those inside brackets."""
    out, depth, start = [], 0, 0
    for i, char in enumerate(text):
        depth += (char == "(") - (char == ")")
        if char in marks and depth == 0:
            out.append(text[start:i])
            start = i + 1
    out.append(text[start:])
    return [p for p in out if p]


def _reach(part: str) -> str:
    for pattern in (_NATIONAL, _COUNTIES, _PREFECTURES):
        match = pattern.match(part)
        if match:
            return _with_more(part, match.end())
    return ""


_MORE = re.compile(
    r"(?:、|和|及|以及)(?:各县\(市、区\)|直管(?:市|县\(市\)|县)|省直管[县市]+|林区|神农架林区|县\(市、区\)|计划单列市|副省级(?:城)?市|新疆生产建设兵团)"
)


def _with_more(part: str, end: int) -> str:
    while match := _MORE.match(part, end):
        end = match.end()
    return part[:end]


def _may_be_ours(text: str) -> bool:
    return bool(_OURS.search(text)) or "成员单位" in text or text.endswith(("有关单位", "相关单位"))


def _is_ours(organ: str, reach: str) -> bool:
    """An organ of market regulation; 各市(州)局 leaves the words out, being of the same system."""
    return bool(_OURS.search(organ)) or (bool(reach) and organ in _SAME_SYSTEM)


def _place(
    segment: Segment, selectors: list[Selector], others: list[str], needs_choice: list[str]
) -> None:
    ours = [o for o in segment.organs if _is_ours(o, segment.reach)]
    rest = [o for o in segment.organs if o not in ours]
    if not ours:
        others.append(segment.text)
        return
    selector = _selector(segment)
    if selector is None:
        needs_choice.append(segment.text)
        return
    selectors.append(selector)
    if selector.kind != "named":
        others.extend(rest)


def _selector(segment: Segment) -> Selector | None:
    reach = segment.reach
    if _NATIONAL.match(reach):
        return Selector(
            "provinces",
            _BINGTUAN in reach,
            "计划单列市" in reach,
            "副省级" in reach,
            (),
            segment.exceptions,
        )
    if "直管" in reach or "林区" in reach:
        return None
    if _COUNTIES.match(reach):
        return Selector("counties", exceptions=segment.exceptions)
    if _PREFECTURES.match(reach):
        return Selector("prefectures", exceptions=segment.exceptions)
    names = _names(segment.organs)
    return Selector("named", names=names, exceptions=segment.exceptions) if names else None


def _names(organs: tuple[str, ...]) -> tuple[str, ...]:
    """Places before the organs: 北京、天津、河北省(市)市场监管局, 浙江省局、江苏省局 alike."""
    names = [place for organ in organs if (place := _place_of(organ))]
    if any(name.startswith("各") or not _NAME.match(name) for name in names):
        return ()
    return tuple(names)


def _place_of(organ: str) -> str:
    """What stands before the organ's own words; all of it where it is only a place."""
    match = _OURS.search(organ)
    if match is None:
        return organ
    return re.sub(r"(?:省)?\((?:区、市|市|省|区)\)$|等\d*个?", "", organ[: match.start()])
