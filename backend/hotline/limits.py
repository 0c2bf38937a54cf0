"""Every limit of the hotline, in one place."""

from datetime import timedelta
from typing import Final

PACKAGES_LEAST: Final = 2
PACKAGES_MOST: Final = 8
PACKAGE_BYTES: Final = 8 * 1024
TOPICS_MOST: Final = 5

SEALING_BYTES: Final = 1120 + 16
"""What HPKE with X-Wing and ChaCha20-Poly1305 adds: the encapsulated key and the tag."""
NOTE_BYTES: Final = (SEALING_BYTES + 4096, SEALING_BYTES + 16384)
PLACE_BYTES: Final = 4096

WAITING_MOST: Final = 5000
"""People who may wait at one organisation at once."""
PLACES_MOST: Final = 50_000
TRIES_MOST: Final = 10
"""Wrong tokens for one return place within TRIES_WINDOW."""
TRIES_WINDOW: Final = timedelta(hours=1)
TRIES_KEPT: Final = 10_000

REQUEST_LIFE: Final = timedelta(hours=72)
"""How long a request, its note and its key packages are kept at most, whatever becomes of it."""
CLAIM_LIFE: Final = timedelta(minutes=5)
"""How long an advocate's browser may take from the claim to the open seat, before the request waits again."""
TALK_LIFE: Final = timedelta(days=14)
"""How long the advocate's list shows a conversation that nobody closed: the relay's silence limit."""
CLOSED_LIFE: Final = timedelta(hours=24)
"""How long the word "closed" is kept for the person to read."""
PLACE_LIFE: Final = timedelta(days=7)

SHIFT_SEEN: Final = timedelta(minutes=3)
"""An advocate counts as on shift as long as their console was heard of within this time."""
SHIFT_LIFE: Final = timedelta(hours=14)

WAIT_MOST: Final = timedelta(seconds=25)
WAIT_STEP: Final = timedelta(seconds=10)
"""How often a waiting answer reads again without being woken: what changed elsewhere, and a wake-up that was lost."""
