import logging
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from backend.config.demo.house import SLUG, code_for, house_make, logins
from backend.config.demo.keys import demo_keys
from backend.config.demo.supervisor import supervise
from backend.config.demo.waiting import people_wait
from backend.core.clock import system_clock


class Command(BaseCommand):
    help = "Fill an empty demonstration: the made-up organisation, its advocates, people who wait."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.QUIETLINE_DEMO:
            raise CommandError("QUIETLINE_DEMO: this is no demonstration. See docs/configuration.md, section QUIETLINE_DEMO.")
        logging.disable(logging.INFO)
        keys, now = demo_keys(settings.QUIETLINE_VAR), system_clock()
        house_make(keys, now=now)
        for login in logins(keys):
            code = code_for(login.username, now=now)
            self.stdout.write(f"  {login.username:8}  password {login.password}  code {code}  ({', '.join(login.roles)})")
        supervise(keys=keys, slug=SLUG, now=now)
        people_wait(slug=SLUG, now=now)
