"""Reads a single clause that stands alone, without the notice around it."""

from datetime import date

from notices.text.characters import sentences
from notices.text.characters.normalize import fold, squeeze
from notices.text.clauses import acts, clauses, deadlines_of_acts, model
from notices.text.clauses.lexicon import Tokens
from notices.text.clauses.model import Judge
from notices.text.clauses.obligations import ASKS_PUBLIC, ObligationReading, Setting
from notices.text.deadlines import finding as deadline_words
from notices.text.deadlines.dates import BaseDay
from notices.text.deadlines.rules import Deadline, UndatedDeadline


def obligations(
    text: str,
    issued_on: BaseDay | date | None = None,
    *,
    issuers: tuple[str, ...] = (),
    recipients: str = "",
    attachments: tuple[str, ...] = (),
    judge: Judge = model.sure,
) -> list[ObligationReading]:
    """The reporting obligations of a clause or a few sentences; quotes are runs of `text`."""
    folded = _closed(text)
    public = bool(ASKS_PUBLIC.search(folded))
    setting = Setting(text, issued_on, issuers, recipients, attachments, public)
    return clauses.read([sentences.paragraph(squeeze(folded, 0, len(folded)))], setting, judge)


def _closed(text: str) -> str:
    """Folded, with the full stop that a clause cut out of its sentence lacks."""
    folded = fold(text)
    return folded if folded.rstrip().endswith(("。", ";", "!")) else folded + "。"


def deadlines(text: str, issued_on: date | None = None) -> list[Deadline]:
    """When a clause asks for something to be handed in, whoever has to: never empty.

    Unlike `obligations` this asks nothing about whose duty it is, so it reads regulations as well.
    """
    folded = _closed(text)
    for sentence in sentences.split(squeeze(folded, 0, len(folded))):
        mentions = deadline_words.find(sentence.text, issued_on or _UNDATED_TEXT)
        if issued_on is None:
            mentions = [deadline_words.every_year(m) for m in mentions]
        if found := acts.find(sentence, Tokens(sentence.masked)):
            return deadlines_of_acts.of_verb(sentence, found[0], 0, mentions)[0]
        if firm := [m.rule for m in mentions if m.firm]:
            return firm
    return [UndatedDeadline()]


_UNDATED_TEXT = date(2000, 1, 1)
