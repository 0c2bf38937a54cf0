"""The state table: every pair is either in it or refused, and no way leads back from closed."""

from itertools import product

import pytest

from backend.core.errors import Refusal
from backend.hotline.errors import AlreadyClaimed, NotWaiting, WrongState
from backend.hotline.states import NEXT, Act, State, state_after


@pytest.mark.parametrize(("state", "act"), list(product(State, Act)))
def test_every_pair_is_in_the_table_or_refused(state: State, act: Act) -> None:
    if (state, act) in NEXT:
        assert state_after(state, act) is NEXT[state, act]
    else:
        with pytest.raises(Refusal):
            state_after(state, act)


def test_nothing_leads_away_from_closed() -> None:
    assert not [pair for pair in NEXT if pair[0] is State.CLOSED]


def test_every_state_but_the_first_is_reached_and_closed_is_reached_from_everywhere_that_is_answered() -> None:
    assert set(NEXT.values()) == set(State)
    assert {state for (state, act), after in NEXT.items() if after is State.CLOSED} == {State.CLAIMED, State.TALKING}


@pytest.mark.parametrize(
    ("state", "act", "refusal"),
    [
        (State.CLAIMED, Act.CLAIM, AlreadyClaimed),
        (State.CLOSED, Act.CLAIM, AlreadyClaimed),
        (State.TALKING, Act.REPLACE, NotWaiting),
        (State.WAITING, Act.TALK, WrongState),
    ],
)
def test_the_refusal_says_what_the_act_was_refused_for(state: State, act: Act, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        state_after(state, act)
