"""How many calls does one core announce: looked up, stored, signed, sealed, acknowledged, announced?"""

import dataclasses
import tempfile
from functools import partial
from pathlib import Path

import structlog

from bench.measure import at_once, console, table
from ringproof.core.call import CallId, CallState, DialMode
from ringproof.core.people import Customer
from ringproof.core.phone import E164
from ringproof.ports import Bank, Push, PushOutcome, PushVerdict
from ringproof.usecases.place_call import CallRequest, carry_out, request_call
from tests.kit import ADA, AYESHA, House, Phone, house

_PER_RUN = 1_000


async def run() -> None:
    """Print announced calls a second: the push services and the phones' verifying are taken out."""
    shown = table(
        "Announce and take the receipt, one device",
        "at once",
        "calls/s",
        "CPU µs",
        "p50 ms",
        "p99 ms",
    )
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(40))
    with tempfile.TemporaryDirectory() as folder:
        async with house(Path(folder)) as bank:
            bank.with_policy(calls_per_agent=0, announce_wait=4_000)
            for run_number, together in enumerate((1, 16, 64, 256)):
                people = await _customers(bank, run_number * _PER_RUN)

                async def place(number: int, people: list[Customer] = people) -> None:
                    asked = CallRequest(AYESHA, people[number].id, DialMode.AGENT)
                    call = await carry_out(bank.desk, await request_call(bank.desk, asked), AYESHA)
                    assert call.state is CallState.ANNOUNCED

                done = await at_once(together, _PER_RUN, place)
                await bank.desk.background.drain()
                shown.add_row(
                    str(together), f"{done.rate:,.0f}", f"{done.cpu / _PER_RUN * 1e6:.0f}",
                    f"{done.at(0.5):.1f}", f"{done.at(0.99):.1f}",
                )  # fmt: skip
    console.print(shown)


async def _customers(bank: House, begin: int) -> list[Customer]:
    people = [
        dataclasses.replace(ADA, id=f"b{n}", crm_ids=(), phones=(E164(f"+4477{n:08d}"),))
        for n in range(begin, begin + _PER_RUN)
    ]
    await bank.store.import_bank(Bank(customers=people))
    for person in people:
        phone = await bank.phone(person)
        bank.post.instead[phone.id] = partial(_delivered, bank, phone)
    return people


async def _delivered(bank: House, phone: Phone, push: Push) -> PushOutcome:
    """Take the push and sign the receipt, without the verifying that a phone does on its own core."""
    (issued,) = await bank.store.announced_to(CallId(push.collapse))
    receipt = phone.receipt("delivered", push.collapse, issued.jti)
    bank.desk.background.start(receipt, "receipt")
    return PushOutcome(PushVerdict.ACCEPTED)
