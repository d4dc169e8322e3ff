"""What a region is called in running text: 恩施州, 石河子市 for 第八师, 内蒙古."""

import re
from functools import cache

_PEOPLES = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|高山|拉祜|水|东乡|纳西|"
    "景颇|柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|乌孜别克|俄罗斯|鄂温克|德昂|"
    "保安|裕固|京|塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴|基诺|各"
)
# 蒙古, 哈萨克, 柯尔克孜, 锡伯 and 塔吉克 also stand without 族: 博尔塔拉蒙古自治州.
_BARE_PEOPLES = "蒙古|哈萨克|柯尔克孜|锡伯|塔吉克|鄂伦春"
_AUTONOMOUS = re.compile(
    rf"(?P<stem>.{{2,}}?)(?:(?:{_PEOPLES})族|{_BARE_PEOPLES})+自治(?P<kind>[州县旗])"
)
_PROVINCIAL = re.compile(r"(?P<stem>内蒙古|广西|西藏|宁夏|新疆)(?:壮族|回族|维吾尔)?自治区")
_DIVISION = re.compile(r"第(?P<number>[一二三四五六七八九十]+)师(?P<city>\w+市)?")
_PLAIN = re.compile(r"(?P<stem>.{2,})(?P<kind>省|市|州|盟|地区|县|区|旗)")
_BINGTUAN = "新疆生产建设兵团"
_KINDS = "州盟县旗团区"
_CALLED = {
    _BINGTUAN: ("兵团", "新疆兵团", "生产建设兵团", "新疆建设兵团"),
    "巴音郭楞蒙古自治州": ("巴州",),
    "博尔塔拉蒙古自治州": ("博州",),
    "克孜勒苏柯尔克孜自治州": ("克州",),
    "锡林郭勒盟": ("锡盟",),
    "阿拉善盟": ("阿盟",),
    "前郭尔罗斯蒙古族自治县": ("前郭县", "前郭"),
    "喀喇沁左翼蒙古族自治县": ("喀左县", "喀左"),
    "济源市": ("济源示范区", "济源产城融合示范区"),
    "神农架林区": ("神农架",),
    "六枝特区": ("六枝",),
    "鄂温克族自治旗": ("鄂温克旗", "鄂温克"),
    "鄂伦春自治旗": ("鄂伦春旗", "鄂伦春"),
}


@cache
def full_names(region: str) -> tuple[str, ...]:
    """The region's own name and others that end in what kind of place it is."""
    found = [region]
    if match := _AUTONOMOUS.fullmatch(region):
        found.append(match["stem"] + match["kind"])
    elif match := _PROVINCIAL.fullmatch(region):
        found += [f"{match['stem']}自治区", f"{match['stem']}区"]
    elif match := _DIVISION.fullmatch(region):
        number, city = match["number"], match["city"] or ""
        found += [f"{number}师{city}", f"第{number}师", f"{number}师", f"兵团第{number}师"]
        found += [city] if city else []
    found += [name for name in _CALLED.get(region, ()) if name[-1] in _KINDS]
    return tuple(dict.fromkeys(found))


@cache
def bare_names(region: str) -> tuple[str, ...]:
    """The names without a word for the kind of place: 杭州, 恩施, 内蒙古. 和县 has none."""
    found = [name for name in _CALLED.get(region, ()) if name[-1] not in _KINDS]
    division = _DIVISION.fullmatch(region)
    region = division["city"] or "" if division else region
    match = (
        _AUTONOMOUS.fullmatch(region) or _PROVINCIAL.fullmatch(region) or _PLAIN.fullmatch(region)
    )
    if match and region != _BINGTUAN:
        found.insert(0, match["stem"])
    return tuple(dict.fromkeys(found))
