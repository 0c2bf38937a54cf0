"""What one connection may say, and in which order: no socket, no database, no clock."""

from dataclasses import dataclass

from backend.core.errors import Refusal
from backend.relay.acts import Deed, act_check, digest_of
from backend.relay.codec import client_decode, client_id_of
from backend.relay.errors import Malformed
from backend.relay.frames import NO_CLIENT_ID, ClientFrame, Hello, Refused
from backend.relay.limits import CLOSE_MALFORMED, Limit


@dataclass(slots=True)
class Session:
    """Reads the frames of one connection. ``close`` is the code to close with once it has gone too far.

    ``refusal`` is the last one: what an edge with a status of its own has to say instead of a frame.
    """

    opened: bool = False
    malformed: int = 0
    close: int | None = None
    refusal: Refusal | None = None

    def hear(self, raw: bytes | None) -> Hello | Deed | Refused:
        """What a message asks for. HELLO comes first and once; ``None`` stands for a message that is not binary."""
        try:
            frame = self._read(raw)
        except Refusal as refusal:
            self.malformed += 1
            if not self.opened or self.malformed >= Limit.MALFORMED_PER_SOCKET:
                self.close = CLOSE_MALFORMED
            return self._refused(refusal, NO_CLIENT_ID if raw is None else client_id_of(raw))
        if isinstance(frame, Hello):
            self.opened = True
            return frame
        assert raw is not None
        try:
            act_check(frame)
        except Refusal as refusal:
            return self._refused(refusal, client_id_of(raw))
        return Deed(frame, digest_of(raw), len(raw))

    def _read(self, raw: bytes | None) -> ClientFrame:
        if raw is None:
            raise Malformed
        frame = client_decode(raw)
        if isinstance(frame, Hello) == self.opened:
            raise Malformed
        return frame

    def _refused(self, refusal: Refusal, client_id: bytes) -> Refused:
        self.refusal = refusal.with_traceback(None)
        return refused_frame(refusal, client_id)


def refused_frame(refusal: Refusal, client_id: bytes = NO_CLIENT_ID) -> Refused:
    """A refusal as a frame."""
    return Refused(client_id, round(refusal.retry_after * 1000), refusal.code)
