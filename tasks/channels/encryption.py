"""Secrets that have to be used again, and so cannot be hashed: kept encrypted under SECRET_KEY.

Fernet (AES-128-CBC with HMAC-SHA256) with a key of its own, derived by HKDF. Another SECRET_KEY
makes what was sealed unreadable; it then has to be typed in again.
"""

import base64

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class Unreadable(Exception):
    """Sealed under another key, or damaged."""


def seal(text: str) -> str:
    return _box().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """Raises Unreadable."""
    try:
        return _box().decrypt(sealed.encode()).decode()
    except InvalidToken as fault:
        raise Unreadable("SECRET_KEY 已更换，无法读出，请重新填写") from fault


def _box() -> Fernet:
    derive = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"tasks.sealing")
    return Fernet(base64.urlsafe_b64encode(derive.derive(settings.SECRET_KEY.encode())))
