"""
What a person reads: for every code, and every way in which a call can end, one plain sentence or two.

They say what happened and what to do. A refusal that knows more says it itself.
"""

# ruff: noqa: E501  (a sentence is one line)

from collections.abc import Mapping

from ringproof.core.call import Call, CallState, Outcome
from ringproof.core.errors import Code
from ringproof.core.receipt import Evt

_C = Code
_TOKEN = "The app sent something that is not as agreed. Update the app."  # noqa: S105

SENTENCES: Mapping[str, str] = {
    _C.INVALID_REQUEST: "The request is not as agreed. Compare it with /openapi.json.",
    _C.TOO_LARGE: "The request is longer than allowed. Send less.",
    _C.NOT_FOUND: "There is nothing here. Check the address.",
    _C.METHOD_NOT_ALLOWED: "This address takes other methods. See the Allow header.",
    _C.UNSUPPORTED_MEDIA_TYPE: "Send the content type that /openapi.json names.",
    _C.IDEMPOTENCY_MISMATCH: "This key was used for another request. Use a new one.",
    _C.RATE_LIMITED: "Too many requests. Wait a moment and try again.",
    _C.UNAUTHENTICATED: "You are not signed in. Sign in and try again.",
    _C.FORBIDDEN: "You may not do this. Ask your administrator for the role.",
    _C.NOT_YOUR_AGENT: "The request names another agent. Sign in as that agent.",
    _C.UNKNOWN_AGENT: "You are signed in, but not known as an agent. Ask your administrator.",
    _C.LOGIN_TOO_OLD: "You signed in a while ago. Sign in again to go on.",
    _C.UNKNOWN_CUSTOMER: "There is no such customer. Check the customer record.",
    _C.NUMBER_INVALID: "This is not a phone number. Write it with + and the country code.",
    _C.NUMBER_NOT_CUSTOMERS: "This number is not stored for the customer. Update the customer record first.",
    _C.NO_CALLER_ID: "No outbound number of the bank is set up. Ask your administrator to import one.",
    _C.UNKNOWN_REASON: "There is no such reason for calling. Choose one from the list.",
    _C.REASON_UNSAFE: "This text must not be signed. Take out links and long numbers.",
    _C.KILL_SWITCH: "Verified calling is switched off, so nobody was called. Ask your supervisor.",
    _C.NO_REACHABLE_DEVICE: "No device of this customer can be notified. Ask them to open the app, or write to them.",
    _C.CALL_IN_PROGRESS: "A call to this customer is already under way. Wait until it has ended.",
    _C.QUIET_HOURS: "It is quiet time for the customer. Call later.",
    _C.CUSTOMER_CAP: "This customer has been called often enough for today. Call tomorrow, or write to them.",
    _C.AGENT_CAP: "You have reached your number of calls for this hour. Wait, or ask your supervisor.",
    _C.NOT_ANNOUNCED: "The customer's devices could not be told, so nobody was called. Try again in a minute, or write to them.",
    _C.ASSURANCE_TOO_LOW: "The customer's device did not confirm in time, so nobody was called. Try again in a minute.",
    _C.ANNOUNCED_TOO_LATE: "Telling the customer took too long, so nobody was called. Try again.",
    _C.DESTINATION_NOT_ALLOWED: "Connect is not set up to call this country, so the phone did not ring. Ask your administrator.",
    _C.OUTBOUND_NOT_PERMITTED: "Connect is not allowed to call out, so the phone did not ring. Ask your administrator.",
    _C.DIALER_THROTTLED: "Connect was too busy to dial in time, so the phone did not ring. Try again in a minute.",
    _C.DIALER_LIMIT: "All of Connect's lines are in use, so the phone did not ring. Try again in a few minutes.",
    _C.DIALER_REFUSED: "Connect refused the call, so the phone did not ring. Give the reference to support.",
    _C.DIALER_DOWN: "Connect cannot be reached, so the phone did not ring. Try again in a minute.",
    _C.DIAL_UNCONFIRMED: "Connect did not say whether it dials. The phone may ring: wait for this call to settle, and do not start another.",
    _C.TOO_LATE_TO_CANCEL: "The call is under way. Hang up in the softphone.",
    _C.MALFORMED: _TOKEN,
    _C.WRONG_HEADER: _TOKEN,
    _C.UNKNOWN_KID: "Signed by a key that is not known. Update the app.",
    _C.BAD_SIGNATURE: "The signature does not verify. Enrol the device again.",
    _C.BAD_CLAIMS: _TOKEN,
    _C.WRONG_TYPE: _TOKEN,
    _C.WRONG_BANK: "This is from another bank. Do not rely on it.",
    _C.WRONG_APP: "This app is not the bank's. Install the bank's own app.",
    _C.WRONG_DEVICE: "This is for another device. Do not rely on it.",
    _C.WRONG_DIRECTION: "This is about another kind of call. Do not rely on it.",
    _C.WRONG_NUMBER: "This number is not the bank's. Do not rely on it.",
    _C.WRONG_CUSTOMER_NUMBER: "This is about another phone number. Do not rely on it.",
    _C.NOT_YET_VALID: "This is from the future. Set the device's clock.",
    _C.EXPIRED: "This is too old. Try again.",
    _C.REPLAYED: "This has been sent before. Ask anew.",
    _C.WRONG_NONCE: "This answers another question. Ask anew.",
    _C.CANNOT_OPEN: "This was not sealed for this device. Enrol it again.",
    _C.BAD_PADDING: _TOKEN,
    _C.CLOCK_SKEW: "The device's clock is more than two minutes off. Set it to automatic.",
    _C.UNKNOWN_DEVICE: "This device is not enrolled. Sign in to the app again.",
    _C.UNKNOWN_ANNOUNCEMENT: "This device was not told of such a call. Nothing to do.",
    _C.BAD_CHALLENGE: "The challenge is not ours, or was used. Ask for a new one.",
    _C.BAD_KEY: "The key is not a public P-256 key. Update the app.",
    _C.DEPENDENCY_DOWN: "Part of the system does not answer. Try again in a minute: nothing is done twice.",
    _C.INTERNAL: "Something went wrong on our side. Give the reference to support.",
}  # fmt: skip

