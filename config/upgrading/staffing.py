"""People come, stand in for each other and go; the three administrators confirm posts."""

from django.test.utils import override_settings

from audit import job_runs, verification
from bureaus.actions import hints, people, posts, sessions, throttle
from bureaus.roles import Role
from config.demo.people import holder, send_away
from config.upgrading.desk import DAY, NOW, at, central, coordinator
from tasks.actions import handovers


@override_settings(SEPARATE_ADMINS=True)
def come() -> None:
    """A newcomer with a post confirmed and one still asked for; a deputy for some days."""
    bureau = at("340000")
    admin = holder(Role.UNIT_ADMIN, bureau)
    confirms = holder(Role.SECURITY_ADMIN, central())
    newcomer, _ = people.add(
        bureau,
        username="xinren.shili",
        name="示例新人",
        now=NOW,
        by=admin,
        email="new@example.test",
    )
    given = posts.grant(newcomer, Role.FILLER, bureau=bureau, now=NOW, by=admin)
    posts.confirm(given, now=NOW, by=confirms)
    posts.grant(newcomer, Role.REVIEWER, bureau=bureau, now=NOW, by=admin)
    people.edit(
        newcomer,
        name="示例新人",
        phone="000-00000001",
        email="",
        expires_on=None,
        now=NOW,
        by=admin,
    )
    send_away(NOW)


def leave() -> None:
    """A filler goes; a colleague succeeds in the post and the work in hand."""
    bureau = at("440000")
    handovers.leave(
        holder(Role.FILLER, bureau),
        successor=holder(Role.REVIEWER, bureau),
        now=NOW + DAY,
        by=holder(Role.UNIT_ADMIN, bureau),
    )


def log_in() -> None:
    sessions.opened(coordinator())
    sessions.refused("nobody")
    throttle.failed("192.0.2.1", now=NOW)


def look_after() -> None:
    """The system administrator's part: the chains were walked, the workers have a pulse."""
    verification.verify(NOW)
    job_runs.ended(job_runs.TICK, NOW)
    hints.hide(Role.COORDINATOR, now=NOW, by=coordinator())
