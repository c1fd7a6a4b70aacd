"""The way to Amazon Connect, and to what an administrator has set up there."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from ringproof.core.time import SECOND
from ringproof.ports import (
    Configuration,
    Dialer,
)
from ringproof.production import is_loopback
from ringproof.settings import BadSettings, Settings


@asynccontextmanager
async def open_dialer(settings: Settings) -> AsyncIterator[Dialer]:
    """Open the way to Amazon Connect; nothing is sent before the first dial."""
    from ringproof.adapters.dial.connect import ConnectDialer  # noqa: PLC0415
    from ringproof.adapters.dial.connect_request import ConnectConfig  # noqa: PLC0415

    dialer = ConnectDialer(
        ConnectConfig(
            instance_id=settings.connect_instance,
            contact_flow_id=settings.connect_flow,
            region=settings.connect_region,
            endpoint_url=settings.connect_url,
            describes_per_second=settings.describe_rate.count
            * SECOND
            / settings.describe_rate.period,
        )
    )
    try:
        yield dialer
    finally:
        await dialer.aclose()


def instance_arn(settings: Settings) -> str:
    """Return the instance's ARN, which its queue's begins with; BadSettings if it does not."""
    arn, found, _ = settings.connect_queue.partition("/queue/")
    if not found or not arn.endswith(f":instance/{settings.connect_instance}"):
        wrong = "RINGPROOF_CONNECT_QUEUE must be the ARN of a queue of RINGPROOF_CONNECT_INSTANCE."
        raise BadSettings([wrong])
    return arn


def configuration_of(settings: Settings, url: str | None, rate: float) -> Configuration:
    """
    Find the way to read the instance's configuration, *rate* calls a second of each operation.

    *url* is where all of AWS is; without it a simulator stands for all, and AWS's own for AWS.
    """
    from ringproof.adapters.instance.config import InstanceConfig  # noqa: PLC0415
    from ringproof.adapters.instance.connect_instance import ConnectInstance  # noqa: PLC0415

    connect = settings.connect_url
    simulated = connect if connect and is_loopback(connect) else None
    return ConnectInstance(
        InstanceConfig(
            instance_id=settings.connect_instance,
            instance_arn=instance_arn(settings),
            region=settings.connect_region,
            rate=rate,
            connect_url=connect,
            url=url or simulated,
        )
    )
