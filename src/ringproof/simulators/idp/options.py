"""What an operator may set about the simulated OpenID provider."""

from dataclasses import dataclass, field
from pathlib import Path

from ringproof.simulators.idp.people import People

TENANT = "0f9b2c4e-7a1d-4a55-9c2e-3d5f8b6a0d01"
API_CLIENT = "6d1c8e0a-2b7f-4f0e-8a44-91c0a7e5d002"


@dataclass(frozen=True)
class Realm:
    """One issuer: its folder in the URL, the audience of its access tokens, and its clients.

    `clients` maps a public client's id to the redirect URIs that it may use, exactly.
    """

    folder: str
    audience: str
    clients: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class IdpOptions:
    """Two issuers on one port; lifetimes in seconds.

    An access token of Entra ID lives for 60 to 90 minutes (Microsoft identity platform,
    "Configurable token lifetimes").
    """

    host: str = "127.0.0.1"
    port: int = 8401
    tenant: str = TENANT
    staff_audience: str = API_CLIENT
    staff_clients: dict[str, tuple[str, ...]] = field(default_factory=dict)
    customer_audience: str = "com.examplebank.app"
    customer_clients: dict[str, tuple[str, ...]] = field(default_factory=dict)
    people: People = field(default_factory=People)
    key_directory: Path | None = None
    access_token_life: int = 3600
    code_life: int = 60
    refresh_token_life: int = 24 * 3600

    @property
    def staff(self) -> Realm:
        """Describe the issuer of the staff's tokens."""
        return Realm(self.tenant, self.staff_audience, self.staff_clients)

    @property
    def customers(self) -> Realm:
        """Describe the issuer of the customers' tokens."""
        return Realm("customers", self.customer_audience, self.customer_clients)
