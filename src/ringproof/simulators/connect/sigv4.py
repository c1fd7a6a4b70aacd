"""Signature Version 4, checked as an AWS front end checks it (IAM user guide, "SigV4")."""

import hashlib
import hmac
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, quote

from starlette.requests import Request

from ringproof.simulators.connect.refusals import Refused

AUTHORIZATION = re.compile(
    r"AWS4-HMAC-SHA256 Credential=(?P<key>[^/]+)/(?P<scope>\S+?),\s*"
    r"SignedHeaders=(?P<headers>[^,]+),\s*Signature=(?P<signature>[0-9a-f]{64})\Z"
)
LONGEST_SKEW = timedelta(minutes=5)
MUST_BE_SIGNED = {"host", "x-amz-date"}
SERVICE = "connect"


def check_signature(
    request: Request,
    body: bytes,
    *,
    keys: Mapping[str, str],
    region: str,
    now: datetime,
    service: str = SERVICE,
) -> None:
    """Refuse a request that no configured key has signed for this Region and service."""
    header = request.headers.get("authorization")
    if not header:
        raise Refused("MissingAuthenticationTokenException", "Missing Authentication Token")
    match = AUTHORIZATION.match(header)
    if not match or not set(match["headers"].split(";")) >= MUST_BE_SIGNED:
        raise Refused("IncompleteSignatureException", "Authorization header is not complete.")
    if match["key"] not in keys:
        message = "The security token included in the request is invalid."
        raise Refused("UnrecognizedClientException", message)
    stamp = request.headers.get("x-amz-date", "")
    _check_scope(match["scope"], stamp, f"{region}/{service}", now)
    canonical = canonical_request(request, match["headers"].split(";"), body)
    wanted = signature(keys[match["key"]], stamp, match["scope"], canonical)
    if not hmac.compare_digest(wanted, match["signature"]):
        message = "The request signature we calculated does not match the signature you provided."
        raise Refused("InvalidSignatureException", message)


def canonical_request(request: Request, signed: list[str], body: bytes) -> str:
    """Bring the request into the form that was signed; the path is encoded a second time."""
    path = quote(request.scope["raw_path"].decode(), safe="/~")
    pairs = parse_qsl(request.url.query, keep_blank_values=True)
    query = "&".join(sorted(f"{quote(k, safe='-_.~')}={quote(v, safe='-_.~')}" for k, v in pairs))
    values = [(name, ",".join(request.headers.getlist(name))) for name in signed]
    headers = "".join(f"{name}:{' '.join(value.split())}\n" for name, value in values)
    digest = hashlib.sha256(body).hexdigest()
    return "\n".join([request.method, path, query, headers, ";".join(signed), digest])


def signature(secret: str, stamp: str, scope: str, canonical: str) -> str:
    """Sign a canonical request with the key derived for its scope."""
    digest = hashlib.sha256(canonical.encode()).hexdigest()
    key = f"AWS4{secret}".encode()
    for part in scope.split("/"):
        key = hmac.digest(key, part.encode(), "sha256")
    to_sign = f"AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{digest}"
    return hmac.digest(key, to_sign.encode(), "sha256").hex()


def _check_scope(scope: str, stamp: str, place: str, now: datetime) -> None:
    try:
        signed_at = datetime.strptime(stamp, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        raise Refused("IncompleteSignatureException", "X-Amz-Date is not a date.") from None
    if scope != f"{stamp[:8]}/{place}/aws4_request":
        message = f"Credential should be scoped to {place}."
        raise Refused("InvalidSignatureException", message)
    if abs(now - signed_at) > LONGEST_SKEW:
        raise Refused("InvalidSignatureException", f"Signature expired: {stamp}")
