class BureauError(Exception):
    """A change to units or people is refused; the message is fit to be shown."""
