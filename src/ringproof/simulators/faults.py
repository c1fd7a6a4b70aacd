"""Faults that a simulator has been told to show; one vocabulary for every simulator."""

from typing import Annotated, Any

import msgspec

Positive = Annotated[int, msgspec.Meta(ge=1)]
NotNegative = Annotated[int, msgspec.Meta(ge=0)]
Status = Annotated[int, msgspec.Meta(ge=200, le=599)]


class Fault(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    tag_field="fault",
    rename="camel",
):
    """Say how often (*times*; None: until cleared) and where (*path* contains) it applies."""

    times: Positive | None = None
    path: str | None = None

    def matches(self, path: str) -> bool:
        """Tell whether a request for *path* meets this fault."""
        return self.path is None or self.path in path


class Latency(Fault, frozen=True, kw_only=True, tag="latency"):
    """Answer as usual, *ms* milliseconds later."""

    ms: NotNegative


class Answer(Fault, frozen=True, kw_only=True, tag="answer"):
    """Answer with this status in the vendor's error shape, and do nothing.

    *retry_after* is in seconds, *timestamp* in the vendor's own unit.
    """

    status: Status
    reason: str = ""
    retry_after: NotNegative | None = None
    timestamp: int | None = None


class Garbage(Fault, frozen=True, kw_only=True, tag="garbage"):
    """Answer 200 with a body that the vendor would never send."""


class Reset(Fault, frozen=True, kw_only=True, tag="reset"):
    """Reset the TCP connection or, on HTTP/2 with *stream*, only the stream."""

    stream: bool = False


class Goaway(Fault, frozen=True, kw_only=True, tag="goaway"):
    """Send GOAWAY, with *reason* as JSON in its debug data, and leave the request unanswered.

    With *excluding* the last-stream-id is below this request's, so that a
    client may send it again elsewhere.
    """

    excluding: bool = False
    reason: str | None = None


class Blackhole(Fault, frozen=True, kw_only=True, tag="blackhole"):
    """Do nothing, never answer, and leave the connection open.

    On HTTP/2 the whole connection falls silent, PING included; with *stream*
    only this request does.
    """

    stream: bool = False


class AcceptThenSilence(Fault, frozen=True, kw_only=True, tag="accept_then_silence"):
    """Do what was asked, and never answer."""


AnyFault = Latency | Answer | Garbage | Reset | Goaway | Blackhole | AcceptThenSilence
HTTP1_FAULTS: tuple[type[Fault], ...] = (
    Latency,
    Answer,
    Garbage,
    Reset,
    Blackhole,
    AcceptThenSilence,
)
HTTP2_FAULTS: tuple[type[Fault], ...] = (*HTTP1_FAULTS, Goaway)


class FaultRefused(ValueError):  # noqa: N818 (a refusal, as everywhere in this project)
    """The list of faults is not one this simulator can show; the text says why."""


class Faults:
    """Hold the faults in force, in order; the first that matches a request applies.

    Tests in the same process call `inject`; others speak to `/sim/faults`.
    """

    def __init__(self, kinds: tuple[type[Fault], ...] = HTTP1_FAULTS) -> None:
        self._kinds = kinds
        self._live: list[Fault] = []

    def inject(self, *faults: Fault) -> None:
        """Replace all faults; nothing changes if one is refused."""
        for fault in faults:
            if not isinstance(fault, self._kinds):
                raise FaultRefused(f"this simulator cannot show {type(fault).__name__}")
        self._live = list(faults)

    def inject_json(self, body: bytes) -> None:
        """Replace all faults by the JSON list *body*; raise FaultRefused if it is not one."""
        try:
            faults: list[AnyFault] = msgspec.json.decode(body, type=list[AnyFault])
        except msgspec.MsgspecError as error:
            raise FaultRefused(str(error)) from error
        self.inject(*faults)

    def clear(self) -> None:
        """Go back to health."""
        self._live = []

    def describe(self) -> list[dict[str, Any]]:
        """List what is in force as JSON objects, with what is left of `times`."""
        described: list[dict[str, Any]] = msgspec.to_builtins(self._live)
        return described

    def take(self, path: str) -> Fault | None:
        """Return the fault that a request for *path* meets, and count it down."""
        for index, fault in enumerate(self._live):
            if fault.matches(path):
                self._count_down(index, fault)
                return fault
        return None

    def _count_down(self, index: int, fault: Fault) -> None:
        if fault.times == 1:
            del self._live[index]
        elif fault.times is not None:
            self._live[index] = msgspec.structs.replace(fault, times=fault.times - 1)
