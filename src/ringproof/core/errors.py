"""Everything that can be declined, by its stable code. Codes are never renamed or reused."""

from enum import StrEnum


class Code(StrEnum):
    """Why something was declined; the wire value is the name."""

    # The request itself.
    INVALID_REQUEST = "invalid_request"
    TOO_LARGE = "too_large"
    NOT_FOUND = "not_found"
    METHOD_NOT_ALLOWED = "method_not_allowed"
    UNSUPPORTED_MEDIA_TYPE = "unsupported_media_type"
    IDEMPOTENCY_MISMATCH = "idempotency_mismatch"
    RATE_LIMITED = "rate_limited"

    # Who asks.
    UNAUTHENTICATED = "unauthenticated"
    FORBIDDEN = "forbidden"
    NOT_YOUR_AGENT = "not_your_agent"
    UNKNOWN_AGENT = "unknown_agent"
    LOGIN_TOO_OLD = "login_too_old"

    # Whom to call, from where, why.
    UNKNOWN_CUSTOMER = "unknown_customer"
    NUMBER_INVALID = "number_invalid"
    NUMBER_NOT_CUSTOMERS = "number_not_customers"
    NO_CALLER_ID = "no_caller_id"
    UNKNOWN_REASON = "unknown_reason"
    REASON_UNSAFE = "reason_unsafe"

    # Whether it is allowed now.
    KILL_SWITCH = "kill_switch"
    NO_REACHABLE_DEVICE = "no_reachable_device"
    CALL_IN_PROGRESS = "call_in_progress"
    QUIET_HOURS = "quiet_hours"
    CUSTOMER_CAP = "customer_cap"
    AGENT_CAP = "agent_cap"

    # What became of it.
    NOT_ANNOUNCED = "not_announced"
    ASSURANCE_TOO_LOW = "assurance_too_low"
    ANNOUNCED_TOO_LATE = "announced_too_late"
    DESTINATION_NOT_ALLOWED = "destination_not_allowed"
    OUTBOUND_NOT_PERMITTED = "outbound_not_permitted"
    DIALER_THROTTLED = "dialer_throttled"
    DIALER_LIMIT = "dialer_limit"
    DIALER_REFUSED = "dialer_refused"
    DIALER_DOWN = "dialer_down"
    DIAL_UNCONFIRMED = "dial_unconfirmed"
    TOO_LATE_TO_CANCEL = "too_late_to_cancel"

    # Signed tokens, from either side.
    MALFORMED = "malformed"
    WRONG_HEADER = "wrong_header"
    UNKNOWN_KID = "unknown_kid"
    BAD_SIGNATURE = "bad_signature"
    BAD_CLAIMS = "bad_claims"
    WRONG_TYPE = "wrong_type"
    WRONG_BANK = "wrong_bank"
    WRONG_APP = "wrong_app"
    WRONG_DEVICE = "wrong_device"
    WRONG_DIRECTION = "wrong_direction"
    WRONG_NUMBER = "wrong_number"
    WRONG_CUSTOMER_NUMBER = "wrong_customer_number"
    NOT_YET_VALID = "not_yet_valid"
    EXPIRED = "expired"
    REPLAYED = "replayed"
    WRONG_NONCE = "wrong_nonce"
    CANNOT_OPEN = "cannot_open"
    BAD_PADDING = "bad_padding"
    CLOCK_SKEW = "clock_skew"
    UNKNOWN_DEVICE = "unknown_device"
    UNKNOWN_ANNOUNCEMENT = "unknown_announcement"
    BAD_CHALLENGE = "bad_challenge"
    BAD_KEY = "bad_key"

    # Not the asker's fault.
    DEPENDENCY_DOWN = "dependency_down"
    INTERNAL = "internal"


class Refused(Exception):  # noqa: N818  (it is an answer, not an error)
    """
    Decline, for a reason that is safe to show word for word.

    *field* names the part of the input that is at fault, in the caller's own spelling.
    """

    def __init__(self, code: Code, detail: str = "", *, field: str | None = None) -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail
        self.field = field

    def __str__(self) -> str:
        return f"{self.code}: {self.detail}" if self.detail else str(self.code)


class DependencyDown(Exception):  # noqa: N818
    """
    Give up for now: something we depend on does not answer. The caller may try again.

    *what* is ours to show ("store", "signer"); *detail* is for the log only.
    """

    def __init__(self, what: str, detail: str = "") -> None:
        super().__init__(what, detail)
        self.what = what
        self.detail = detail
