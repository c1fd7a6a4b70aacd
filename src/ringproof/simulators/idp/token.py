"""The token endpoint, for public clients (RFC 6749, 5)."""

from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import JSONResponse

from ringproof.simulators.idp.grants import Grant
from ringproof.simulators.idp.issuer import Issuer

NO_STORE = {"Cache-Control": "no-store", "Pragma": "no-cache"}


async def token(request: Request, issuer: Issuer) -> JSONResponse:
    """Redeem a code or a refresh token."""
    form = {name: values[0] for name, values in parse_qs((await request.body()).decode()).items()}
    if form.get("client_id") not in issuer.realm.clients:
        return _refuse("invalid_client", "The client is not registered here.", 401)
    if form.get("grant_type") not in ("authorization_code", "refresh_token"):
        return _refuse("unsupported_grant_type", "Only codes and refresh tokens are redeemed.")
    try:
        grant = _redeem(form, issuer)
    except KeyError:
        return _refuse("invalid_grant", "It is unknown, used, expired, or another client's.")
    if grant.folder != issuer.realm.folder:
        return _refuse("invalid_grant", "It belongs to another issuer.")
    return JSONResponse(issuer.tokens(grant), headers=NO_STORE)


def _redeem(form: dict[str, str], issuer: Issuer) -> Grant:
    client_id = form["client_id"]
    if form["grant_type"] == "refresh_token":
        return issuer.grants.refresh(form.get("refresh_token", ""), client_id=client_id)
    return issuer.grants.take_code(
        form.get("code", ""),
        client_id=client_id,
        redirect_uri=form.get("redirect_uri", ""),
        verifier=form.get("code_verifier", ""),
    )


def _refuse(error: str, description: str, status: int = 400) -> JSONResponse:
    return JSONResponse({"error": error, "error_description": description}, status, NO_STORE)
