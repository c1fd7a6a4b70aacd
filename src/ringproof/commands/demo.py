"""
Run the whole bank on this machine, or place one call and show it (--once).

Four simulators and the server run as child processes, with the sample bank in the store. Quiet hours
and the cap of calls to one customer are off: a demonstration may be at night, and again.
"""

import asyncio
import json
import tempfile
from contextlib import AsyncExitStack
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ringproof.commands import lanes, timeline
from ringproof.commands.demo_screen import starting, verdict, welcome
from ringproof.commands.demo_state import DemoState
from ringproof.commands.heartbeat import heartbeat
from ringproof.commands.lifetime import WithParent, ending_cleanly, told_to_end
from ringproof.commands.local_ports import LocalPorts
from ringproof.commands.one_call import Caller, OneCall, place_one
from ringproof.commands.screen import err, fail, out, plainly, run
from ringproof.commands.stack import running
from ringproof.commands.wire import Problem
from ringproof.core.call import DialMode
from ringproof.core.people import PushService
from ringproof.simulators.idp.people import read_people

app = typer.Typer(add_completion=False)


class Carrier(StrEnum):
    """The push services that a handset in software has: those with a simulator."""

    APNS = PushService.APNS.value
    FCM = PushService.FCM.value


@app.command(help=__doc__)
def demo(
    *,
    once: Annotated[bool, typer.Option("--once", help="Place one call, show it, end.")] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="With --once: only the instants, as JSON.")
    ] = False,
    mode: Annotated[DialMode, typer.Option(help="Who dials.")] = DialMode.AGENT,
    push: Annotated[
        Carrier, typer.Option(help="With --once: who carries the proof.")
    ] = Carrier.APNS,
    port_base: Annotated[
        int, typer.Option(min=1024, max=65530, help="The first of six ports in a row.")
    ] = 8400,
    state: Annotated[Path, typer.Option(help="Keys, store and logs are kept here.")] = Path(
        "var/demo"
    ),
    bank: Annotated[
        Path, typer.Option(exists=True, file_okay=False, help="The bank to import.")
    ] = Path("examples/bank"),
    ccp: Annotated[
        bool, typer.Option(help="Put a simulated Contact Control Panel beside the agent's panel.")
    ] = True,
    with_parent: WithParent = False,
) -> None:
    """Run until interrupted, or for one call; end with 0 only if its proof came before the ring."""
    if as_json and not once:
        raise typer.BadParameter("it shows one call: add --once", param_hint="--json")
    if once:
        with (
            ending_cleanly(),
            plainly(),
            tempfile.TemporaryDirectory(prefix="ringproof-") as folder,
        ):
            one = run(_once(DemoState(Path(folder)), bank, mode, PushService(push)))
        _show(one, as_json=as_json)
        raise typer.Exit(0 if one.proved_before_ring else 1)
    ports = LocalPorts.from_base(port_base)
    _require_free(ports)
    run(_until_told(DemoState(state), bank, ports, mode, ccp=ccp, with_parent=with_parent))


async def _once(state: DemoState, bank: Path, mode: DialMode, push: PushService) -> OneCall:
    people = read_people(bank / "people.json")
    caller = Caller(people.staff[0].oid, people.customers[0].sub, push)
    with starting() as news:
        async with running(state, bank, LocalPorts.free(), mode, news) as stack:
            try:
                return await place_one(stack, caller)
            except Problem as no:
                fail(f"The call was not placed: {no.detail or no}")
            except TimeoutError:
                fail("The call did not come to its end. Run it again with: ringproof demo")


async def _until_told(
    state: DemoState, bank: Path, ports: LocalPorts, mode: DialMode, *, ccp: bool, with_parent: bool
) -> None:
    with told_to_end(with_parent=with_parent) as told:
        async with AsyncExitStack() as held:
            with starting() as news:
                parts = running(state, bank, ports, mode, news, ccp=ccp)
                stack = await held.enter_async_context(parts)
            key = stack.environment["RINGPROOF_CONNECT_KEY"]
            beating = asyncio.create_task(heartbeat(stack.client, stack.api, key))
            out.print(welcome(stack))
            await told.wait()
            beating.cancel()
            err.print("Ending: what was announced is finished first.")


def _show(one: OneCall, *, as_json: bool) -> None:
    if as_json:
        out.print_json(json.dumps(timeline.instants(one)))
        return
    shown = timeline.marks(one)
    out.print(timeline.table(shown))
    out.print(lanes.chart([mark for mark, _ in shown], timeline.lead(shown)))
    out.print(verdict(one), soft_wrap=True)


def _require_free(ports: LocalPorts) -> None:
    if taken := ports.taken():
        which = ", ".join(f"{port} ({name})" for name, port in taken)
        fail(
            f"Taken already: port {which}. Is another demo running? "
            "End it, or choose other ports: ringproof demo --port-base 9400"
        )
