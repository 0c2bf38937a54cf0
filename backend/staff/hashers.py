"""Passwords by Argon2id, from the cryptography library that is here anyway."""

from typing import Any, Final

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from django.contrib.auth.hashers import BasePasswordHasher

KEY_BYTES: Final = 32


class Argon2idHasher(BasePasswordHasher):
    """Argon2id (RFC 9106): 46 MiB, two passes, one lane. Stored as Django's own argon2 hasher does: ``argon2`` and the PHC string."""

    algorithm = "argon2"
    memory_cost = 46 * 1024
    iterations = 2
    lanes = 1

    def encode(self, password: str, salt: str) -> str:
        """The stored form of ``password``."""
        deriver = Argon2id(salt=salt.encode(), length=KEY_BYTES, iterations=self.iterations, lanes=self.lanes, memory_cost=self.memory_cost)
        return self.algorithm + deriver.derive_phc_encoded(password.encode())

    def decode(self, encoded: str) -> dict[str, Any]:
        """The parts of a stored form. Raises ValueError for what is none."""
        algorithm, variety, version, parameters, salt, digest = encoded.split("$")
        if (algorithm, variety, version) != (self.algorithm, "argon2id", "v=19"):
            raise ValueError("not a stored Argon2id password")
        costs = dict(part.split("=", 1) for part in parameters.split(","))
        return {
            "algorithm": algorithm,
            "memory_cost": int(costs["m"]),
            "iterations": int(costs["t"]),
            "lanes": int(costs["p"]),
            "salt": salt,
            "hash": digest,
        }

    def verify(self, password: str, encoded: str) -> bool:
        """Whether ``encoded`` was made of ``password``, in constant time."""
        try:
            Argon2id.verify_phc_encoded(password.encode(), encoded.removeprefix(self.algorithm))
        except InvalidKey:
            return False
        return True

    def must_update(self, encoded: str) -> bool:
        """Whether the costs have changed since it was stored."""
        found = self.decode(encoded)
        return (found["memory_cost"], found["iterations"], found["lanes"]) != (self.memory_cost, self.iterations, self.lanes)

    def harden_runtime(self, password: str, encoded: str) -> None:
        """Nothing: an older cost is refreshed at the next login, and the difference tells nothing about the password."""

    def safe_summary(self, encoded: str) -> dict[Any, Any]:
        """What may be shown of a stored password: how it is stored."""
        found = self.decode(encoded)
        return {key: found[key] for key in ("algorithm", "memory_cost", "iterations", "lanes")}
