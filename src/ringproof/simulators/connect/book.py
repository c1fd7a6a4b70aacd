"""The contacts of an instance."""

from ringproof.simulators.connect.contacts import Contact, Stage
from ringproof.simulators.connect.pace import now_ms

CLIENT_TOKEN_LIFE_MS = 7 * 24 * 3600 * 1000


class ContactBook:
    """All contacts of the instance, and which client token started which of them."""

    def __init__(self) -> None:
        self._contacts: dict[str, Contact] = {}
        self._tokens: dict[str, Contact] = {}

    def add(self, contact: Contact, client_token: str | None = None) -> None:
        """Keep a contact."""
        self._contacts[contact.id] = contact
        if client_token:
            self._tokens[client_token] = contact

    def get(self, contact_id: str) -> Contact | None:
        """Find a contact by its id."""
        return self._contacts.get(contact_id)

    def all(self) -> list[Contact]:
        """List the contacts, oldest first."""
        return list(self._contacts.values())

    def live(self) -> list[Contact]:
        """List the contacts that have not ended."""
        return [contact for contact in self._contacts.values() if contact.live]

    def started_by(self, client_token: str | None) -> Contact | None:
        """Find the live contact that a token started within its 7 days.

        "If the contact is disconnected, a new contact is started" (StartOutboundVoiceContact).
        """
        contact = self._tokens.get(client_token or "")
        if not contact or not contact.live:
            return None
        age = now_ms() - contact.timeline[Stage.INITIATED]
        return contact if age < CLIENT_TOKEN_LIFE_MS else None
