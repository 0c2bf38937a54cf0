"""The trust chain's rows (docs/protocol.md §4): each keeps the signed object itself, and beside it the fields that are looked up.

Times are seconds since 1970 UTC, as in the objects. The server checks what it is given, but nobody needs to believe it: every client checks
the objects for itself.
"""

from django.db import models

from backend.staff.models.people import Organisation, StaffUser


class SigningCertificate(models.Model):
    """The root's word that a supervisor's signing device may certify devices."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="signing_certificates")
    device_id = models.BinaryField(max_length=16)
    signature_key = models.BinaryField(max_length=32)
    not_before = models.BigIntegerField()
    not_after = models.BigIntegerField()
    signed = models.BinaryField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("organisation", "signed"), name="staff_signing_certificate_once"),)


class Device(models.Model):
    """A browser of a member of staff: its request, and its newest certificate where it has one."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="devices")
    user = models.ForeignKey(StaffUser, on_delete=models.CASCADE, related_name="devices")
    device_id = models.BinaryField(max_length=16, unique=True)
    signature_key = models.BinaryField(max_length=32)
    hpke_key = models.BinaryField(max_length=1216)
    role = models.CharField(max_length=12)
    shown_name = models.CharField(max_length=60)
    request = models.BinaryField()
    asked_at = models.BigIntegerField()
    certificate = models.BinaryField(null=True)
    issuer = models.BinaryField(max_length=16, null=True)
    not_before = models.BigIntegerField(null=True)
    not_after = models.BigIntegerField(null=True)


class RevocationList(models.Model):
    """An organisation's newest list of revoked devices. Older ones are not kept: a list holds everything that the one before it held."""

    organisation = models.OneToOneField(Organisation, on_delete=models.CASCADE, related_name="revocation_list")
    signed = models.BinaryField()


class IntakeKey(models.Model):
    """A key that notes are sealed to. Whether it is still in use follows from its times and the newest revocation list (standing.py)."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="intake_keys")
    key_id = models.BinaryField(max_length=16)
    issuer = models.ForeignKey(Device, on_delete=models.CASCADE, related_name="issued_intake_keys")
    not_before = models.BigIntegerField()
    not_after = models.BigIntegerField()
    signed = models.BinaryField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("organisation", "key_id"), name="staff_intake_key_once"),)


class SealedIntakeKey(models.Model):
    """The private half of an intake key, sealed to one device. The server cannot open it."""

    key = models.ForeignKey(IntakeKey, on_delete=models.CASCADE, related_name="sealed")
    device = models.ForeignKey(Device, on_delete=models.CASCADE, related_name="sealed_intake_keys")
    sealed = models.BinaryField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("key", "device"), name="staff_sealed_intake_key_once"),)
