"""
Run one simulator: idp, apns, fcm, connect, eventbridge, webhook or dynamics.

A simulator stands for what `ringproof serve` with the same environment would speak to: it takes keys,
ids and addresses from the same settings. docs/simulators.md has what each can do.
"""

import asyncio
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Annotated, Any, Protocol

import typer

from ringproof.commands import simulator_options as options
from ringproof.commands.config import configured
from ringproof.commands.lifetime import WithParent, told_to_end
from ringproof.commands.local_ports import listening_on
from ringproof.commands.screen import fail, out, plainly
from ringproof.core.judge import Enforcement
from ringproof.simulators.apns import ApnsSimulator
from ringproof.simulators.connect import ConnectSimulator
from ringproof.simulators.dynamics import DynamicsSimulator
from ringproof.simulators.dynamics.solution import NotImported
from ringproof.simulators.eventbridge import EventBridgeSimulator
from ringproof.simulators.faults import FaultRefused, Faults
from ringproof.simulators.fcm import FcmSimulator
from ringproof.simulators.idp import IdpSimulator
from ringproof.simulators.webhook import WebhookSimulator

app = typer.Typer(add_completion=False, no_args_is_help=True, help=__doc__)

Port = Annotated[int, typer.Option(min=0, max=65535, help="0 takes any free one.")]
Inject = Annotated[
    Path | None,
    typer.Option("--faults", exists=True, dir_okay=False, help="Faults to begin with (JSON list)."),
]


class Simulator(Protocol):
    """What all simulators have in common."""

    faults: Faults

    def running(self) -> AbstractAsyncContextManager[Any]:
        """Serve until the block ends."""


@app.command()
def idp(
    *,
    port: Port = 8401,
    people: Annotated[
        Path, typer.Option(exists=True, dir_okay=False, help="Who can sign in (JSON).")
    ] = Path("examples/bank/people.json"),
    keys: Annotated[
        Path | None, typer.Option(help="Keep the signing key in this directory.")
    ] = None,
    faults: Inject = None,
    with_parent: WithParent = False,
) -> None:
    """Stand for the identity provider of the bank's staff, and for the customers' login."""
    simulator = IdpSimulator(options.idp(configured(), port, people, keys))
    _serve(simulator, port, faults, with_parent=with_parent)


@app.command()
def apns(
    *,
    port: Port = 8402,
    device_port: Port = 8403,
    tls: Annotated[Path, typer.Option(help="Keep the CA and the certificate here.")] = Path(
        "var/simulators/tls"
    ),
    faults: Inject = None,
    with_parent: WithParent = False,
) -> None:
    """Stand for the Apple Push Notification service."""
    simulator = ApnsSimulator(options.apns(configured(), port, device_port, tls))
    _serve(simulator, port, faults, with_parent=with_parent)


@app.command()
def fcm(*, port: Port = 8404, faults: Inject = None, with_parent: WithParent = False) -> None:
    """Stand for Firebase Cloud Messaging."""
    simulator = FcmSimulator(options.fcm(configured(), port))
    _serve(simulator, port, faults, with_parent=with_parent)


@app.command()
def connect(
    *,
    port: Port = 8405,
    number: Annotated[
        list[str] | None, typer.Option(help="A number that the instance has claimed.")
    ] = None,
    dialable: Annotated[str, typer.Option(help="Prefixes that may be dialed.")] = "+",
    gated: Annotated[bool, typer.Option(help="Whether the queue's flow asks the gate.")] = True,
    mode: Annotated[Enforcement, typer.Option(help="What the gate does.")] = Enforcement.BLOCK,
    open_queue: Annotated[
        bool, typer.Option("--open-queue", help="Add a queue that no gate is on.")
    ] = False,
    faults: Inject = None,
    with_parent: WithParent = False,
) -> None:
    """Stand for Amazon Connect, the agents' browser dial, and the telephone network."""
    chosen = options.connect(
        configured(),
        port,
        number or [],
        dialable.split(","),
        gated=gated,
        mode=mode,
        open_queue=open_queue,
    )
    _serve(ConnectSimulator(chosen), port, faults, with_parent=with_parent)


@app.command()
def eventbridge(
    *, port: Port = 8406, faults: Inject = None, with_parent: WithParent = False
) -> None:
    """Stand for Amazon EventBridge, which takes the violations of RINGPROOF_EVENT_BUS."""
    simulator = EventBridgeSimulator(options.eventbridge(configured(), port))
    _serve(simulator, port, faults, with_parent=with_parent)


@app.command()
def webhook(*, port: Port = 8407, faults: Inject = None, with_parent: WithParent = False) -> None:
    """Stand for the bank's receiver of violations, which verifies RINGPROOF_WEBHOOK_SECRET."""
    simulator = WebhookSimulator(options.webhook(configured(), port))
    _serve(simulator, port, faults, with_parent=with_parent)


@app.command()
def dynamics(
    *,
    port: Port = 8408,
    solution: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="The solution's zip.")
    ] = None,
    faults: Inject = None,
    with_parent: WithParent = False,
) -> None:
    """Stand for a form of Dynamics 365, with the solution imported and the panel docked."""
    chosen = options.dynamics(configured(), port, solution)
    try:
        simulator = DynamicsSimulator(chosen)
    except NotImported as error:
        fail(f"{chosen.solution} is no solution: {error}")
    _serve(simulator, port, faults, with_parent=with_parent)


def _serve(simulator: Simulator, port: int, faults: Path | None, *, with_parent: bool) -> None:
    if faults:
        try:
            simulator.faults.inject_json(faults.read_bytes())
        except FaultRefused as refused:
            fail(f"{faults}: {refused}")
    with plainly(), listening_on(f"port {port}", "Choose another with --port."):
        asyncio.run(_until_told(simulator, with_parent=with_parent))


async def _until_told(simulator: Simulator, *, with_parent: bool) -> None:
    with told_to_end(with_parent=with_parent) as told:
        async with simulator.running() as endpoint:
            out.print(f"Listening: {_where(endpoint)}. Ctrl-C ends it.", soft_wrap=True)
            await told.wait()


def _where(endpoint: Any) -> str:
    urls = (getattr(endpoint, name, "") for name in ("url", "device_url"))
    return ", ".join(filter(None, urls))
