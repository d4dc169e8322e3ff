"""The secret key: refused when it is weak, made once when a development checkout has none."""

import os
import secrets
from pathlib import Path

from config.environment import complain

# Words of keys copied from a sample, a tutorial or startproject.
SAMPLES = (
    "insecure",
    "change",
    "secret",
    "example",
    "sample",
    "password",
    "default",
    "your-",
    "xxxx",
    "replace",
)
SHORTEST = 50


def strong(key: str) -> str:
    """``key``, when it is long and random enough to sign sessions with; else raise."""
    advice = "make one with: python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"
    if len(key) < SHORTEST or len(set(key)) < 10:
        raise complain(
            "SECRET_KEY",
            f"is too short or too uniform ({SHORTEST} random characters wanted), {advice}",
        )
    if any(word in key.lower() for word in SAMPLES):
        raise complain("SECRET_KEY", f"looks like a sample, {advice}")
    return key


def kept(path: Path) -> str:
    """The development key in ``path``, made on first use and readable by its owner only.

    Two processes starting together agree: the file appears whole, and only once. Where nothing can
    be written (read-only media), the key lives as long as the process.
    """
    if path.is_file():
        return path.read_text(encoding="ascii").strip()
    key = secrets.token_hex(40)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft.touch(mode=0o600)
        draft.write_text(key, encoding="ascii")
        try:
            os.link(draft, path)
        except FileExistsError:
            key = path.read_text(encoding="ascii").strip()
        finally:
            draft.unlink()
    except OSError:
        return key
    return key
