"""Which post may do what. Roles are code: one table, read whole."""

from django.db import models


class Permission(models.TextChoices):
    READ = "read", "查看本单位及下级任务"
    IMPORT = "import", "导入文件"
    CHECK = "check", "核对入库"
    ISSUE = "issue", "下发"
    RECEIVE = "receive", "核收、退回补正"
    URGE = "urge", "催办"
    ACCEPT = "accept", "签收"
    FILL = "fill", "填报"
    REVIEW = "review", "审核"
    APPROVE = "approve", "签发"
    ROLL_UP = "roll_up", "汇总"
    STAFF = "staff", "管理本单位人员"
    SYSTEM = "system", "系统参数"
    GRANT = "grant", "授予岗位"
    AUDIT = "audit", "查看审计"


class Role(models.TextChoices):
    COORDINATOR = "coordinator", "收文管理"
    FILLER = "filler", "填报人"
    REVIEWER = "reviewer", "审核人"
    APPROVER = "approver", "签发人"
    UNIT_ADMIN = "unit_admin", "单位管理员"
    SYSTEM_ADMIN = "system_admin", "系统管理员"
    SECURITY_ADMIN = "security_admin", "安全管理员"
    AUDITOR = "auditor", "审计员"


P = Permission
GRANTED: dict[Role, frozenset[Permission]] = {
    Role.COORDINATOR: frozenset(
        {P.READ, P.IMPORT, P.CHECK, P.ISSUE, P.RECEIVE, P.URGE, P.ACCEPT, P.ROLL_UP}
    ),
    Role.FILLER: frozenset({P.READ, P.ACCEPT, P.FILL}),
    Role.REVIEWER: frozenset({P.READ, P.REVIEW}),
    Role.APPROVER: frozenset({P.READ, P.APPROVE}),
    Role.UNIT_ADMIN: frozenset({P.STAFF}),
    Role.SYSTEM_ADMIN: frozenset({P.SYSTEM}),
    Role.SECURITY_ADMIN: frozenset({P.GRANT}),
    Role.AUDITOR: frozenset({P.AUDIT}),
}


# The posts whose holders work on tasks. All others administer and see no task.
BUSINESS = frozenset(role for role, granted in GRANTED.items() if P.READ in granted)
# 三员: apart from one another and from all other posts where SEPARATE_ADMINS is on.
SEPARATED = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR})


def roles_with(permission: Permission) -> list[Role]:
    """The posts that carry a permission, in the order of the table."""
    return [role for role, granted in GRANTED.items() if permission in granted]
