"""Errors in the envelope of Google's APIs.

Sources: "ErrorCode", firebase.google.com/docs/reference/fcm/rest/v1/ErrorCode;
google.rpc.BadRequest, github.com/googleapis/googleapis error_details.proto.
"""

from typing import Any

from starlette.responses import JSONResponse

FCM_ERROR = "type.googleapis.com/google.firebase.fcm.v1.FcmError"
BAD_REQUEST = "type.googleapis.com/google.rpc.BadRequest"
ERROR_INFO = "type.googleapis.com/google.rpc.ErrorInfo"
# FCM's code → HTTP status, google.rpc status, message.
CODES = {
    "INVALID_ARGUMENT": (400, "INVALID_ARGUMENT", "Request contains an invalid argument."),
    "THIRD_PARTY_AUTH_ERROR": (401, "UNAUTHENTICATED", "Auth error from APNS or Web Push Service"),
    "SENDER_ID_MISMATCH": (403, "PERMISSION_DENIED", "SenderId mismatch"),
    "UNREGISTERED": (404, "NOT_FOUND", "Requested entity was not found."),
    "QUOTA_EXCEEDED": (429, "RESOURCE_EXHAUSTED", "Quota exceeded for sending messages."),
    "INTERNAL": (500, "INTERNAL", "Internal error encountered."),
    "UNAVAILABLE": (503, "UNAVAILABLE", "The service is currently unavailable."),
}
STATUSES = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    503: "UNAVAILABLE",
}


class Refused(Exception):  # noqa: N818 (an answer, not an error)
    """FCM says no, in Google's words."""

    def __init__(self, code: int, status: str, message: str, *details: dict[str, Any]) -> None:
        super().__init__(message)
        self.code, self.status, self.details = code, status, details

    def response(self, retry_after: int | None = None) -> JSONResponse:
        """Put it into the envelope."""
        error: dict[str, Any] = {"code": self.code, "message": str(self), "status": self.status}
        if self.details:
            error["details"] = list(self.details)
        headers = {} if retry_after is None else {"retry-after": str(retry_after)}
        return JSONResponse({"error": error}, self.code, headers)


def fcm_error(code: str, message: str | None = None, *details: dict[str, Any]) -> Refused:
    """Refuse with one of FCM's own codes."""
    http_status, status, usual_message = CODES[code]
    own = {"@type": FCM_ERROR, "errorCode": code}
    return Refused(http_status, status, message or usual_message, own, *details)


def invalid(field: str, description: str) -> Refused:
    """Refuse a well-formed message that FCM does not take."""
    return fcm_error("INVALID_ARGUMENT", description, _violation(field, description))


def malformed(field: str, description: str) -> Refused:
    """Refuse what is not the API's JSON: this never reaches FCM, so no FcmError is in it."""
    return Refused(400, "INVALID_ARGUMENT", description, _violation(field, description))


def unauthenticated(reason: str) -> Refused:
    """Refuse an access token."""
    message = (
        "Request had invalid authentication credentials. "
        "Expected OAuth 2 access token, login cookie or other valid authentication credential."
    )
    info = {"@type": ERROR_INFO, "reason": reason, "domain": "googleapis.com"}
    return Refused(401, "UNAUTHENTICATED", message, info)


def injected(status: int, code: str) -> Refused:
    """Make an error out of a status and, if there is one, FCM's code or a google.rpc status."""
    if code in CODES:
        _, rpc_status, message = CODES[code]
        return Refused(status, rpc_status, message, {"@type": FCM_ERROR, "errorCode": code})
    return Refused(status, code or STATUSES.get(status, "UNKNOWN"), "Injected by the simulator.")


def _violation(field: str, description: str) -> dict[str, Any]:
    return {
        "@type": BAD_REQUEST,
        "fieldViolations": [{"field": field, "description": description}],
    }
