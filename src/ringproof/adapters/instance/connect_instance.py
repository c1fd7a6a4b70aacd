"""The configuration of a Connect instance, read in a thread: the SDK blocks."""

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from ringproof.adapters.instance.config import InstanceConfig
from ringproof.core.errors import DependencyDown
from ringproof.core.instance import Instance
from ringproof.ports import Progress, Wanted, untold

if TYPE_CHECKING:
    from ringproof.adapters.instance.reading import Reading


class ConnectInstance:
    """One Connect instance, of which everything is read and nothing can be changed."""

    def __init__(self, config: InstanceConfig) -> None:
        self._config = config

    async def read(self, wanted: Wanted, progress: Progress = untold) -> Instance:
        """Read everything; DependencyDown where there is no way to ask at all."""
        return await asyncio.to_thread(_read, self._config, wanted, progress)


def _read(config: InstanceConfig, wanted: Wanted, progress: Progress) -> Instance:
    from botocore.exceptions import BotoCoreError  # noqa: PLC0415  (0.2 s, and only here)

    from ringproof.adapters.instance.aws import Aws  # noqa: PLC0415
    from ringproof.adapters.instance.reading import Reading  # noqa: PLC0415

    try:
        aws = Aws(config)
    except (BotoCoreError, ValueError) as error:
        raise DependencyDown("connect", str(error)) from error
    return _everything(config, wanted, Reading(aws, config.instance_id, progress))


def _everything(config: InstanceConfig, wanted: Wanted, reading: "Reading") -> Instance:
    from ringproof.adapters.instance import principals, routes, service, users  # noqa: PLC0415

    parts = Instance(
        queues=routes.queues(reading),
        flows=routes.flows(reading, wanted.flows),
        routing_profiles=routes.routing_profiles(reading),
        security_profiles=users.security_profiles(reading),
        users=users.users(reading),
        origins=service.origins(reading),
        associated=service.associated(reading),
        functions=service.functions(reading, wanted.functions),
        record_streams=service.record_streams(reading),
        outbound_calls=service.outbound_calls(reading),
        quotas=service.quotas(reading, config.instance_arn, wanted.quotas),
        principals=principals.principals(reading),
    )
    return replace(parts, unread=tuple(reading.unread))
