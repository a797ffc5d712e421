"""No network: what the program itself never asks for, no library may ask for on its behalf either."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

# What Python asks leave for before it finds a host or speaks to one (the audit events of its library), with the place
# of the address among the arguments.
_EVENTS = {
    "socket.connect": 1,
    "socket.sendto": 1,
    "socket.sendmsg": 1,
    "socket.getaddrinfo": 0,
    "socket.gethostbyname": 0,
    "socket.gethostbyaddr": 0,
}

# How many callers want no network at this moment.
_callers = [0]


@contextmanager
def offline(unless: object = None) -> Iterator[None]:
    """Refuse every connection to a host that this process would make meanwhile; with a true `unless`, none.

    What tries all the same gets a PermissionError.
    """
    if unless:
        yield
        return
    _watch()
    _callers[0] += 1
    try:
        yield
    finally:
        _callers[0] -= 1


def stay_offline() -> None:
    """Refuse every connection to a host from now on, for as long as this process lives."""
    _watch()
    _callers[0] += 1


@cache
def _watch() -> None:
    # Once: what is added here can never be taken away.
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event not in _EVENTS or not _callers[0]:
        return
    address = arguments[_EVENTS[event]]
    # That of a host has a name and a port; a socket between processes has a path, or nothing.
    if event in {"socket.connect", "socket.sendto", "socket.sendmsg"} and not isinstance(address, tuple):
        return
    raise PermissionError(f"nothing is fetched from the network: {address}")
