import signal
import sys
from threading import Event, Thread
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from backend.config.jobs import JOBS
from backend.core.clock import system_clock
from backend.core.worker import worker_run


class Command(BaseCommand):
    help = "Run the periodic work (expiry, key destruction) until told to stop."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--beside", action="store_true", help="leave when standard input closes: the server beside has gone")

    def handle(self, *args: Any, **options: Any) -> None:
        stop = Event()

        def leave(number: int, frame: FrameType | None) -> None:
            stop.set()

        signal.signal(signal.SIGTERM, leave)
        signal.signal(signal.SIGINT, leave)
        if options["beside"]:
            Thread(target=_stop_after_input, args=[stop], daemon=True).start()
        worker_run(jobs=JOBS, clock=system_clock, stop=stop)


def _stop_after_input(stop: Event) -> None:
    sys.stdin.read()
    stop.set()
