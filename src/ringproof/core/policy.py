"""What the bank allows: how long to wait, how sure to be, how often and when to call."""

from dataclasses import dataclass
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from ringproof.core.call import Assurance
from ringproof.core.errors import Code, Refused
from ringproof.core.reasons import Reason
from ringproof.core.time import DAY, HOUR, MINUTE, SECOND, Millis


@dataclass(frozen=True, slots=True)
class Policy:
    """
    The knobs of one deployment; all spans in milliseconds.

    *quiet_from* to *quiet_until* is wall time where the customer is, and may cross midnight; equal
    means that no hour is quiet. A cap of 0 means no cap. *manual_contacts*: agents may dial a number
    that no customer has, unannounced.
    """

    announce_wait: Millis = 4 * SECOND
    dial_within: Millis = 30 * SECOND
    minimum: Assurance = Assurance.ACCEPTED
    calls_per_customer: int = 5
    customer_period: Millis = DAY
    calls_per_agent: int = 60
    agent_period: Millis = HOUR
    quiet_from: time = time(21, 0)
    quiet_until: time = time(8, 0)
    new_device: Millis = DAY
    abandon_grace: Millis = 5 * SECOND
    unsettled_after: Millis = 15 * MINUTE
    disclose_employee_id: bool = False
    manual_contacts: bool = False


def minimum_for(policy: Policy, reason: Reason) -> Assurance:
    """Return the assurance that a call for this reason needs before it may be dialed; never NONE."""
    return max(policy.minimum, reason.minimum or Assurance.NONE, Assurance.FALLBACK)


def quiet_at(policy: Policy, zone: ZoneInfo, now: Millis) -> bool:
    """True when it is a quiet hour where the customer is."""
    local = datetime.fromtimestamp(now / 1_000, UTC).astimezone(zone).time()
    begin, end = policy.quiet_from, policy.quiet_until
    if begin <= end:
        return begin <= local < end
    return local >= begin or local < end


def check_hours(policy: Policy, zone: ZoneInfo, now: Millis) -> None:
    """Refuse (QUIET_HOURS) to ring somebody out of bed."""
    if quiet_at(policy, zone, now):
        until = policy.quiet_until.strftime("%H:%M")
        raise Refused(
            Code.QUIET_HOURS, f"It is quiet time for the customer. Call after {until} there."
        )


def check_caps(policy: Policy, *, to_customer: int, by_agent: int) -> None:
    """Refuse (CUSTOMER_CAP, AGENT_CAP) one call too many; the counts are of the policy's periods."""
    if policy.calls_per_customer and to_customer >= policy.calls_per_customer:
        raise Refused(Code.CUSTOMER_CAP)
    if policy.calls_per_agent and by_agent >= policy.calls_per_agent:
        raise Refused(Code.AGENT_CAP)
