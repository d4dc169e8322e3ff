"""The sentences of the demo's bureaus, by what a column or a section asks; all of them invented."""

import re

# The first whose words stand in the name of a column or section; {n} and {m} are other figures each
# time, {office} is the office of the government there.
BY_SUBJECT = (
    (
        re.compile(r"典型|案例|先进|示范"),
        (
            "{region}某装备制造企业推行首席质量官制度，一次交验合格率提高0.{n:02}个百分点。",
            "{region}选树质量标杆企业{n}家，编印典型案例{m}篇供各地借鉴。",
            "{region}某产业园区建成质量基础设施“一站式”服务点{m}个，服务小微企业{n}00余家。",
            "{region}{n}个县（市、区）开展质量强县示范，形成{m}项可复制的做法。",
        ),
    ),
    (
        re.compile(r"经验|做法"),
        (
            "建立部门联席会议制度，按季度调度{n}项重点任务，把落实情况纳入年度工作要点。",
            "编制任务分解表，明确{n}个责任单位和完成时间，每月逐项对账。",
            "组建{n}个质量服务小组，一企一策提出改进建议，每{m}个月回访一次。",
            "把学习《纲要》与业务培训结合，以{n}个真实案例讲解条文。",
        ),
    ),
    (
        re.compile(r"活动|特色|宣传贯彻工作$|成效"),
        (
            "开展“质量服务进企业”活动，组织专家走进企业{n}0家，帮助解决标准、计量方面的问题{m}0余个。",
            "在电视、报纸和政务新媒体开设专栏，发布解读文章{n}篇，制作宣传短片{m}部。",
            "举办质量主题开放日{m}场，邀请企业和消费者代表{n}00余人参加。",
            "组织质量知识竞赛，{n}00余名企业质量管理人员参加。",
        ),
    ),
    (
        re.compile(r"文件"),
        (
            "{office}印发贯彻落实《纲要》实施方案，提出{n}方面任务。",
            "会同{m}个部门印发年度行动计划，明确{n}项分工和完成时间。",
            "{n}个县（市、区）出台配套实施意见，其余正在征求意见。",
            "实施方案已征求{n}个部门意见，按程序送审。",
        ),
    ),
    (
        re.compile(r"批示"),  # when, and what came of it: never the words themselves
        (
            "{region}分管负责同志作出批示后，{n}日内拟定落实措施，已报告进展{m}次。",
            "{region}主要负责同志作出批示，已分解到{n}个责任单位，正在逐项落实。",
            "{region}分管负责同志圈阅并批示，{m}个部门已报告贯彻落实情况。",
            "{region}主要负责同志作出批示，{n}项落实措施已全部启动。",
        ),
    ),
    (
        re.compile(r"学习|培训|部署"),
        (
            "召开党组会议和专题会议学习《纲要》{m}次，研究部署落实措施{n}条。",
            "举办专题培训班{m}期，覆盖质量工作人员{n}00余人。",
            "机关各处室开展集中学习{n}次，组织知识问答和交流研讨{m}次。",
            "邀请专家作《纲要》辅导报告{m}场，通过视频会议延伸到基层，{n}00余人参加。",
        ),
    ),
    (
        re.compile(""),  # what is asked as a text of its own: 报送内容
        (
            "走访企业{n}0余家，收集质量方面的意见建议{m}0余条，已办结答复。",
            "设立现场咨询点{m}个，接待群众咨询{n}00余人次。",
            "组织检验检测机构开放实验室{m}个，为小微企业减免费用{n}万元。",
            "开展产品质量比对和诊断{n}场，帮助企业改进工艺{m}0余项。",
        ),
    ),
)


def about(label: str) -> tuple[str, ...]:
    """What may stand in a column, or under a heading, of this name."""
    return next(said for words, said in BY_SUBJECT if words.search(label))
