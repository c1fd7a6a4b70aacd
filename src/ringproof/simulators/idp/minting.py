"""Tokens for tests, good or broken on purpose: `POST /sim/token`."""

from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import JSONResponse

from ringproof.simulators.idp.claims import START, SignIn
from ringproof.simulators.idp.issuer import Issuer
from ringproof.simulators.idp.keys import sign_as_a_stranger
from ringproof.simulators.idp.people import Customer, Person, Staff


class Wish(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="camel"):
    """A token to mint; a claim that is null is left out, `stranger` signs with an unknown key."""

    issuer: str
    subject: str
    claims: dict[str, Any] = {}
    client_id: str = "test"
    stranger: bool = False


def mint(issuer: Issuer, wish: Wish) -> str:
    """Make an access token; a subject who is in no people file is made up."""
    person = issuer.person(wish.subject) or _stranger(wish)
    sign_in = SignIn(person, wish.client_id, START, issuer.clock())
    claims = {**issuer.claims(sign_in), **wish.claims}
    kept = {name: value for name, value in claims.items() if value is not None}
    return sign_as_a_stranger(kept) if wish.stranger else issuer.keys.sign(kept)


async def mint_over_http(request: Request, issuers: dict[str, Issuer]) -> JSONResponse:
    """Serve `POST /sim/token`."""
    try:
        wish = msgspec.json.decode(await request.body(), type=Wish)
        issuer = issuers[wish.issuer]
    except (msgspec.MsgspecError, KeyError) as error:
        return JSONResponse({"error": str(error)}, 400)
    life = issuer.options.access_token_life
    answer = {"access_token": mint(issuer, wish), "token_type": "Bearer", "expires_in": life}
    return JSONResponse(answer)


def _stranger(wish: Wish) -> Person:
    if wish.issuer == "staff":
        return Staff(oid=wish.subject, name=wish.subject)
    return Customer(sub=wish.subject, name=wish.subject)
