"""What may be done at the hotline. Every edge calls one of these; nothing else changes the hotline's rows."""

from backend.hotline.services.claims import Claim, request_claim, request_close, request_return, request_talking
from backend.hotline.services.places import place_erase, place_keep, place_open
from backend.hotline.services.requests import request_create, request_replace, request_status, request_withdraw
from backend.hotline.services.shifts import shift_seen, shift_set

__all__ = [
    "Claim",
    "place_erase",
    "place_keep",
    "place_open",
    "request_claim",
    "request_close",
    "request_create",
    "request_replace",
    "request_return",
    "request_status",
    "request_talking",
    "request_withdraw",
    "shift_seen",
    "shift_set",
]
