"""Regions that go by one name: 长三角, 京津冀, 东北三省; and provinces called by one character."""

import re

_CAPITALS = (
    "石家庄市、太原市、呼和浩特市、沈阳市、长春市、哈尔滨市、南京市、杭州市、合肥市、福州市、南昌市、济南市、郑州市、"
    "武汉市、长沙市、广州市、南宁市、海口市、成都市、贵阳市、昆明市、拉萨市、西安市、兰州市、西宁市、银川市、乌鲁木齐市"
)
CAPITALS = frozenset(_CAPITALS.split("、"))
"""省会城市 and 自治区首府: 27, none of the 直辖市."""

_LETTER_OF = (
    "京北京、津天津、冀河北、晋山西、蒙内蒙古、辽辽宁、吉吉林、黑黑龙江、沪上海、苏江苏、浙浙江、皖安徽、闽福建、赣江西、"
    "鲁山东、豫河南、鄂湖北、湘湖南、粤广东、桂广西、琼海南、渝重庆、川四川、蜀四川、贵贵州、黔贵州、云云南、滇云南、"
    "藏西藏、陕陕西、甘甘肃、陇甘肃、青青海、宁宁夏、新新疆"
)
_ABBREVIATED = {pair[0]: pair[1:] for pair in _LETTER_OF.split("、")}
_GROUPS = {
    "长三角": "上海 江苏 浙江 安徽",
    "长江三角洲": "上海 江苏 浙江 安徽",
    "江浙沪": "上海 江苏 浙江",
    "江浙沪皖": "上海 江苏 浙江 安徽",
    "京津冀": "北京 天津 河北",
    "成渝": "重庆 四川",
    "东北": "辽宁 吉林 黑龙江",
    "东三省": "辽宁 吉林 黑龙江",
    "中部六省": "山西 安徽 江西 河南 湖北 湖南",
    "西北五省": "陕西 甘肃 青海 宁夏 新疆",
    "长江经济带": "上海 江苏 浙江 安徽 江西 湖北 湖南 重庆 四川 贵州 云南",
    "黄河流域": "山西 内蒙古 山东 河南 四川 陕西 甘肃 青海 宁夏",
    "粤港澳大湾区": "广州市 深圳市 珠海市 佛山市 惠州市 东莞市 中山市 江门市 肇庆市",
    "粤港澳": "广州市 深圳市 珠海市 佛山市 惠州市 东莞市 中山市 江门市 肇庆市",
    "珠三角": "广州市 深圳市 珠海市 佛山市 惠州市 东莞市 中山市 江门市 肇庆市",
}
_TAIL = (
    r"(?:(?:地区|区域|一体化|流域|双城经济圈|内地)*(?:各|全部|所有)?"
    r"(?:[一二两三四五六七八九十\d]*(?:个)?(?:省|市|区|地|州)(?:\((?:[省市区州]、?)+\))?"
    r"(?:[一二两三四五六七八九十]*(?:省|市|区))*)?)"
)
_NAMED = re.compile(rf"({'|'.join(sorted(_GROUPS, key=len, reverse=True))}){_TAIL}")
_LETTERS = re.compile(rf"([{''.join(_ABBREVIATED)}]{{2,}}){_TAIL}")


def spelled(heads: list[str]) -> list[str]:
    """京、津、冀 as 北京、天津、河北: single signs count where there are several."""
    letters = [head for head in heads if head in _ABBREVIATED]
    return [_ABBREVIATED.get(h, h) for h in heads] if len(letters) > 1 else heads


def members(words: str) -> list[str] | None:
    """The places of 长三角三省一市, 川渝两省市 or 沪苏浙皖; None where the words are no group."""
    if named := _NAMED.fullmatch(words):
        return _GROUPS[named[1]].split()
    letters = _LETTERS.fullmatch(words)
    if letters is None:
        return None
    return list(dict.fromkeys(_ABBREVIATED[letter] for letter in letters[1]))
