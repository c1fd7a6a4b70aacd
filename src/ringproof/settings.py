"""
Everything an operator may set: RINGPROOF_* in the environment, read once.

The table below is the only place that knows a setting; docs/settings.md is written from it. Each
default is spelled as an operator would spell it, and read by the same code.
"""
# ruff: noqa: RUF009  (each call below makes a dataclass field)

import dataclasses
import difflib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, Self, TypeVar

from ringproof import setting_kinds as kinds
from ringproof.core.call import Assurance, DialMode
from ringproof.core.judge import Enforcement
from ringproof.core.phone import E164
from ringproof.core.time import Millis
from ringproof.setting_kinds import Kind, QuietHours, Rate, Secret

T = TypeVar("T")
PREFIX = "RINGPROOF_"


class Env(StrEnum):
    """What is at stake."""

    DEVELOPMENT = "development"
    PRODUCTION = "production"


class CustomerSub(StrEnum):
    """What names a customer in their token."""

    ID = "id"
    CRM = "crm"


class BadSettings(Exception):  # noqa: N818
    """The environment is not usable; *problems* names every variable at fault and what it may be."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the table; *production* is the default where RINGPROOF_ENV=production."""

    variable: str
    default: str
    production: str
    what: str
    kind: Kind[Any]

    def default_in(self, env: str) -> str:
        """Return the default that applies there."""
        return self.production if env == Env.PRODUCTION else self.default


def _setting(
    default: str,
    kind: Kind[T],
    what: str,
    *,
    production: str | None = None,
    variable: str = "",
) -> T:
    entry = Entry(variable, default, default if production is None else production, what, kind)
    made: Any = field(default_factory=_reader(kind, default), metadata={"entry": entry})
    return made  # type: ignore[no-any-return]


def _reader(kind: Kind[T], text: str) -> Callable[[], T]:
    return lambda: kind.read(text)


