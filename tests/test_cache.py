"""The cache: nothing wrong comes out of it, whatever happens to it."""

from __future__ import annotations

import os
from pathlib import Path

from anthology.cache import Cache
from anthology.digests import digest


def test_what_is_kept_is_given(tmp_path: Path) -> None:
    """A value is there once it is kept, under its own key, for whoever opens the folder next."""
    key = digest("key")
    assert Cache(tmp_path).get(key) is None
    Cache(tmp_path).put(key, b"value")
    assert Cache(tmp_path).get(key) == b"value"
    assert Cache(tmp_path).get(digest("another")) is None


def test_a_damaged_entry_is_not_used(tmp_path: Path) -> None:
    """An entry in which any byte has changed, or which was cut short, is as good as none, until it is kept again."""
    cache = Cache(tmp_path)
    key = digest("key")
    cache.put(key, b"value")
    path = next(path for path in tmp_path.rglob("*") if path.is_file())
    whole = path.read_bytes()
    for place in range(len(whole)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert cache.get(key) is None
        path.write_bytes(whole[:place])
        assert cache.get(key) is None
    cache.put(key, b"again")
    assert cache.get(key) == b"again"


def test_keys_tell_parts_apart() -> None:
    """Parts that only run together the same way make different keys."""
    assert digest("ab", "c") != digest("a", "bc") != digest("abc")


def test_what_was_not_used_for_longest_goes_first(tmp_path: Path) -> None:
    """Above its limit the cache loses what nobody asked for, not what was just used."""
    cache = Cache(tmp_path, limit=250)
    keys = [digest(str(number)) for number in range(3)]
    for age, key in enumerate(keys):
        cache.put(key, bytes(80))
        os.utime(tmp_path / key[:2] / key, (1000 + age, 1000 + age))
    assert cache.get(keys[0]) is not None
    cache.prune()
    assert [cache.get(key) is not None for key in keys] == [True, False, True]


def test_usage_and_clear(tmp_path: Path) -> None:
    """The cache knows its size and can be emptied; one that does not exist is empty."""
    cache = Cache(tmp_path / "absent")
    assert (cache.usage().entries, cache.usage().bytes) == (0, 0)
    cache.put(digest("a"), b"12345678")
    assert (cache.usage().entries, cache.usage().bytes) == (1, 40)
    assert cache.clear().entries == 1
    assert cache.usage().entries == 0


def test_a_disk_that_refuses_costs_only_speed(tmp_path: Path) -> None:
    """Where the cache cannot be written, nothing is kept, and nobody is told."""
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    cache = Cache(blocked / "cache")
    cache.put(digest("a"), b"value")
    assert cache.get(digest("a")) is None
