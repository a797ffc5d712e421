"""No network: refused to whoever asks, for as long as it is not wanted."""

from __future__ import annotations

import socket
from collections.abc import Callable

import pytest

from anthology.offline import offline
from anthology.workers import Workers

ATTEMPTS: dict[str, Callable[[], object]] = {
    "connect": lambda: socket.create_connection(("127.0.0.1", 9), 1),
    "host": lambda: socket.getaddrinfo("example.invalid", 80),
    "name": lambda: socket.gethostbyname("example.invalid"),
    "datagram": lambda: socket.socket(type=socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", 9)),
}


@pytest.mark.parametrize("attempt", ATTEMPTS.values(), ids=list(ATTEMPTS))
def test_no_library_reaches_a_host(attempt: Callable[[], object]) -> None:
    """Names are not looked up and hosts not spoken to while offline; a pair of sockets of this process still talks."""
    with offline(), pytest.raises(PermissionError, match="nothing is fetched from the network"):
        attempt()
    with offline():
        one, other = socket.socketpair()
        one.sendmsg([b"x"])
        assert other.recv(1) == b"x"
        one.close()
        other.close()


def test_what_has_leave_is_not_kept_from_it() -> None:
    """Afterwards, and with leave, a host is reached."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        with offline(), offline():
            pass
        with offline(unless="leave"):
            socket.create_connection(server.getsockname(), 5).close()
        socket.create_connection(server.getsockname(), 5).close()


def test_processes_that_work_reach_no_host() -> None:
    """A worker has no network at any time."""
    with Workers(1) as workers, pytest.raises(PermissionError, match="nothing is fetched from the network"):
        workers.submit(socket.create_connection, ("127.0.0.1", 9), 1).result()
