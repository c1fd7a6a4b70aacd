"""A Google service account: who we are, and the assertion that says so (RFC 7523)."""

from dataclasses import dataclass, field
from typing import Self

import msgspec
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from ringproof.adapters.push.deadline import whole_seconds
from ringproof.core import jws
from ringproof.core.time import HOUR, SECOND, Millis

_SCOPE = "https://www.googleapis.com/auth/firebase.messaging"


@dataclass(frozen=True, slots=True)
class ServiceAccount:
    """Who we are at Google, as in the JSON file that its console gives out."""

    project_id: str
    client_email: str
    token_uri: str
    private_key_id: str
    private_key: rsa.RSAPrivateKey = field(repr=False)

    @classmethod
    def from_json(cls, text: bytes) -> Self:
        """Read such a file; ValueError says what is wrong with it, without its contents."""
        try:
            written = msgspec.json.decode(text, type=_ServiceAccountFile)
            key = load_pem_private_key(written.private_key.encode(), password=None)
        except ValueError as error:  # of both libraries
            raise ValueError("not a service account file") from error
        if not isinstance(key, rsa.RSAPrivateKey):
            raise ValueError("the service account's key is not an RSA key")  # noqa: TRY004
        return cls(
            written.project_id,
            written.client_email,
            written.token_uri,
            written.private_key_id,
            key,
        )

    def assertion(self, now: Millis) -> str:
        """Sign that we are this account, for an hour, the longest that Google takes."""
        iat = whole_seconds(now)
        signed = jws.signing_input(
            {"alg": "RS256", "kid": self.private_key_id, "typ": "JWT"},
            {
                "iss": self.client_email,
                "scope": _SCOPE,
                "aud": self.token_uri,
                "iat": iat,
                "exp": iat + HOUR // SECOND,
            },
        )
        signature = self.private_key.sign(signed.encode(), padding.PKCS1v15(), hashes.SHA256())
        return jws.compact(signed, signature)


class _ServiceAccountFile(msgspec.Struct, frozen=True):
    project_id: str
    client_email: str
    private_key: str
    private_key_id: str = ""
    token_uri: str = "https://oauth2.googleapis.com/token"  # noqa: S105
