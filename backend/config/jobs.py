"""The periodic work of the whole deployment."""

from datetime import datetime, timedelta
from typing import Final

from backend.core.worker import Job
from backend.core.wrapping import WINDOW, keyring, window_start

JOBS: Final[tuple[Job, ...]] = ()
