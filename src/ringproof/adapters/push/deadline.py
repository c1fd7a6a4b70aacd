"""Time that is left, in the seconds that asyncio counts in."""

from ringproof.core.time import SECOND, Millis
from ringproof.ports import Clock

ATTEMPT_SECONDS = 2.0
"""
How long one attempt may take before its connection is given up.

APNs and FCM answer in tens of milliseconds; a connection that has been silent for two seconds is
black-holed, and waiting longer would spend the time in which another could have delivered.
"""


def seconds_left(clock: Clock, deadline: Millis) -> float:
    """Return the seconds until *deadline*; negative once it has passed."""
    return (deadline - clock.now()) / SECOND


def whole_seconds(at: Millis) -> int:
    """Round an instant down to the seconds that JWTs and push services count in."""
    return at // SECOND
