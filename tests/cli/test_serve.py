"""`ringproof serve`: what was announced is finished, whatever happens to those who asked for it."""

import asyncio
import signal
import uuid

import pytest

from ringproof.adapters.store.sqlite import SqliteStore
from ringproof.commands.agent_desk import agent_desk
from ringproof.commands.demo_state import DemoState
from ringproof.commands.local_ports import HOST, LocalPorts
from ringproof.commands.stack import Stack, running
from ringproof.commands.wire import Problem, ask
from ringproof.core.call import CallId, CallState, DialMode
from tests.cli.bank_kit import BANK, CUSTOMER, agent_token, phone_of
from tests.cli.kit import ringproof


@pytest.fixture
async def bank(tmp_path):
    state = DemoState(tmp_path / "state")
    async with running(state, BANK, LocalPorts.free(), DialMode.SERVER) as stack:
        yield stack, state


async def stored(stack: Stack, call_id: str, bearer: str) -> None:
    """Wait until the server knows the call."""
    while True:
        try:
            await ask(stack.client, "GET", f"{stack.api}/calls/{call_id}", bearer=bearer)
        except Problem:
            await asyncio.sleep(0.01)
        else:
            return


async def test_a_call_is_dialed_though_its_client_left_and_the_server_was_told_to_end(bank):
    stack, state = bank
    staff = await agent_token(stack)
    slow = [{"fault": "latency", "ms": 1_000, "path": "/3/device"}]
    call_id = str(uuid.uuid4())
    async with (
        await phone_of(stack),
        agent_desk(stack.client, stack.api, stack.connect, staff) as desk,
    ):
        faults = f"http://{HOST}:{stack.ports.apns_device}/sim/faults"
        await ask(stack.client, "PUT", faults, json_body=slow)
        placing = asyncio.create_task(desk.place(CUSTOMER, callId=call_id))
        await stored(stack, call_id, staff)
        placing.cancel()
        serve = stack.children["serve"].process
        serve.send_signal(signal.SIGTERM)
        assert await serve.wait() == 0
    store = await SqliteStore.open(state.store)
    call = await store.call(CallId(call_id))
    await store.aclose()
    assert call is not None
    assert call.state is CallState.DIALED


def test_settings_that_are_wrong_end_it_with_each_of_them():
    result = ringproof("serve", RINGPROOF_PORT="many", RINGPROOF_QUIET_HOURS="night")
    assert result.exit_code == 1
    assert "RINGPROOF_PORT" in result.output
    assert "RINGPROOF_QUIET_HOURS" in result.output
