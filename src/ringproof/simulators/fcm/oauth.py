"""Google's token endpoint: a signed assertion in, an access token out.

Source: "Using OAuth 2.0 for server to server applications",
developers.google.com/identity/protocols/oauth2/service-account; RFC 7523.
"""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from ringproof.simulators.fcm.errors import unauthenticated
from ringproof.simulators.jws import Jws, PublicKey, is_signed_by, parse

GRANT_TYPE = "urn:ietf:params:oauth:grant-type:jwt-bearer"
SCOPES = frozenset(
    {
        "https://www.googleapis.com/auth/firebase.messaging",
        "https://www.googleapis.com/auth/cloud-platform",
    }
)
LIFETIME_S = 3599  # what Google says of a token that lives an hour
MAX_ASSERTION_S = 3600
CLOCK_SKEW_S = 300
UNREASONABLE = (
    "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable "
    "timeframe. Check your iat and exp values in the JWT claim."
)


class GrantRefused(Exception):  # noqa: N818 (an answer, not an error)
    """No access token; *error* is RFC 6749's code."""

    def __init__(self, error: str, description: str) -> None:
        super().__init__(description)
        self.error = error

    def response(self) -> JSONResponse:
        """Answer as RFC 6749 §5.2 has it."""
        return JSONResponse({"error": self.error, "error_description": str(self)}, 400)


@dataclass(frozen=True)
class ServiceAccount:
    """Who may send for a project, and the key its assertions are signed with."""

    email: str
    project: str
    key: PublicKey


@dataclass
class AccessTokens:
    """Issue access tokens to service accounts, and recognise them until they expire."""

    accounts: Mapping[str, ServiceAccount]
    now: Callable[[], float]
    _live: dict[str, tuple[ServiceAccount, float]] = field(default_factory=dict)

    async def endpoint(self, request: Request) -> Response:
        """Serve `POST /token`."""
        try:
            form = parse_qs((await request.body()).decode("utf-8", errors="replace"))
            token = self.issue(form, audience=str(request.url))
        except GrantRefused as refused:
            return refused.response()
        return JSONResponse(
            {"access_token": token, "expires_in": LIFETIME_S, "token_type": "Bearer"}
        )

    def issue(self, form: Mapping[str, list[str]], audience: str) -> str:
        """Return a new access token, or raise GrantRefused."""
        grant_type = form.get("grant_type", [""])[0]
        if grant_type != GRANT_TYPE:
            raise GrantRefused("unsupported_grant_type", f"Invalid grant_type: {grant_type}")
        jws = parse(form.get("assertion", [""])[0])
        if jws is None:
            raise GrantRefused("invalid_grant", "Bad Request")
        account = self._account(jws)
        self._judge(jws, audience)
        token = f"ya29.c.{secrets.token_urlsafe(48)}"
        self._live[token] = (account, self.now() + LIFETIME_S)
        return token

    def recognise(self, authorization: str | None) -> ServiceAccount:
        """Return whose token this is, or raise Refused."""
        if not authorization:
            raise unauthenticated("CREDENTIALS_MISSING")
        scheme, _, token = authorization.partition(" ")
        account, expires_at = self._live.get(token, (None, 0.0))
        if scheme.lower() != "bearer" or account is None:
            raise unauthenticated("ACCESS_TOKEN_TYPE_UNSUPPORTED")
        if expires_at <= self.now():
            raise unauthenticated("ACCESS_TOKEN_EXPIRED")
        return account

    def revoke_all(self) -> None:
        """Let no token that was issued be good any more."""
        self._live = {token: (account, 0.0) for token, (account, _) in self._live.items()}

    def _account(self, jws: Jws) -> ServiceAccount:
        account = self.accounts.get(str(jws.claims.get("iss")))
        if account is None:
            raise GrantRefused("invalid_grant", "Invalid grant: account not found")
        if not is_signed_by(jws, account.key):
            raise GrantRefused("invalid_grant", "Invalid JWT Signature.")
        return account

    def _judge(self, jws: Jws, audience: str) -> None:
        issued_at, expires_at = jws.claims.get("iat"), jws.claims.get("exp")
        if not isinstance(issued_at, int) or not isinstance(expires_at, int):
            raise GrantRefused("invalid_grant", UNREASONABLE)
        timely = issued_at - CLOCK_SKEW_S <= self.now() < expires_at
        if not timely or not 0 < expires_at - issued_at <= MAX_ASSERTION_S:
            raise GrantRefused("invalid_grant", UNREASONABLE)
        if jws.claims.get("aud") != audience:
            raise GrantRefused(
                "invalid_grant",
                f"Invalid JWT: Failed audience check. The right audience is {audience}",
            )
        if not SCOPES.intersection(str(jws.claims.get("scope", "")).split()):
            raise GrantRefused(
                "invalid_scope", "Invalid OAuth scope or ID token audience provided."
            )
