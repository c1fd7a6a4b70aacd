"""What Amazon Connect's side is answered."""

from ringproof.api.wire.shape import Answer


class ItemFailure(Answer):
    """A record to be sent again, by its sequence number."""

    item_identifier: str


class BatchTaken(Answer):
    """What Lambda calls ReportBatchItemFailures; Kinesis begins again at the first."""

    batch_item_failures: list[ItemFailure]
