"""What a deployment may choose, read from environment variables once at boot.

Every variable stands in ``VARIABLES`` and in docs/configuration.md. What is wrong or missing stops the boot with the variable's name and the
page that explains it: a server that starts with half a configuration is more dangerous than one that does not start.
"""

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

BASE: Final = Path(__file__).resolve().parent.parent.parent
PAGE: Final = "docs/configuration.md"
VARIABLES: Final = (
    "QUIETLINE_MODE",
    "QUIETLINE_ORIGINS",
    "QUIETLINE_BIND",
    "PORT",
    "QUIETLINE_VAR",
    "QUIETLINE_SECRET_KEY",
    "QUIETLINE_KEY_DIR",
    "DATABASE_URL",
    "VALKEY_URL",
    "QUIETLINE_EXIT_URL",
    "QUIETLINE_COUNTRIES",
    "QUIETLINE_NAME_ORGANISATIONS",
    "QUIETLINE_DEMO",
)
SECRET_LENGTH: Final = 50
COUNTRY: Final = re.compile(r"[A-Z]{2}")
ORIGIN: Final = re.compile(r"https?://[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?")


@dataclass(frozen=True, slots=True)
class Environment:
    """The deployment's choices, checked. ``origins`` are scheme, host and port without a slash; the first is the one to print."""

    production: bool
    origins: tuple[str, ...]
    bind: str
    port: int
    var: Path
    key_dir: Path
    exit_url: str
    countries: tuple[str, ...]
    name_organisations: bool
    demo: bool
    secret_key: str = field(repr=False)
    database: dict[str, Any] = field(repr=False)
    channel_layer: dict[str, Any] = field(repr=False)

    @property
    def tls(self) -> bool:
        """Whether people reach this deployment by https (through a proxy of the operator's)."""
        return self.origins[0].startswith("https://")

    @property
    def hosts(self) -> list[str]:
        """The host names that requests may name."""
        return sorted({urlsplit(origin).hostname or "" for origin in self.origins})


def environment_read(source: Mapping[str, str] | None = None) -> Environment:
    """Read and check ``source`` (the process's environment where it is None). Raises ImproperlyConfigured naming the variable and the page."""
    variables = os.environ if source is None else source
    _unknown_refuse(variables)
    production = _mode(variables) == "production"
    port = _port(variables)
    var = Path(variables.get("QUIETLINE_VAR") or BASE / "var").resolve()
    return Environment(
        production=production,
        origins=_origins(variables, production=production, port=port),
        bind=variables.get("QUIETLINE_BIND") or "127.0.0.1",
        port=port,
        var=var,
        key_dir=_key_dir(variables, production=production, var=var),
        exit_url=_exit_url(variables),
        countries=_countries(variables),
        name_organisations=_yes(variables, "QUIETLINE_NAME_ORGANISATIONS"),
        demo=_demo(variables, production=production),
        secret_key=_secret_key(variables, production=production, var=var),
        database=_database(variables, var=var),
        channel_layer=_channel_layer(variables),
    )


def _wrong(name: str, why: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"{name}: {why} See {PAGE}, section {name}.")


def _unknown_refuse(variables: Mapping[str, str]) -> None:
    for name in variables:
        if name.startswith("QUIETLINE_") and name not in VARIABLES and not name.startswith("QUIETLINE_TEST_"):
            raise _wrong(name, "there is no such variable.")


def _mode(variables: Mapping[str, str]) -> str:
    mode = variables.get("QUIETLINE_MODE") or "local"
    if mode not in ("local", "production"):
        raise _wrong("QUIETLINE_MODE", "it is either local or production.")
    return mode


def _port(variables: Mapping[str, str]) -> int:
    text = variables.get("PORT") or "8000"
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 65536:
        raise _wrong("PORT", "it is a number from 1 to 65535.")
    return int(text)


def _origins(variables: Mapping[str, str], *, production: bool, port: int) -> tuple[str, ...]:
    text = variables.get("QUIETLINE_ORIGINS", "")
    if not text:
        if production:
            raise _wrong("QUIETLINE_ORIGINS", "production needs it, for instance https://line.example.org.")
        return (f"http://127.0.0.1:{port}", f"http://localhost:{port}")
    origins = tuple(part.strip() for part in text.split(","))
    for origin in origins:
        _origin_check(origin, production=production)
    if len({urlsplit(origin).scheme for origin in origins}) > 1:
        raise _wrong("QUIETLINE_ORIGINS", "http and https do not mix.")
    return origins


