"""What is quoted from others holds no key and no identity number, however spelt."""

from base64 import b64encode
from html import escape
from typing import Any
from urllib.parse import quote

import httpx2
import pytest

from connections.http.answer import Answer
from connections.http.errors import (
    ConfigurationError,
    ContractChanged,
    Refused,
    StopRun,
)
from connections.http.judge import Verdict
from connections.private.secrets import (
    Secrets,
    possible_keys,
    without_national_ids,
    without_secrets,
)

KEY = 'a/"key"+of:ours?'


def answer(body: str, secrets: Secrets) -> Answer:
    told = (httpx2.Headers(), body.encode(), Verdict.REFUSED, secrets)
    return Answer("crmoffice", "GET /x", 400, *told)


@pytest.mark.parametrize(
    "spelt",
    [
        KEY,
        quote(KEY, safe=""),
        quote(KEY, safe="").lower(),
        KEY.replace('"', '\\"'),
        KEY.replace('"', '\\"').replace("/", "\\/"),
        b64encode(KEY.encode()).decode(),
        b64encode(f"{KEY}:more".encode()).decode(),
        b64encode(f"u:{KEY}".encode()).decode(),
        b64encode(f"me:{KEY}!".encode()).decode(),
    ],
)
def test_a_key_is_taken_out_in_every_spelling(spelt: str) -> None:
    shown = Secrets([KEY]).redacted(f"You sent <{spelt}>.")

    assert "***" in shown
    assert spelt[4:-4] not in shown


@pytest.mark.parametrize(
    "spelt",
    [
        "01410012345",
        "014100 12345",
        "014100-12345",
        "014100.12345",
        "014100\u00a012345",
        "01 41 00 123 45",
        "014100%2012345",
        "Kari%2001410012345",
        "014100+12345",
        "014100\n12345",
        "014100\\u00a012345",
        "fnr01410012345x",
    ],
)
def test_an_identity_number_is_taken_out_in_every_spelling(spelt: str) -> None:
    assert "12345" not in without_national_ids(f"No: {spelt}.").replace(" ", "")
    assert "[eleven digits]" in without_national_ids(f"No: {spelt}.")


@pytest.mark.parametrize(
    "text",
    ["2025-03-30T00:00:00.123Z", "+47 912 34 567", "123456789012", "999 888 777"],
)
def test_other_numbers_stay(text: str) -> None:
    assert without_national_ids(text) == text


@pytest.mark.parametrize("begins_at", [10, 70, 480, 19_950, 19_990])
def test_a_long_key_that_is_cut_is_taken_out_whole(begins_at: int) -> None:
    key = "".join(f"{number:x}k" for number in range(2000))
    body = "-" * begins_at + key + "-" * 30_000

    secrets = Secrets([key])

    assert "0k1k" not in answer(body, secrets).words
    assert "0k1k" not in secrets.start_of(body, 20_000)
    with pytest.raises(Exception, match="not JSON") as caught:
        answer(body, secrets).json()
    assert "0k1k" not in str(caught.value)


def test_no_secret_is_forgotten_when_another_comes() -> None:
    secrets = Secrets(["first-token"])

    secrets.add(["second-token"])

    assert secrets.redacted("first-token second-token") == "*** ***"


def test_what_any_session_met_can_be_taken_out() -> None:
    Secrets(["token-of-one-session"])
    Secrets().add(["token-of-another"])

    shown = without_secrets("token-of-one-session token-of-another 01410012345")

    assert shown == "*** *** [eleven digits]"


@pytest.mark.parametrize(
    "said",
    [
        '{"access_token": "a-token/of\\/some.length"}',
        '{"access_token": "a-token/of\\/some.length", "expi',
        '{"access_token": "a-token/of\\/some.length',
        "access_token a-token/of/some.length&expires",
    ],
)
def test_what_could_be_a_key_in_a_sign_ins_answer_is_a_secret(said: str) -> None:
    assert "a-token/of/some.length" in possible_keys(said)


def test_an_address_in_a_sign_ins_answer_is_no_secret() -> None:
    assert possible_keys('{"instance_url": "https://tenant.crmoffice.example"}') == []


def test_short_settings_are_no_secrets() -> None:
    assert Secrets(["2", "abc"]).redacted("2 abc") == "2 abc"


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Authorization: Bearer abc.def-ghi/1", "Authorization: Bearer ***"),
        ("bearer%20abcdefgh", "bearer%20***"),
        ("Basic dXNlcjpwYXNz", "Basic ***"),
        ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.abc", "***"),
        ("?api_key=s3cret-one&page=2", "?api_key=***&page=2"),
        ('{"clientSecret": "s3cret-one"}', '{"clientSecret": "***"}'),
        ("access_token=abcdef", "access_token=***"),
        ("No: 014100 12345.", "No: [eleven digits]."),
        ("fnr:01410012345", "fnr:[eleven digits]"),
        ("x:fnr:01410012345", "x:fnr:[eleven digits]"),
    ],
)
def test_what_a_message_quotes_has_no_key_and_no_identity_number(
    said: str, shown: str
) -> None:
    assert str(ContractChanged(said)) == shown
    assert str(StopRun(said)) == shown


@pytest.mark.parametrize(
    "message",
    [
        "tidsbanken:ansatt:01410012345: changed at 2026-11-30T07:36:32.123Z.",
        "powerofficego:contactperson:12345678901/555 is linked.",
        "Run 20261130T073632Z-12 had 5 writes; the token is missing.",
        "Bearer token expected; basic authentication is off.",
    ],
)
def test_a_message_still_says_which_record_and_when(message: str) -> None:
    assert str(Refused(message)) == message


def test_what_a_person_typed_keeps_its_digits() -> None:
    told = str(ConfigurationError("No record 01410012345. Bearer abcdefgh1"))

    assert told == "No record 01410012345. Bearer ***"


@pytest.mark.parametrize("spell", [quote, escape, bytes.hex])
def test_a_known_key_is_out_of_every_message(spell: Any) -> None:
    key = "<known & kept/key>"
    Secrets([key])

    spelt = spell(key.encode()) if spell is bytes.hex else spell(key)

    assert spelt not in str(ConfigurationError(f"It said {spelt}."))
