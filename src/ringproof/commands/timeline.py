"""What a call's timeline is made of: the server's record, and what the customer's phone saw."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from rich.table import Table

from ringproof.commands import handset as phone
from ringproof.commands import telephone as line
from ringproof.commands.lanes import Lead, Mark
from ringproof.commands.one_call import OneCall
from ringproof.core.time import SECOND, Millis

_STATES = {
    "requested": ("backend", "●", "request", "The agent pressed Start Verified Call."),
    "announced": ("backend", "●", "announced", "The call may be dialed now."),
    "dialed": ("Connect", "▸", "dial", "Amazon Connect was asked, or allowed, to dial."),
    "connected": ("Connect", "●", "connected", "Connect says that the customer answered."),
    "ended": ("Connect", "■", "ended", "Connect says that the call is over."),
}
_OTHER_END = ("backend", "■", "", "The call was not dialed.")


def marks(one: OneCall) -> list[tuple[Mark, str]]:
    """List what happened, in the order of time, with a sentence for each."""
    return sorted([*_server(one), *_phone(one)], key=lambda pair: pair[0].at)


def lead(shown: Sequence[tuple[Mark, str]]) -> Lead | None:
    """Find the gap between the proof and the ring, if there were both."""
    verified = next((mark for mark, _ in shown if mark.label == "verified"), None)
    ring = next((mark for mark, _ in shown if mark.label == "ring"), None)
    return Lead(verified, ring) if verified and ring else None


def table(shown: Sequence[tuple[Mark, str]]) -> Table:
    """Lay the timeline out; times count from the first row."""
    made = Table("ms", "where", "what")
    made.columns[0].justify = "right"
    for mark, sentence in shown:
        made.add_row(f"{mark.at - shown[0][0].at:,}", mark.lane, sentence)
    return made


def instants(one: OneCall) -> dict[str, Any]:
    """Write the call's instants in milliseconds since the epoch; null where it never came to one."""
    call = one.call
    at = {each["state"]: millis(each["at"]) for each in reversed(call["timeline"])}
    pushed = [millis(each["at"]) for each in call["pushes"] if each["verdict"] == "accepted"]
    verified = one.diary.find(phone.VERIFIED, call["callId"])
    ring = one.diary.find(line.RINGING)
    return {
        "callId": call["callId"],
        "outcome": call["outcome"],
        "assurance": call["assurance"],
        "requestedAt": millis(call["requestedAt"]),
        "pushedAt": min(pushed, default=None),
        "proofVerifiedAt": verified.at if verified else None,
        "dialedAt": at.get("dialed"),
        "ringAt": ring.at if ring else None,
        "connectedAt": at.get("connected"),
        "endedAt": at.get("ended"),
    }


def millis(rfc3339: str) -> Millis:
    """Read an instant as the API writes it."""
    return round(datetime.fromisoformat(rfc3339).timestamp() * SECOND)


def _server(one: OneCall) -> Iterator[tuple[Mark, str]]:
    for each in one.call["timeline"]:
        lane, sign, label, sentence = _STATES.get(each["state"], _OTHER_END)
        yield Mark(millis(each["at"]), lane, sign, label or each["state"]), sentence
    for each in one.call["pushes"]:
        sentence = f"The push service said: {each['verdict']} {each['reason']}".strip()
        yield Mark(millis(each["at"]), "backend", "○", f"push {each['verdict']}"), sentence


def _phone(one: OneCall) -> Iterator[tuple[Mark, str]]:
    seen = {
        phone.VERIFIED: ("device", "✓", "verified", "The phone verified the bank's proof."),
        phone.REFUSED: ("device", "✗", "refused", "The phone refused what it was sent."),
        phone.UPDATED: ("device", "■", "end notice", "The phone was told that the call is over."),
        line.RINGING: ("customer", "◉", "ring", "The customer's phone rings."),
        line.ANSWERED: ("customer", "●", "answer", "The customer answered."),
        line.ENDED: ("customer", "■", "end", "The line is free again."),
    }
    for entry in one.diary.entries:
        if entry.what in seen:
            lane, sign, label, sentence = seen[entry.what]
            yield Mark(entry.at, lane, sign, label), sentence
