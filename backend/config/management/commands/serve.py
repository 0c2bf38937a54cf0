from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from backend.config.environment import PAGE, environment_read
from backend.config.serving import PortTaken, serve


class Command(BaseCommand):
    help = "Serve the site, with the worker beside it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--no-worker", action="store_true", help="only the web process; a worker runs elsewhere")

    def handle(self, *args: Any, **options: Any) -> None:
        env = environment_read()
        self.stdout.write(f"Quietline: {env.origins[0]}/  (the app)\n           {env.origins[-1]}/console/  (for advocates)")
        self.stdout.flush()
        try:
            status = serve(bind=env.bind, port=env.port, worker=not options["no_worker"])
        except PortTaken:
            raise CommandError(
                f"PORT: {env.bind}:{env.port} cannot be listened on; another PORT may be free. See {PAGE}, section PORT."
            ) from None
        raise SystemExit(status)
