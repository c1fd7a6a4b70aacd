"""Which instance is read, and where its services are."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class InstanceConfig:
    """
    Which instance, and how fast it is asked (*rate* calls a second of each operation).

    *connect_url* is where Connect alone is, and *url* where all four services are; None is AWS.
    """

    instance_id: str
    instance_arn: str
    region: str
    rate: float = 2.0
    connect_url: str | None = None
    url: str | None = None
