from typing import ClassVar

from django.db import models


class WorkerBeat(models.Model):
    """One row: when a worker last said that it is alive."""

    at = models.DateTimeField()

    objects: ClassVar[models.Manager["WorkerBeat"]]

    def __str__(self) -> str:
        return "worker beat"
