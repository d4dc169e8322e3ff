"""The sentences of the demo's bureaus, by what a column or a section asks; all of them invented."""

import re
from itertools import chain

# The first whose words stand in the name of a column or section; {n} is another figure each time.
BY_SUBJECT = (
    (
        re.compile(r"典型|案例|先进|示范"),
        (
            "{region}某装备制造企业推行首席质量官制度，一次交验合格率提高0.{n:02}个百分点。",
            "{region}选树质量标杆企业{n}家，编印典型案例供各市借鉴。",
            "{region}某产业园区建成质量基础设施“一站式”服务点{n}个，服务小微企业{n}00余家。",
            "{region}{n}个县（市、区）开展质量强县示范，形成可复制的做法。",
        ),
    ),
    (
        re.compile(r"经验|做法"),
        (
            "建立部门联席会议制度，按季度调度{n}项重点任务，把落实情况纳入年度工作要点。",
            "编制任务分解表，明确{n}个责任单位和完成时间，每月对账销号。",
            "组建{n}个质量服务小组，一企一策提出改进建议，定期回访。",
            "把学习《纲要》与业务培训结合，以{n}个真实案例讲解条文。",
        ),
    ),
    (
        re.compile(r"活动|特色|宣传贯彻工作$|成效"),
        (
            "开展“质量服务进企业”活动，组织专家走进企业{n}0家，帮助解决标准、计量方面的问题。",
            "在电视、报纸和政务新媒体开设专栏，发布解读文章{n}篇，制作宣传短片{n}部。",
            "举办质量主题开放日{n}场，邀请企业和消费者代表{n}00余人参加。",
            "组织质量知识竞赛，{n}00余名企业质量管理人员参加。",
        ),
    ),
    (
        re.compile(r"文件"),
        (
            "{region}人民政府办公厅印发贯彻落实《纲要》实施方案，提出{n}方面任务。",
            "省局会同{n}个部门印发年度行动计划，明确分工和完成时间。",
            "{n}个县（市、区）出台配套实施意见，其余正在征求意见。",
            "实施方案已征求{n}个部门意见，按程序送审。",
        ),
    ),
    (
        re.compile(r"批示"),
        (
            "{region}分管负责同志作出批示，要求结合实际抓好{n}项重点任务。",
            "{region}主要负责同志在专题会议上对落实《纲要》提出要求，明确{n}个责任单位。",
            "{region}分管负责同志圈阅《纲要》并批示有关部门{n}日内提出落实意见。",
        ),
    ),
    (
        re.compile(r"学习|培训|部署"),
        (
            "召开党组会议和专题会议学习《纲要》{n}次，研究部署落实措施。",
            "举办专题培训班{n}期，覆盖市县两级质量工作人员{n}00余人。",
            "机关各处室开展集中学习{n}次，组织知识问答和交流研讨。",
            "邀请专家作《纲要》辅导报告{n}场，通过视频会议延伸到市县。",
        ),
    ),
)
_OTHERS = tuple(chain.from_iterable(sentences for _, sentences in BY_SUBJECT[-1:]))


def about(label: str) -> tuple[str, ...]:
    """What may stand in a column, or under a heading, of this name."""
    return next((said for words, said in BY_SUBJECT if words.search(label)), _OTHERS)
