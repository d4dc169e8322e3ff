"""What the name of a public body looks like."""

import re

SUFFIX = (
    r"(?:部|局|厅|委|院|办|会|署|行|社|联|组|处|室|司|科|站|所|队|党委|党组|支队|中心|政府|机关|公室|"
    r"集团|公司|银行|学会|协会|联席会议|指挥部|领导小组|管委会|总局|分局|海关|公署|大学|学院|总社|总工会|联合会|法院|检察院)"
)
ORGAN = re.compile(rf"[\u4e00-\u9fff、()“”/]{{1,45}}{SUFFIX}(?:\([^)]{{2,20}}\))?$")
_NOT_NAME = re.compile(
    r"[。;,:]|^(?:附件|附表|联系|抄送|电话|传真|第.{1,3}[章节条]|关于|一、|二、|三、|各)|通知$|如下|工作$|"
    r"(?:设置|成立|加强|组织|召开|举办|完成|进行|落实|[要将把])"
)
_STAMP = re.compile(r"\((?:代?章|公章|盖章|印章?|代)\)|\([^()]{2,20}代章\)")


def is_organ(text: str) -> bool:
    """Whether a short text can be the name of a body that signs."""
    bare = re.sub(r"\s", "", text)
    return 2 <= len(bare) <= 48 and bool(ORGAN.match(bare)) and not _NOT_NAME.search(bare)


def without_stamp(text: str) -> str:
    """The name without (代章), (公章) and the like."""
    return _STAMP.sub("", text).strip()


def names(text: str) -> list[str]:
    """The bodies named in a signature line with blanks between them.

    `财  政  部` is one name spelled out; `公安部 自然资源部` are two; a token that is no name by
    itself goes on with the next.
    """
    tokens = text.split()
    if tokens and all(len(t) == 1 for t in tokens):
        return ["".join(tokens)]
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
