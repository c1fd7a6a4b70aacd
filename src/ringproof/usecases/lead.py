"""The proof's lead: how long before the dial a device had acknowledged it, and how fast it got there."""

from ringproof import metrics
from ringproof.core.call import Call
from ringproof.core.people import Device
from ringproof.core.receipt import Evt
from ringproof.core.time import SECOND, Millis
from ringproof.usecases.desk import Desk


async def observe_lead(desk: Desk, dialed: Call) -> None:
    """Measure from the first good receipt to the dial."""
    receipts = await desk.ports.store.receipts(dialed.id)
    good = [each.at for each in receipts if Evt(each.evt).acknowledges]
    if good and dialed.dialed_at is not None:
        metrics.LEAD_TIME.observe((dialed.dialed_at - good[0]) / SECOND)


async def observe_delivery(desk: Desk, call: Call, device: Device, now: Millis) -> None:
    """Measure from the push service's acceptance to the device's receipt; a receipt may be first."""
    accepted = [
        event.at
        for event in await desk.ports.store.events(call.id)
        if event.kind == "push" and event.device_id == device.id
    ]
    taken = now - accepted[0] if accepted else 0
    metrics.ACCEPT_TO_RECEIPT.labels(device.push_service).observe(max(0, taken) / SECOND)
