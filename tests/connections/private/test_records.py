"""Records as they may reach disk."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from connections.http.errors import ConfigurationError
from connections.http.exact_json import parsed, written, written_exactly
from connections.private.records import (
    content_hash,
    hash_key,
    hashed_national_id,
    key_fingerprint,
    record_text,
)

KEY = b"a key for tests"


def test_numbers_members_and_letters_stay_as_they_were_written() -> None:
    text = '{"b":100.10,"a":[1,2.0],"å":"x\\u0000","n":null,"big":12345678901234567890}'

    assert written(parsed(text)) == text


def test_half_a_surrogate_pair_is_kept_as_a_sign_that_every_reader_takes() -> None:
    text = written(parsed('{"name":"\\ud83d"}'))

    assert text == '{"name":"\ufffd"}'


def test_half_a_surrogate_pair_is_sent_as_it_came() -> None:
    text = written_exactly(parsed('{"name":"\\ud83d","city":"Ås 😀"}'))

    assert text.encode().startswith(b'{"name":"\\ud83d"')
    assert parsed(text) == {"name": "\ud83d", "city": "Ås 😀"}


def test_an_identity_number_is_compared_by_its_digits() -> None:
    hashed = hashed_national_id("018280 12327", KEY)

    assert hashed == hashed_national_id("01828012327", KEY)
    assert hashed != hashed_national_id("01828012327", b"another key")
    assert hashed is not None
    assert hashed.startswith("hmac:")
    assert "01828012327" not in hashed


@pytest.mark.parametrize("value", ["", "  ", None, "hidden", "Hidden", "HIDDEN"])
def test_an_empty_or_masked_identity_number_is_null(value: object) -> None:
    assert hashed_national_id(value, KEY) is None


@pytest.mark.parametrize("value", ["SE-811228-9874-X", "no number", 7, ["a"], {"b": 1}])
def test_whatever_a_named_member_holds_it_is_never_kept_as_it_is(value: object) -> None:
    record = {"Id": 1, "InternationalIdNumber": value}

    text = record_text(record, national_ids=["InternationalIdNumber"], key=KEY)

    kept = parsed(text)["InternationalIdNumber"]
    assert kept is None or kept.startswith("hmac:")


@pytest.mark.parametrize(
    "value",
    [
        *("00000000000", "99999999999", "11111111111"),
        *("12345678901", "98765432109", "01234567890"),
        *("010170", "01.01.1970", "19700101", "01017000000"),
        *("01828012328", "02828012327", "0182801232", "018280123270"),
        *(0, -1828012327, 99999999999, True, "ukjent 1"),
    ],
)
def test_what_can_be_nobodys_identity_number_is_no_key(value: object) -> None:
    assert hashed_national_id(value, KEY) is None


@pytest.mark.parametrize("value", ["12345678901", "010170", "0", "ukjent 99"])
def test_of_an_impossible_identity_number_raw_says_only_that_it_was_there(
    value: str,
) -> None:
    text = record_text({"Id": 7, "Nr": value}, national_ids=["Nr"], key=KEY)

    assert text == '{"Id":7,"Nr":"hmac:impossible"}'


@pytest.mark.parametrize(
    "digits",
    [
        *("01828012327", "01817000092"),  # synthetic, the month is 80 more
        "41018500033",  # a D-number, the day is 40 more
        "07859938609",  # of the test register
    ],
)
def test_check_digits_make_an_identity_number_and_its_date_does_not(
    digits: str,
) -> None:
    assert hashed_national_id(digits, KEY) is not None
    wrong = digits[:-1] + str((int(digits[-1]) + 1) % 10)
    assert hashed_national_id(wrong, KEY) is None


def test_an_identity_number_that_lost_its_nought_as_a_number_is_the_same() -> None:
    assert hashed_national_id(1828012327, KEY) == hashed_national_id("01828012327", KEY)


def test_the_named_members_are_hashed_in_place_and_absent_ones_stay_absent() -> None:
    record = {"Id": 1, "Personnummer": "01828012327", "Navn": "Kari"}

    text = record_text(record, national_ids=["Personnummer", "Other"], key=KEY)

    assert list(parsed(text)) == ["Id", "Personnummer", "Navn"]
    assert "01828012327" not in text


def test_equal_texts_have_equal_hashes_of_32_characters() -> None:
    assert content_hash('{"a":1}') == content_hash('{"a":1}')
    assert content_hash('{"a":1}') != content_hash('{"a":1.0}')
    assert len(content_hash("")) == 32


def test_a_key_is_made_once_and_kept_for_its_owner_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LENKE_HASH_KEY", raising=False)

    key = hash_key(tmp_path / "home")

    assert hash_key(tmp_path / "home") == key
    assert len(key) == 64
    mode = (tmp_path / "home" / "hash.key").stat().st_mode
    assert stat.S_IMODE(mode) == 0o600


def test_the_key_of_the_environment_counts_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LENKE_HASH_KEY", "configured")

    assert hash_key(tmp_path) == b"configured"
    assert list(tmp_path.iterdir()) == []


def test_an_emptied_key_file_is_not_taken_for_a_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LENKE_HASH_KEY", raising=False)
    (tmp_path / "hash.key").write_text("\n")

    with pytest.raises(ConfigurationError, match="is empty"):
        hash_key(tmp_path)


def test_a_fingerprint_tells_keys_apart_and_gives_nothing_away() -> None:
    assert key_fingerprint(b"one") != key_fingerprint(b"two")
    assert "one" not in key_fingerprint(b"one")


def test_all_who_ask_for_a_key_that_is_not_there_yet_get_the_same_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LENKE_HASH_KEY", raising=False)
    together = Barrier(8)

    def asked(_: int) -> bytes:
        together.wait()
        return hash_key(tmp_path)

    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(asked, range(8)))

    assert keys == {hash_key(tmp_path)}
