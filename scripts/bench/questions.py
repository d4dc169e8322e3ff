"""What is asked of the pages, by whom, and the bare SQL that answers the same."""

from dataclasses import dataclass

from bureaus.search.pairs import pairs
from tasks.states import HANDED_IN, OPEN, RELEASED, WITH_BUREAU, WITH_RECEIVER, Status

PEOPLE = {
    "national": "100000.coordinator",
    "province": "330000.coordinator",
    "county": "330106.filler",
}


@dataclass(frozen=True)
class Question:
    """``url`` and ``floor`` hold places for the keys of ``scripts.bench.timing.subjects``."""

    name: str
    who: str
    url: str
    floor: str


def among(*statuses: Status) -> str:
    return "status IN ({})".format(", ".join(f"'{status}'" for status in statuses))


HERE = "bureau_path >= %(path)s AND bureau_path < %(stop)s"
OWED, IS_OPEN = among(*WITH_BUREAU), among(*OPEN)
OVERDUE = f"{OWED} AND due_at < now()"
TARGET, DUE = "target_at, bureau_path, id", "due_at, bureau_path, id"
WAITING = (
    f"(bureau_path = %(path)s AND {among(*WITH_BUREAU)})"
    f" OR (receiver_id = %(bureau)s AND {among(*WITH_RECEIVER, Status.DECLINED)})"
)


def lines(where: str, *, order: str = TARGET, limit: int = 50) -> str:
    """The first rows of a list, with the words that stand in them."""
    return f"""
        SELECT a.*, o.title, n.doc_number, b.short_name, s.name
        FROM (SELECT * FROM tasks_assignment WHERE {where} ORDER BY {order} LIMIT {limit}) a
        JOIN tasks_obligation o ON o.id = a.obligation_id
        JOIN notices_notice n ON n.id = o.notice_id
        JOIN bureaus_bureau b ON b.id = a.bureau_id
        LEFT JOIN bureaus_staff s ON s.id = a.handler_id"""  # noqa: S608  all of it is ours


def figures(obligations: str) -> str:
    """How many owe and how many have handed in."""
    return f"""
        SELECT obligation_id, count(*) FILTER (WHERE NOT {among(*RELEASED)}),
               count(*) FILTER (WHERE {among(*HANDED_IN)})
        FROM tasks_assignment WHERE obligation_id IN ({obligations}) AND {HERE}
        GROUP BY obligation_id"""  # noqa: S608


def ledger(name: str, who: str, query: str, where: str, order: str = TARGET) -> Question:
    return Question(f"ledger {name}", who, f"/ledger/?{query}", lines(where, order=order))


def words(column: str, key: str) -> str:
    """Looked for in the small tables, as nobody looks through every assignment."""
    return f"""SELECT o.id FROM tasks_obligation o JOIN notices_notice n ON n.id = o.notice_id
        WHERE position({key} in {column}) > 0"""  # noqa: S608


def few(obligations: str) -> str:
    return f"{HERE} AND obligation_id = ANY (ARRAY({obligations}))"


def many(obligations: str) -> str:
    return f"{HERE} AND obligation_id IN ({obligations})"


def texts(column: str, word: str, pairs: str) -> str:
    """The newest notices whose text holds a word of two characters, by its pair."""
    return f"""
        SELECT n.id, n.title, n.doc_number FROM notices_notice n
        JOIN notices_noticetext t ON t.notice_id = n.id
        WHERE t.{column}_pairs @> {pairs} AND t.{column} LIKE '%%{word}%%'
        ORDER BY n.imported_at DESC LIMIT 50"""  # noqa: S608  all of it is ours


def pairs_of(word: str) -> str:
    return f"'{{{','.join(map(str, pairs(word)))}}}'::integer[]"


def search(name: str, who: str, query: str, column: str, word: str) -> Question:
    floor = texts(column, word, pairs_of(word))
    return Question(f"search {name}", who, f"/search/{query}", floor)


SEARCHES = (
    ("in half of all texts", "?q=质量", "whole", "质量"),
    ("in some texts", "?q=冷链", "whole", "冷链"),
    ("several words", "?q=电梯 隐患", "whole", "电梯"),
    ("a longer word", "?q=冷链食品", "whole", "冷链食品"),
    ("in no text", "?q=区块", "whole", "区块"),
    ("all of a kind", "?q=冷链&kind=text", "whole", "冷链"),
    ("while typing", "typed/?q=质量", "head", "质量"),
)
ASSIGNMENT = """
    SELECT * FROM tasks_assignment a JOIN tasks_obligation o ON o.id = a.obligation_id
    JOIN notices_notice n ON n.id = o.notice_id LEFT JOIN audit_auditevent e
    ON e.subject_kind = 'tasks.assignment' AND e.subject_key = a.id::text
    WHERE a.id = %(assignment)s"""
