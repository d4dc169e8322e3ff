"""A province that passes on what the 总局 has asked of it, by a notice of its own."""

from tests import factories
from tests.tasks.merging import copies

CENTRAL = copies.WHOLE
OPENING = (
    "浙市监质〔2026〕5号\n\n浙江省市场监督管理局关于报送质量工作情况的通知\n\n各市市场监管局：\n\n"
)
CITES = (
    "为贯彻落实《市场监管总局关于报送质量工作情况的通知》（国市监测〔2026〕1号），"
    "现就有关事项通知如下。\n\n"
)
CLOSING = "\n\n浙江省市场监督管理局\n\n2026年3月3日\n"


def text(day: str = "2026年3月25日", *, cites: str = CITES) -> str:
    asked = f"请各市局于{day}前将质量工作进展情况报送省局，{{}}将质量工作年度总结报送省局。"
    return OPENING + cites + asked.format("2026年12月21日前") + CLOSING


def asked_of(*bureaus):
    """The 总局's two dated duties, issued to these bureaus; the tasks of the first one."""
    notice = factories.filed_notice(CENTRAL)
    first = copies.issued(notice, 1, bureaus=list(bureaus))
    copies.issued(notice, 2, bureaus=list(bureaus))
    return first


def filed(bureau, day: str = "2026年3月25日", **options):
    """The province's own notice, checked as read."""
    return factories.filed_notice(text(day, **options), bureau=bureau)
