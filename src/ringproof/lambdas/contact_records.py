"""`contact_records`: Kinesis brings contact records; set ReportBatchItemFailures on its event source."""

from collections.abc import Mapping
from typing import Any

from ringproof.functions.records import take_batch
from ringproof.lambdas.environment import environment


def handler(event: Mapping[str, Any], _: object) -> dict[str, list[dict[str, str]]]:
    """Take a batch, and name what is to come again."""
    again = environment.run(lambda desk: take_batch(desk, event))
    return {"batchItemFailures": [{"itemIdentifier": sequence} for sequence in again]}
