"""岗位提示: five hints for each post, on the desk until the person wants to see them no more."""

from dataclasses import dataclass

from django.urls import reverse

from bureaus.manual import pages
from bureaus.models import Staff
from bureaus.roles import Role


@dataclass(frozen=True)
class Hint:
    """One sentence, and the page it speaks of, or with ``manual`` the page of the manual."""

    words: str
    label: str
    url_name: str = ""
    place: str = ""  # the #place on it
    manual: str = ""

    @property
    def url(self) -> str:
        if self.manual:
            return pages.address(self.manual, self.place)
        return reverse(self.url_name) + (f"#{self.place}" if self.place else "")


H = Hint
HINTS: dict[Role, tuple[Hint, ...]] = {
    Role.COORDINATOR: (
        H(
            "收到公文，先导入；系统读出报送事项和时限，由您核对后才入库。",
            "导入文件",
            "notices:import",
        ),
        H(
            "入库的文件在文件页点“下发”，选定单位，每个单位就有一项任务。",
            "文件库",
            "notices:library",
        ),
        H("台账按状态、单位、时限筛选，筛出来的就是导出来的。", "任务台账", "tasks:ledger"),
        H("材料报来后在工作台核收，有问题的逐处标注、退回补正。", "汇总统计", "reports:statistics"),
        H("哪天提醒谁由提醒方案定；发不出去的逐条写明原因和办法。", "提醒", "tasks:reminders"),
    ),
    Role.FILLER: (
        H("轮到您办的都在“现在办”，退回的排在最前。", "任务台账", "tasks:ledger"),
        H(
            "从 Excel、WPS 复制的多行可以直接粘贴；随时保存，不必一次填完。",
            "填表说明",
            place="在网页上填",
            manual="filler",
        ),
        H(
            "提交审核时才逐格检查，错在哪一格会指给您看；没有此情况的可以零报告。",
            "提交审核",
            place="提交审核",
            manual="filler",
        ),
        H("什么时候发邮件、什么只发站内消息，由您自己定。", "提醒方式", "tasks:preferences"),
        H("出差、休假前把岗位交给同事，到期自动收回。", "委托代办", "bureaus:delegations"),
    ),
    Role.REVIEWER: (
        H("待审核的材料在“现在办”，打开就能看到填了什么。", "任务台账", "tasks:ledger"),
        H(
            "有问题的逐处标注再退回修改，填报人按标注改，改没改一目了然。",
            "退回修改",
            place="退回修改",
            manual="reviewer",
        ),
        H("再次提交的，与上次不同的地方会标出来，不用从头再看。", "任务台账", "tasks:ledger"),
        H("日历上看得到本单位哪天要报什么，也可以订阅到自己的日历。", "日历", "tasks:calendar"),
        H("出差、休假前把岗位交给同事，到期自动收回。", "委托代办", "bureaus:delegations"),
    ),
    Role.APPROVER: (
        H("审核通过的材料在“现在办”，签发报送后本单位不能再改。", "任务台账", "tasks:ledger"),
        H(
            "报出后发现有误，核收单位还没有开始核收的可以撤回。",
            "签发后发现有误",
            place="签发后发现有误",
            manual="approver",
        ),
        H(
            "需要盖章的，从任务页打印，盖章件扫描后上传，页码和版本由系统核对。",
            "任务台账",
            "tasks:ledger",
        ),
        H("来不及按时报送的，由填报人申请延期；答复之前仍按原时限。", "日历", "tasks:calendar"),
        H("出差、休假前把岗位交给同事，到期自动收回。", "委托代办", "bureaus:delegations"),
    ),
    Role.UNIT_ADMIN: (
        H("新增人员后当面告知一次性密码，本人首次登录改掉。", "人员", "bureaus:staff"),
        H("没有填报人的单位收到任务也没有人办，先配齐岗位。", "单位", "bureaus:units"),
        H("忘了密码、锁了账号的，在该人员的页面重置或者解锁。", "人员", "bureaus:staff"),
        H("人员离岗先办交接：未办结的任务转给接办人，账号停用。", "人员", "bureaus:staff"),
        H(
            "邮箱写错的人收不到提醒；工作台会列出来，更正后补发。",
            "未送达怎么办",
            place="未送达",
            manual="reminders",
        ),
    ),
    Role.SYSTEM_ADMIN: (
        H(
            "“系统状况”一页看全：后台进程、提醒、磁盘、备份，每项写明怎么办。",
            "系统状况",
            "health:page",
        ),
        H("每年十月起录入下一年的工作日，提醒的日期随之重算。", "工作日历", "bureaus:workdays"),
        H("改了邮件设置，先发一封测试邮件。", "未送达", "tasks:undelivered", "test-mail"),
        H("没有代码的开发区、直属单位在这里新增。", "单位", "bureaus:units"),
        H("三员分立时，岗位由您或单位管理员提出，安全管理员确认。", "人员", "bureaus:staff"),
    ),
    Role.SECURITY_ADMIN: (
        H(
            "有人提出岗位时工作台会列出来；确认之前岗位不生效。",
            "待确认岗位",
            "bureaus:posts_asked",
        ),
        H("不同意的写明原因，提出人看得到。", "待确认岗位", "bureaus:posts_asked"),
        H(
            "系统、安全管理员和审计员的密码由您重置，自己的由另一名安全管理员重置。",
            "人员",
            "bureaus:staff",
        ),
        H("连续输错密码的账号会锁定；先核实是不是本人，再解锁。", "人员", "bureaus:staff"),
        H("谁管什么，手册里有一张表。", "谁管什么", place="谁管什么", manual="administrators"),
    ),
    Role.AUDITOR: (
        H("每一次登录和改动都记在审计日志里，只能增加，不能改动。", "审计日志", "bureaus:audit"),
        H("按人员、行为、对象、来源地址和日期查找。", "审计日志", "bureaus:audit"),
        H("点“校验审计链”逐条核对，有改动、删除、调换的都会指出来。", "审计日志", "bureaus:audit"),
        H("至少每月校验一次；记录多的，请系统管理员在服务器上校验。", "审计日志", "bureaus:audit"),
        H(
            "发现异常先保留现场，报告安全管理员，不要自行修补。",
            "校验有异常怎么办",
            place="出了问题怎么办",
            manual="auditor",
        ),
    ),
}


def own_roles(person: Staff) -> list[Role]:
    """The posts of this person's own, in the order of the table; none that were handed over."""
    held = {post.role for post in person.held_posts if not post.acting_for}
    return [role for role in Role if role in held]


def roles_off(person: Staff) -> set[str]:
    """The posts whose hints this person wants to see no more."""
    return {each for each in person.hints_off.split(",") if each}


def role_to_show(person: Staff) -> Role | None:
    """The first post whose hints are still to be shown on the desk."""
    off = roles_off(person)
    return next((role for role in own_roles(person) if role not in off), None)
