"""Chromium without a window, held by a test: pages opened, keys pressed, questions asked of what is shown."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from screens import BROWSER

# A loaded machine takes its time.
PATIENCE = 60.0

# What the DevTools protocol wants to know of keys that write nothing.
_CODES = {"Escape": 27, "Enter": 13, "Tab": 9, "ArrowDown": 40, "ArrowUp": 38}


class Window:
    """A page in the browser, led over the DevTools protocol (chromedevtools.github.io/devtools-protocol)."""

    def __init__(self, orders: int, answers: int) -> None:
        self._orders = os.fdopen(orders, "wb", buffering=0)
        self._answers = os.fdopen(answers, "rb")
        self._read = b""
        self._number = 0
        self._session = ""
        self.complaints: list[str] = []
        target = self._order("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._order("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self._order(f"{domain}.enable")

    def open(self, address: str) -> None:
        """Open a page, and wait until all of it is there."""
        self._order("Page.navigate", url=address)
        self.wait("document.readyState === 'complete'")

    def resize(self, width: int, height: int, sharpness: float = 1) -> None:
        """Make the window so many pixels wide and high."""
        self._order(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=sharpness,
            mobile=False,
        )

    def prefer(self, **features: str) -> None:
        """Let whoever looks prefer what media queries ask for; underscores stand for hyphens."""
        named = [
            {"name": f"prefers-{name.replace('_', '-')}", "value": value} for name, value in features.items()
        ]
        self._order("Emulation.setEmulatedMedia", features=named)

    def ask(self, expression: str) -> Any:
        """Give what a JavaScript expression comes to in the page; promises are waited for."""
        answer = self._order(
            "Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True, userGesture=True
        )
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def wait(self, expression: str, seconds: float = PATIENCE) -> Any:
        """Ask until the answer is true, and give it; fail where that takes longer than so many seconds."""
        until = time.monotonic() + seconds
        while not (answer := self.ask(expression)):
            assert time.monotonic() < until, f"it never came to be: {expression}\n{self.complaints}"
            time.sleep(0.05)
        return answer

    def press(self, key: str) -> None:
        """Press a key, and let it go."""
        # Only with its character does Enter press a button.
        text = {"text": "\r" if key == "Enter" else key} if len(key) == 1 or key == "Enter" else {}
        code = {"windowsVirtualKeyCode": _CODES.get(key, 0)}
        self._order("Input.dispatchKeyEvent", type="keyDown", key=key, **text, **code)
        self._order("Input.dispatchKeyEvent", type="keyUp", key=key, **code)

    def picture(self, path: Path) -> None:
        """Take a picture of the window, to be looked at."""
        path.write_bytes(base64.b64decode(self._order("Page.captureScreenshot", format="png")["data"]))

    def _order(self, method: str, **values: Any) -> Any:
        self._number += 1
        message = {"id": self._number, "method": method, "params": values}
        if self._session:
            message["sessionId"] = self._session
        self._orders.write(json.dumps(message).encode() + b"\0")
        while True:
            told = self._next()
            if told.get("id") == self._number:
                assert "error" not in told, told["error"]
                return told["result"]
            self._hear(told)

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._read:
            more = os.read(self._answers.fileno(), 1 << 16)
            assert more, "Chromium has ended"
            self._read += more
        told, _, self._read = self._read.partition(b"\0")
        answer: dict[str, Any] = json.loads(told)
        return answer

    def _hear(self, told: dict[str, Any]) -> None:
        """Note what the browser complains of: faults of scripts, and what a policy forbade."""
        values = told.get("params", {})
        if told.get("method") == "Runtime.exceptionThrown":
            self.complaints.append(str(values["exceptionDetails"]))
        if told.get("method") == "Log.entryAdded" and values["entry"]["level"] in ("error", "warning"):
            self.complaints.append(values["entry"]["text"])


@contextmanager
def chromium(folder: Path) -> Iterator[Window]:
    """Start Chromium with a profile of its own in a folder, and give its window; it reaches this machine alone."""
    assert BROWSER
    theirs, orders = os.pipe()
    answers, ours = os.pipe()
    options = ["--headless", "--disable-gpu", "--remote-debugging-pipe", f"--user-data-dir={folder}"]
    options += ["--no-first-run", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
    if getattr(os, "geteuid", lambda: 1)() == 0:
        options.append("--no-sandbox")  # Chromium refuses its sandbox to the administrator
    # It reads orders from 3, and writes answers to 4.
    command = ["bash", "-c", f'exec "$0" "$@" 3<&{theirs} 4>&{ours}', BROWSER, *options]
    with subprocess.Popen(
        command,
        pass_fds=(theirs, ours),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        os.close(theirs)
        os.close(ours)
        try:
            yield Window(orders, answers)
        finally:
            process.terminate()
