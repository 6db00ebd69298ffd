"""The cache holds whole results or nothing, and only the last of each."""

import pandas as pd
import pytest

from verbatims.cache import Cache, fingerprint


@pytest.fixture
def cache(tmp_path):
    return Cache(tmp_path / "cache")


def test_a_result_comes_back_with_what_was_said_of_it(cache):
    tags = pd.DataFrame({"theme": ["lien"], "start": [3]})
    cache.save("tags", "a1", {"tags": tags}, {"rows": 1})
    pd.testing.assert_frame_equal(cache.load("tags")["tags"], tags)
    assert cache.about("tags") == {"rows": 1}
    assert cache.has("tags", "a1")


def test_a_new_result_takes_the_place_of_the_old_one(cache):
    cache.save("tags", "a1", {"tags": pd.DataFrame({"n": [1]})}, {})
    cache.save("tags", "b2", {"tags": pd.DataFrame({"n": [2]})}, {})
    assert not cache.has("tags", "a1")
    assert list(cache.load("tags")["tags"]["n"]) == [2]


def test_a_result_that_was_never_made_is_empty(cache):
    assert cache.load("tags") == {}
    assert cache.about("tags") == {}


def test_a_save_that_fails_leaves_the_last_result(cache):
    cache.save("tags", "a1", {"tags": pd.DataFrame({"n": [1]})}, {})
    unwritable = pd.DataFrame({"n": [object()]})
    with pytest.raises(Exception, match="convert|object"):
        cache.save("tags", "b2", {"tags": unwritable}, {})
    assert list(cache.load("tags")["tags"]["n"]) == [1]
    assert [path.name for path in cache.folder.iterdir()] == ["tags-a1"]


def test_fingerprints_tell_their_parts_apart():
    assert fingerprint("ab", "c") != fingerprint("a", "bc")
    assert fingerprint(1, None) == fingerprint(1, None)


@pytest.mark.parametrize("spoil", ["tags.parquet", "about.json"])
@pytest.mark.parametrize("how", [lambda path: path.unlink(), lambda path: path.write_text("{")])
def test_a_damaged_result_counts_as_absent(cache, spoil, how):
    cache.save("tags", "a1", {"tags": pd.DataFrame({"n": [1]})}, {"rows": 1})
    how(cache.folder / "tags-a1" / spoil)
    assert not cache.has("tags", "a1")
    cache.load("tags")
    cache.about("tags")
    cache.save("tags", "a1", {"tags": pd.DataFrame({"n": [2]})}, {"rows": 1})
    assert cache.has("tags", "a1")
    assert list(cache.load("tags")["tags"]["n"]) == [2]