OF_NOTICE = "SELECT id FROM tasks_obligation WHERE notice_id = %(notice)s"
THIS_YEAR = f"""
    SELECT bureau_path, count(*), count(submitted_at), count(due_at),
           count(*) FILTER (WHERE submitted_at IS NOT NULL AND NOT is_late)
    FROM tasks_assignment WHERE obligation_id IN (
        SELECT id FROM tasks_obligation
        WHERE coalesce(due_at, issued_at) >= date_trunc('year', now())
    ) AND {HERE} GROUP BY bureau_path"""  # noqa: S608  all of it is ours
LEVELS = {"national": 1, "province": 2}  # of the counts that are kept; the county counts itself


def year_of(who: str) -> str:
    """By unit, out of the counts that are kept where there are any."""
    if who not in LEVELS:
        return THIS_YEAR
    return f"""
        SELECT path, sum(expected), sum(handed_in), sum(on_time), sum(owed) FROM tasks_unitcount
        WHERE level = {LEVELS[who]} AND path >= %(path)s AND path < %(stop)s
        AND day >= date_trunc('year', now()) GROUP BY path"""  # noqa: S608  all of it is ours


DAY = "due_at >= %(day)s::timestamptz AND due_at < %(day)s::timestamptz + interval '1 day'"

QUESTIONS = (
    *(Question("desk", who, "/", lines(WAITING, limit=10)) for who in PEOPLE),
    *(ledger("open", who, "", f"{HERE} AND {IS_OPEN}") for who in PEOPLE),
    *(ledger("all", who, "light=", HERE) for who in PEOPLE),
    ledger("waiting for me", "national", "light=mine", WAITING),
    ledger("one province", "national", "light=&bureau=330000", HERE),
    ledger("overdue", "national", "light=overdue", f"{HERE} AND {OVERDUE}"),
    ledger("overdue", "province", "light=overdue", f"{HERE} AND {OVERDUE}"),
    ledger("submitted", "national", "light=&status=submitted", f"{HERE} AND status = 'submitted'"),
    ledger("submitted", "province", "light=&status=submitted", f"{HERE} AND status = 'submitted'"),
    ledger(
        "due on a day", "national", "light=&due_from={day}&due_to={day}", f"{HERE} AND {DAY}", DUE
    ),
    ledger(
        "words: number", "national", "light=&q={number}", few(words("n.doc_number", "%(number)s"))
    ),
    ledger("words: matter", "national", "light=&q={matter}", many(words("o.title", "%(matter)s"))),
    ledger("words: matter", "county", "light=&q={matter}", many(words("o.title", "%(matter)s"))),
    ledger("words: unit", "national", "light=&q={unit}", f"{HERE} AND bureau_path = %(county)s"),
    ledger("words: nothing", "national", "light=&q=没有", few(words("o.title", "'没有'"))),
    *(
        ledger(f"sorted {sort}", "national", f"light=&sort={sort}", HERE, order)
        for sort, order in {
            "-target": "target_at DESC NULLS FIRST, bureau_path DESC, id DESC",
            "due": DUE,
            "-due": "due_at DESC NULLS FIRST, bureau_path DESC, id DESC",
            "submitted": "coalesce(submitted_at, '1970-01-01Z'), bureau_path, id",
            "-submitted": "coalesce(submitted_at, '1970-01-01Z') DESC, bureau_path DESC, id DESC",
            "bureau": "bureau_path, due_at, id",
            "-bureau": "bureau_path DESC, due_at DESC, id DESC",
        }.items()
    ),
    *(Question("assignment", who, "/assignments/{assignment}/", ASSIGNMENT) for who in PEOPLE),
    *(
        Question("obligation", who, "/obligations/{obligation}/", figures("%(obligation)s"))
        for who in PEOPLE
    ),
    *(Question("notice", who, "/notices/{notice}/", figures(OF_NOTICE)) for who in PEOPLE),
    *(Question("statistics of units", who, "/statistics/?by=unit", year_of(who)) for who in PEOPLE),
    *(search(name, who, *asked) for name, *asked in SEARCHES for who in PEOPLE),
    Question(
        "roll-up", "national", "/obligations/{obligation}/roll-up/", figures("%(obligation)s")
    ),
)
