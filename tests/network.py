"""Tests talk to this machine only: an outside call fails loudly, whoever makes it."""

import ipaddress
import sys


class OutsideCall(BaseException):
    """Not an Exception: code that survives a dead network must not survive this."""


def install() -> None:
    """Watch every connection and name look-up of this process from here on."""
    sys.addaudithook(_watch)


def _watch(event: str, arguments: tuple) -> None:
    if event in ("socket.connect", "socket.sendto"):
        address = arguments[1]
        if isinstance(address, tuple) and not _is_here(address[0]):
            raise OutsideCall(f"a test tried to reach {address[0]}:{address[1]}")
    elif event == "socket.getaddrinfo" and not _is_here(arguments[0]):
        raise OutsideCall(f"a test tried to look up {arguments[0]}")


def _is_here(host) -> bool:
    name = host.decode() if isinstance(host, bytes) else host
    if name in (None, "", "localhost"):
        return True
    try:
        return ipaddress.ip_address(name.partition("%")[0]).is_loopback
    except ValueError:
        return False
