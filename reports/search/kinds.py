"""The kinds of things that are looked for, in the order in which they are shown."""

from reports.search import of_notices, of_people, of_reports, of_tasks
from reports.search.hit import Kind

ASSIGNMENTS = "assignments"

KINDS = (
    Kind("notices", "文件（标题、文号）", "文件", of_notices.by_head, of_notices.show),
    Kind("obligations", "任务事项", "事项", of_tasks.obligations, of_tasks.show_obligations),
    Kind(ASSIGNMENTS, "任务", "任务", of_tasks.assignments, of_tasks.show_assignments),
    Kind(
        "text",
        "文件正文及附件",
        "正文",
        of_notices.by_text,
        of_notices.show_text,
        is_typed=False,
    ),
    Kind(
        "submissions",
        "报送内容",
        "报送",
        of_reports.submissions,
        of_reports.show_submissions,
        is_typed=False,
    ),
    Kind(
        "evidence",
        "随报材料",
        "材料",
        of_reports.evidence,
        of_reports.show_evidence,
        is_typed=False,
    ),
    Kind("bureaus", "单位", "单位", of_people.bureaus, of_people.show_bureaus, takes_one=True),
    Kind("people", "人员", "人员", of_people.people, of_people.show_people),
)
BY_CODE = {kind.code: kind for kind in KINDS}
