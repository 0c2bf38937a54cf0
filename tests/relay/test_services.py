"""What rooms above do with conversations."""

import pytest
from django.db import transaction

from backend.relay.access import seat_for
from backend.relay.errors import NoSeat, NotAllowed
from backend.relay.models import Conversation
from backend.relay.services import conversation_create, conversation_end
from tests.relay.driver import Hands, address_of, token_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_new_conversation_is_empty_and_opened_by_its_owners_token_alone(hands: Hands) -> None:
    conversation_id = conversation_create(owner=address_of("owner"), now=hands())
    assert len(conversation_id) == 16
    found = seat_for(token=token_of("owner"), now=hands())
    assert (found.seat.number, found.seat.first, found.cursor, found.head, found.epoch) == (0, 1, 0, 0, 0)
    with pytest.raises(NoSeat):
        seat_for(token=address_of("owner"), now=hands())


def test_an_address_owns_one_conversation(hands: Hands) -> None:
    conversation_create(owner=address_of("owner"), now=hands())
    with pytest.raises(NotAllowed):
        conversation_create(owner=address_of("owner"), now=hands())


def test_both_happen_with_the_transaction_of_the_caller_or_not_at_all(hands: Hands) -> None:
    conversation_id = conversation_create(owner=address_of("owner"), now=hands())
    with transaction.atomic():
        conversation_create(owner=address_of("other"), now=hands())
        conversation_end(conversation_id=conversation_id, now=hands())
        transaction.set_rollback(True)
    assert Conversation.objects.count() == 1
    assert seat_for(token=token_of("owner"), now=hands())


def test_ending_what_is_over_or_never_was_changes_nothing(hands: Hands) -> None:
    conversation_id = conversation_create(owner=address_of("owner"), now=hands())
    for _ in range(2):
        conversation_end(conversation_id=conversation_id, now=hands())
    conversation_end(conversation_id=bytes(16), now=hands())
    assert Conversation.objects.get().revision == 1
