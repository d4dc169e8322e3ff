"""What the name of a public body looks like."""

import re

SUFFIX = (
    r"(?:部|局|厅|委|院|办|会|署|行|社|联|组|处|室|司|科|站|所|队|中心|政府|机关|集团|公司|大学|馆|"
    r"专班|街道|部门|海关|军区|团中央)"
)
ORGAN = re.compile(rf"[\u4e00-\u9fff、()“”/]{{1,45}}{SUFFIX}(?:\([^)]{{2,20}}\))?$")
_NOT_NAME = re.compile(
    r"[。;,:]|^(?:附件|附表|联系|抄送|电话|传真|第.{1,3}[章节条]|关于|一、|二、|三、|各)|通知$|如下|工作$|"
    r"(?:设置|成立|加强|组织(?!部|委|处|局)|召开|举办|完成|进行|落实|请|[要将把])"
)
_STAMP = re.compile(r"\((?:代?章|公章|盖章|印章?|代)\)|\([^()]{2,20}代章\)")


_LONGEST_RUN = 800
"""Signs of the names of a body and all that sign with it."""


def is_organ(text: str) -> bool:
    """Whether a short text can be the name of a body that signs."""
    bare = re.sub(r"\s", "", text)
    return 2 <= len(bare) <= 48 and bool(ORGAN.match(bare)) and not _NOT_NAME.search(bare)


def are_organs(text: str) -> bool:
    """Whether `text` is nothing but names of bodies, with blanks, 、 or nothing between them."""
    if len(text) > _LONGEST_RUN:
        return False
    found = [part for name in names(text) for part in name.split("、")]
    return bool(found) and all(is_organ(name) for name in found)


def alike(one: str, other: str) -> int:
    """How many signs two texts have in common from their beginnings."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((i for i, (a, b) in pairs if a != b), min(len(one), len(other)))


def without_stamp(text: str) -> str:
    """The name without (代章), (公章) and the like."""
    return _STAMP.sub("", text).strip()


_BETWEEN = r"(?<=[部委局会署办厅院联央行社室馆司])(?<!国务院)"
# Bodies without a place that sign beside others: 国务院组成部门、直属机构 and the like.
_CENTRAL = (
    r"中国|中华|国家|国网|全国|中央|最高人民|共青团|国务院|"
    r"外交部|国防部|教育部|科技部|科学技术部|工业和信息化部|公安部|民政部|司法部|财政部|人力资源|自然资源部|"
    r"生态环境部|住房和?城乡建设部|交通运输部|水利部|农业农村部|商务部|文化和旅游部|退役军人事务部|应急管理部|"
    r"应急部|人民银行|审计署|国资委|海关总署|税务总局|市场监管总局|广电总局|体育总局"
)
_PLACE = re.compile(
    r"(?:中共|共青团|国网)?(?P<place>[\u4e00-\u9fff]{2,7}?(?:自治区|自治州|[省市县区州盟旗]))"
)
_APART = 9
"""A run shorter than this is one name."""


def _apart(run: str) -> list[str]:
    """`公安部司法部` as two: at a central department's name, or where the place comes again."""
    if len(run) < _APART or "(" in run:
        return [run]
    placed = _PLACE.match(run)
    place = re.escape(placed["place"] if placed else run[:3])
    pieces = re.split(rf"{_BETWEEN}(?=(?:中共|共青团|国网)?{place}|{_CENTRAL})", run)
    return pieces if all(ORGAN.match(p) or p == "共青团中央" for p in pieces) else [run]


def names(text: str) -> list[str]:
    """The bodies named in a signature line with blanks between them.

    `财  政  部` is one name spelled out; `公安部 自然资源部` are two; a token that is no name by
    itself goes on with the next. Names run together (`公安部司法部`) are taken apart as well.
    """
    tokens = text.split()
    if tokens and all(len(t) == 1 for t in tokens):
        return ["".join(tokens)]
    tokens = [name for token in tokens for name in _apart(token)]
    out: list[str] = []
    pending = ""
    for token in tokens:
        pending += token
        if ORGAN.match(pending) and len(pending) > 1:
            out.append(pending)
            pending = ""
    if pending:
        out.append(pending)
    return out
