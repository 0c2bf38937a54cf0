"""The rest of an organisation, so that an advocate can be certified: its offline root key and its supervisor's signing device."""

import secrets
import time
from typing import Any

from tests.peer import trust
from tests.peer.advocate import Advocate, DeviceKeys
from tests.peer.api import StaffApi
from tests.peer.sealing import SealingKeys, intake_info, seal
from tests.peer.signed import (
    DeviceCertificate,
    DeviceRequest,
    IntakeKey,
    RevocationList,
    SigningCertificate,
    Untrusted,
    decode,
    public_of,
    sign,
)
from tests.peer.talk import Clock
from tests.peer.trust import DAY
from tests.peer.wire import b64, sha256, unb64


class Office:
    """``api`` is a supervisor's session; ``root_seed`` never reaches the server."""

    def __init__(self, api: StaffApi, *, organisation: str, root_seed: bytes, now: Clock = time.time) -> None:
        self.api = api
        self.organisation = organisation
        self.root_seed = root_seed
        self.now = now
        self.signing = DeviceKeys()
        self.newest: RevocationList | None = None

    @property
    def root(self) -> bytes:
        return public_of(self.root_seed)

    def open(self) -> None:
        """Certify the signing device by the root key, and publish the first revocation list."""
        request = self.signing.request(organisation=self.organisation, shown_name=self.api.session()["shown_name"], role="signing")
        self.api.staff("POST", "devices", {"request": b64(request), "hpke_key": b64(self.signing.sealing.public)})
        asked = trust.device_request(request, organisation=self.organisation, hpke_key=self.signing.sealing.public)
        now = int(self.now())
        certificate = SigningCertificate(self.organisation, asked.device_id, asked.signature_key, now, now + 300 * DAY)
        self.api.staff("POST", "signing-certificates", {"certificate": b64(sign(certificate, self.root_seed))})
        self.revoke()

    def revoke(self, *device_ids: bytes) -> None:
        """Publish the next revocation list."""
        now = int(self.now())
        before = self.newest.revoked if self.newest else ()
        number = self.newest.number + 1 if self.newest else 1
        revoked = tuple(sorted({*before, *device_ids}))
        self.newest = RevocationList(self.organisation, number, now, now + 6 * DAY, revoked, self.signing.device_id)
        self.api.staff("POST", "revocation-lists", {"list": b64(sign(self.newest, self.signing.seed))})

    def certify(self, device_id: bytes) -> DeviceCertificate:
        """Certify a device that asked, by the bytes that it signed."""
        asked = next(one for one in self.api.staff("GET", "trust")["requests"] if one["device"] == b64(device_id))
        return self._certify(
            trust.device_request(unb64(asked["request"]), organisation=self.organisation, hpke_key=unb64(asked["hpke_key"]))
        )

    def _certify(self, asked: DeviceRequest) -> DeviceCertificate:
        now = int(self.now())
        body = DeviceCertificate(
            asked.organisation,
            asked.device_id,
            asked.signature_key,
            asked.hpke_hash,
            asked.role,
            asked.shown_name,
            now,
            now + 6 * DAY,
            self.signing.device_id,
        )
        signed = sign(body, self.signing.seed)
        self.api.staff("POST", f"devices/{b64(asked.device_id)}/certificate", {"certificate": b64(signed)})
        return body


def intake_publish(maker: Advocate) -> IntakeKey:
    """Make the intake key of now, signed by the maker's device and sealed to every certified device."""
    believed = maker.look()
    now = int(maker.now())
    keys = SealingKeys.new()
    key_id = trust.revocation_mark(believed.newest) + secrets.token_bytes(8)
    key = IntakeKey(maker.organisation, key_id, keys.public, now - 60, now + DAY, maker.keys.device_id)
    sealed = [_sealed(one, maker=maker, key=key, seed=keys.seed) for one in maker.api.staff("GET", "trust")["devices"] if _takes(one)]
    maker.api.staff("POST", "intake-keys", {"key": b64(sign(key, maker.keys.seed)), "sealed": sealed})
    return key


def _takes(device: dict[str, Any]) -> bool:
    return device["certificate"] is not None and not device["revoked"]


def _sealed(device: dict[str, Any], *, maker: Advocate, key: IntakeKey, seed: bytes) -> dict[str, str]:
    """The private half for one device, if the key that the server names is the certified one."""
    device_id, public = unb64(device["device"], 16), unb64(device["hpke_key"], 1216)
    if decode(unb64(device["certificate"]), DeviceCertificate).hpke_hash != sha256(public):
        raise Untrusted("content")
    info = intake_info(maker.organisation, key_id=key.key_id, device_id=device_id)
    return {"device": b64(device_id), "sealed": b64(seal(seed, public=public, info=info))}
