"""Digests of content, as keys of what is kept."""

from __future__ import annotations

import hashlib


def digest(*parts: bytes | str) -> str:
    """Make a key: a SHA-256 over the parts and their lengths, in hexadecimal figures."""
    total = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        total.update(len(data).to_bytes(8, "big"))
        total.update(data)
    return total.hexdigest()
