"""Contact persons, telephones, fax numbers and mail addresses."""

import re
from dataclasses import dataclass, replace

from notices.text.page.lines import Line

_ADDRESS = (
    r"(?<![A-Za-z0-9])[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}"
    r"@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5}"
)
_AREA = r"0\d{2,3}"
_NUMBER = (
    rf"(?<![\d.-])(?:\({_AREA}\)\s?|{_AREA}\s?[-—一]\s?|{_AREA}\s)?(?:\d{{7,8}}|\d{{3,4}}-\d{{4}})(?:[-—转]\d{{1,6}})?(?![\d.])"
    r"|(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)[48]00-?\d{3,4}-?\d{3,4}(?!\d)|(?<!\d)0\d{9,11}(?!\d)"
)
_GLUED = re.compile(rf"(?<=\d{{7}})(?={_AREA}[-—一]\d{{7}})")
"""Where a number begins that lost the blank before it."""
_LONGEST = 6000
"""Signs of a line that are looked at."""
_LABEL = re.compile(
    r"(?P<person>(?:(?<![\u4e00-\u9fff])联\s*系\s*人|联系人(?=[:及(]))(?:及(?:联系)?(?:方式|电话))?|业务联系人?|经办人(?=[:(及])|联络员(?=[:(及])|联系方式|联系单位|联系处室)|"
    r"(?P<fax>传\s*真(?:电话|号码)?)|(?P<phone>(?:联系|咨询|监督|举报|办公|值班|业务)?电\s*话(?:\(传真\))?|手\s*机(?:号码?)?|电话/传真)|"
    r"(?P<mail>(?:电\s*子\s*)?(?:邮\s*箱|信\s*箱|邮\s*件)(?:地址)?|[Ee]-?mail)|(?P<place>(?:通讯|通信|邮寄|联系)?地\s*址|邮\s*编|邮政编码|网\s*址)"
)
_TOKEN = re.compile(rf"(?P<address>{_ADDRESS})|(?P<number>{_NUMBER})|{_LABEL.pattern}")
_TRIGGER = re.compile(rf"(?:{_LABEL.pattern})\s*[:为]|联系人|@|\(传真\)")
_REACHED = re.compile(rf"{_ADDRESS}|{_NUMBER}")
_MAY_CONTACT = re.compile(
    r"@|联\s*系|电\s*话|传\s*真|邮\s*[箱编政件]|信\s*箱|手\s*机|地\s*址|[Mm]ail"
)
_SENDS = re.compile(r"报|送|反馈|发[至到往]|传真?[至到]|提交|交至|回复|返回")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_NAMED = re.compile(r"[\u4e00-\u9fff ]{2,30}$")
_AROUND = " (:、,;.。"


@dataclass(frozen=True, slots=True)
class Contact:
    """A person or office to ask. Personal data: never logged, never copied into fixtures."""

    name: str | None = None
    phones: tuple[str, ...] = ()
    fax: tuple[str, ...] = ()
    email: str | None = None

    def as_json(self) -> dict[str, object]:
        return {
            "name": self.name,
            "phones": list(self.phones),
            "fax": list(self.fax),
            "email": self.email,
        }


def read(found: list[Line]) -> tuple[tuple[Contact, ...], tuple[int, ...]]:
    """Contacts in order and the indexes of the lines that hold nothing else."""
    out = [Contact()]
    used: list[int] = []
    follows = False
    for i, line in enumerate(found):
        text = _GLUED.sub(" ", line.text[:_LONGEST])
        if not follows and not _MAY_CONTACT.search(text):
            continue
        reached = _REACHED.search(text)
        if not _TRIGGER.search(text) and not (follows and reached):
            follows = follows and len(text) < 30 and not text.endswith("。")
        elif reached or not re.search(r"填报|填表|盖章|签字|_{2,}", text):
            _take(text, out)
            follows = True
            if not _SENDS.search(text) or (len(text) < 60 and _LABEL.match(text)):
                used.append(i)
    return tuple(item for item in out if item.phones or item.fax or item.email), tuple(used)


def _take(text: str, out: list[Contact]) -> None:
    """Adds what one line says, left to right."""
    label, position = "", 0
    for match in _TOKEN.finditer(text):
        words, kind = text[position : match.start()].strip(_AROUND), match.lastgroup or ""
        leads = position == 0 and kind in ("address", "number") and _NAMED.match(words)
        if leads or (label == "person" and _HAN.search(words)):
            _name(words, out)
        position = match.end()
        if kind == "address":
            _address(match.group(), out)
        elif kind != "number":
            label = kind
        elif label == "fax" or text.startswith("(传真", position):
            out[-1] = replace(out[-1], fax=(*out[-1].fax, match.group().strip()))
        elif label != "place":
            out[-1] = replace(out[-1], phones=(*out[-1].phones, match.group().strip()))
    words = text[position:].strip(_AROUND)
    if label == "person" and _HAN.match(words) and len(words) < 30:
        _name(words, out)


def _name(words: str, out: list[Contact]) -> None:
    last = out[-1]
    if last.name or last.phones or last.email:
        out.append(Contact(words))
    else:
        out[-1] = replace(last, name=words)


def _address(address: str, out: list[Contact]) -> None:
    if out[-1].email and out[-1].email != address:
        out.append(Contact())
    out[-1] = replace(out[-1], email=address)
