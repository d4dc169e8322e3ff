"""A reminder that did not arrive: the filler of 浙江 has no address."""

from bureaus.models import Staff
from tasks.models import Delivery
from tasks.reminders.actions import ticking
from tests.factories import RUNGS

AT = RUNGS["T-10"]
USERNAME = "330000.filler"


def without_address(task) -> Delivery:
    """It was given up at once."""
    register("")
    ticking.tick(AT)
    return Delivery.objects.by_mail().get(state="failed")


def register(address="new@example.test"):
    Staff.objects.filter(username=USERNAME).update(email=address)
