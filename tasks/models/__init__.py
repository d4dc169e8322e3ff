from tasks.models.assignment import Assignment
from tasks.models.obligation import Obligation
from tasks.models.reminder import Delivery, Milestone

__all__ = ["Assignment", "Delivery", "Milestone", "Obligation"]