_s = _setting
_INSTANCE = "5b2f6c1e-0c54-4b0e-9d3a-6f1f3f1f0a01"
_QUEUE = (
    f"arn:aws:connect:eu-west-2:123456789012:instance/{_INSTANCE}"
    "/queue/c1d0e7aa-93a5-4c55-b7f4-0f8a7c3d0c03"
)
_IDP = "http://127.0.0.1:8401"
_TENANT = "0f9b2c4e-7a1d-4a55-9c2e-3d5f8b6a0d01"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The deployment's settings; without any environment, those that run on one machine."""

    env: Env = _s(
        "development", kinds.one_of(Env), "production refuses simulators and open key files."
    )

    # Where it listens, and what it keeps.
    host: str = _s("127.0.0.1", kinds.TEXT, "Address to listen on.")
    port: int = _s("8400", kinds.whole(0, 65535), "Port to listen on; 0 takes any free one.")
    public_url: str = _s(
        "http://127.0.0.1:8400",
        kinds.URL,
        "Where phones and browsers reach it; photos are served under it.",
    )
    store: Path = _s("sqlite:///var/ringproof.db", kinds.SQLITE, "The store.")
    signing_key: Path = _s("file:var/keys", kinds.KEY_FILES, "The bank's signing keys.")
    web: Path = _s(
        "web", kinds.PATH, "Directory with agent/dist and handset/dist, the built pages."
    )
    ca_file: Path | None = _s(
        "none", kinds.optional(kinds.PATH), "Certificates (PEM) trusted besides the system's."
    )
    log_level: str = _s(
        "info",
        kinds.chosen(("debug", "info", "warning", "error")),
        "Least severe log line written.",
    )
    shutdown_wait: Millis = _s(
        "30s", kinds.DURATION, "How long a shutdown waits for work under way."
    )
    sweep_every: Millis = _s(
        "5s", kinds.DURATION, "How often calls that nobody ends are looked for."
    )

    # Who may ask, from where, how much.
    cors_origins: tuple[str, ...] = _s(
        "", kinds.many(kinds.ORIGIN), "Pages elsewhere that may call the API."
    )
    frame_ancestors: tuple[str, ...] = _s(
        "",
        kinds.many(kinds.ORIGIN),
        "Pages that may embed the agent's page: Agent Workspace, Dynamics.",
    )
    dynamics_origin: str | None = _s(
        "none",
        kinds.optional(kinds.ORIGIN),
        "The Dynamics 365 organisation that may embed the panel at /dynamics/ and call the API.",
    )
    trusted_proxies: tuple[str, ...] = _s(
        "", kinds.many(kinds.NETWORK), "Proxies whose X-Forwarded-For is believed."
    )
    max_body: int = _s("64KiB", kinds.SIZE, "Longest request body.")
    max_import: int = _s("16MiB", kinds.SIZE, "Longest body of POST /admin/import.")
    rate_agent: Rate | None = _s(
        "600/minute", kinds.optional(kinds.RATE), "Requests of one agent, API key or customer."
    )
    rate_connect: Rate | None = _s(
        "none",
        kinds.optional(kinds.RATE),
        "Connect's events, and questions to the gate: each by itself, of one API key.",
    )
    rate_look_up: Rate | None = _s(
        "120/hour", kinds.optional(kinds.RATE), "Customers that one agent may look at."
    )
    rate_search: Rate | None = _s(
        "600/hour",
        kinds.optional(kinds.RATE),
        "Searches of one agent; a page may ask as they type.",
    )
    rate_device: Rate | None = _s(
        "60/minute", kinds.optional(kinds.RATE), "Receipts, questions and reports of one device."
    )
    rate_address: Rate | None = _s(
        "600/minute",
        kinds.optional(kinds.RATE),
        "Requests for what is public, and bodies that no device signed, each from one address.",
    )
    rate_failed: Rate | None = _s(
        "60/minute", kinds.optional(kinds.RATE), "Failed logins from one address."
    )
    admin_key: Secret = _s(
        "", kinds.SECRET, "An API key (rpk_id_secret) with every scope, to begin with."
    )
    connect_key: Secret = _s(
        "", kinds.SECRET, "An API key (rpk_id_secret) with scope connect, for Connect's side."
    )

    # The staff's identity provider (Entra ID), and the customers'.
    staff_issuer: str = _s(
        f"{_IDP}/{_TENANT}/v2.0", kinds.URL, "Issuer of the staff's access tokens."
    )
    staff_audience: str = _s(
        "6d1c8e0a-2b7f-4f0e-8a44-91c0a7e5d002", kinds.TEXT, "Audience that they must have."
    )
    staff_tenant: str = _s(_TENANT, kinds.TEXT, "Tenant (tid) that they must have.")
    staff_clients: tuple[str, ...] = _s(
        "ringproof-agent",
        kinds.many(kinds.TEXT),
        "Client apps (azp) that they may come from; the first is the agent's page.",
    )
    staff_scope: str = _s(
        "openid profile api://ringproof/VerifiedCall.Start",
        kinds.TEXT,
        "Scope that the agent's page asks for.",
    )
    customer_issuer: str = _s(
        f"{_IDP}/customers/v2.0", kinds.URL, "Issuer of the customers' access tokens."
    )
    customer_audience: str = _s("com.examplebank.app", kinds.TEXT, "Audience that they must have.")
    customer_clients: tuple[str, ...] = _s(
        "ringproof-handset",
        kinds.many(kinds.TEXT),
        "Client apps (azp) that they may come from; the first is the handset page.",
    )
    customer_scope: str = _s("openid profile", kinds.TEXT, "Scope that the handset page asks for.")
    customer_sub: CustomerSub = _s(
        "id",
        kinds.one_of(CustomerSub),
        "What their tokens' sub is: exactly our customer id, or any id that the CRM has for them.",
    )
    login_max_age: Millis = _s(
        "5m", kinds.DURATION, "How fresh a customer's login must be to enrol a device."
    )

    # The bank.
    bank_iss: str = _s("https://bank.example", kinds.TEXT, "Names the bank in every proof (iss).")
    bank_name: str = _s("Example Bank", kinds.TEXT, "The bank as customers know it.")
    bank_call_us: str = _s("+44 20 7946 0100", kinds.TEXT, "The number on the customer's card.")
    caller_id: E164 | None = _s(
        "none",
        kinds.optional(kinds.NUMBER),
        "Number shown on every call; none takes the first of the bank's that is not inbound-only.",
    )
    apps: tuple[str, ...] = _s(
        "com.examplebank.app",
        kinds.many(kinds.TEXT),
        "App ids that may enrol; the first is the handset page's.",
    )
    voip_apps: tuple[str, ...] = _s(
        "",
        kinds.many(kinds.TEXT),
        "Those of them that may ask to be woken by VoIP push. Only for an app that carries calls"
        " itself: iOS ends one that does not report a call at once (CallKit), and in time stops"
        " waking it.",
    )
    default_reason: str = _s("general", kinds.TEXT, "Reason of a call that names none.")
    default_language: str = _s("en", kinds.TEXT, "Language of a reason that lacks the customer's.")

    # What the bank allows.
    dial_mode: DialMode = _s(
        "agent", kinds.one_of(DialMode), "Who dials: the agent's browser, or this server."
    )
    enforcement: Enforcement = _s(
        "block",
        kinds.one_of(Enforcement),
        "Whether a contact that went round the gate is hung up once an event tells of it (block). The"
        " gate itself does what the flow of its queue says.",
    )
    manual_contacts: bool = _s(
        "no", kinds.FLAG, "Whether agents may dial a number that no customer has, unannounced."
    )
    break_glass_until: Millis | None = _s(
        "none",
        kinds.optional(kinds.INSTANT),
        "Until then the gate lets every dial pass, unverified; for an outage. A day ahead at most.",
    )
    webhook_url: str | None = _s(
        "none", kinds.optional(kinds.URL), "Where violations are posted to, signed."
    )
    webhook_secret: Secret = _s(
        "",
        kinds.SECRET,
        "Signs them (Standard Webhooks, whsec_…); with a webhook there must be one.",
    )
    event_bus: str | None = _s(
        "none",
        kinds.optional(kinds.TEXT),
        "EventBridge bus (name or ARN) that violations are put on.",
    )
    events_url: str | None = _s(
        "none",
        kinds.optional(kinds.URL),
        "EventBridge's API, under the SDK's own name; none is AWS.",
        variable="AWS_ENDPOINT_URL_EVENTBRIDGE",
    )
    describe_rate: Rate = _s(
        "1/second",
        kinds.RATE,
        "How often Connect may be asked about contacts; it answers 2/second, StopContact included.",
    )
    announce_wait: Millis = _s("4s", kinds.DURATION, "Longest wait for a device's receipt.")
    dial_within: Millis = _s(
        "30s", kinds.DURATION, "How long after the request a call may be dialed."
    )
    minimum_assurance: Assurance = _s(
        "accepted", kinds.ASSURANCE, "Least assurance with which a call is dialed."
    )
    calls_per_customer: int = _s(
        "5", kinds.whole(0, 1_000_000), "Calls to one customer in a period; 0 is no cap."
    )
    customer_period: Millis = _s("24h", kinds.DURATION, "That period.")
    calls_per_agent: int = _s(
        "60", kinds.whole(0, 1_000_000), "Calls by one agent in a period; 0 is no cap."
    )
    agent_period: Millis = _s("1h", kinds.DURATION, "That period.")
    quiet_hours: QuietHours = _s(
        "21:00-08:00", kinds.QUIET_HOURS, "When nobody is called, where the customer is."
    )
    new_device: Millis = _s("24h", kinds.DURATION, "How long a device counts as new.")
    abandon_grace: Millis = _s(
        "5s", kinds.DURATION, "How long past its deadline an undialed call is left alone."
    )
    unsettled_after: Millis = _s(
        "15m", kinds.DURATION, "When Connect is asked what became of a dialed call."
    )
    disclose_employee_id: bool = _s(
        "no", kinds.FLAG, "Whether proofs carry the agent's employee id."
    )

    # Push services; one without its key file is not used.
    apns_url: str | None = _s(
        "https://127.0.0.1:8402",
        kinds.optional(kinds.URL),
        "APNs; none is Apple's own two environments.",
        production="none",
    )
    apns_key_file: Path | None = _s("none", kinds.optional(kinds.PATH), "APNs signing key (.p8).")
    apns_key_id: str = _s("RINGPROOF1", kinds.TEXT, "Its key id.")
    apns_team: str = _s("EXAMPLEBNK", kinds.TEXT, "Apple's team id.")
    fcm_url: str = _s(
        "http://127.0.0.1:8404", kinds.URL, "FCM.", production="https://fcm.googleapis.com"
    )
    fcm_service_account: Path | None = _s(
        "none", kinds.optional(kinds.PATH), "Google service account file (JSON)."
    )

    # Amazon Connect.
    connect_instance: str = _s(_INSTANCE, kinds.TEXT, "Connect instance id.")
    connect_flow: str = _s(
        "7a1c5a52-6a0f-4d4e-8a0d-2f9c1f0b0b02",
        kinds.TEXT,
        "Flow (id) that a call dialed by this server runs when answered.",
    )
    connect_queue: str = _s(_QUEUE, kinds.TEXT, "Outbound queue (ARN).")
    connect_region: str = _s("eu-west-2", kinds.TEXT, "AWS region.")
    connect_url: str | None = _s(
        "http://127.0.0.1:8405",
        kinds.optional(kinds.URL),
        "Connect's API, under the SDK's own name; none is AWS.",
        production="none",
        variable="AWS_ENDPOINT_URL_CONNECT",
    )

    # What `ringproof audit` expects of the instance and its account.
    connect_gate: str = _s(
        "d3f4b8a1-61c7-4a6c-8f0e-3b9a2c4d0d07",
        kinds.TEXT,
        "Flow (id) that every outbound queue must have as its outbound whisper flow.",
    )
    connect_gate_mode: Enforcement = _s(
        "block", kinds.one_of(Enforcement), "Which variant of the gate that flow is."
    )
    connect_flow_hashes: tuple[tuple[str, str], ...] = _s(
        "", kinds.many(kinds.PINNED), "Contents that a flow may have; an audit shows those it has."
    )
    connect_functions: tuple[str, ...] = _s(
        "", kinds.many(kinds.TEXT), "Lambda functions (ARN) that the flows invoke."
    )
    connect_origins: tuple[str, ...] = _s(
        "", kinds.many(kinds.ORIGIN), "Approved origins besides the one of RINGPROOF_PUBLIC_URL."
    )
    connect_callers: tuple[str, ...] = _s(
        "",
        kinds.many(kinds.TEXT),
        "IAM users and roles (ARN, with wildcards) that may start calls.",
    )
    connect_editors: tuple[str, ...] = _s(
        "",
        kinds.many(kinds.TEXT),
        "IAM users and roles (ARN, with wildcards) that may change flows and queues.",
    )
    connect_calls: int = _s(
        "10", kinds.whole(1, 1_000_000), "Concurrent calls that the instance must allow."
    )
    connect_requests: int = _s(
        "2",
        kinds.whole(1, 1_000_000),
        "Requests a second that the account must allow each operation.",
    )

    # The handset page of a development deployment is a phone: this is what it connects to.
    phone_apns: str | None = _s(
        "ws://127.0.0.1:8403/device",
        kinds.optional(kinds.URL),
        "APNs simulator's device side.",
        production="none",
    )
    phone_fcm: str | None = _s(
        "ws://127.0.0.1:8404/device",
        kinds.optional(kinds.URL),
        "FCM simulator's device side.",
        production="none",
    )
    phone_network: str | None = _s(
        "ws://127.0.0.1:8405/network",
        kinds.optional(kinds.URL),
        "Simulated telephone network.",
        production="none",
    )
    browser_dial: str | None = _s(
        "http://127.0.0.1:8405",
        kinds.optional(kinds.URL),
        "Connect simulator's browser dial, for the agent's page where no CCP is set.",
        production="none",
    )

    # The agent's softphone, and what its page checks before the first call; it checks what is set.
    ccp_url: str | None = _s(
        "none",
        kinds.optional(kinds.URL),
        "CCP that the agent's page shows and dials with: https://bank.my.connect.aws/ccp-v2.",
    )
    stun: tuple[str, ...] = _s(
        "", kinds.many(kinds.STUN), "STUN servers that the page tries UDP 3478 with."
    )

    @classmethod
    def read(cls, environ: Mapping[str, str]) -> Self:
        """Read the environment; BadSettings lists everything that is wrong with it at once."""
        values, problems = {}, _unknown(environ)
        env = environ.get(f"{PREFIX}ENV", "")
        for name, entry in entries():
            try:
                values[name] = entry.kind.read(environ.get(entry.variable, entry.default_in(env)))
            except (ValueError, KeyError):
                problems.append(f"{entry.variable} must be {entry.kind.allowed}.")
        if problems:
            raise BadSettings(problems)
        settings = cls(**values)
        if contradictions := _contradictions(settings):
            raise BadSettings(contradictions)
        return settings


