"""Telephone numbers as lists show them: enough to recognise, not enough to call."""

import re

_RUN = re.compile(r"\d{7,}")


def masked(phone: str) -> str:
    """13800001234 becomes 138****1234; of a shorter number only the last four digits stay."""
    return _RUN.sub(_hide, phone)


def _hide(run: re.Match[str]) -> str:
    digits = run[0]
    shown = 3 if len(digits) >= 11 else 0
    return digits[:shown] + "*" * (len(digits) - shown - 4) + digits[-4:]