def _origin_check(origin: str, *, production: bool) -> None:
    if not ORIGIN.fullmatch(origin):
        raise _wrong("QUIETLINE_ORIGINS", "each origin is a scheme and a host, in lower case, without a path, joined by commas.")
    if production and not origin.startswith("https://"):
        raise _wrong("QUIETLINE_ORIGINS", "production is reached by https only.")


def _key_dir(variables: Mapping[str, str], *, production: bool, var: Path) -> Path:
    text = variables.get("QUIETLINE_KEY_DIR", "")
    if not text and production:
        raise _wrong("QUIETLINE_KEY_DIR", "production names a folder that no backup copies.")
    return Path(text).resolve() if text else var / "keys"


def _exit_url(variables: Mapping[str, str]) -> str:
    url = variables.get("QUIETLINE_EXIT_URL") or "https://www.google.com/"
    if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname:
        raise _wrong("QUIETLINE_EXIT_URL", "it is the full address of a neutral page.")
    return url


def _countries(variables: Mapping[str, str]) -> tuple[str, ...]:
    codes = tuple(part.strip() for part in (variables.get("QUIETLINE_COUNTRIES") or "US").split(","))
    if not all(COUNTRY.fullmatch(code) for code in codes):
        raise _wrong("QUIETLINE_COUNTRIES", "it is a list of ISO 3166 codes of two capital letters, joined by commas.")
    return codes


def _yes(variables: Mapping[str, str], name: str) -> bool:
    text = variables.get(name) or "no"
    if text not in ("yes", "no"):
        raise _wrong(name, "it is either yes or no.")
    return text == "yes"


def _demo(variables: Mapping[str, str], *, production: bool) -> bool:
    demo = _yes(variables, "QUIETLINE_DEMO")
    if demo and production:
        raise _wrong("QUIETLINE_DEMO", "a demonstration certifies whoever asks, and never runs in production.")
    return demo


def _secret_key(variables: Mapping[str, str], *, production: bool, var: Path) -> str:
    secret = variables.get("QUIETLINE_SECRET_KEY", "")
    if secret:
        if len(secret) < SECRET_LENGTH:
            raise _wrong("QUIETLINE_SECRET_KEY", f"it has at least {SECRET_LENGTH} characters.")
        return secret
    if production:
        raise _wrong("QUIETLINE_SECRET_KEY", "production has no default.")
    return _secret_kept(var / "secret-key")


def _secret_kept(path: Path) -> str:
    """The secret in ``path``, made on the first start. Two processes that start together end with the same one."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(SECRET_LENGTH))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text()


def _database(variables: Mapping[str, str], *, var: Path) -> dict[str, Any]:
    url = variables.get("DATABASE_URL", "")
    if not url:
        return _sqlite(var)
    if urlsplit(url).scheme not in ("postgres", "postgresql"):
        raise _wrong("DATABASE_URL", "it starts with postgres://, or is absent for SQLite.")
    return {**environ.Env.db_url_config(url), "CONN_HEALTH_CHECKS": True}


def _sqlite(var: Path) -> dict[str, Any]:
    """SQLite as the relay's promise needs it: a commit is on the disk, a deleted row is overwritten, a writer waits instead of failing."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(var / "quietline.sqlite3"),
        "OPTIONS": {
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;",
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
        },
        "TEST": {"NAME": str(var / "test.sqlite3")},
    }


def _channel_layer(variables: Mapping[str, str]) -> dict[str, Any]:
    url = variables.get("VALKEY_URL", "")
    if not url:
        return {"BACKEND": "channels.layers.InMemoryChannelLayer"}
    if urlsplit(url).scheme not in ("redis", "rediss"):
        raise _wrong("VALKEY_URL", "it starts with redis:// or rediss://.")
    # An idle subscriber must be allowed to stay silent for as long as nothing happens.
    host = {"address": url, "socket_timeout": None, "max_connections": 200}
    return {"BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer", "CONFIG": {"hosts": [host]}}
