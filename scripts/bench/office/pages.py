"""The main pages of the demonstration office, each for the post that uses it."""

from dataclasses import dataclass

TOP, FILLER, ADMIN, AUDITOR = "zongju.shouwen", "zhejiang.tianbao", "zongju.xitong", "zongju.shenji"
EMPTY = "bench/empty/"


@dataclass(frozen=True)
class Page:
    """``url`` holds places for the keys of ``scripts.bench.office.asking.subjects``."""

    name: str
    who: str
    url: str


PAGES = (
    Page("empty", TOP, f"/{EMPTY}"),
    Page("desk", TOP, "/"),
    Page("desk", FILLER, "/"),
    Page("library", TOP, "/notices/"),
    Page("import", TOP, "/notices/import/"),
    Page("check", TOP, "/notices/{unchecked}/check/"),
    Page("notice", TOP, "/notices/{notice}/"),
    Page("issue", TOP, "/notices/{notice}/issue/"),
    Page("ledger", TOP, "/ledger/"),
    Page("ledger", FILLER, "/ledger/"),
    Page("task", TOP, "/assignments/{submitted}/"),
    Page("task", FILLER, "/assignments/{filled}/"),
    Page("form", FILLER, "/assignments/{filled}/forms/1/"),
    Page("review", TOP, "/assignments/{submitted}/review/"),
    Page("obligation", TOP, "/obligations/{obligation}/"),
    Page("roll-up", TOP, "/obligations/{obligation}/roll-up/"),
    Page("statistics", TOP, "/statistics/"),
    Page("calendar", TOP, "/calendar/"),
    Page("reminders", TOP, "/reminders/"),
    Page("inbox", FILLER, "/inbox/"),
    Page("units", ADMIN, "/administration/units/"),
    Page("staff", ADMIN, "/administration/staff/"),
    Page("audit", AUDITOR, "/administration/audit/"),
    Page("help", FILLER, "/help/"),
    Page("search", TOP, "/search/?q=质量"),
)
