"""The database: which one, whether its tables are those of the code, and what time it has."""

from datetime import datetime, timedelta

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models.functions import Now

from bureaus.models import Bureau
from config.health.lines import Line, State

NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
NEAR, FAR = timedelta(seconds=5), timedelta(seconds=60)


def version() -> Line:
    """Answers at all, and with which version."""
    number = ".".join(map(str, connection.get_database_version()))
    return Line("数据库", State.FINE, f"{NAMES.get(connection.vendor, connection.vendor)} {number}")


def tables() -> Line:
    """Have all migrations been run?"""
    executor = MigrationExecutor(connection)
    missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if not missing:
        return Line("数据库结构", State.FINE, "与程序一致")
    return Line(
        "数据库结构",
        State.WRONG,
        f"有 {missing} 个迁移没有执行",
        todo="先备份数据库，再执行迁移，然后重新启动网页和后台进程",
        command="manage.py migrate",
    )


def clock(now: datetime) -> Line:
    """Deadlines go by the clock of the programs; the database stamps what it is asked to."""
    theirs = Bureau.objects.order_by().values_list(Now(), flat=True).first()
    if theirs is None:
        return Line("时钟", State.NOTE, "没有单位，无法核对", todo="先载入机构名录")
    away = abs(theirs - now)
    state = State.FINE if away <= NEAR else State.NOTE if away <= FAR else State.WRONG
    said = f"数据库与网页服务器相差 {int(away.total_seconds())} 秒"
    todo = "" if state is State.FINE else "两台服务器都按内网时间服务器校时（NTP），再核对时区"
    return Line("时钟", state, said, todo=todo, command="timedatectl" if todo else "")
