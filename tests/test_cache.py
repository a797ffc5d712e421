"""The cache: nothing wrong comes out of it, whatever happens to it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from anthology.cache import Cache
from anthology.cli.options import chosen_cache
from anthology.config import load_config
from anthology.digests import digest
from anthology.problems import ContentError


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


def test_what_is_no_plain_file_is_no_entry(tmp_path: Path) -> None:
    """A pipe, a folder, a link or a file of any size in the place of an entry is as good as none, and nobody waits."""
    cache = Cache(tmp_path, limit=1000)
    keys = [digest(str(number)) for number in range(5)]
    for key in keys:
        cache.put(key, b"value")
    pipe, folder, link, dangling, large = (tmp_path / key[:2] / key for key in keys)
    whole = link.read_bytes()
    (tmp_path / "elsewhere").write_bytes(whole)
    for path in (pipe, folder, link, dangling):
        path.unlink()
    os.mkfifo(pipe)
    folder.mkdir()
    link.symlink_to(tmp_path / "elsewhere")
    dangling.symlink_to(tmp_path / "nowhere")
    os.truncate(large, 2**40)
    assert [cache.get(key) for key in keys] == [None] * 5
    assert cache.usage().entries == 5
    for key in keys:
        cache.put(key, b"again")
    # A folder that somebody has put there is left alone.
    assert [cache.get(key) for key in keys] == [b"again", None, b"again", b"again", b"again"]
    assert (tmp_path / "elsewhere").read_bytes() == whole


def test_an_entry_under_another_name_is_not_used(tmp_path: Path) -> None:
    """Two entries that changed places are as good as none."""
    cache, keys = Cache(tmp_path), [digest("a"), digest("b")]
    for key in keys:
        cache.put(key, key.encode())
    one, other = (tmp_path / key[:2] / key for key in keys)
    one.rename(tmp_path / "aside")
    other.rename(one)
    (tmp_path / "aside").rename(other)
    assert [cache.get(key) for key in keys] == [None, None]


def test_the_folder_is_private(tmp_path: Path) -> None:
    """What is made is for this user alone, whatever the umask; the folders around it are as any other."""
    before = os.umask(0)
    try:
        cache = Cache(tmp_path / "a" / "cache")
        assert cache.distrust() == ""
        cache.put(digest("a"), b"value")
    finally:
        os.umask(before)
    modes = {path.stat().st_mode & 0o777 for path in (tmp_path / "a" / "cache").rglob("*") if path.is_dir()}
    assert modes == {0o700}
    assert (tmp_path / "a" / "cache").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o777


def test_a_folder_that_others_may_write_into(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Such a folder is not to be used, nor one of somebody else's: an entry could be any program."""
    for mode, why in (
        (0o700, ""),
        (0o755, ""),
        (0o775, "others may write into it"),
        (0o1777, "others may write into it"),
    ):
        tmp_path.chmod(mode)
        assert Cache(tmp_path).distrust() == why
    tmp_path.chmod(0o700)
    monkeypatch.setattr(os, "geteuid", lambda: tmp_path.stat().st_uid + 1)
    assert Cache(tmp_path).distrust() == "it belongs to somebody else"


def test_what_a_killed_build_left_goes(tmp_path: Path) -> None:
    """A file that was never finished is removed an hour later, and not before: another build may be writing it."""
    cache = Cache(tmp_path)
    cache.put(digest("a"), b"value")
    shelf = tmp_path / digest("a")[:2]
    for name, written in (("tmpold.part", 1), ("tmpnew.part", None)):
        (shelf / name).write_bytes(b"half")
        os.utime(shelf / name, None if written is None else (written, written))
    os.utime(shelf / digest("a"), (1, 1))
    cache.prune()
    assert sorted(path.name for path in shelf.iterdir()) == sorted([digest("a"), "tmpnew.part"])


def test_an_entry_that_others_may_have_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is as good as none, though the folder is private by now."""
    cache, key = Cache(tmp_path), digest("a")
    cache.put(key, b"value")
    path = tmp_path / key[:2] / key
    for mode, value in ((0o600, b"value"), (0o644, b"value"), (0o620, None), (0o602, None)):
        path.chmod(mode)
        assert cache.get(key) == value
    path.chmod(0o600)
    monkeypatch.setattr(os, "geteuid", lambda: path.stat().st_uid + 1)
    assert cache.get(key) is None


def test_a_cache_of_others_is_told_of(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A command goes on without it, after one warning that says what to do."""
    tmp_path.chmod(0o777)
    assert chosen_cache(no_cache=False, cache_dir=tmp_path) is None
    assert capsys.readouterr().err == (
        f"warning B031: the cache in {tmp_path} is not used: others may write into it\n"
        "    hint: what lies there could run any program: name a folder of your own with --cache-dir, or empty this one "
        f"and take it for yourself: anthology cache clear --cache-dir {tmp_path}; chmod go-w {tmp_path}\n"
        "1 warning\n"
    )
    assert chosen_cache(no_cache=True, cache_dir=tmp_path) is None
    tmp_path.chmod(0o755)
    assert chosen_cache(no_cache=False, cache_dir=tmp_path) is not None
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("key", ["cache", "cache-dir", "cache_dir"])
def test_no_book_names_its_cache(key: str) -> None:
    """A project that somebody sent cannot bring entries of its own along, which could run any program."""
    for table in ("", "[book]\n"):
        with pytest.raises(ContentError, match=key):
            load_config(f'{table}{key} = "here"\n'.encode())
