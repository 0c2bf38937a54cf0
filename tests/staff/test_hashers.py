"""Stored passwords."""

import pytest
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from django.contrib.auth.hashers import check_password, identify_hasher, make_password

from backend.staff.hashers import Argon2idHasher

PASSWORD = "a quiet place by the river"


def test_a_password_is_stretched_at_least_as_the_field_asks(real_costs: tuple[int, int, int]) -> None:
    memory, passes, lanes = real_costs
    # OWASP's floor for Argon2id: 46 MiB with one pass, one lane.
    assert memory >= 46 * 1024
    assert passes >= 1
    assert lanes == 1


def test_a_password_opens_what_was_made_of_it_and_another_does_not() -> None:
    stored = make_password(PASSWORD)
    assert stored.startswith("argon2$argon2id$v=19$m=64,t=2,p=1$")
    assert check_password(PASSWORD, stored)
    assert not check_password(PASSWORD + " ", stored)
    assert make_password(PASSWORD) != stored


def test_what_is_stored_is_the_phc_string_that_others_read() -> None:
    stored = make_password(PASSWORD)
    Argon2id.verify_phc_encoded(PASSWORD.encode(), stored.removeprefix("argon2"))
    assert isinstance(identify_hasher(stored), Argon2idHasher)


def test_a_password_stored_at_an_older_cost_is_stored_anew_at_the_next_login(monkeypatch: pytest.MonkeyPatch) -> None:
    stored = make_password(PASSWORD)
    kept: list[str] = []
    monkeypatch.setattr(Argon2idHasher, "memory_cost", 128)
    assert check_password(PASSWORD, stored, setter=kept.append)
    assert kept == [PASSWORD]


def test_a_stored_scrypt_password_still_opens() -> None:
    assert check_password(PASSWORD, make_password(PASSWORD, hasher="scrypt"))


@pytest.mark.parametrize("stored", ["argon2$argon2i$v=19$m=64,t=2,p=1$c2FsdHNhbHQ$AAAA", "argon2$argon2id$v=16$m=64,t=2,p=1$c2FsdA$AAAA"])
def test_what_is_no_stored_password_is_not_read(stored: str) -> None:
    with pytest.raises(ValueError, match="not a stored"):
        Argon2idHasher().decode(stored)


def test_what_may_be_shown_of_a_password_is_how_it_is_stored() -> None:
    assert Argon2idHasher().safe_summary(make_password(PASSWORD)).keys() == {"algorithm", "memory_cost", "iterations", "lanes"}
