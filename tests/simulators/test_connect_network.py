import pytest

from ringproof.simulators.connect.contacts import Stage
from ringproof.simulators.connect.leg import EndReason, LegState
from tests.simulators.connect_kit import BANK, CUSTOMER, call, handset, simulated, start

OTHER = "+447400100002"
SPOOFER = "+447400199999"


async def test_an_answered_call_is_ended_by_either_side():
    async with simulated() as sim, handset(sim) as phone:
        for hang_up, reason in (("phone", "callee_hung_up"), ("caller", "caller_hung_up")):
            leg = sim.network.place(caller=BANK, called=CUSTOMER)
            await phone.expect("ringing", leg=leg.id)
            await phone.send(type="answer", leg=leg.id)
            await phone.expect("answered", leg=leg.id)
            if hang_up == "phone":
                await phone.send(type="hangup", leg=leg.id)
            else:
                leg.end(EndReason.CALLER_HUNG_UP)
            await phone.expect("ended", leg=leg.id, reason=reason)


async def test_a_declined_call_never_connects():
    async with simulated() as sim, handset(sim) as phone:
        leg = sim.network.place(caller=BANK, called=CUSTOMER)
        await phone.expect("ringing", leg=leg.id)
        await phone.send(type="decline", leg=leg.id)
        await phone.expect("ended", leg=leg.id, reason="declined")
        assert [move.state for move in leg.history] == ["dialing", "ringing", "ended"]
        assert not leg.answer()


async def test_a_telephone_in_a_call_is_busy_to_the_next_caller():
    async with simulated() as sim, handset(sim) as phone:
        first = sim.network.place(caller=BANK, called=CUSTOMER)
        await phone.expect("ringing", leg=first.id)
        second = sim.network.place(caller=SPOOFER, called=CUSTOMER)
        await second.until_past(LegState.DIALING)
        assert (second.state, second.reason) == (LegState.ENDED, EndReason.BUSY)
        assert first.live


async def test_an_unattached_number_rings_until_the_ring_timeout():
    async with simulated(time_scale=0.001) as sim:
        leg = sim.network.place(caller=BANK, called=CUSTOMER, ring_timeout_s=45)
        await leg.until_past(LegState.DIALING, LegState.RINGING)
        assert leg.reason is EndReason.NO_ANSWER
        assert leg.history[1].state is LegState.RINGING


@pytest.mark.parametrize(
    ("body", "states", "reason"),
    [
        (
            {"behaviour": "answer", "hangupAfterMs": 5},
            ["dialing", "ringing", "answered", "ended"],
            "callee_hung_up",
        ),
        ({"behaviour": "busy"}, ["dialing", "ended"], "busy"),
        ({"behaviour": "decline"}, ["dialing", "ringing", "ended"], "declined"),
        ({"behaviour": "unreachable"}, ["dialing", "ended"], "unreachable"),
        (
            {"behaviour": "voicemail", "hangupAfterMs": 5},
            ["dialing", "ringing", "answered", "ended"],
            "callee_hung_up",
        ),
    ],
)
async def test_a_number_behaves_as_it_was_told(body, states, reason):
    async with simulated(time_scale=0.001) as sim:
        status, _ = await call("PUT", f"{sim.url}/sim/numbers/{CUSTOMER}", body)
        assert status == 204
        leg = sim.network.place(caller=BANK, called=CUSTOMER)
        assert [move.state async for move in leg.moves()] == states
        assert leg.reason == reason


@pytest.mark.parametrize(
    "body",
    [{"behaviour": "sing"}, {"behaviour": "forward"}, {"behaviour": "answer", "afterMs": -1}],
)
async def test_a_behaviour_that_makes_no_sense_is_refused(body):
    async with simulated() as sim:
        status, problem = await call("PUT", f"{sim.url}/sim/numbers/{CUSTOMER}", body)
        assert status == 400
        assert problem["error"]


