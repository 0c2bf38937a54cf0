from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from backend.config.environment import BASE, PAGE, VARIABLES, Environment, environment_read

SECRET = "s" * 50


@pytest.fixture
def local(tmp_path: Path) -> dict[str, str]:
    return {"QUIETLINE_VAR": str(tmp_path)}


@pytest.fixture
def production(tmp_path: Path) -> dict[str, str]:
    return {
        "QUIETLINE_MODE": "production",
        "QUIETLINE_VAR": str(tmp_path),
        "QUIETLINE_ORIGINS": "https://line.example.org",
        "QUIETLINE_SECRET_KEY": SECRET,
        "QUIETLINE_KEY_DIR": str(tmp_path / "keys"),
    }


def test_without_any_choice_the_server_is_the_embedded_one(local: dict[str, str]) -> None:
    env = environment_read(local)
    assert (env.bind, env.port, env.production, env.tls) == ("127.0.0.1", 8000, False, False)
    assert env.database["ENGINE"] == "django.db.backends.sqlite3"
    assert env.channel_layer["BACKEND"] == "channels.layers.InMemoryChannelLayer"
    assert env.origins == ("http://127.0.0.1:8000", "http://localhost:8000")


def test_sqlite_flushes_each_commit_and_overwrites_what_is_deleted(local: dict[str, str]) -> None:
    command = environment_read(local).database["OPTIONS"]["init_command"]
    assert "synchronous=FULL" in command
    assert "secure_delete=ON" in command
    assert "journal_mode=WAL" in command


def test_a_whole_production_environment_is_accepted(production: dict[str, str]) -> None:
    env = environment_read(production)
    assert env.production
    assert env.tls
    assert env.hosts == ["line.example.org"]


WRONG = [
    ("QUIETLINE_MODE", "staging"),
    ("PORT", "eighty"),
    ("PORT", "0"),
    ("PORT", "٨٠٠٠"),
    ("QUIETLINE_ORIGINS", "line.example.org"),
    ("QUIETLINE_ORIGINS", "https://line.example.org/"),
    ("QUIETLINE_ORIGINS", "https://user@line.example.org"),
    ("QUIETLINE_ORIGINS", "http://a.example,https://b.example"),
    ("QUIETLINE_SECRET_KEY", "short"),
    ("DATABASE_URL", "mysql://nowhere/none"),
    ("VALKEY_URL", "http://nowhere"),
    ("QUIETLINE_EXIT_URL", "weather"),
    ("QUIETLINE_COUNTRIES", "us"),
    ("QUIETLINE_NAME_ORGANISATIONS", "maybe"),
    ("QUIETLINE_UNHEARD_OF", "1"),
]


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_a_wrong_value_stops_the_boot_with_the_variables_name_and_the_page(local: dict[str, str], name: str, value: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=rf"^{name}: .* See {PAGE}, section {name}\.$"):
        environment_read({**local, name: value})


@pytest.mark.parametrize("name", ["QUIETLINE_ORIGINS", "QUIETLINE_SECRET_KEY", "QUIETLINE_KEY_DIR"])
def test_production_has_no_default_for_what_it_needs(production: dict[str, str], name: str) -> None:
    del production[name]
    with pytest.raises(ImproperlyConfigured, match=f"^{name}: "):
        environment_read(production)


def test_production_is_reached_by_https_only(production: dict[str, str]) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^QUIETLINE_ORIGINS: "):
        environment_read({**production, "QUIETLINE_ORIGINS": "http://line.example.org"})


def test_the_local_secret_is_made_once_and_only_its_owner_reads_it(local: dict[str, str], tmp_path: Path) -> None:
    first = environment_read(local).secret_key
    assert environment_read(local).secret_key == first
    assert len(first) >= 50
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0


def test_secrets_stay_out_of_the_repr(production: dict[str, str]) -> None:
    env = environment_read({**production, "DATABASE_URL": "postgres://u:hidden-word@h/d", "VALKEY_URL": "redis://:hidden-word@h/0"})
    assert isinstance(env, Environment)
    assert SECRET not in repr(env)
    assert "hidden-word" not in repr(env)


@pytest.mark.parametrize("name", VARIABLES)
def test_every_variable_has_a_section_on_the_page(name: str) -> None:
    assert f"\n## {name}\n" in (BASE / PAGE).read_text(encoding="utf-8")
