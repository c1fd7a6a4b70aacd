"""Somebody calls the bank with a customer's number: the customer is told so, until they hang up."""

import asyncio
from pathlib import Path

from ringproof.core.status import Answer
from ringproof.core.time import MINUTE
from ringproof.simulators.connect.contacts import Stage
from ringproof.simulators.connect.leg import EndReason
from ringproof.usecases.answer_status import answer_status
from tests.adversary.world import SHOWN, World, number, world
from tests.kit import APP


async def asked(made: World, nonce: str) -> Answer:
    phone = made.phones[0]
    iat = made.desk.now() // 1_000
    sealed = await answer_status(
        made.desk, phone.signed("status-request+jwt", aud=APP, iat=iat, nonce=nonce)
    )
    return await phone.read_status(sealed, nonce)


async def until(made: World, wanted: Answer) -> None:
    async with asyncio.timeout(10):
        n = 0
        while await asked(made, f"{wanted} {n}") is not wanted:
            n += 1


async def test_a_call_from_the_customers_number_is_told_until_it_ends(tmp_path: Path) -> None:
    async with world(tmp_path, 1, customers=2, genuine=1) as made:
        await made.store.set_covered(covered=True, by="audit", now=made.desk.now())
        await made.store.heard_feed(made.desk.now())
        assert await asked(made, "before") is Answer.NOT_US

        leg = made.sim.network.place(caller=number(0), called=SHOWN)
        await until(made, Answer.YOU_CALLED_US)
        (contact,) = made.sim.contacts.all()
        assert contact.method == "INBOUND"

        leg.end(EndReason.CALLER_HUNG_UP)
        await contact.until(Stage.ENDED)
        await until(made, Answer.NOT_US)


async def test_while_the_feed_is_silent_nobody_knows_whether_they_still_talk(
    tmp_path: Path,
) -> None:
    async with world(tmp_path, 1, customers=2, genuine=1) as made:
        await made.store.inbound_began("in", number(0), made.desk.now())
        await made.store.heard_feed(made.desk.now() - 10 * MINUTE)

        assert await asked(made, "n") is Answer.CANNOT_TELL


async def test_a_call_from_another_number_is_not_this_customers(tmp_path: Path) -> None:
    async with world(tmp_path, 1, customers=2, genuine=1) as made:
        await made.store.set_covered(covered=True, by="audit", now=made.desk.now())
        await made.store.heard_feed(made.desk.now())
        await made.store.inbound_began("in", number(1), made.desk.now())

        assert await asked(made, "n") is Answer.NOT_US
