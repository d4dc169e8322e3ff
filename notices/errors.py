class NoticeError(Exception):
    """A notice cannot be taken in, checked or filed as asked; the message is fit to be shown."""
