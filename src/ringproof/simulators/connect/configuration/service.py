"""The instance as a whole in the words of Connect's service model (connect/2017-08-08)."""

from collections.abc import Sequence

from ringproof.simulators.connect.configuration.found import Item, Params
from ringproof.simulators.connect.configuration.records import Storage
from ringproof.simulators.connect.options import ConnectOptions
from ringproof.simulators.connect.refusals import Refused


def origins(options: ConnectOptions, _: Params) -> Sequence[str]:
    """List the approved origins."""
    return options.configuration.origins


def functions(options: ConnectOptions, _: Params) -> Sequence[str]:
    """List the associated Lambda functions."""
    return options.configuration.functions


def storage(options: ConnectOptions, params: Params) -> Sequence[Item]:
    """List where one kind of record is put."""
    if "resourceType" not in params:
        raise Refused("InvalidRequestException", "resourceType is required.")
    found = options.configuration.storage
    return [_storage(e) for e in found if e.resource_type == params["resourceType"]]


def attribute(options: ConnectOptions, params: Params) -> Item:
    """Describe an attribute of the instance; only what the simulator has is known."""
    values = {"INBOUND_CALLS": True, "OUTBOUND_CALLS": options.outbound_calls}
    kind = params["AttributeType"]
    if kind not in values:
        raise Refused("InvalidParameterException", f"{kind} is not known here.")
    return {"AttributeType": kind, "Value": str(values[kind]).lower()}


def _storage(each: Storage) -> Item:
    places = {
        "KINESIS_STREAM": {"KinesisStreamConfig": {"StreamArn": each.arn}},
        "KINESIS_FIREHOSE": {"KinesisFirehoseConfig": {"FirehoseArn": each.arn}},
        "S3": {"S3Config": {"BucketName": each.arn, "BucketPrefix": "connect"}},
    }
    return {"AssociationId": each.type.lower(), "StorageType": each.type, **places[each.type]}
