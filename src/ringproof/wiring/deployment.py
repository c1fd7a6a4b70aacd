"""The settings as the rules need them."""

from ringproof.core.deployment import Deployment
from ringproof.core.policy import Policy
from ringproof.settings import Settings


def deployment_of(settings: Settings) -> Deployment:
    """Write the settings as the rules need them."""
    return Deployment(
        iss=settings.bank_iss,
        bank=settings.bank_name,
        photos=f"{settings.public_url}/photos",
        queue=settings.connect_queue,
        apps=frozenset(settings.apps),
        voip_apps=frozenset(settings.voip_apps),
        enforcement=settings.enforcement,
        break_glass_until=settings.break_glass_until,
        call_us=settings.bank_call_us,
        caller_id=settings.caller_id,
        default_reason=settings.default_reason,
        default_language=settings.default_language,
        mode=settings.dial_mode,
        policy=_policy_of(settings),
    )


def _policy_of(settings: Settings) -> Policy:
    return Policy(
        announce_wait=settings.announce_wait,
        dial_within=settings.dial_within,
        minimum=settings.minimum_assurance,
        calls_per_customer=settings.calls_per_customer,
        customer_period=settings.customer_period,
        calls_per_agent=settings.calls_per_agent,
        agent_period=settings.agent_period,
        quiet_from=settings.quiet_hours.begin,
        quiet_until=settings.quiet_hours.end,
        new_device=settings.new_device,
        manual_contacts=settings.manual_contacts,
        abandon_grace=settings.abandon_grace,
        unsettled_after=settings.unsettled_after,
        disclose_employee_id=settings.disclose_employee_id,
    )
