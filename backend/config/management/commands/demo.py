import os
import shutil
import subprocess
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from backend.config.environment import BASE, environment_read


class Command(BaseCommand):
    help = "Serve a demonstration on data of its own, made anew: a made-up organisation, two advocates, people who wait."

    def handle(self, *args: Any, **options: Any) -> None:
        env = environment_read()
        if env.production:
            raise CommandError(
                "QUIETLINE_MODE: a demonstration never runs in production. See docs/configuration.md, section QUIETLINE_DEMO."
            )
        folder = env.var / "demo"
        shutil.rmtree(folder, ignore_errors=True)
        # Whatever the environment names for real data is not touched.
        kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "VALKEY_URL", "QUIETLINE_KEY_DIR")}
        variables = {**kept, "QUIETLINE_VAR": str(folder), "QUIETLINE_DEMO": "yes"}
        for command in (["migrate", "--verbosity", "0"], ["demo_fill"]):
            subprocess.run([sys.executable, "manage.py", *command], check=True, cwd=BASE, env=variables)  # noqa: S603  # nosec B603
        self.stdout.write(f"Demonstration. Logins, with codes that work now: {env.origins[-1]}/demo/")
        self.stdout.flush()
        os.chdir(BASE)
        os.execve(sys.executable, [sys.executable, "manage.py", "serve"], variables)  # noqa: S606  # nosec B606
