"""份号: the number of the copy, six digits at the top left of the first page of a document that is
a state secret (党政机关公文格式 GB/T 9704-2012, 7.2.1).

Many other things have six digits; it is one only above all else, or below no more than 密级 and
紧急程度, or where it says so itself.
"""

import re
import unicodedata

from notices.text.characters.normalize import fold
from notices.text.page.lines import lines

URGENT = r"(?:特\s*急|加\s*急|特\s*提|平\s*急|急\s*件)"
NUMBER = r"(?:(?:No\.?|NO\.?|№|份\s*号)?\s*:?\s*\d{6})"

_ALONE = re.compile(rf"^{NUMBER}(?:{URGENT})?$")
_LABELLED = re.compile(r"^份号(?:\([^()]*\))?:?(?:No\.?|NO\.?|№)?\d{1,6}$")
_PADDED = re.compile(r"^(?:第?|No\.?|NO\.?|№|份号)?:?0\d{5}号?$")
"""As copies are counted; other numbers of six digits seldom begin so."""
_LEADING = re.compile(r"^((?:No\.?|NO\.?|№)?\s*0\d{5}|份\s*号\s*[:：]?\s*\d{1,6})(?:\s{2,}|\t)\S")
_ABOVE = re.compile(
    rf"^(?:{URGENT}|紧急程度:?.{{0,4}}|密级.{{0,12}}|(?:绝密|机密|秘密).{{0,10}}|公开|内部|第?\d{{1,2}}页?)$"
)
_NUMBERED = re.compile(
    r"(?:电话|传真|邮编|邮政编码|号码?|代码|编号|数量?|合计|总计|金额|验证码)(?:\([^()]*\))?:?$"
)
"""What a number of six digits below it belongs to."""
_REACH = 4_000
_LINES = 3


def copy_number(text: str) -> str | None:
    """The 份号 at the head of a document, without blanks; None for one without."""
    first = next((line for line in text[:_REACH].split("\n") if line.strip()), "")
    match = _LEADING.match(unicodedata.normalize("NFKC", first.replace("\u3000", "  ")).strip(" "))
    if match and "\t" not in first:
        return re.sub(r"\s", "", match[1])
    rows = {"".join(fold(row).split()) for row in text[:_REACH].split("\n") if "\t" in row}
    above: list[str] = []
    for line in lines(fold(text[:_REACH]))[:_LINES]:
        bare = re.sub(r"\s", "", line.text)
        if bare not in rows and _is_copy_number(bare, above):
            return bare
        above.append(bare)
    return None


def is_copy_number(paragraph: str) -> bool:
    """Whether a paragraph of a page header or of a frame is nothing but a 份号."""
    bare = re.sub(r"\s", "", fold(unicodedata.normalize("NFKC", paragraph)))
    return bool(_LABELLED.match(bare) or _PADDED.match(bare))


def _is_copy_number(bare: str, above: list[str]) -> bool:
    if _LABELLED.match(bare):
        return True
    if not (_ALONE.match(bare) or _PADDED.match(bare)) or (above and _NUMBERED.search(above[-1])):
        return False
    return all(map(_ABOVE.match, above)) or bool(_PADDED.match(bare.removesuffix("特急")))
