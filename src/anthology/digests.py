"""Digests of content, as keys of what is kept."""

from __future__ import annotations

import hashlib


def digest(*parts: bytes | str) -> str:
    """Make a key: a SHA-256 over the parts and their lengths, in hexadecimal figures."""
    total = hashlib.sha256()
    for part in parts:
        # Names of files may hold bytes that are no UTF-8, which Python keeps as surrogates.
        data = part.encode(errors="surrogatepass") if isinstance(part, str) else part
        total.update(len(data).to_bytes(8, "big"))
        total.update(data)
    return total.hexdigest()


def digest_of_file(data: bytes | None) -> str:
    """Digest what a file holds, in hexadecimal figures; the empty string for one that is not there."""
    return "" if data is None else hashlib.sha256(data).hexdigest()
