"""Connect's API, blocking, each call in one attempt; imports the SDK, so import it late."""

from typing import TYPE_CHECKING

import boto3
from botocore.config import Config

from ringproof.adapters.dial.connect_contact import VIOLATION, contact_of
from ringproof.adapters.dial.connect_errors import FAILURES, outcome_of
from ringproof.adapters.dial.connect_request import ConnectConfig, parameters
from ringproof.core.errors import DependencyDown
from ringproof.ports import Contact, Dial, DialOutcome, DialVerdict

if TYPE_CHECKING:
    from mypy_boto3_connect import ConnectClient

_NO_SUCH_CONTACT = ("ResourceNotFoundException", "ContactNotFoundException")


class ConnectApi:
    """One instance, as the SDK's client reaches it; safe to share between threads."""

    def __init__(self, config: ConnectConfig) -> None:
        self._config = config
        self._client = _new_client(config)

    def dial(self, request: Dial) -> DialOutcome:
        """Start a contact; every failure is an outcome."""
        try:
            answer = self._client.start_outbound_voice_contact(**parameters(self._config, request))
        except FAILURES as error:
            return outcome_of(error)
        contact_id = answer.get("ContactId")
        if not contact_id:
            return DialOutcome(DialVerdict.UNCONFIRMED, reason="garbage")
        return DialOutcome(DialVerdict.ACCEPTED, contact_id)

    def stop(self, contact_id: str) -> bool:
        """Hang up; False if Connect will not or does not answer."""
        try:
            self._client.stop_contact(InstanceId=self._config.instance_id, ContactId=contact_id)
        except FAILURES:
            return False
        return True

    def mark(self, contact_id: str, violation: str) -> bool:
        """Set the attribute; False if Connect will not or does not answer."""
        try:
            self._client.update_contact_attributes(
                InstanceId=self._config.instance_id,
                InitialContactId=contact_id,
                Attributes={VIOLATION: violation},
            )
        except FAILURES:
            return False
        return True

    def describe(self, contact_id: str) -> Contact | None:
        """Look a contact up; None if there is none. Raise DependencyDown if Connect does not tell."""
        try:
            return self._described(contact_id)
        except FAILURES as error:
            reason = outcome_of(error).reason
            if reason in _NO_SUCH_CONTACT:
                return None
            raise DependencyDown("connect", reason) from error

    def _described(self, contact_id: str) -> Contact:
        instance = self._config.instance_id
        answer = self._client.describe_contact(InstanceId=instance, ContactId=contact_id)
        contact = answer.get("Contact")
        if not contact or "Id" not in contact:
            raise DependencyDown("connect", "garbage")
        attributes = contact.get("Attributes")
        if attributes is None:
            # A second request against two a second: only where the first did not bring them.
            initial = contact.get("InitialContactId", contact_id)
            attributes = self._client.get_contact_attributes(
                InstanceId=instance, InitialContactId=initial
            ).get("Attributes", {})
        return contact_of(contact, attributes)


def _new_client(config: ConnectConfig) -> "ConnectClient":
    # One attempt: by default the SDK sent StartOutboundVoiceContact five times after read timeouts.
    once = Config(
        retries={"total_max_attempts": 1},
        connect_timeout=config.connect_timeout,
        read_timeout=config.read_timeout,
        max_pool_connections=config.threads,
        parameter_validation=True,
    )
    session = boto3.session.Session(region_name=config.region)
    client: ConnectClient = session.client("connect", endpoint_url=config.endpoint_url, config=once)
    return client
