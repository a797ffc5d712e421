"""Addresses outside the book, written so that every reading system and every checker takes them.

What people paste is what browsers forgive: brackets in a query, a stray `%`, a second `#`. Browsers mend it by the
rules of the URL Standard (WHATWG), and so does this; what they would refuse is no address.
"""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import unquote

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
# Schemes whose addresses name a host (URL Standard, 4.2, "special").
_WITH_HOST = frozenset({"http", "https", "ftp"})

# Characters that are no URL code points (URL Standard, 4.3), and `%` where it begins no escape.
_NOT_IN_ADDRESS = re.compile(
    "%(?![0-9A-Fa-f]{2})|[^%A-Za-z0-9!$&'()*+,\\-./:;=?@_~\u00a0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd"
    + "".join(f"{chr(plane * 0x10000)}-{chr(plane * 0x10000 + 0xFFFD)}" for plane in range(1, 17))
    + "]"
)
_NOT_IN_HOST = re.compile(r'[\x00-\x20"#%/:<>?@\[\\\]^`{|}\x7f]')
_MOST_PORT = 65_535
# A digital object identifier has no address of its own in the list of schemes; its resolver has (ISO 26324).
_DOI = "https://doi.org/"


def valid_address(written: str) -> str:
    """Write an address of the web, of mail or the like in its valid form; empty where it can be none.

    An address without a scheme (`//example.org`) gets `https`, for a book comes from no server.
    """
    written = "".join(written.split("\t")).strip()
    if written.startswith(("//", "\\\\")):
        written = f"https:{written}"
    found = _SCHEME.match(written)
    if not found:
        return ""
    scheme, rest = found.group(1).lower(), written[found.end() :]
    if scheme == "doi":
        return _DOI + _escaped(rest.lstrip("/"))
    if scheme not in _WITH_HOST and not rest.strip("/"):
        return ""
    if scheme not in _WITH_HOST:
        return f"{scheme}:{_with_fragment(rest)}"
    rest = re.sub(r"^[/\\]*", "", rest)
    end = re.search(r"[/\\?#]|$", rest)
    assert end  # the end of a text is always found
    authority, rest = rest[: end.start()], rest[end.start() :]
    path, mark, behind = _parted(rest)
    host = _authority(authority)
    return f"{scheme}://{host}{_with_fragment(path.replace(chr(92), '/') + mark + behind)}" if host else ""


def mail_address(written: str) -> str:
    """Write the address that a letter to somebody goes to (`mailto:`, RFC 6068); empty for what is no mailbox."""
    mailbox = re.fullmatch(r"[^\s@<>()\[\],;:\\\"]+@[^\s@<>()\[\],;:\\\"]+", written)
    return valid_address(f"mailto:{written}") if mailbox else ""


def _parted(rest: str) -> tuple[str, str, str]:
    """Part a path from the query or fragment behind it."""
    found = re.search(r"[?#]", rest)
    return (rest[: found.start()], found.group(), rest[found.end() :]) if found else (rest, "", "")


def _with_fragment(rest: str) -> str:
    before, mark, fragment = rest.partition("#")
    return f"{_escaped(before)}{mark}{_escaped(fragment)}"


def _escaped(text: str) -> str:
    return _NOT_IN_ADDRESS.sub(
        lambda found: "".join(f"%{byte:02X}" for byte in found.group().encode("utf-8", "replace")), text
    )


def _authority(written: str) -> str:
    """Give host and port, and who asks if that is said; empty where there is no such host."""
    user, at, place = written.rpartition("@")
    if place.startswith("["):
        host, _, port = place.partition("]")
        host, port = f"{host}]", port.removeprefix(":")
        if not _is_ipv6(host[1:-1]):
            return ""
    else:
        host, _, port = place.partition(":")
        host = unquote(host)
        if not _is_host(host):
            return ""
    if port and not (port.isascii() and port.isdecimal() and int(port) <= _MOST_PORT):
        return ""
    asks = f"{_escaped(user).replace('@', '%40')}{at}" if user else ""
    return f"{asks}{host}:{port}" if port else f"{asks}{host}"


def _is_ipv6(written: str) -> bool:
    try:
        ipaddress.IPv6Address(written)
    except ValueError:
        return False
    return True


def _is_host(written: str) -> bool:
    """Tell whether a text can be a domain (RFC 1034, 3.1; RFC 3490, 4): labels of 1 to 63 letters."""
    from encodings.idna import ToASCII, ToUnicode

    if not written or _NOT_IN_HOST.search(written):
        return False
    try:
        for label in re.split("[.\u3002\uff0e\uff61]", written.removesuffix(".")):
            ToUnicode(ToASCII(label))
    except UnicodeError:
        return False
    return True
