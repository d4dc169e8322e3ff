"""Contact persons, telephones, fax numbers and mail addresses."""

import re
from dataclasses import dataclass, field

from notices.text.page.lines import Line

_EMAIL = re.compile(
    r"(?<![A-Za-z0-9])[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5}"
)
_AREA = r"0\d{2,3}"
_PHONE = re.compile(
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
_TRIGGER = re.compile(rf"(?:{_LABEL.pattern})\s*[:为]|联系人|@|\(传真\)")
_MAY_CONTACT = re.compile(
    r"@|联\s*系|电\s*话|传\s*真|邮\s*[箱编政件]|信\s*箱|手\s*机|地\s*址|[Mm]ail"
)
_SENDS = re.compile(r"报|送|反馈|发[至到往]|传真?[至到]|提交|交至|回复|返回")
_AROUND = " (:、,;.。"


@dataclass(slots=True)
class _Draft:
    name: str | None = None
    phones: list[str] = field(default_factory=list)
    fax: list[str] = field(default_factory=list)
    email: str | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """A person or office to ask. Personal data: never logged, never copied into fixtures."""

    name: str | None
    phones: tuple[str, ...]
    fax: tuple[str, ...]
    email: str | None

    def as_json(self) -> dict[str, object]:
        return {
            "name": self.name,
            "phones": list(self.phones),
            "fax": list(self.fax),
            "email": self.email,
        }


def read(found: list[Line]) -> tuple[tuple[Contact, ...], tuple[int, ...]]:
    """Contacts in order and the indexes of the lines that hold nothing else."""
    drafts: list[_Draft] = []
    used: list[int] = []
    follows = False
    for i, line in enumerate(found):
        text = _GLUED.sub(" ", line.text[:_LONGEST])
        if not follows and not _MAY_CONTACT.search(text):
            continue
        if not (
            _TRIGGER.search(text) or (follows and (_PHONE.search(text) or _EMAIL.search(text)))
        ):
            follows = follows and len(text) < 30 and not text.endswith("。")
            continue
        if re.search(r"填报|填表|盖章|签字|_{2,}", text) and not _PHONE.search(text):
            continue
        _take(text, drafts)
        follows = True
        if not _SENDS.search(text) or (len(text) < 60 and _LABEL.match(text)):
            used.append(i)
    kept = [d for d in drafts if d.phones or d.fax or d.email]
    return tuple(Contact(d.name, tuple(d.phones), tuple(d.fax), d.email) for d in kept), tuple(used)


def _take(text: str, drafts: list[_Draft]) -> None:
    """Adds what one line says, left to right."""
    label, position = "", 0
    if not drafts:
        drafts.append(_Draft())
    tokens = sorted(
        [(m.start(), m.end(), "label", m) for m in _LABEL.finditer(text)]
        + [(m.start(), m.end(), "mail", m) for m in _EMAIL.finditer(text)]
        + [(m.start(), m.end(), "phone", m) for m in _PHONE.finditer(text)],
        key=lambda t: t[:2],
    )
    for start, end, kind, match in tokens:
        if start < position:
            continue
        words = text[position:start].strip(_AROUND)
        if words and label == "person" and re.search(r"[\u4e00-\u9fff]", words):
            _name(words, drafts)
        elif (
            words
            and position == 0
            and re.match(r"[\u4e00-\u9fff ]{2,30}[:]?$", words)
            and kind != "label"
        ):
            _name(words.rstrip(":"), drafts)
        position = end
        if kind == "label":
            label = next(k for k, v in match.groupdict().items() if v)
        elif kind == "mail":
            _mail(match.group(), drafts)
        else:
            _phone(match.group().strip(), text[end : end + 6], label, drafts)
    words = text[position:].strip(_AROUND)
    if words and label == "person" and re.match(r"[\u4e00-\u9fff]", words) and len(words) < 30:
        _name(words, drafts)


def _name(words: str, drafts: list[_Draft]) -> None:
    last = drafts[-1]
    if last.name or last.phones or last.email:
        drafts.append(_Draft(words))
    else:
        last.name = words


def _mail(address: str, drafts: list[_Draft]) -> None:
    if drafts[-1].email and drafts[-1].email != address:
        drafts.append(_Draft())
    drafts[-1].email = address


def _phone(number: str, after: str, label: str, drafts: list[_Draft]) -> None:
    if label == "place":
        return
    if after.startswith("(传真") or label == "fax":
        drafts[-1].fax.append(number)
    else:
        drafts[-1].phones.append(number)
