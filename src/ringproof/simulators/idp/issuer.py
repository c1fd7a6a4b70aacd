"""One issuer: who can sign in there, what it is called, and the tokens that it gives."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from ringproof.simulators.idp.claims import SignIn, Stamp, access_claims, id_claims
from ringproof.simulators.idp.grants import Grant, Grants
from ringproof.simulators.idp.keys import SigningKeys
from ringproof.simulators.idp.options import IdpOptions, Realm
from ringproof.simulators.idp.people import Person


@dataclass(frozen=True)
class Issuer:
    """Everything that the endpoints of one issuer need; `origin` is where the provider listens."""

    title: str
    realm: Realm
    people: tuple[Person, ...]
    options: IdpOptions
    keys: SigningKeys
    grants: Grants
    clock: Callable[[], int]
    origin: Callable[[], str]

    @property
    def url(self) -> str:
        """Tell the issuer identifier."""
        return f"{self.origin()}/{self.realm.folder}/v2.0"

    def person(self, person_id: str) -> Person | None:
        """Find somebody by id."""
        return next((person for person in self.people if person.id == person_id), None)

    def tokens(self, grant: Grant) -> dict[str, Any]:
        """Give what the token endpoint gives for a grant (OpenID Connect Core, 3.1.3.3)."""
        sign_in, stamp = grant.sign_in, self._stamp()
        answer = {
            "token_type": "Bearer",
            "scope": sign_in.scope,
            "expires_in": stamp.life,
            "access_token": self.keys.sign(access_claims(sign_in, self.realm, stamp)),
            "id_token": self.keys.sign(id_claims(sign_in, self.realm, stamp)),
        }
        if "offline_access" in sign_in.scope.split():
            answer["refresh_token"] = self.grants.give_refresh_token(self._refreshable(grant))
        return answer

    def claims(self, sign_in: SignIn) -> dict[str, Any]:
        """Say what an access token would say now."""
        return access_claims(sign_in, self.realm, self._stamp())

    def discovery(self) -> dict[str, Any]:
        """Describe the issuer (OpenID Connect Discovery, 3)."""
        base = f"{self.origin()}/{self.realm.folder}"
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{base}/oauth2/v2.0/authorize",
            "token_endpoint": f"{base}/oauth2/v2.0/token",
            "end_session_endpoint": f"{base}/oauth2/v2.0/logout",
            "jwks_uri": f"{base}/discovery/v2.0/keys",
            "response_types_supported": ["code"],
            "response_modes_supported": ["query"],
            "grant_types_supported": ["authorization_code", "refresh_token"],
            "subject_types_supported": ["pairwise", "public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
            "token_endpoint_auth_methods_supported": ["none"],
            "scopes_supported": ["openid", "profile", "offline_access"],
            "prompt_values_supported": ["none", "login", "select_account"],
        }

    def _stamp(self) -> Stamp:
        return Stamp(self.url, self.clock(), self.options.access_token_life)

    def _refreshable(self, grant: Grant) -> Grant:
        """Keep a sign-in for later; an ID token of a refresh has no nonce."""
        expires = self.clock() + self.options.refresh_token_life
        return replace(grant, sign_in=replace(grant.sign_in, nonce=None), expires=expires)
