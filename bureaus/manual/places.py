"""Where 帮助 opens: at the place of the manual that speaks of the page one is on."""

from collections.abc import Iterable

from bureaus.manual.pages import FRONT, OF_POSTS, address
from bureaus.roles import Role

R = Role
# On a page that several posts work on, each is led to its own part of the manual; others to None's.
Place = str | dict[Role | None, str]
OWN_DESK: Place = {role: f"{page}#等我办的" for role, page in OF_POSTS.items()}
TASK: Place = {
    R.COORDINATOR: "coordinator#签收和分派",
    R.FILLER: "filler#签收",
    R.REVIEWER: "reviewer#审核",
    R.APPROVER: "approver#签发",
    None: "README#任务的状态",
}
VERDICT: Place = {
    R.COORDINATOR: "coordinator#核收和退回补正",
    R.REVIEWER: "reviewer#审核",
    R.APPROVER: "approver#签发",
    None: "reviewer#审核",
}
PEOPLE: Place = {
    R.SYSTEM_ADMIN: "system-admin#人员和岗位",
    R.SECURITY_ADMIN: "security-admin#重置密码和解除锁定",
    None: "unit-admin#新增人员",
}
PLACES: dict[str, Place] = {
    "bureaus:help": "README",
    "bureaus:manual": "README",
    "bureaus:password": "everyday#登录和密码",
    "bureaus:delegations": "everyday#委托代办",
    "bureaus:administration": {
        R.SYSTEM_ADMIN: "system-admin#单位",
        R.SECURITY_ADMIN: "security-admin#待确认岗位",
        R.AUDITOR: "auditor#查审计日志",
        None: "unit-admin#单位设置",
    },
    "bureaus:units": {R.SYSTEM_ADMIN: "system-admin#单位", None: "unit-admin#单位设置"},
    "bureaus:unit_add": "system-admin#单位",
    "bureaus:unit": {R.SYSTEM_ADMIN: "system-admin#单位", None: "unit-admin#单位设置"},
    "bureaus:staff": PEOPLE,
    "bureaus:person_add": PEOPLE,
    "bureaus:person": PEOPLE,
    "bureaus:person_edit": PEOPLE,
    "bureaus:person_password": {
        R.SECURITY_ADMIN: "security-admin#重置密码和解除锁定",
        None: "unit-admin#忘了密码锁了账号",
    },
    "bureaus:posts_asked": "security-admin#待确认岗位",
    "bureaus:workdays": "system-admin#工作日历",
    "bureaus:audit": "auditor#查审计日志",
    "health:page": "system-admin#系统状况",
    "notices:library": "coordinator#导入",
    "notices:import": "coordinator#导入",
    "notices:imported": "coordinator#导入",
    "notices:intakes": "coordinator#导入",
    "notices:check": "coordinator#核对入库",
    "notices:source": "coordinator#同文号文件和转发文件",
    "notices:original_page": "coordinator#导入",
    "tasks:desk": OWN_DESK,
    "tasks:notice_detail": "coordinator#下发以后",
    "tasks:issue": "coordinator#下发",
    "tasks:notice_changes": "coordinator#同文号文件和转发文件",
    "tasks:obligation_detail": "coordinator#看进度",
    "tasks:obligation_amend": "coordinator#下发以后",
    "tasks:obligation_withdraw": "coordinator#下发以后",
    "tasks:obligation_add": "coordinator#下发以后",
    "tasks:ledger": "everyday#任务台账",
    "tasks:bulk": "coordinator#核收和退回补正",
    "tasks:assignment_detail": TASK,
    "tasks:assignment_trail": TASK,
    "tasks:assignment_reminders": "reminders#提醒送达证明",
    "tasks:assignment_pass_on": "coordinator#核收和退回补正",
    "tasks:split": "coordinator#转发分解",
    "tasks:calendar": "everyday#日历和日历订阅",
    "tasks:date_moves": "reminders#跨年的工作日",
    "tasks:handover": "unit-admin#离岗交接",
    "tasks:reminders": "reminders#提醒方案",
    "tasks:undelivered": "reminders#未送达",
    "tasks:policies": "reminders#提醒方案",
    "tasks:policy_system": "reminders#提醒方案",
    "tasks:policy_bureau": "reminders#提醒方案",
    "tasks:policy_notice": "reminders#提醒方案",
    "tasks:inbox": "everyday#消息和提醒方式",
    "tasks:preferences": "everyday#消息和提醒方式",
    "tasks:mailbox": "reminders#未送达",
    "reports:form": "filler#在网页上填",
    "reports:upload": "filler#离线填",
    "reports:prefill": "filler#沿用以前填报的内容",
    "reports:form_adopt": "forms#更正",
    "reports:merge": "filler#合并下级报表",
    "reports:version": TASK,
    "reports:review": VERDICT,
    "reports:schema": "forms#一页上有什么",
    "reports:notice_forms": "forms#一页上有什么",
    "reports:evidence": "filler#随报材料和盖章件",
    "reports:productions": "everyday#我的文件",
    "reports:production": "everyday#我的文件",
    "reports:ledger_long": "everyday#我的文件",
    "reports:search": "everyday#全局查找",
    "reports:statistics": "roll-ups#汇总统计",
    "reports:roll_up": "roll-ups#汇总表",
    "reports:roll_up_number": "roll-ups#汇总表",
    "reports:snapshot": "roll-ups#汇总快照",
    "reports:difference": "roll-ups#汇总快照",
}


def help_for(view_name: str | None, held: Iterable[str]) -> str:
    """The address of the help with the page of this name, for who holds these posts."""
    place = PLACES.get(view_name or "", FRONT)
    if isinstance(place, dict):
        own = [place[role] for role in Role if role in place and role in held]
        place = own[0] if own else place.get(None, FRONT)
    page, _, heading = place.partition("#")
    return address(page, heading)