_DECLINED: Mapping[str, str] = {
    Evt.DECLINED: "The customer said not now, so the phone did not ring. Try at another time.",
    Evt.CALL_LATER: "The customer asked to be called later, so the phone did not ring. Agree on a time by message.",
    Evt.REPORTED: "The customer reported the announcement, so the phone did not ring. Tell your supervisor, and do not call again.",
}  # fmt: skip

_ENDED: Mapping[Outcome, str | None] = {
    Outcome.ANSWERED: None,
    Outcome.NO_ANSWER: "The customer did not answer. Try at another time.",
    Outcome.BUSY: "The customer's line was busy. Try again in a few minutes.",
    Outcome.DECLINED: "The customer rejected the call. Try at another time, or write to them.",
    Outcome.SCREENED: "The network or the phone screened the call out. Write to the customer.",
    Outcome.VOICEMAIL: "Voicemail answered. Leave no details; try at another time.",
    Outcome.FAILED: "The call could not be connected. Check the number, then try again.",
    Outcome.UNCONFIRMED: "It is not known what became of this call. Ask the customer before you call again.",
}  # fmt: skip


def sentence_of(call: Call) -> str | None:
    """Say what was refused or went wrong, and what to do; None while all is well."""
    match call.state:
        case CallState.DECLINED:
            return _DECLINED.get(call.code or "", _DECLINED[Evt.DECLINED])
        case CallState.CANCELLED:
            return _of_code(call) or "The call was cancelled before it was placed."
        case CallState.ABANDONED:
            return (
                _of_code(call) or "The call was not dialed in time and has lapsed. Start a new one."
            )
        case CallState.ENDED:
            return _of_ended(call, call.outcome or Outcome.UNCONFIRMED)
        case CallState.REFUSED:
            return _of_code(call) or "The call was refused. Give the reference to support."
        case _:
            return _of_code(call)


def _of_ended(call: Call, outcome: Outcome) -> str | None:
    # The code of a dial in doubt asks the agent to wait for the call to settle: it has.
    said = None if outcome is Outcome.UNCONFIRMED else _of_code(call)
    return said or _ENDED[outcome]


def _of_code(call: Call) -> str | None:
    return SENTENCES.get(call.code or "")
