"""What an agent reads of a violation of theirs: what happened, what was done, and what to do."""

# ruff: noqa: E501  (a sentence is one line)

from collections.abc import Mapping

from ringproof.core.judge import Denial
from ringproof.core.violation import (
    BREAK_GLASS,
    BY_METHOD,
    CALLER_ID_DIFFERS,
    NUMBER_DIFFERS,
    RANG_ALL_THE_SAME,
    UNKNOWN_METHOD,
    Done,
    Violation,
)

_PRESS = "Press Start Verified Call, and dial when it says so."
_TELL = "Tell your supervisor what you did."

SENTENCES: Mapping[str, tuple[str, str]] = {
    Denial.NOT_ANNOUNCED: ("You dialed a number that had not been announced", _PRESS),
    Denial.ANOTHER_AGENT: ("You dialed a call that was announced for another agent", _PRESS),
    Denial.ANOTHER_NUMBER: ("You dialed another number than the one that was announced", "Dial only the number that the panel shows."),
    Denial.ANOTHER_QUEUE: ("You dialed from another queue than the one that was announced", "Choose the verified queue, and start the call again."),
    Denial.ALREADY_USED: ("You dialed a second time on one announcement", _PRESS),
    Denial.TOO_LATE: ("You dialed after the announcement had lapsed", _PRESS),
    Denial.REVOKED: ("You dialed a call that had been called off", "Look in the panel why it was, before you start another."),
    Denial.SERVER_DIALS: ("You dialed a call that is dialed for you", "Wait for it: your softphone rings."),
    Denial.CONTACT_REUSED: ("One contact was used for two dials", _TELL),
    Denial.SWITCHED_OFF: ("You dialed while verified calling was switched off", "Wait until your supervisor says that it is on."),
    Denial.NUMBER_INVALID: ("You dialed what is not a phone number", "Start the call from the customer's record."),
    RANG_ALL_THE_SAME: ("A call that was not allowed rang at the customer's all the same", _TELL),
    NUMBER_DIFFERS: ("The number that was called is not the one that was announced", _TELL),
    CALLER_ID_DIFFERS: ("The customer saw another number than the one that was announced", _TELL),
    BREAK_GLASS: ("You dialed while calls went out unverified, in an emergency", "Nothing to do: your supervisor knows."),
    BY_METHOD["OUTBOUND"]: ("You called somebody from a queue that does not ask whether the call was announced", "Choose the verified queue. " + _PRESS),
    BY_METHOD["API"]: ("A program called somebody in your name", _TELL),
    BY_METHOD["EXTERNAL_OUTBOUND"]: ("You called somebody from within another call", "Do not add outside numbers to a call. " + _PRESS),
    BY_METHOD["CALLBACK"]: ("A queued callback called somebody who had not been told", _TELL),
    UNKNOWN_METHOD: ("A call went out in a way that is not known", _TELL),
}  # fmt: skip
"""For each code of a violation: what happened, without its full stop, and what to do."""

_DONE: Mapping[Done, str] = {
    Done.BLOCKED: "so the phone did not ring",
    Done.STOPPED: "and the call was hung up",
    Done.WARNED: "and you were warned",
    Done.RECORDED: "and it was put on record",
    Done.NOT_STOPPED: "and it was not stopped",
}
_OTHER = ("A call of yours went round verified calling", _TELL)


def violation_sentence(violation: Violation) -> str:
    """Say it in plain words."""
    happened, do = SENTENCES.get(violation.code, _OTHER)
    return f"{happened}, {_DONE[violation.done]}. {do}"
