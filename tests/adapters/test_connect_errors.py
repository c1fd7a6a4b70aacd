"""Every error that the SDK knows has been thought about; a new one fails here before it surprises."""

import botocore.session
import pytest
from botocore import exceptions

from ringproof.adapters.dial.connect_errors import TABLE, outcome_of, verdict_of
from ringproof.ports import DialVerdict

MODEL = botocore.session.get_session().get_service_model("connect")
DIAL = MODEL.operation_model("StartOutboundVoiceContact")
URL = "https://connect.example"

# Errors of Connect's other operations: they cannot answer a dial, and would be judged by status.
OTHERS = {
    "ConditionalOperationFailedException",
    "ContactFlowNotPublishedException",
    "ContactNotFoundException",
    "ContactNotTerminatedException",
    "DuplicateResourceException",
    "InvalidActiveRegionException",
    "InvalidContactFlowException",
    "InvalidContactFlowModuleException",
    "InvalidTestCaseException",
    "MaximumResultReturnedException",
    "OutputTypeNotFoundException",
    "PropertyValidationException",
    "ResourceConflictException",
    "ResourceInUseException",
    "ResourceNotReadyException",
    "UserNotFoundException",
}


@pytest.mark.parametrize("shape", DIAL.error_shapes, ids=lambda shape: shape.name)
def test_every_modelled_error_of_a_dial_has_its_row(shape):
    assert shape.name in TABLE


def test_every_error_of_the_service_has_a_row_or_is_known_to_be_anothers():
    assert {shape.name for shape in MODEL.error_shapes} - TABLE.keys() == OTHERS


@pytest.mark.parametrize("shape", MODEL.error_shapes, ids=lambda shape: shape.name)
def test_what_connect_refuses_for_good_is_never_worth_a_second_dial(shape):
    status = shape.metadata["error"]["httpStatusCode"]
    verdict = verdict_of(shape.name, status)

    certain = status < 500 and status not in (409, 429)
    assert (verdict is not DialVerdict.UNCONFIRMED) == (certain or status == 429)
    assert (verdict is DialVerdict.THROTTLED) == (
        shape.name in ("TooManyRequestsException", "ThrottlingException")
    )


@pytest.mark.parametrize(
    ("status", "verdict"),
    [
        (400, DialVerdict.REFUSED),
        (403, DialVerdict.REFUSED),
        (409, DialVerdict.UNCONFIRMED),
        (429, DialVerdict.THROTTLED),
        (500, DialVerdict.UNCONFIRMED),
        (502, DialVerdict.UNCONFIRMED),
        (200, DialVerdict.UNCONFIRMED),
    ],
)
def test_a_code_that_nobody_knows_is_judged_by_status(status, verdict):
    assert verdict_of("SomethingNewException", status) is verdict


@pytest.mark.parametrize(
    ("error", "verdict"),
    [
        (exceptions.EndpointConnectionError(endpoint_url=URL), DialVerdict.DOWN),
        (exceptions.ConnectTimeoutError(endpoint_url=URL), DialVerdict.DOWN),
        (exceptions.ProxyConnectionError(proxy_url=URL), DialVerdict.DOWN),
        (exceptions.NoCredentialsError(), DialVerdict.DOWN),
        (exceptions.NoRegionError(), DialVerdict.DOWN),
        (exceptions.ParamValidationError(report=""), DialVerdict.REFUSED),
        (exceptions.ReadTimeoutError(endpoint_url=URL), DialVerdict.UNCONFIRMED),
        (exceptions.ConnectionClosedError(endpoint_url=URL), DialVerdict.UNCONFIRMED),
        (exceptions.HTTPClientError(error="?"), DialVerdict.UNCONFIRMED),
        (exceptions.SSLError(endpoint_url=URL, error=OSError()), DialVerdict.UNCONFIRMED),
        (
            exceptions.IncompleteReadError(actual_bytes=1, expected_bytes=2),
            DialVerdict.UNCONFIRMED,
        ),
        (ValueError("not JSON"), DialVerdict.UNCONFIRMED),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else value,
)
def test_only_what_failed_before_sending_is_certain(error, verdict):
    assert outcome_of(error).verdict is verdict
