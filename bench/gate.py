"""How fast does the gate decide, from warm, and what does a decision cost?"""

import tempfile
import time
import uuid
from pathlib import Path

import structlog

from bench.measure import console, table
from ringproof.core.call import Assurance, Call, CallId, CallState, DialMode
from ringproof.core.phone import E164
from ringproof.functions.gate import gate
from ringproof.usecases.desk import Desk
from tests.kit import AYESHA, OURS, QUEUE, House, house

_ASKED = 2_000


async def run() -> None:
    """Print the gate's latency and CPU, one question at a time, as Lambda asks."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    shown = table("The gate, from warm, one at a time", "answer", "p50 ms", "p99 ms", "CPU ms")
    with tempfile.TemporaryDirectory() as folder:
        async with house(Path(folder)) as bank:
            for answer in ("allow", "deny"):
                numbers = [E164(f"+4477{n:08d}") for n in range(_ASKED)]
                if answer == "allow":
                    for number in numbers:
                        await _announced(bank, number)
                taken, cpu = await _asked(bank.desk, answer, numbers)
                shown.add_row(
                    answer, f"{taken[_ASKED // 2]:.1f}", f"{taken[int(_ASKED * 0.99)]:.1f}",
                    f"{cpu / _ASKED * 1e3:.2f}",
                )  # fmt: skip
    console.print(shown)


async def _announced(bank: House, number: E164) -> None:
    now = bank.clock.now()
    call = Call(
        CallId(str(uuid.uuid4())), f"c{number}", AYESHA.id, DialMode.AGENT, OURS, number, QUEUE,
        "general", "About your account", "07", Assurance.ACCEPTED, now, now + 3_600_000,
    )  # fmt: skip
    await bank.store.open_call(call, [], None)
    at = {CallState.REQUESTED}
    await bank.store.advance(call.id, at=at, to=CallState.ANNOUNCED, now=now)


async def _asked(desk: Desk, answer: str, numbers: list[E164]) -> tuple[list[float], float]:
    taken, cpu = [], time.process_time()
    for number in numbers:
        began = time.perf_counter()
        said = await gate(desk, _event(f"{answer} {number}", number))
        taken.append((time.perf_counter() - began) * 1e3)
        assert said["decision"] == answer
    return sorted(taken), time.process_time() - cpu


def _event(contact: str, number: E164) -> dict[str, object]:
    data = {
        "ContactId": contact,
        "CustomerEndpoint": {"Address": number, "Type": "TELEPHONE_NUMBER"},
        "Queue": {"ARN": QUEUE},
        "InitiationMethod": "OUTBOUND",
    }
    parameters = {"agentArn": AYESHA.connect_user_arn, "mode": "block"}
    details = {"ContactData": data, "Parameters": parameters}
    return {"Name": "ContactFlowEvent", "Details": details}
