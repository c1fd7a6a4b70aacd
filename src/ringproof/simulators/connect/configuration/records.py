"""What else an administrator has set up: around the instance's own records, and in the account."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class QuickConnect:
    """A quick connect; its type is USER, QUEUE, PHONE_NUMBER or FLOW."""

    id: str
    name: str
    type: str = "PHONE_NUMBER"


@dataclass(frozen=True)
class Storage:
    """Where the instance puts what it records; *arn* is a stream, or the name of a bucket."""

    resource_type: str = "CONTACT_TRACE_RECORDS"
    type: str = "KINESIS_STREAM"
    arn: str = "arn:aws:kinesis:eu-west-2:123456789012:stream/contact-records"


@dataclass(frozen=True)
class Identity:
    """An IAM user, group or role, with its inline policies and the ARNs of its managed ones."""

    name: str
    policies: tuple[Mapping[str, Any], ...] = ()
    managed: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    path: str = "/"


@dataclass(frozen=True)
class Account:
    """The account's IAM; managed policies by ARN."""

    users: tuple[Identity, ...] = ()
    groups: tuple[Identity, ...] = ()
    roles: tuple[Identity, ...] = ()
    managed: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class Configuration:
    """Everything that no call depends on here; what calls meet is in the options.

    *archived* and *unpublished* are ids of flows. *quick_connects* go by the queue's id. *functions*
    are associated with the instance; *policies* are functions' resource policies by ARN. Of a quota
    in *default_only* Service Quotas knows no applied value. *page* is the longest page of a list.
    """

    archived: frozenset[str] = frozenset()
    unpublished: frozenset[str] = frozenset()
    quick_connects: Mapping[str, tuple[QuickConnect, ...]] = field(default_factory=dict)
    origins: tuple[str, ...] = ("http://127.0.0.1:8400",)
    functions: tuple[str, ...] = ()
    policies: Mapping[str, str] = field(default_factory=dict)
    storage: tuple[Storage, ...] = (Storage(),)
    default_only: frozenset[str] = frozenset()
    account: Account = Account()
    page: int = 100
