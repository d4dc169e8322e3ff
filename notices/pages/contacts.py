"""Whom to ask about a notice, with as little of their data as the page needs."""

import re


def masked(contacts: list[dict]) -> list[dict]:
    """Name and telephones of each contact of a reading, the middle of each number hidden."""
    return [
        {"name": contact["name"] or "联系电话", "phones": [mask(p) for p in contact["phones"]]}
        for contact in contacts
        if contact["name"] or contact["phones"]
    ]


def mask(phone: str) -> str:
    """010-00001234 as 010-****1234: the area code and the last four digits stay."""
    digits = re.sub(r"\D", "", phone)
    area = re.match(r"\(?(0\d{2,3})[)\s—-]", phone)
    return f"{area[1]}-****{digits[-4:]}" if area else f"****{digits[-4:]}"
