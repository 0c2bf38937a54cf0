"""Time-based codes against the vectors of RFC 6238, and what is stricter here."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from backend.staff import totp

KEY = b"12345678901234567890".hex()


@pytest.mark.parametrize(("at", "code"), [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (2000000000, "279037")])
def test_codes_are_those_of_rfc_6238(at: int, code: str) -> None:
    assert totp.code_step(KEY, code, now=datetime.fromtimestamp(at, tz=UTC)) == at // 30


def test_a_clock_may_be_half_a_minute_off_and_no_more() -> None:
    now = datetime.fromtimestamp(1234567890, tz=UTC)
    step = totp.code_step(KEY, "005924", now=now)
    for late in (-30, 30):
        assert totp.code_step(KEY, "005924", now=now + timedelta(seconds=late)) == step
    for late in (-60, 60):
        assert totp.code_step(KEY, "005924", now=now + timedelta(seconds=late)) is None


@pytest.mark.parametrize("code", ["", "5924", "0005924", " 05924", "+05924", "0059٢4", "00592a", "-05924"])
def test_only_six_ascii_digits_are_a_code(code: str) -> None:
    assert totp.code_step(KEY, code, now=datetime.fromtimestamp(1234567890, tz=UTC)) is None


def test_the_address_for_the_authenticator_app_does_not_name_the_service() -> None:
    shown = totp.secret_of(KEY, username="dana")
    parts = urlsplit(shown.uri)
    assert (parts.scheme, parts.netloc, parts.path) == ("otpauth", "totp", "/Console%3Adana")
    assert parse_qs(parts.query) == {"secret": [shown.secret], "issuer": ["Console"]}


def test_each_secret_is_new() -> None:
    assert len({totp.key_new() for _ in range(20)}) == 20
    assert len(bytes.fromhex(totp.key_new())) == totp.SECRET_BYTES