def entries() -> Iterator[tuple[str, Entry]]:
    """Return the table's rows by field, in order."""
    for each in dataclasses.fields(Settings):
        entry: Entry = each.metadata["entry"]
        variable = entry.variable or PREFIX + each.name.upper()
        yield each.name, dataclasses.replace(entry, variable=variable)


def effective(environ: Mapping[str, str]) -> Iterator[tuple[Entry, str]]:
    """Return each row with the text that is in force; of a secret, only whether there is one."""
    env = environ.get(f"{PREFIX}ENV", "")
    for _, entry in entries():
        text = environ.get(entry.variable, entry.default_in(env))
        yield entry, ("[redacted]" if entry.kind is kinds.SECRET and text else text)


def _unknown(environ: Mapping[str, str]) -> list[str]:
    """Name the variables that mean nothing: a typing error in a limit is worse than no start."""
    known = [entry.variable for _, entry in entries()]
    strange = sorted(name for name in environ if name.startswith(PREFIX) and name not in known)
    return [f"{name} is no setting.{_nearest(name, known)}" for name in strange]


def _nearest(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, known, 1)
    return f" Did you mean {near[0]}?" if near else ""


def _contradictions(settings: Settings) -> list[str]:
    found = []
    if settings.announce_wait >= settings.dial_within:
        found.append(f"{PREFIX}ANNOUNCE_WAIT must be shorter than {PREFIX}DIAL_WITHIN.")
    if settings.minimum_assurance is Assurance.NONE:
        found.append(f"{PREFIX}MINIMUM_ASSURANCE must be {kinds.ASSURANCE.allowed}.")
    if not set(settings.voip_apps) <= set(settings.apps):
        found.append(f"{PREFIX}VOIP_APPS may name only what {PREFIX}APPS names.")
    return found + [
        f"{PREFIX}{name.upper()} must name at least one."
        for name in ("staff_clients", "customer_clients", "apps")
        if not getattr(settings, name)
    ]
