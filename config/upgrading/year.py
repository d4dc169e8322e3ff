"""What happened in the office: something for every table, through the actions that people use."""

from config.demo import directives, stories
from config.upgrading import copies, deadlines, papers, reminding, staffing
from config.upgrading.desk import DAY, NOW, central, coordinator
from notices.actions import checking, ingest, intake
from notices.actions.originals import HandedIn
from notices.models import Notice
from notices.text.deadlines.office_time import local_day

TOLD = ("running", "undated", "monthly", "to_check")
BEFORE_A_FESTIVAL = "各单位请于2027年春节前将节日市场监管情况报送总局（附件1）。"


def tell() -> None:
    """From the first notice to the last reminder."""
    _take_in()
    deadlines.extend()
    deadlines.amend()
    deadlines.go_astray()
    deadlines.end()
    papers.fill_in()
    papers.merge()
    papers.hand_files_in()
    papers.correct_the_form()
    papers.look_back()
    copies.correct()
    reminding.plan()
    reminding.urge()
    reminding.go_out()
    reminding.subscribe()
    reminding.keep_views()
    deadlines.announce_a_year()
    staffing.come()
    staffing.leave()
    staffing.log_in()
    staffing.look_after()


def _take_in() -> None:
    """Notices in every state, and a scan that no worker has read yet."""
    office, today = stories.Office(), local_day(NOW)
    festival = directives.example(
        "undated", "节日市场监管情况", 17, today - 7 * DAY, BEFORE_A_FESTIVAL
    )
    for directive in [*directives.current(today), festival]:
        if directive.story in TOLD:
            stories.tell(directive, office, now=NOW)
    _add_and_discard()
    scan = [("扫描件.pdf", papers.PDF)]
    intake.hand_in(scan, bureau=central(), now=NOW, by=coordinator())


def _add_and_discard() -> None:
    by = coordinator()
    waiting = Notice.objects.get(doc_number__contains="〕15号")
    quote = "各地的重要情况和工作信息请及时报送总局。"
    checking.add_clause(waiting, quote=quote, deliverable="情况", due_on=None, now=NOW, by=by)
    late = next(each for each in directives.current(local_day(NOW)) if each.story == "late")
    with HandedIn([("误传.txt", late.text.encode())]) as handed_in:
        taken = ingest.take_in(
            late.text,
            source_name="误传.txt",
            handed_in=handed_in,
            bureau=central(),
            now=NOW,
            by=by,
        )
    checking.discard(taken, reason="误传", now=NOW, by=by)
