"""Judge a PASSporT for somebody who is not the device: what was given is checked, the rest is named."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ringproof.core import jws, passport
from ringproof.core.errors import Code, Refused
from ringproof.core.keys import PublicKey
from ringproof.core.passport import Expected
from ringproof.core.phone import E164
from ringproof.core.time import Millis


@dataclass(frozen=True, slots=True)
class Given:
    """What the asker expects; None: does not care. *keys* by `kid`."""

    keys: Mapping[str, PublicKey] | None = None
    iss: str | None = None
    aud: str | None = None
    dev: str | None = None
    orig: tuple[E164, ...] = ()
    dest: tuple[E164, ...] = ()

    @property
    def unchecked(self) -> tuple[str, ...]:
        """Name what nobody asked to compare."""
        expectations = {
            "iss": self.iss, "aud": self.aud, "dev": self.dev,
            "orig": self.orig, "dest": self.dest,
        }  # fmt: skip
        return tuple(name for name, value in expectations.items() if not value)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the token says, and whether that is so: *code* is None for a genuine one."""

    header: Mapping[str, Any]
    claims: Mapping[str, Any]
    code: Code | None
    detail: str
    unchecked: tuple[str, ...]


def judge(token: str, given: Given, now: Millis) -> Judgement:
    """Judge *token* at the time *now*; Refused(MALFORMED) if there is nothing to read in it."""
    parsed = jws.parse(token)
    header, claims = parsed.header, _readable(parsed.payload)
    try:
        passport.verify(token, given.keys or {}, _expected(given, claims), now)
    except Refused as refused:
        detail = refused.detail if given.keys is not None else _NO_KEYS
        return Judgement(header, claims, refused.code, detail, given.unchecked)
    return Judgement(header, claims, None, "", given.unchecked)


_NO_KEYS = "No keys were given, so that its signature could not be checked."


def _readable(payload: bytes) -> Mapping[str, Any]:
    try:
        return jws.claims_of(payload)
    except Refused:
        return {}


def _expected(given: Given, claims: Mapping[str, Any]) -> Expected:
    """Expect what was given, and elsewhere what the token says of itself."""
    return Expected(
        iss=given.iss or str(claims.get("iss")),
        aud=given.aud or str(claims.get("aud")),
        dev=given.dev or str(claims.get("dev")),
        orig=given.orig or _tns(claims, "orig"),
        dest=given.dest or _tns(claims, "dest"),
    )


def _tns(claims: Mapping[str, Any], name: str) -> tuple[E164, ...]:
    side = claims.get(name)
    tn = side.get("tn") if isinstance(side, dict) else None
    return tuple(E164(f"+{each}") for each in (tn if isinstance(tn, list) else [tn]))
