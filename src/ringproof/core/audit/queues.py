"""Queues: whether each has the gate, and nothing that goes round it."""

from collections.abc import Iterator

from ringproof.core.audit.expectation import Expectation
from ringproof.core.audit.finding import Code, Finding
from ringproof.core.instance import Instance, Queue
from ringproof.core.judge import Enforcement


def ungated(instance: Instance, wanted: Expectation) -> Iterator[Finding]:
    """Find the queues without the gate, and say through which routing profiles they are reached."""
    for queue in _without_gate(instance, wanted):
        flow = f"its flow is {queue.flow_id}" if queue.flow_id else "it has Connect's default flow"
        if profiles := _profiles(queue.id, instance):
            evidence = f"{flow}; in routing profile {', '.join(profiles)}"
            yield Finding(Code.QUEUE_UNGATED, _named(queue), evidence)
        elif instance.routing_profiles is None:
            yield Finding(Code.QUEUE_UNGATED, _named(queue), f"{flow}; who uses it is not known")
        else:
            yield Finding(Code.QUEUE_UNGATED_UNUSED, _named(queue), flow)


def own_numbers(instance: Instance, wanted: Expectation) -> Iterator[Finding]:
    """Find the gated queues that could dial without the gate's caller id."""
    if wanted.gate_mode is not Enforcement.BLOCK:
        return
    for queue in instance.queues or ():
        if queue.flow_id == wanted.gate and queue.number_id:
            yield Finding(
                Code.QUEUE_OWN_NUMBER, _named(queue), f"its caller id is {queue.number_id}"
            )


def missing_queue(instance: Instance, wanted: Expectation) -> Iterator[Finding]:
    """Find that the deployment's queue is not there."""
    queues = instance.queues
    if queues is not None and wanted.queue not in {queue.id for queue in queues}:
        if any(wanted.queue in each.what for each in instance.unread):
            return
        yield Finding(
            Code.QUEUE_MISSING, f"queue {wanted.queue}", f"the instance has {len(queues)} others"
        )


def phone_connects(instance: Instance, _: Expectation) -> Iterator[Finding]:
    """Find quick connects to telephone numbers."""
    for queue in instance.queues or ():
        if queue.phone_connects:
            evidence = f"quick connects to telephone numbers: {', '.join(queue.phone_connects)}"
            yield Finding(Code.PHONE_QUICK_CONNECT, _named(queue), evidence)


def _without_gate(instance: Instance, wanted: Expectation) -> list[Queue]:
    return [queue for queue in instance.queues or () if queue.flow_id != wanted.gate]


def _profiles(queue_id: str, instance: Instance) -> list[str]:
    names = []
    for profile in instance.routing_profiles or ():
        if profile.default_queue_id == queue_id:
            names.append(f"{profile.name} (its default outbound queue)")
        elif queue_id in profile.queue_ids:
            names.append(profile.name)
    return names


def _named(queue: Queue) -> str:
    return f"queue {queue.name} ({queue.id})"
