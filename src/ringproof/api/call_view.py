"""A call as its agent sees it."""

from collections.abc import Mapping, Sequence

from ringproof.api.sentences import sentence_of
from ringproof.api.wire import agents as wire
from ringproof.core.call import Call, CallEvent, CallState, DialMode
from ringproof.core.people import Device, Platform
from ringproof.core.receipt import Evt
from ringproof.core.time import rfc3339
from ringproof.ports import ReceiptSeen, Store


async def call_view(store: Store, call: Call) -> wire.CallView:
    """Gather what belongs to a call; only for the call's own agent, who may see the match code."""
    devices = {device.id: device for device in await store.devices(call.customer_id)}
    events, receipts = await store.events(call.id), await store.receipts(call.id)
    return wire.CallView(
        call_id=call.id,
        state=call.state,
        assurance=call.assurance.wire,
        outcome=call.outcome,
        code=call.code,
        detail=sentence_of(call),
        version=call.version,
        match_code=call.match_code,
        mode=call.mode,
        customer_id=call.customer_id,
        reason=wire.CallReason(code=call.reason, text=call.crn),
        dest=call.dest,
        orig=call.orig,
        dial=_dial(call),
        receipts=[_receipt(each, devices) for each in receipts],
        pushes=[_push(each, devices) for each in events if each.kind == "push"],
        timeline=_timeline(events),
        requested_at=rfc3339(call.requested_at),
        dial_before=rfc3339(call.dial_before),
        contact_id=call.contact_id,
    )


def _dial(call: Call) -> wire.DialNow | None:
    if call.mode is not DialMode.AGENT or call.state is not CallState.ANNOUNCED:
        return None
    return wire.DialNow(phone=call.dest, queue_arn=call.queue, before=rfc3339(call.dial_before))


def _receipt(seen: ReceiptSeen, devices: Mapping[str, Device]) -> wire.ReceiptOf:
    return wire.ReceiptOf(
        device_id=seen.device_id, platform=_platform(seen.device_id, devices), evt=Evt(seen.evt),
        at=rfc3339(seen.at), code=seen.code,
    )  # fmt: skip


def _push(event: CallEvent, devices: Mapping[str, Device]) -> wire.PushOf:
    verdict, _, reason = (event.detail or "").partition(" ")
    device_id = event.device_id or ""
    return wire.PushOf(
        device_id=device_id, platform=_platform(device_id, devices), verdict=verdict,
        reason=reason, at=rfc3339(event.at),
    )  # fmt: skip


def _platform(device_id: str, devices: Mapping[str, Device]) -> Platform | None:
    return devices[device_id].platform if device_id in devices else None


def _timeline(events: Sequence[CallEvent]) -> list[wire.Moment]:
    return [wire.Moment(state=each.state, at=rfc3339(each.at)) for each in events if each.state]
