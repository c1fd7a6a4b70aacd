"""The instance as a whole: origins, the stream of contact records, outbound calls, quotas."""

from collections.abc import Iterator

from ringproof.core.audit.expectation import CONCURRENT_CALLS, REQUEST_RATES, Expectation
from ringproof.core.audit.finding import Code, Finding
from ringproof.core.instance import Instance


def origins(instance: Instance, wanted: Expectation) -> Iterator[Finding]:
    """Find the approved origins that are missing, and those that are too many."""
    if instance.origins is None:
        return
    for origin in sorted(wanted.origins - set(instance.origins)):
        approved = ", ".join(instance.origins) or "none"
        yield Finding(Code.ORIGIN_MISSING, f"origin {origin}", f"approved are {approved}")
    for origin in sorted(set(instance.origins) - wanted.origins):
        yield Finding(Code.ORIGIN_STRANGE, f"origin {origin}", "it is approved, and not expected")


def records(instance: Instance, _: Expectation) -> Iterator[Finding]:
    """Find that contact records are streamed nowhere."""
    if instance.record_streams is not None and not instance.record_streams:
        yield Finding(
            Code.RECORDS_NOT_STREAMED, "instance", "CONTACT_TRACE_RECORDS has no Kinesis stream"
        )


def outbound(instance: Instance, _: Expectation) -> Iterator[Finding]:
    """Find that the instance may not call out."""
    if instance.outbound_calls is False:
        yield Finding(Code.OUTBOUND_OFF, "instance", "OUTBOUND_CALLS is false")


def quotas(instance: Instance, wanted: Expectation) -> Iterator[Finding]:
    """Find the quotas that are less than the deployment needs."""
    needed = {CONCURRENT_CALLS: wanted.calls, **dict.fromkeys(REQUEST_RATES, wanted.requests)}
    for code, value in instance.quotas.items():
        if value < needed.get(code, 0):
            evidence = f"it is {value:g}, and {needed[code]} are needed"
            yield Finding(Code.QUOTA_LOW, f"quota {_named(code)} ({code})", evidence)


def _named(code: str) -> str:
    if code == CONCURRENT_CALLS:
        return "of concurrent calls"
    return f"of {REQUEST_RATES[code]} requests a second"
