"""The stream of contact records, as a Lambda gets it from Kinesis: at least once, and late."""

import base64
import itertools
import json
from collections import deque
from typing import Any

from ringproof.simulators.connect.contact_record import contact_record
from ringproof.simulators.connect.contacts import Contact
from ringproof.simulators.connect.delivery import Destination, Parcel
from ringproof.simulators.connect.options import ConnectOptions
from ringproof.simulators.connect.pace import now_ms

SHARD = "shardId-000000000000"
FIRST_SEQUENCE = 49_545_115_243_490_985_018_280_067_714_973_144_582_180_062_593_244_200_961
STREAM = "stream/contact-records"
A_SECOND = 1000  # what LastUpdateTimestamp can tell apart


class RecordStream:
    """Writes a record once its contact has ended, and again whenever something about it changes."""

    def __init__(self, options: ConnectOptions, destination: Destination) -> None:
        self.options, self.destination = options, destination
        self.written: deque[dict[str, Any]] = deque(maxlen=options.kept_records)
        self._sequence = itertools.count(FIRST_SEQUENCE)

    def write(self, contact: Contact) -> None:
        """Write the record of a contact as it is now; of one that lives there is none yet."""
        if contact.live:
            return
        record = contact_record(contact, self.options)
        self.written.append(record)
        batch = self._batch(contact.id, record, str(next(self._sequence)))
        self.destination.send(Parcel(contact.id, contact.method, batch))

    def write_again(self, contact: Contact) -> None:
        """Write a record with a newer LastUpdateTimestamp, although nothing else has changed."""
        contact.updated_at = max(contact.updated_at + A_SECOND, now_ms())
        self.write(contact)

    def _batch(self, key: str, record: dict[str, Any], sequence: str) -> dict[str, Any]:
        options = self.options
        written = {
            "kinesisSchemaVersion": "1.0",
            "partitionKey": key,
            "sequenceNumber": sequence,
            "data": base64.b64encode(json.dumps(record).encode()).decode(),
            "approximateArrivalTimestamp": now_ms() / 1000,
        }
        return {
            "Records": [
                {
                    "kinesis": written,
                    "eventSource": "aws:kinesis",
                    "eventVersion": "1.0",
                    "eventID": f"{SHARD}:{sequence}",
                    "eventName": "aws:kinesis:record",
                    "invokeIdentityArn": f"arn:aws:iam::{options.account}:role/contact-records",
                    "awsRegion": options.region,
                    "eventSourceARN": f"arn:aws:kinesis:{options.region}:{options.account}:{STREAM}",
                }
            ]
        }


def wants_again(_: int, body: bytes) -> bool:
    """True if the Lambda reports that a record of the batch is to come again."""
    try:
        answer = json.loads(body)
    except ValueError:
        return False
    return isinstance(answer, dict) and bool(answer.get("batchItemFailures"))
