"""Connect's errors: the code, the status, and the form they have on the wire."""

from starlette.responses import JSONResponse

# Modelled errors (botocore, connect/2017-08-08), then those of every AWS front end.
STATUSES = {
    "InvalidRequestException": 400,
    "InvalidParameterException": 400,
    "AccessDeniedException": 403,
    "DestinationNotAllowedException": 403,
    "OutboundContactNotPermittedException": 403,
    "ResourceNotFoundException": 404,
    "ContactNotFoundException": 410,
    "LimitExceededException": 429,
    "ThrottlingException": 429,
    "TooManyRequestsException": 429,
    "InternalServiceException": 500,
    "SerializationException": 400,
    "UnknownOperationException": 404,
    "MissingAuthenticationTokenException": 403,
    "IncompleteSignatureException": 400,
    "InvalidSignatureException": 403,
    "UnrecognizedClientException": 403,
}


class Refused(Exception):  # noqa: N818
    """Connect answers with this error."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(code)
        self.code = code
        self.message = message


def error_response(
    code: str, message: str, *, status: int | None = None, retry_after: int | None = None
) -> JSONResponse:
    """Write an error as REST-JSON does: its code in `x-amzn-ErrorType`, its words in the body."""
    headers = {"x-amzn-ErrorType": f"{code}:"}
    if retry_after is not None:
        headers["Retry-After"] = str(retry_after)
    return JSONResponse(
        {"Message": message}, status or STATUSES.get(code, 400), headers, "application/json"
    )
