"""What is fixed for one bank's deployment, as far as the rules need it."""

from dataclasses import dataclass, field

from ringproof.core.call import DialMode
from ringproof.core.judge import Enforcement
from ringproof.core.phone import E164
from ringproof.core.policy import Policy
from ringproof.core.time import Millis


@dataclass(frozen=True, slots=True)
class Deployment:
    """
    One bank.

    *iss* names it in every token. *photos* is the URL under which agents' photos are served by hash.
    *queue* is the ARN of the outbound queue. *caller_id* is the number shown, or None for the first
    of the bank's numbers that is not inbound-only. *apps* are the app ids that may enrol, *voip_apps*
    those that may be woken by VoIP push, which only an app that carries calls survives.
    *enforcement*: whether a contact that went round the gate is hung up when an event tells of it.
    Until *break_glass_until* the gate lets every dial pass, loudly.
    """

    iss: str
    bank: str
    photos: str
    queue: str
    apps: frozenset[str]
    call_us: str = ""
    caller_id: E164 | None = None
    voip_apps: frozenset[str] = frozenset()
    enforcement: Enforcement = Enforcement.BLOCK
    break_glass_until: Millis | None = None
    default_reason: str = "general"
    default_language: str = "en"
    mode: DialMode = DialMode.AGENT
    policy: Policy = field(default_factory=Policy)
