"""What the tokens of the two issuers say."""

import hashlib
import uuid
from dataclasses import dataclass
from typing import Any

from ringproof.simulators.idp.options import Realm
from ringproof.simulators.idp.people import Customer, Person, Staff

START = "VerifiedCall.Start"


@dataclass(frozen=True)
class SignIn:
    """Somebody signed in to a client; `auth_time` in seconds since the epoch."""

    person: Person
    client_id: str
    scope: str
    auth_time: int
    nonce: str | None = None


@dataclass(frozen=True)
class Stamp:
    """Which issuer makes a token, when, and for how long; in seconds."""

    issuer: str
    now: int
    life: int

    def on(self, audience: str) -> dict[str, Any]:
        """Say what every token says."""
        expires = self.now + self.life
        return {
            "iss": self.issuer,
            "aud": audience,
            "iat": self.now,
            "nbf": self.now,
            "exp": expires,
        }


def access_claims(sign_in: SignIn, realm: Realm, stamp: Stamp) -> dict[str, Any]:
    """Say what an access token says: of staff as Entra ID does (v2.0), of customers the least."""
    return {**stamp.on(realm.audience), **_about(sign_in, realm), **_granted(sign_in)}


def id_claims(sign_in: SignIn, realm: Realm, stamp: Stamp) -> dict[str, Any]:
    """Say what an ID token says."""
    claims = {**stamp.on(sign_in.client_id), **_about(sign_in, realm)}
    claims |= {"auth_time": sign_in.auth_time, "name": sign_in.person.name}
    claims |= {"nonce": sign_in.nonce, "azp": None, "roles": None}
    return {name: value for name, value in claims.items() if value is not None}


def _about(sign_in: SignIn, realm: Realm) -> dict[str, Any]:
    match sign_in.person:
        case Staff() as person:
            return _staff(person, sign_in, realm)
        case person:
            return _customer(person, sign_in)


def _staff(person: Staff, sign_in: SignIn, realm: Realm) -> dict[str, Any]:
    return {
        "azp": sign_in.client_id,
        "name": person.name,
        "oid": person.oid,
        "preferred_username": person.username or f"{person.agent_id or person.oid}@bank.example",
        "roles": list(person.roles),
        "sub": _pairwise(person.oid, sign_in.client_id),
        "tid": realm.folder,
        "uti": uuid.uuid4().hex,
        "ver": "2.0",
    }


def _granted(sign_in: SignIn) -> dict[str, str]:
    """Say what was granted; of staff only the API's scope, and only if it was asked for."""
    if not isinstance(sign_in.person, Staff):
        return {"scope": sign_in.scope}
    asked = any(scope.rpartition("/")[2] == START for scope in sign_in.scope.split())
    return {"azpacr": "0", **({"scp": START} if asked else {})}


def _customer(person: Customer, sign_in: SignIn) -> dict[str, Any]:
    return {"sub": person.sub, "azp": sign_in.client_id, "auth_time": sign_in.auth_time}


def _pairwise(oid: str, client_id: str) -> str:
    """Give every client another subject for the same user, as Entra ID does."""
    return hashlib.sha256(f"{oid}/{client_id}".encode()).hexdigest()[:43]
