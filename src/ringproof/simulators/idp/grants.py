"""What has been granted: codes, refresh tokens, and who is signed in at a browser."""

import base64
import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass

from ringproof.simulators.idp.claims import SignIn
from ringproof.simulators.idp.people import Person


@dataclass(frozen=True)
class Grant:
    """What a code or a refresh token stands for; `expires` in seconds since the epoch."""

    folder: str
    sign_in: SignIn
    expires: int
    redirect_uri: str = ""
    code_challenge: str = ""


@dataclass(frozen=True)
class Session:
    """Somebody is signed in at one browser and one issuer."""

    person: Person
    auth_time: int


class Grants:
    """Codes are good for one use, refresh tokens until they expire."""

    def __init__(self, clock: Callable[[], int]) -> None:
        self._clock = clock
        self._codes: dict[str, Grant] = {}
        self._refresh: dict[str, Grant] = {}
        self._sessions: dict[tuple[str, str], Session] = {}

    def give_code(self, grant: Grant) -> str:
        """Give a code for a grant."""
        return _give(self._codes, grant)

    def take_code(self, code: str, *, client_id: str, redirect_uri: str, verifier: str) -> Grant:
        """Redeem a code; raise `KeyError` unless it is this client's, live, and unused."""
        grant = self._codes.pop(code)
        genuine = (
            grant.sign_in.client_id == client_id
            and grant.redirect_uri == redirect_uri
            and secrets.compare_digest(grant.code_challenge, s256(verifier))
        )
        if not genuine or grant.expires <= self._clock():
            raise KeyError(code)
        return grant

    def give_refresh_token(self, grant: Grant) -> str:
        """Give a refresh token for a grant."""
        return _give(self._refresh, grant)

    def refresh(self, token: str, *, client_id: str) -> Grant:
        """Look a refresh token up; raise `KeyError` unless it is this client's and live."""
        grant = self._refresh[token]
        if grant.sign_in.client_id != client_id or grant.expires <= self._clock():
            raise KeyError(token)
        return grant

    def open_session(self, browser: str | None, folder: str, person: Person) -> str:
        """Sign somebody in at a browser; return the browser's cookie, made new if need be."""
        browser = browser or secrets.token_urlsafe(24)
        self._sessions[browser, folder] = Session(person, self._clock())
        return browser

    def session(self, browser: str | None, folder: str) -> Session | None:
        """Look up who is signed in at a browser."""
        return self._sessions.get((browser or "", folder))

    def close_session(self, browser: str | None, folder: str) -> None:
        """Sign out."""
        self._sessions.pop((browser or "", folder), None)


def s256(verifier: str) -> str:
    """Turn a PKCE verifier into its challenge (RFC 7636, 4.2)."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def _give(kept: dict[str, Grant], grant: Grant) -> str:
    handle = secrets.token_urlsafe(32)
    kept[handle] = grant
    return handle
