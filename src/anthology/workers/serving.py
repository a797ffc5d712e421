"""What goes on in a worker process: tasks come through a pipe, what came of them goes back.

A message to the worker is a pickled function with its arguments. The worker answers first STARTED, once it has
imported what the task needs, then RESULT or FAULT with the pickled value or exception.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
import tempfile
import threading
import time
from contextlib import suppress
from multiprocessing import forkserver
from pathlib import Path
from typing import TYPE_CHECKING

from anthology.offline import stay_offline

if TYPE_CHECKING:
    from collections.abc import Mapping
    from multiprocessing.connection import Connection

STARTED, RESULT, FAULT = b"s", b"r", b"f"

# The exit code of a worker that has gone over its memory: one that nothing else leaves with.
OVER_MEMORY = 173

# Often enough to notice a process that fills memory as fast as it can before it is 200 MB too large.
_SECONDS_BETWEEN_LOOKS = 0.05

# Addresses that a process reserves without ever filling them: fonts and libraries that lie on the disk, the heaps
# of its threads. WeasyPrint with all its fonts takes half of it.
_UNFILLED_MEGABYTES = 512
_MEGABYTE = 2**20
# Tasks make many objects that live as long as they do: to look through them all for circles every few hundred, as
# Python does by default, takes a tenth of a worker's time.
_OBJECTS_BETWEEN_COLLECTIONS = 50_000


def serve(pipe: Connection, owner: int, megabytes: int, scratch: str, environment: Mapping[str, str]) -> None:
    """Do tasks until the pipe is closed, or the process `owner` is gone, or memory exceeds `megabytes`.

    Temporary files go into the folder `scratch`; `environment` is the owner's as it is now, which may be another than
    when the process was started that this one was forked from.
    """
    if os.name == "posix":
        _keep_to_itself()
        _end_with_parent()
        threading.Thread(target=_watch, args=(owner, megabytes), daemon=True).start()
        if dict(os.environ) != environment:
            os.environ.clear()
            os.environ.update(environment)
    tempfile.tempdir = scratch
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    # What may be fetched is fetched by the owner.
    stay_offline()
    while True:
        try:
            payload = pipe.recv_bytes()
            reply = _do(payload, pipe, megabytes)
            del payload
            pipe.send_bytes(reply)
            if not gc.get_freeze_count():
                # What the first task has loaded stays to the end.
                gc.collect()
                gc.freeze()
        except (EOFError, OSError):
            return
        except MemoryError:
            os._exit(OVER_MEMORY)


def _do(payload: bytes, pipe: Connection, megabytes: int) -> bytes:
    try:
        _limit_addresses(megabytes)
        fn, args, kwargs = pickle.loads(payload)
        pipe.send_bytes(STARTED)
        result = fn(*args, **kwargs)
    except MemoryError:
        raise
    except BaseException as error:
        return FAULT + _pickled_fault(error)
    try:
        return RESULT + pickle.dumps(result, pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        raise
    except Exception as error:
        text = f"what came of the task cannot be sent: {type(error).__name__}: {error}"
        return FAULT + pickle.dumps(RuntimeError(text))


def _pickled_fault(error: BaseException) -> bytes:
    import traceback

    text = "".join(traceback.format_exception(error))
    try:
        error.add_note(f"In a worker process:\n{text}")
        data = pickle.dumps(error)
        # Many exceptions can be taken apart and not put together again.
        pickle.loads(data)
    except Exception:
        plain = RuntimeError(f"{type(error).__name__}: {error}")
        plain.add_note(f"In a worker process:\n{text}")
        return pickle.dumps(plain)
    return data


def _keep_to_itself() -> None:
    """Hear nothing of the terminal and say nothing to it: Ctrl-C, Ctrl-Z and words are its owner's affair."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    os.setpgid(0, 0)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
    os.close(nowhere)


def _end_with_parent() -> None:
    """Ask the system to end this process even in the middle of C code, where it can do that.

    The parent is the owner, or the process that this one was forked from, which ends with the owner: when nobody
    holds the other end of a pipe any more. Python hands that end to workers too, so that they could start others.
    """
    held = getattr(forkserver._forkserver, "_forkserver_alive_fd", None)
    if held is not None:
        os.close(held)
    if sys.platform == "linux":
        import ctypes

        pr_set_pdeathsig = 1
        ctypes.CDLL(None).prctl(pr_set_pdeathsig, int(signal.SIGKILL))


def _watch(owner: int, megabytes: int) -> None:
    # Whoever the parent is by now: where it died before the system was asked, the owner is gone as well.
    parent = os.getppid()
    while os.getppid() == parent and _lives(owner):
        if _peak_megabytes() > megabytes:
            os._exit(OVER_MEMORY)
        time.sleep(_SECONDS_BETWEEN_LOOKS)
    os._exit(0)


def _lives(process: int) -> bool:
    """Tell whether there is a process with this number."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _peak_megabytes() -> float:
    """Tell the most memory that this process has had."""
    import resource

    if sys.platform == "linux":
        # Not `ru_maxrss`: a new process inherits there what its parent had.
        for line in Path("/proc/self/status").read_bytes().splitlines():
            if line.startswith(b"VmHWM:"):
                return int(line.split()[1]) / 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (_MEGABYTE if sys.platform == "darwin" else 1024)


def _limit_addresses(megabytes: int) -> None:
    """Let an allocation fail that would go far beyond the budget: one step can be larger than the machine.

    The watch cannot look while C code holds Python's lock. Systems without `/proc` have the watch alone.
    """
    with suppress(OSError, ValueError):
        import resource

        pages = Path("/proc/self/statm").read_bytes().split()
        size, resident = (int(count) * resource.getpagesize() for count in pages[:2])
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        limit = size - resident + (megabytes + _UNFILLED_MEGABYTES) * _MEGABYTE
        if hard != resource.RLIM_INFINITY:
            limit = min(limit, hard)
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
