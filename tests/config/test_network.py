import socket

import pytest

from scripts.valkey import free_port
from tests.network import OutsideCall

pytestmark = pytest.mark.once


def test_connection_to_the_outside_fails_the_test():
    with socket.socket() as connection, pytest.raises(OutsideCall, match=r"192\.0\.2\.1:80"):
        connection.connect(("192.0.2.1", 80))


def test_looking_up_a_name_fails_the_test():
    with pytest.raises(OutsideCall, match=r"tracker\.invalid"):
        socket.getaddrinfo("tracker.invalid", 80)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_this_machine_is_reached(host):
    port = free_port()
    with socket.create_server(("127.0.0.1", port)), socket.create_connection((host, port)) as there:
        assert there.getpeername() == ("127.0.0.1", port)
