"""密级 in all its spellings, and what only looks like one."""

import pytest

from notices.text.page.secrecy import ClassifiedDocument, doubt_of, mark_of, refuse_marked

MARKS = {
    "机密★3年": "机密",
    "机密·3年": "机密",
    "机密•20年": "机密",
    "机密☆": "机密",
    "机密★": "机密",
    "【机密】": "机密",
    "［秘密］": "秘密",
    "（机密）": "机密",
    "秘密（一年）": "秘密",
    "秘密(6个月)": "秘密",
    "秘密 ★ 1年": "秘密",
    "秘密 1年": "秘密",
    "绝密": "绝密",
    "绝密★长期": "绝密",
    "机密级": "机密",
    "绝密级★30年": "绝密",
    "机密件": "机密",
    "秘密长期": "秘密",
    "机密3年": "机密",
    "密级：机密": "机密",
    "密级: 秘密": "秘密",
    "密级　绝密": "绝密",
    "秘密等级：秘密★1年": "秘密",
    "机 密": "机密",
    "机　密　★　３　年": "机密",
    "机\n密\n★\n3\n年": "机密",
    "機密★３年": "机密",
    "机密★启用前": "机密",
    "机密★\ufe0f3年": "机密",
    "机\u202c密★3年": "机密",
    "绝密·考前": "绝密",
    "属于国家秘密★3年的文件": "秘密",
    "机密（启封前）": "机密",
    "秘密★开标前": "秘密",
    "机密·解密前": "机密",
    "秘密＊１０年": "秘密",
    "机\u200b密★3年": "机密",
    "机密 ★ 十年": "机密",
    "秘密-5年": "秘密",
    "特急 机密★3年": "机密",
    "机密★3年特急": "机密",
    "000012 机密★3年": "机密",
    "机密★至2030年12月31日": "机密",
    "机密机密": "机密",
}
PLACES = {
    "alone": "{}",
    "first": "{}\n示例省市场监督管理局文件\n关于示例工作的通知\n各单位：\n请按要求办理。",
    "below": "示例省市场监督管理局文件\n关于示例工作的通知\n各单位：\n"
    + "请按要求办理。\n" * 60
    + "{}\n",
    "cell": "名称\t{}\t备注",
    "start of a line": "{}　　　示市监质〔2026〕7号",
    "end of a line": "示例省市场监督管理局文件　　　{}",
}
CASES = [
    (mark, place)
    for mark in MARKS
    for place in PLACES
    if not ("\n" in mark and place in ("cell", "start of a line", "end of a line"))
]


@pytest.mark.parametrize(("mark", "place"), CASES)
def test_mark_is_found_wherever_it_stands(mark, place):
    text = PLACES[place].format(mark)

    assert mark_of(text) == MARKS[mark]
    with pytest.raises(ClassifiedDocument):
        refuse_marked(text)


@pytest.mark.parametrize(
    "line",
    [
        "机密★3年关于示例工作的通知",
        "【机密】关于示例工作的通知",
        "关于示例工作的通知【机密】",
        "关于示例工作的通知（机密★3年）",
        "示例省文件 机密★3年",
        "机密 特急",
        "机密 关于示例工作的通知",
        "份号：000012 密级：机密",
        "密级和保密期限：机密★3年",
    ],
)
def test_mark_is_found_beside_other_words(line):
    assert mark_of(f"示例\n{line}\n示例") is not None


@pytest.mark.parametrize("number", ["000012", "No.000012", "№ 000012", "份号：000012", "０００012"])
def test_copy_number_counts_in_the_first_lines_only(number):
    assert mark_of(f"{number}\n示例机关文件\n关于示例工作的通知\n") is not None
    late = "示例机关文件\n关于示例工作的通知\n各单位：\n请办理。\n" + number.replace("份号：", "")
    assert mark_of(late) is None


OPEN = [
    "各单位要保守国家秘密，不得外传。",
    "保守国家秘密",
    "关于学习《中华人民共和国保守国家秘密法》的通知",
    "《保守国家秘密法》",
    "保守国家秘密法",
    "不得泄露商业秘密",
    "商业秘密★★★级示范企业",
    "核心商业秘密★",
    "商业秘密",
    "商业秘密保护",
    "保护商业秘密",
    "侵犯商业秘密行为专项整治",
    "国家秘密载体",
    "国家秘密载体印制资质",
    "国家秘密",
    "工作秘密",
    "不涉及国家秘密、工作秘密、商业秘密",
    "绝密飞行",
    "关于放映《绝密飞行》的通知",
    "绝密飞行放映安排",
    "秘密投票",
    "采取秘密投票方式",
    "秘密 投票",
    "机密性",
    "数据的机密性、完整性、可用性",
    "保密工作",
    "保密",
    "密级",
    "密级：公开",
    "密级：无",
    "密级：非密",
    "密级：（绝密、机密、秘密）",
    "密级：□绝密 □机密 □秘密",
    "严禁传递涉密信息",
    "严禁在非涉密网络处理、传输涉密信息",
    "本系统严禁传递国家秘密",
    "本机为非涉密计算机，严禁处理、存储涉密信息",
    "涉密不上网，上网不涉密",
    "绝密级事项目录由省局另行确定。",
    "绝密级、机密级、秘密级事项应当分别登记。",
    "机密级事项目录",
    "请梳理绝密级事项目录",
    "标注“机密★3年”字样的文件，应当按规定登记后再传阅。",
    "国家秘密的密级分为绝密、机密、秘密三级。",
    "绝密、机密、秘密",
    "绝密\n机密\n秘密",
    "绝密\t机密\t秘密",
    "是否涉及商业\n秘密",
    "应当保守国家\n秘密，不得外传",
    "知悉的国家秘密和商业\n秘密。",
    "秘密。",
    "秘密级国家秘密的保密期限不超过十年。",
    "机密级国家秘密不超过二十年",
    "秘密调查",
    "秘密窃取",
    "秘书处",
    "机要件",
    "机密码",
    "密码",
    "绝密档案解密",
    "加密",
    "密切配合",
    "电话：010000",
    "邮编：100000",
    "邮政编码 100088",
    "联系电话\n889900",
    "总数\n123456",
    "内部资料",
    "不予公开",
    "内部文件",
    "内部资料，注意保存",
    "此件依申请公开",
    "商业秘密 技术秘密",
    "保 守 国 家 秘 密",
    "个人隐私和商业秘密",
    "泄露国家机密",
    "不得泄露国家机密",
    "国家机密",
    "企业机密",
    "秘密举报",
]
FRAMES = ("{}", "示例省文件\n关于示例工作的通知\n各单位：\n{}\n请按要求办理。\n")


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("text", OPEN)
def test_look_alike_is_open(text, frame):
    assert mark_of(frame.format(text)) is None


@pytest.mark.parametrize("word", ["内部资料", "不予公开", "内部文件", "内 部 资 料"])
def test_words_for_inside_only_are_asked_about(word):
    text = f"{word}\n关于示例工作的通知\n"

    assert mark_of(text) is None
    assert doubt_of(text) == word.replace(" ", "")
    assert doubt_of("关于示例工作的通知\n此件公开发布\n") is None


def test_long_text_is_looked_at_in_no_time():
    assert mark_of(("保守国家秘密" * 300 + "\n") * 200) is None
    assert mark_of("机" + " " * 20_000 + "密" * 20_000) is None
