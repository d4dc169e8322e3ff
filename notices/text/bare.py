"""Reads a single clause that stands alone, without the notice around it."""

from datetime import date

from notices.text import clauses, deadline_words, due, sentences, verbs
from notices.text.deadlines import Deadline, UndatedDeadline
from notices.text.normalize import fold, squeeze
from notices.text.obligations import ObligationReading, Setting


def obligations(
    text: str,
    issued_on: date | None = None,
    *,
    issuers: tuple[str, ...] = (),
    recipients: str = "",
    attachments: tuple[str, ...] = (),
) -> list[ObligationReading]:
    """The reporting obligations of a clause or a few sentences; quotes are runs of `text`."""
    setting = Setting(text, issued_on, issuers, recipients, attachments)
    return clauses.read([squeeze(fold(text), 0, len(text))], setting)


def deadlines(text: str, issued_on: date | None = None) -> list[Deadline]:
    """When a clause asks for something to be handed in, whoever has to: never empty.

    Unlike `obligations` this asks nothing about whose duty it is, so it reads regulations as well.
    """
    found = obligations(text, issued_on)
    if found:
        return [item.deadline for item in found]
    for sentence in sentences.split(squeeze(fold(text), 0, len(text))):
        mentions = deadline_words.find(sentence.text, issued_on)
        acts = verbs.find(sentence)
        if acts:
            return due.of_verb(sentence, acts[0], 0, mentions)[0]
        if firm := [m.rule for m in mentions if m.firm]:
            return firm
    return [UndatedDeadline()]
