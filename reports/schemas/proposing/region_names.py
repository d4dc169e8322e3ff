"""Names by which a row of a table is known to be a province, region or city."""

import re

_PROVINCES = re.compile(
    "北京|天津|河北|山西|内蒙古|辽宁|吉林|黑龙江|上海|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|"
    "广东|广西|海南|重庆|四川|贵州|云南|西藏|陕西|甘肃|青海|宁夏|新疆|兵团|新疆生产建设兵团|"
    "香港|澳门|台湾|大连|宁波|厦门|青岛|深圳"
)
_ENDING = re.compile(
    r"(?:省|市|特别行政区|(?:壮族|回族|维吾尔)?自治区)?(?:市场监管局|市场监督管理局|局)?$"
)
_CITY = re.compile(r"[一-鿿]{1,6}(?:市|州|盟|地区|县|区|旗)(?:市场监管局|市场监督管理局|局)?")


def is_region(text: str) -> bool:
    """北京, 北京市, 浙江省局, 杭州市: is it the name of a region?"""
    plain = re.sub(r"\s", "", text)
    is_province = _PROVINCES.fullmatch(_ENDING.sub("", plain)) is not None
    return is_province or _CITY.fullmatch(plain) is not None
