"""What may become of a help request, as a table. A pair that is not in it is refused."""

from typing import Final

from django.db import models

from backend.core.errors import Refusal
from backend.hotline.errors import AlreadyClaimed, NotWaiting, WrongState


class State(models.TextChoices):
    """Where a request stands. An erased request is no row at all."""

    WAITING = "waiting"
    CLAIMED = "claimed"
    TALKING = "talking"
    CLOSED = "closed"


class Act(models.TextChoices):
    """What is done to a request. RETURN is for while a key package is left, EXHAUST for when none is: nobody could add the person."""

    REPLACE = "replace"
    CLAIM = "claim"
    TALK = "talk"
    RETURN = "return"
    EXHAUST = "exhaust"
    CLOSE = "close"


NEXT: Final = {
    (State.WAITING, Act.REPLACE): State.WAITING,
    (State.WAITING, Act.CLAIM): State.CLAIMED,
    (State.CLAIMED, Act.TALK): State.TALKING,
    (State.CLAIMED, Act.RETURN): State.WAITING,
    (State.CLAIMED, Act.EXHAUST): State.CLOSED,
    (State.CLAIMED, Act.CLOSE): State.CLOSED,
    (State.TALKING, Act.RETURN): State.WAITING,
    (State.TALKING, Act.EXHAUST): State.CLOSED,
    (State.TALKING, Act.CLOSE): State.CLOSED,
}

REFUSALS: Final[dict[Act, type[Refusal]]] = {Act.REPLACE: NotWaiting, Act.CLAIM: AlreadyClaimed}

ANSWERED: Final = (State.CLAIMED, State.TALKING)
"""The states in which an advocate and a conversation belong to the request."""


def state_after(state: State | str, act: Act) -> State:
    """Where ``act`` leads from ``state``. Raises the act's own refusal, or WrongState, where it leads nowhere."""
    following = NEXT.get((State(state), act))
    if following is None:
        raise REFUSALS.get(act, WrongState)
    return following
