"""The hotline's own refusals. None says anything about who asked or for what."""

from backend.core.errors import Refusal


class AlreadyClaimed(Refusal):
    """Somebody else answers this person."""

    code = "hotline.already_claimed"
    status = 409


class NotWaiting(Refusal):
    """What was asked for is only possible while the request waits."""

    code = "hotline.not_waiting"
    status = 409


class WrongState(Refusal):
    """The request is in a state that does not allow this act."""

    code = "hotline.wrong_state"
    status = 409


class IdTaken(Refusal):
    """A request of this id exists and is not the one that was sent."""

    code = "hotline.id_taken"
    status = 409


class IntakeKeyStale(Refusal):
    """The note was sealed to a key that the organisation does not use now: fetch the trust bundle and seal again."""

    code = "hotline.intake_key_stale"
    status = 409


class DeviceNotCertified(Refusal):
    """The advocate's device has no certificate that holds now."""

    code = "hotline.device_not_certified"
    status = 403


class QueueFull(Refusal):
    """More people wait than this deployment can keep. The numbers to call still work."""

    code = "hotline.queue_full"
    status = 503
    retry_after = 120


class TooManyTries(Refusal):
    """Too many wrong tokens for one return place."""

    code = "request.slow_down"
    status = 429
    retry_after = 3600
