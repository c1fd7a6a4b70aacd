"""The kill switch reaches what was announced, not only what will be."""

from ringproof.core.call import CallState, DialMode
from ringproof.core.errors import Code
from ringproof.usecases.switch import throw_switch
from tests.kit import House
from tests.usecases.test_follow_and_end import dialed


async def test_thrown_it_calls_off_what_was_announced_and_tells_the_devices(bank: House) -> None:
    call = await dialed(bank, DialMode.AGENT)

    await throw_switch(bank.desk, on=True, by="admin")

    current = await bank.store.call(call.id)
    await bank.desk.background.drain()
    assert current is not None
    assert (current.state, current.code) == (CallState.CANCELLED, Code.KILL_SWITCH)
    assert [end.outcome for p in bank.post.phones.values() for end in p.ends] == ["cancelled"]


async def test_thrown_it_leaves_a_call_that_was_dialed(bank: House) -> None:
    call = await dialed(bank)

    await throw_switch(bank.desk, on=True, by="admin")

    assert await bank.store.call(call.id) == call


async def test_released_it_calls_nothing_off(bank: House) -> None:
    call = await dialed(bank, DialMode.AGENT)

    await throw_switch(bank.desk, on=False, by="admin")

    assert await bank.store.call(call.id) == call
