"""Take what a device says: a receipt, or a report."""

import structlog

from ringproof import metrics
from ringproof.core.call import Call, CallState
from ringproof.core.errors import Code, Refused
from ringproof.core.people import Device
from ringproof.core.receipt import Evt, device_of, read_receipt, read_report, reference_of
from ringproof.ports import Announced, ReceiptVerdict
from ringproof.usecases.conclude import concluded
from ringproof.usecases.desk import Desk
from ringproof.usecases.lead import observe_delivery

_log = structlog.get_logger()


async def acknowledge(desk: Desk, token: bytes) -> Call:
    """
    Verify a receipt, count it once, and let a customer's no revoke the authorisation to dial.

    Return the call as it then stands. Refused(UNKNOWN_ANNOUNCEMENT) for a `jti` that this device was
    never given. After the dial a no is an event, and hangs up if nobody has answered.
    """
    device = await device_behind(desk, token)
    receipt = read_receipt(token, device.id, device.receipt_key)
    verdict = await desk.ports.store.record_receipt(receipt, desk.now())
    call = await desk.ports.store.call(receipt.cid)
    if verdict is ReceiptVerdict.UNKNOWN or call is None:
        raise Refused(Code.UNKNOWN_ANNOUNCEMENT, "This device was not told of such a call.")
    if verdict is ReceiptVerdict.FIRST:
        metrics.RECEIPTS.labels(receipt.evt).inc()
        if receipt.evt is Evt.DELIVERED:
            await observe_delivery(desk, call, device, desk.now())
        _log.info("receipt", call=call.id, device=device.id, evt=receipt.evt, code=receipt.code)
    return await _declined(desk, call, receipt.evt) if receipt.evt.refuses_call else call


async def report(desk: Desk, token: bytes) -> str:
    """
    Keep a customer's report and return its reference; the same report again gets the same one.

    A report about an announcement that this device was given is a no to its call.
    """
    device = await device_behind(desk, token)
    said = read_report(token, device.id, device.receipt_key, desk.now())
    reference = reference_of(token)
    if await desk.ports.store.add_report(said, reference, desk.now()):
        metrics.ALARMS.labels("customer_report").inc()
        _log.warning("customer_report", call=said.cid, device=device.id, reference=reference)
    if said.cid and Announced(device.id, said.jti or "") in await desk.ports.store.announced_to(
        said.cid
    ):
        call = await desk.ports.store.call(said.cid)
        if call:
            await _declined(desk, call, Evt.REPORTED)
    return reference


async def device_behind(desk: Desk, token: bytes) -> Device:
    """Find the device that a token says it is from; its signature is still to be verified."""
    device = await desk.ports.store.device(device_of(token))
    if device is None:
        raise Refused(Code.UNKNOWN_DEVICE, "This device is not enrolled. Sign in to the app again.")
    return device


async def _declined(desk: Desk, call: Call, evt: Evt) -> Call:
    store = desk.ports.store
    revoked = await store.advance(
        call.id,
        at={CallState.REQUESTED, CallState.ANNOUNCED},
        to=CallState.DECLINED,
        now=desk.now(),
        code=evt.value,
    )
    if revoked:
        return concluded(desk, revoked)
    current = await store.call(call.id) or call
    if current.state is CallState.DIALED and current.contact_id:
        await desk.ports.dialer.stop(current.contact_id)
    return current
