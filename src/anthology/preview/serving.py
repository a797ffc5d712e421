"""The preview put together: a desk, who follows the edits, and a server on this machine alone, until Ctrl-C."""

from __future__ import annotations

import logging
import socket
import tempfile
import threading
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from anthology.cache import Cache
from anthology.config import load_config
from anthology.editions.making import warm_up_for
from anthology.editions.workshop import Workshop, setting_workers
from anthology.interruptions import deaf_threads
from anthology.preview.desk import Desk
from anthology.preview.editors import template_of
from anthology.preview.following import Follower
from anthology.preview.paper import Paper
from anthology.preview.screen import Screen
from anthology.problems import AnthologyError, Problem, UsageError
from anthology.project import CONFIG, Project

if TYPE_CHECKING:
    from collections.abc import Callable

_LOOPBACK = "127.0.0.1"
# The first that is tried: the page of a book then stands where it stood yesterday.
_USUAL_PORT = 4747


@dataclass(frozen=True, slots=True)
class Settings:
    """How to show a book: on which port (0: the usual one, or any that is free), with how many processes.

    What was read is kept in `cache`; without one, until the end only. `editor` is the name of an editor or an address
    that opens a file in it.
    """

    port: int = 0
    jobs: int = 1
    cache: Cache | None = None
    editor: str = ""


def preview(root: Path, settings: Settings, ready: Callable[[str], None]) -> None:
    """Show the project in `root` until KeyboardInterrupt, which is how it ends; nothing is written into it.

    `ready` is told the address once the page can be opened. Raises ContentError where there is no project, UsageError
    where the port is taken.
    """
    from werkzeug.serving import WSGIRequestHandler, make_server

    from anthology.preview.server import Application

    Project(root).config()

    class Silent(WSGIRequestHandler):
        """Says nothing of what it is asked for."""

        def log(self, type: str, message: str, *args: object) -> None:
            """Say nothing."""

    # Ctrl-C passes through the stack, so that the workers are killed and not waited for.
    with suppress(KeyboardInterrupt), ExitStack() as stack:
        listening = stack.enter_context(_listen(settings.port))
        cache = settings.cache or Cache(
            Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="anthology-")))
        )
        workers = stack.enter_context(setting_workers(settings.jobs))
        workshop = Workshop(workers, settings.jobs, cache)
        _warm_up(workshop, root)
        desk = Desk(root, settings.jobs, cache, workers)
        application = Application(desk, Screen(workshop), Paper(workshop), template_of(settings.editor))
        port = listening.getsockname()[1]
        server = make_server(
            _LOOPBACK, port, application, threaded=True, request_handler=Silent, fd=listening.fileno()
        )
        # Who is answered at the end gets no answer any more, and nobody is to read about it.
        stack.callback(setattr, logging.getLogger("werkzeug"), "disabled", True)
        with deaf_threads():
            threading.Thread(target=server.serve_forever, name="server", daemon=True).start()
        ready(f"http://{_LOOPBACK}:{port}/")
        # Here, where Ctrl-C is heard: the reading of a large book is broken off like any build.
        Follower(root, [cache.folder]).follow(desk.refresh)


def _listen(port: int) -> socket.socket:
    """Take a port of this machine: the one that is asked for, or the usual one, or any that is free."""
    for wanted in [port] if port else [_USUAL_PORT, 0]:
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((_LOOPBACK, wanted))
            listening.listen()
        except OSError:
            listening.close()
            continue
        return listening
    message = f"port {port} is taken, or may not be had"
    raise UsageError(
        Problem("B030", "error", message, None, "leave out --port, and any that is free is taken")
    )


def _warm_up(workshop: Workshop, root: Path) -> None:
    """Have a worker get ready to set pages while the book is being read, if it is known yet what they are like."""
    with suppress(AnthologyError):
        config = load_config(Project(root).config(), CONFIG)
        warm_up_for(workshop, root, config, config.editions)
