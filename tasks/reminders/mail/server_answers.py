"""What a mail server answered, as it said it: smtplib gives it as Python would print it. Pure."""

from smtplib import SMTPRecipientsRefused, SMTPResponseException

Answer = tuple[int, str]


def answers(fault: OSError) -> list[Answer]:
    """(code, words); none where the line broke before there was one."""
    if isinstance(fault, SMTPRecipientsRefused):
        return [(code, _text(words)) for code, words in fault.recipients.values()]
    if isinstance(fault, SMTPResponseException):
        return [(fault.smtp_code, _text(fault.smtp_error))]
    return []


def in_words(fault: OSError) -> str:
    """550 5.1.1 no such mailbox; where there was no answer, what the machine says itself."""
    return "；".join(f"{code} {words}" for code, words in answers(fault)) or str(fault)


def _text(words: bytes | str) -> str:
    """Servers of this country answer in UTF-8 or in GBK, some in several lines."""
    if isinstance(words, bytes):
        try:
            words = words.decode()
        except UnicodeDecodeError:
            words = words.decode("gb18030", errors="replace")
    return " ".join(words.split())
