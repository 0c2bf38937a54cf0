"""Every limit of this room."""

from datetime import timedelta
from typing import Final

SESSION_ABSOLUTE: Final = timedelta(hours=12)
SESSION_IDLE: Final = timedelta(hours=2)
SESSION_SEEN_EVERY: Final = timedelta(minutes=1)
CHALLENGE_LIFE: Final = timedelta(minutes=5)
INVITATION_LIFE: Final = timedelta(hours=72)
INVITATION_TRIES: Final = 10
PASSWORD_CHARACTERS_MAX: Final = 256
PASSKEYS_MAX: Final = 20
REQUESTS_PENDING_MAX: Final = 5
DEVICES_PER_UPLOAD_MAX: Final = 200
INTAKE_AHEAD: Final = timedelta(days=7)
"""How far ahead an intake key may begin."""
SEALED_INTAKE_BYTES: Final = 1120 + 32 + 16
"""X-Wing's encapsulated key, the 32-byte private key, the AEAD's tag."""
NOTE_WAIT: Final = timedelta(hours=72)
"""For how long after its last day an intake key is needed: a request waits no longer (docs/protocol.md §7)."""
DEVICE_FORGET: Final = timedelta(days=30)
"""After its certificate ran out, a device that nobody renewed is forgotten."""
KNOWN_BROWSER_LIFE: Final = timedelta(days=180)
