from tasks.models.address_fault import AddressFault
from tasks.models.assignment import Assignment
from tasks.models.channel import Preference, RobotAddress
from tasks.models.deadline import DeadlineChange, Extension
from tasks.models.event import DeskLook, Event
from tasks.models.feed import Feed
from tasks.models.obligation import Obligation
from tasks.models.policy import ReminderPolicy
from tasks.models.recount import DateMove, DeadlineDoubt, Recount
from tasks.models.reminder import Delivery, Milestone, Urge
from tasks.models.saved_view import SavedView
from tasks.models.search import ObligationText, search_text
from tasks.models.shown_columns import ShownColumns
from tasks.models.unit_count import UnitCount
from tasks.models.urge_sheet import UrgeSerial, UrgeSheet

__all__ = [
    "AddressFault",
    "Assignment",
    "DateMove",
    "DeadlineChange",
    "DeadlineDoubt",
    "Delivery",
    "DeskLook",
    "Event",
    "Extension",
    "Feed",
    "Milestone",
    "Obligation",
    "ObligationText",
    "Preference",
    "Recount",
    "ReminderPolicy",
    "RobotAddress",
    "SavedView",
    "ShownColumns",
    "UnitCount",
    "Urge",
    "UrgeSerial",
    "UrgeSheet",
    "search_text",
]
