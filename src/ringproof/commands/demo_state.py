"""What a demonstration keeps in its folder: keys, a certificate authority, a service account, a store."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from ringproof.adapters.clock import SystemClock
from ringproof.adapters.sign import keyring
from ringproof.commands.local_ports import HOST, LocalPorts
from ringproof.core.call import DialMode
from ringproof.ports import KeyUse
from ringproof.settings import Settings

_RSA_BITS = 2048
_NEAR = f"{HOST},localhost"
"""Hosts that no proxy of the shell's can reach; each library reads one spelling of NO_PROXY or both."""


@dataclass(frozen=True, slots=True)
class DemoState:
    """One folder; whatever is missing in it is made by `prepare`."""

    folder: Path

    @property
    def logs(self) -> Path:
        """Where the children's output goes."""
        return self.folder / "logs"

    @property
    def tls(self) -> Path:
        """Where the APNs simulator keeps its CA."""
        return self.folder / "tls"

    @property
    def idp_keys(self) -> Path:
        """Where the identity provider keeps its key, so that logins survive a restart."""
        return self.folder / "idp"

    @property
    def store(self) -> Path:
        """The embedded store."""
        return self.folder / "ringproof.db"

    def prepare(self, ports: LocalPorts) -> None:
        """Make the folder, and in it the keys that it lacks."""
        self.logs.mkdir(mode=0o700, parents=True, exist_ok=True)
        known = keyring.records(self._signing_keys)
        for use in KeyUse:
            if not keyring.live(known, use):
                keyring.create(self._signing_keys, use, SystemClock().now())
        if not self._apns_key.exists():
            _write(self._apns_key, _pem(ec.generate_private_key(ec.SECP256R1())))
        _write(self._account, self._service_account(ports))

    def environment(
        self, ports: LocalPorts, mode: DialMode, *, ccp: bool = False
    ) -> Mapping[str, str]:
        """Return the settings that the simulators and the server share; with an API key of its own.

        With *ccp* the agent's page dials with the simulated Contact Control Panel.
        """
        api, idp = f"http://{HOST}:{ports.serve}", f"http://{HOST}:{ports.idp}"
        connect = f"http://{HOST}:{ports.connect}"
        return {
            "AWS_ACCESS_KEY_ID": "simulator",
            "AWS_SECRET_ACCESS_KEY": "simulator",  # the simulator's own, worth nothing elsewhere
            "AWS_ENDPOINT_URL_CONNECT": connect,
            **dict.fromkeys(("NO_PROXY", "no_proxy"), _NEAR),
            "RINGPROOF_APNS_KEY_FILE": str(self._apns_key),
            "RINGPROOF_APNS_URL": f"https://{HOST}:{ports.apns}",
            "RINGPROOF_BROWSER_DIAL": connect,
            "RINGPROOF_CCP_URL": f"{connect}/ccp-v2/" if ccp else "none",
            "RINGPROOF_CA_FILE": str(self.tls / "ca.pem"),
            "RINGPROOF_CONNECT_KEY": f"rpk_demo_{secrets.token_urlsafe(32)}",
            "RINGPROOF_CUSTOMER_ISSUER": f"{idp}/customers/v2.0",
            "RINGPROOF_DIAL_MODE": mode,
            "RINGPROOF_DYNAMICS_ORIGIN": f"http://{HOST}:{ports.dynamics}",
            "RINGPROOF_FCM_SERVICE_ACCOUNT": str(self._account),
            "RINGPROOF_FCM_URL": f"http://{HOST}:{ports.fcm}",
            "RINGPROOF_PHONE_APNS": f"ws://{HOST}:{ports.apns_device}/device",
            "RINGPROOF_PHONE_FCM": f"ws://{HOST}:{ports.fcm}/device",
            "RINGPROOF_PHONE_NETWORK": f"ws://{HOST}:{ports.connect}/network",
            "RINGPROOF_PORT": str(ports.serve),
            "RINGPROOF_PUBLIC_URL": api,
            "RINGPROOF_SIGNING_KEY": f"file:{self._signing_keys}",
            "RINGPROOF_STAFF_ISSUER": f"{idp}/{Settings().staff_tenant}/v2.0",
            "RINGPROOF_STORE": f"sqlite:///{self.store}",
            # A demonstration may be at night, and calls the same customer again and again.
            "RINGPROOF_CALLS_PER_CUSTOMER": "0",
            "RINGPROOF_QUIET_HOURS": "none",
        }

    @property
    def _signing_keys(self) -> Path:
        return self.folder / "keys"

    @property
    def _apns_key(self) -> Path:
        return self.folder / "apns.p8"

    @property
    def _account(self) -> Path:
        return self.folder / "service-account.json"

    def _service_account(self, ports: LocalPorts) -> bytes:
        """Write the file that Google's console gives out, with the simulator's token endpoint in it."""
        account = {
            "type": "service_account",
            "project_id": "ringproof-demo",
            "private_key_id": "demo",
            "private_key": self._rsa_key(),
            "client_email": "ringproof@ringproof-demo.iam.gserviceaccount.com",
            "client_id": "100000000000000000000",
            "token_uri": f"http://{HOST}:{ports.fcm}/token",
        }
        return msgspec.json.encode(account)

    def _rsa_key(self) -> str:
        if self._account.exists():
            kept: str = msgspec.json.decode(self._account.read_bytes())["private_key"]
            return kept
        return _pem(rsa.generate_private_key(65537, _RSA_BITS)).decode()


def _pem(key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _write(path: Path, content: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