async def test_a_forwarded_call_rings_elsewhere_with_the_first_callers_number():
    async with simulated() as sim, handset(sim, OTHER) as phone:
        sim.network.behave(CUSTOMER, "forward", forward_to=OTHER)
        sim.network.place(caller=BANK, called=CUSTOMER)
        assert (await phone.expect("ringing"))["from"] == BANK


async def test_numbers_forwarded_in_a_circle_are_unreachable():
    async with simulated() as sim:
        sim.network.behave(CUSTOMER, "forward", forward_to=OTHER)
        sim.network.behave(OTHER, "forward", forward_to=CUSTOMER)
        leg = sim.network.place(caller=BANK, called=CUSTOMER)
        await leg.until_past(LegState.DIALING)
        assert leg.reason is EndReason.UNREACHABLE


async def test_a_spoofer_rings_with_the_banks_number_and_makes_no_contact():
    async with simulated() as sim, handset(sim) as phone:
        body = {"from": BANK, "to": CUSTOMER}
        status, made = await call("POST", f"{sim.url}/network/calls", body)
        assert status == 202
        assert (await phone.expect("ringing", leg=made["leg"]))["from"] == BANK
        assert sim.contacts.all() == []
        await call("DELETE", f"{sim.url}/network/calls/{made['leg']}")
        await phone.expect("ended", reason="caller_hung_up")
        _, told = await call("GET", f"{sim.url}/network/calls/{made['leg']}")
        assert [move["state"] for move in told["timeline"]] == ["dialing", "ringing", "ended"]


async def test_a_customer_who_calls_the_bank_is_an_inbound_contact():
    async with simulated() as sim, handset(sim) as phone:
        await phone.send(type="call", to=BANK)
        leg = (await phone.expect("calling", to=BANK))["leg"]
        await phone.expect("answered", leg=leg)
        (contact,) = sim.contacts.all()
        await contact.until(Stage.QUEUED)
        assert (contact.method, contact.customer_number) == ("INBOUND", CUSTOMER)
        await phone.send(type="hangup", leg=leg)
        await contact.until(Stage.ENDED)
        assert contact.disconnect_reason == "CUSTOMER_DISCONNECT"


async def test_customers_can_call_each_other():
    async with simulated() as sim, handset(sim) as mine, handset(sim, OTHER) as theirs:
        await mine.send(type="call", to=OTHER)
        ringing = await theirs.expect("ringing")
        assert ringing["from"] == CUSTOMER
        await theirs.send(type="answer", leg=ringing["leg"])
        await mine.expect("answered", leg=ringing["leg"])
        await mine.send(type="hangup", leg=ringing["leg"])
        await theirs.expect("ended", leg=ringing["leg"], reason="caller_hung_up")


async def test_a_telephone_that_comes_back_takes_up_the_call_that_still_rings():
    async with simulated() as sim:
        async with handset(sim) as phone:
            await start(sim)
            leg = (await phone.expect("ringing"))["leg"]
        async with handset(sim) as phone:
            assert (await phone.expect("ringing"))["leg"] == leg
            await phone.send(type="answer", leg=leg)
            await phone.expect("answered", leg=leg)


async def test_a_telephone_that_loses_its_signal_loses_the_conversation():
    async with simulated() as sim:
        async with handset(sim) as phone:
            leg = sim.network.place(caller=BANK, called=CUSTOMER)
            await phone.expect("ringing", leg=leg.id)
            await phone.send(type="answer", leg=leg.id)
            await phone.expect("answered")
        await leg.until_past(LegState.DIALING, LegState.RINGING, LegState.ANSWERED)
        assert leg.reason is EndReason.CALLEE_HUNG_UP


async def test_what_a_handset_may_not_do_is_refused():
    async with simulated() as sim, handset(sim) as phone, handset(sim, OTHER):
        leg = sim.network.place(caller=BANK, called=OTHER)
        await leg.until_past(LegState.DIALING)
        await phone.send(type="answer", leg=leg.id)
        await phone.expect("refused")
        await phone.socket.send("not json")
        await phone.expect("refused", message={})
        await phone.send(type="call", to="999")
        await phone.expect("refused")
        assert leg.state is LegState.RINGING
