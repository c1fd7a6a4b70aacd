"""The authorization endpoint: code flow with PKCE (RFC 6749, RFC 7636, OpenID Connect Core)."""

import re
from collections.abc import Mapping
from urllib.parse import parse_qs, urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ringproof.simulators.idp.claims import SignIn
from ringproof.simulators.idp.grants import Grant, Session
from ringproof.simulators.idp.issuer import Issuer
from ringproof.simulators.idp.page import is_hinted, login_page, refusal_page, signed_out_page

COOKIE = "idp-browser"
CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}\Z")
SEE_OTHER = 303
FRESH = {"login", "select_account"}


async def authorize(request: Request, issuer: Issuer) -> Response:
    """Send the browser back with a code or an error, or ask who is there.

    Where the client or its redirect URI is unknown, nobody is sent anywhere.
    """
    asked = request.query_params
    uris = issuer.realm.clients.get(asked.get("client_id", ""))
    if uris is None:
        return refusal_page("The client is not registered here.")
    if asked.get("redirect_uri") not in uris:
        return refusal_page("The redirect URI is not registered for this client.")
    if error := _error(asked):
        return _back(asked, error)
    if request.method == "POST":
        return await _signed_in(request, issuer)
    return _resumed(request, issuer)


async def log_out(request: Request, issuer: Issuer) -> Response:
    """End the session and go back where the client registered that one may."""
    issuer.grants.close_session(request.cookies.get(COOKIE), issuer.realm.folder)
    target = request.query_params.get("post_logout_redirect_uri")
    known = {uri for uris in issuer.realm.clients.values() for uri in uris}
    if target not in known or target is None:
        return signed_out_page()
    return RedirectResponse(target, SEE_OTHER)


def _error(asked: Mapping[str, str]) -> dict[str, str] | None:
    if asked.get("response_type") != "code":
        return {"error": "unsupported_response_type"}
    if asked.get("response_mode", "query") != "query":
        return _invalid("only response_mode query is supported")
    if "openid" not in asked.get("scope", "").split():
        return {"error": "invalid_scope", "error_description": "openid is missing"}
    if asked.get("code_challenge_method") != "S256":
        return _invalid("PKCE with S256 is required")
    if not CHALLENGE.match(asked.get("code_challenge", "")):
        return _invalid("code_challenge is not a SHA-256")
    return None


def _resumed(request: Request, issuer: Issuer) -> Response:
    """Go on with a session that fits what was asked for, else ask, if asking is allowed."""
    asked = request.query_params
    session = issuer.grants.session(request.cookies.get(COOKIE), issuer.realm.folder)
    prompt, hint = asked.get("prompt"), asked.get("login_hint")
    if session and prompt not in FRESH and (not hint or is_hinted(session.person, hint)):
        return _granted(asked, issuer, session)
    if prompt == "none":
        return _back(asked, {"error": "login_required"})
    return login_page(issuer.title, issuer.people, hint)


async def _signed_in(request: Request, issuer: Issuer) -> Response:
    """Open a session for the person chosen on the login page."""
    form = parse_qs((await request.body()).decode())
    person = issuer.person(form.get("person", [""])[0])
    if person is None:
        return login_page(issuer.title, issuer.people, request.query_params.get("login_hint"))
    folder = issuer.realm.folder
    browser = issuer.grants.open_session(request.cookies.get(COOKIE), folder, person)
    session = issuer.grants.session(browser, folder)
    if session is None:
        raise AssertionError("a session just opened is there")
    answer = _granted(request.query_params, issuer, session)
    answer.set_cookie(COOKIE, browser, httponly=True, samesite="lax")
    return answer


def _granted(asked: Mapping[str, str], issuer: Issuer, session: Session) -> Response:
    sign_in = SignIn(
        session.person,
        asked["client_id"],
        asked["scope"],
        session.auth_time,
        asked.get("nonce"),
    )
    grant = Grant(
        issuer.realm.folder,
        sign_in,
        issuer.clock() + issuer.options.code_life,
        asked["redirect_uri"],
        asked["code_challenge"],
    )
    return _back(asked, {"code": issuer.grants.give_code(grant)})


def _back(asked: Mapping[str, str], answer: dict[str, str]) -> Response:
    if state := asked.get("state"):
        answer = {**answer, "state": state}
    target = asked["redirect_uri"]
    joint = "&" if "?" in target else "?"
    return RedirectResponse(f"{target}{joint}{urlencode(answer)}", SEE_OTHER)


def _invalid(description: str) -> dict[str, str]:
    return {"error": "invalid_request", "error_description": description}
