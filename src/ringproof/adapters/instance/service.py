"""The instance as a whole: origins, functions, the stream of contact records, outbound calls, quotas."""

from collections.abc import Mapping, Sequence

from ringproof.adapters.instance.aws import Unanswered
from ringproof.adapters.instance.reading import Reading
from ringproof.core.instance import Function

_NO_SUCH = "ResourceNotFoundException"
_STREAMS = {"KINESIS_STREAM", "KINESIS_FIREHOSE"}


def origins(reading: Reading) -> tuple[str, ...] | None:
    """Read which pages may embed the Contact Control Panel."""
    listed = reading.part("approved origins", lambda: reading.all("ListApprovedOrigins", "Origins"))
    return None if listed is None else tuple(listed)


def associated(reading: Reading) -> tuple[str, ...] | None:
    """Read which functions flows may invoke."""
    listed = reading.part(
        "Lambda functions", lambda: reading.all("ListLambdaFunctions", "LambdaFunctions")
    )
    return None if listed is None else tuple(listed)


def functions(reading: Reading, arns: Sequence[str]) -> tuple[Function, ...]:
    """Read who may invoke each function."""
    return reading.each("function policies", arns, str, lambda arn: _function(reading, arn))


def record_streams(reading: Reading) -> tuple[str, ...] | None:
    """Read where contact records are streamed to."""
    listed = reading.part(
        "storage of contact records",
        lambda: [
            each["StorageType"]
            for each in reading.all(
                "ListInstanceStorageConfigs",
                "StorageConfigs",
                ResourceType="CONTACT_TRACE_RECORDS",
            )
        ],
    )
    return None if listed is None else tuple(each for each in listed if each in _STREAMS)


def outbound_calls(reading: Reading) -> bool | None:
    """Read whether the instance may call out."""
    return reading.part(
        "instance attribute OUTBOUND_CALLS",
        lambda: (
            reading.ask("DescribeInstanceAttribute", "Attribute", AttributeType="OUTBOUND_CALLS")[
                "Value"
            ].lower()
            == "true"
        ),
    )


def quotas(reading: Reading, instance_arn: str, codes: Sequence[str]) -> Mapping[str, float]:
    """Read the quotas that apply: the instance's own before the account's, and that before the default."""
    listed = reading.part("quotas", lambda: _applied(reading, instance_arn))
    if listed is None:
        return {}
    missing = [code for code in codes if code not in listed]
    defaults = reading.each("quotas", missing, str, lambda code: (code, _default(reading, code)))
    return {code: listed[code] for code in codes if code in listed} | dict(defaults)


def _function(reading: Reading, arn: str) -> Function:
    try:
        policy = reading.aws.ask("lambda", "GetPolicy", "Policy", FunctionName=arn)
    except Unanswered as silence:
        if silence.code != _NO_SUCH:
            raise
        policy = None
    return Function(arn, policy)


def _applied(reading: Reading, instance_arn: str) -> dict[str, float]:
    listed = reading.aws.all(
        "service-quotas",
        "ListServiceQuotas",
        "Quotas",
        ServiceCode="connect",
        QuotaAppliedAtLevel="ALL",
    )
    of_account = {each["QuotaCode"]: each["Value"] for each in listed if not _context(each)}
    of_ours = {
        each["QuotaCode"]: each["Value"] for each in listed if _context(each) == instance_arn
    }
    return of_account | of_ours


def _context(quota: Mapping[str, Mapping[str, str]]) -> str:
    """Return whose quota it is: an instance's ARN, or nothing for the account's."""
    context = quota.get("QuotaContext", {}).get("ContextId", "")
    return "" if context == "*" else context


def _default(reading: Reading, code: str) -> float:
    quota = reading.aws.ask(
        "service-quotas",
        "GetAWSDefaultServiceQuota",
        "Quota",
        ServiceCode="connect",
        QuotaCode=code,
    )
    return float(quota["Value"])
