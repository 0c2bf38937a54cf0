"""A private key in a file under a passphrase: PKCS #8 in PEM, as every tool reads it (``openssl pkey -in FILE``), sealed with scrypt and AES-256.

The cryptography library writes such files with 2048 rounds of PBKDF2, which is too few for a key that everything hangs on. It reads what is
written here (RFC 8018, RFC 7914 §7).
"""

import base64
import secrets
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from cryptography.hazmat.primitives.padding import PKCS7
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

SALT_BYTES: Final = 16
SEALING_KEY_BYTES: Final = 32
AES_BLOCK_BYTES: Final = 16
# 16 MiB, sixteen times over: OpenSSL refuses to spend more than 32 MiB at once.
SCRYPT_N: Final = 2**14
SCRYPT_R: Final = 8
SCRYPT_P: Final = 16

PEM_LINE: Final = 64
INTEGER: Final = 0x02
OCTET_STRING: Final = 0x04
SEQUENCE: Final = 0x30
PBES2: Final = bytes.fromhex("06092a864886f70d01050d")
SCRYPT: Final = bytes.fromhex("06092b06010401da47040b")
AES256_CBC: Final = bytes.fromhex("060960864801650304012a")


class NotOpened(ValueError):
    """It is no such file, or the passphrase is another one."""


def key_seal(private: Ed25519PrivateKey, *, passphrase: str) -> bytes:
    """The PEM file's bytes."""
    plain = private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    salt, nonce = secrets.token_bytes(SALT_BYTES), secrets.token_bytes(AES_BLOCK_BYTES)
    deriver = Scrypt(salt=salt, length=SEALING_KEY_BYTES, n=SCRYPT_N, r=SCRYPT_R, p=SCRYPT_P)
    padder, encryptor = PKCS7(AES.block_size).padder(), Cipher(AES(deriver.derive(passphrase.encode())), CBC(nonce)).encryptor()
    sealed = encryptor.update(padder.update(plain) + padder.finalize()) + encryptor.finalize()
    stretching = _sequence(SCRYPT, _sequence(_der(OCTET_STRING, salt), *map(_integer, (SCRYPT_N, SCRYPT_R, SCRYPT_P))))
    sealing = _sequence(AES256_CBC, _der(OCTET_STRING, nonce))
    return _pem(_sequence(_sequence(PBES2, _sequence(stretching, sealing)), _der(OCTET_STRING, sealed)))


def key_open(pem: bytes, *, passphrase: str) -> Ed25519PrivateKey:
    """The key in such a file. Raises NotOpened."""
    try:
        private = load_pem_private_key(pem, passphrase.encode())
    except (ValueError, TypeError):
        raise NotOpened from None
    if not isinstance(private, Ed25519PrivateKey):
        raise NotOpened
    return private


def _der(tag: int, content: bytes) -> bytes:
    """One element of DER with a short content."""
    length = len(content)
    return bytes((tag, length) if length < 0x80 else (tag, 0x81, length)) + content


def _sequence(*elements: bytes) -> bytes:
    return _der(SEQUENCE, b"".join(elements))


def _integer(value: int) -> bytes:
    return _der(INTEGER, value.to_bytes(value.bit_length() // 8 + 1))


def _pem(der: bytes) -> bytes:
    text = base64.b64encode(der)
    lines = [text[start : start + PEM_LINE] for start in range(0, len(text), PEM_LINE)]
    return b"\n".join((b"-----BEGIN ENCRYPTED PRIVATE KEY-----", *lines, b"-----END ENCRYPTED PRIVATE KEY-----", b""))
