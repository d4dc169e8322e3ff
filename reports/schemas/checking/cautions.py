"""What must not be written where a form asks for something delicate. Pure.

批示 may be 内部 or classified, and cases name people who were not asked: see 保守国家秘密法 (2024),
个人信息保护法.
"""

import re

INTERNAL = (
    "只写批示的时间和贯彻落实情况，不要录入批示原文；涉密、标注“内部”或不予公开的内容一律不得填写。"
)
PEOPLE = "写单位和做法，不要写未经本人同意的个人姓名、身份证件号码、联系电话等信息。"
_CAUTIONS = (
    (re.compile(r"批示|指示"), INTERNAL),
    (re.compile(r"典型|案例|先进|人物|事迹|受害|举报|投诉人"), PEOPLE),
)


def cautions(*asked: str) -> list[str]:
    """For a column or section whose label, heading or hint these are; mostly none."""
    words = " ".join(asked)
    return [caution for about, caution in _CAUTIONS if about.search(words)]
