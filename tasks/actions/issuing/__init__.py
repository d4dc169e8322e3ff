"""下发: what goes out to bureaus and on which terms, what is refused, how it is taken back."""

from tasks.actions.issuing.conditions import check_soon
from tasks.actions.issuing.outgoing import add, issue, split
from tasks.actions.issuing.taking_back import take_back
from tasks.actions.issuing.terms import Terms

__all__ = ["Terms", "add", "check_soon", "issue", "split", "take_back"]
