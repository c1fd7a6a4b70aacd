"""The service behind the API: projects, permission, and delivery to phones."""

import re
import secrets
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from ringproof.simulators.fcm.errors import ERROR_INFO, Refused, fcm_error
from ringproof.simulators.fcm.message import Sent, read_message
from ringproof.simulators.fcm.oauth import AccessTokens, ServiceAccount
from ringproof.simulators.push_device import Installation, Installations, Message
from ringproof.simulators.push_socket import Register

TOKEN = re.compile(r"[\w-]{22}:APA91b[\w-]{134}")
MAX_STORED = 100
MAX_COLLAPSE_KEYS = 4
# After too many messages FCM drops them all, and the app's onDeletedMessages() is called.
DELETED = Message({"type": "deleted"}, urgent=False, expires_at=float("inf"))


@dataclass(frozen=True)
class FcmService:
    """FCM's projects and phones."""

    projects: AbstractSet[str]
    now: Callable[[], float]
    access_tokens: AccessTokens
    installations: Installations

    async def send(self, request: Request) -> Response:
        """Serve `POST /v1/projects/{project}/messages:send`."""
        project = request.path_params["project"]
        try:
            account = self.access_tokens.recognise(request.headers.get("authorization"))
            _permit(account, project)
            name = self._send(project, read_message(await request.body()))
        except Refused as refused:
            return refused.response()
        return JSONResponse({"name": name})

    def admit(self, register: Register) -> Installation:
        """Register a phone's app with the project it names, by default the only one."""
        sender = register.sender or min(self.projects)
        installation = self.installations.register(register.app, register.token)
        installation.sender, installation.demotes = sender, register.demote
        return installation

    def _send(self, project: str, sent: Sent) -> str:
        name = f"projects/{project}/messages/0:{secrets.randbits(63)}%{secrets.token_hex(8)}"
        installation = self._recipient(project, sent.token) if sent.token is not None else None
        if sent.validate_only:
            return f"projects/{project}/messages/fake_message_id"
        if installation is not None:
            demoted = installation.demotes and sent.priority == "HIGH"
            priority = "NORMAL" if demoted else sent.priority
            self.installations.push(installation, _message(name, sent, priority, self.now()))
        return name

    def _recipient(self, project: str, token: str) -> Installation:
        if not TOKEN.fullmatch(token):
            raise fcm_error(
                "INVALID_ARGUMENT",
                "The registration token is not a valid FCM registration token",
            )
        installation = self.installations.find(token)
        if installation is None or installation.ended:
            raise fcm_error("UNREGISTERED")
        if installation.sender != project:
            raise fcm_error("SENDER_ID_MISMATCH")
        return installation


def new_token() -> str:
    """Make a registration token of the usual looks."""
    return f"{secrets.token_urlsafe(24)[:22]}:APA91b{secrets.token_urlsafe(101)[:134]}"


def keep(waiting: list[Message], message: Message) -> list[Message]:
    """Keep up to 100 messages, of them one for each of the four newest collapse keys."""
    if message.collapse is None:
        kept = [*waiting, message]
        return kept if len(kept) <= MAX_STORED else [DELETED]
    others = [stored for stored in waiting if stored.collapse != message.collapse]
    collapsible = [stored for stored in others if stored.collapse is not None]
    oldest = collapsible[: -(MAX_COLLAPSE_KEYS - 1)]
    return [*(stored for stored in others if stored not in oldest), message]


def _permit(account: ServiceAccount, project: str) -> None:
    if account.project != project:
        permission = "cloudmessaging.messages.create"
        raise Refused(
            403,
            "PERMISSION_DENIED",
            f"Permission '{permission}' denied on resource "
            f"'//cloudresourcemanager.googleapis.com/projects/{project}' (or it may not exist).",
            {
                "@type": ERROR_INFO,
                "reason": "IAM_PERMISSION_DENIED",
                "domain": "cloudresourcemanager.googleapis.com",
                "metadata": {"permission": permission, "resource": f"projects/{project}"},
            },
        )


def _message(name: str, sent: Sent, priority: str, now: float) -> Message:
    frame = {
        "type": "push",
        "id": name,
        "priority": priority,
        "originalPriority": sent.priority,
        "collapseKey": sent.collapse_key,
        "data": sent.data,
    }
    return Message(
        frame,
        urgent=priority == "HIGH",
        expires_at=now + sent.ttl,
        collapse=sent.collapse_key,
    )
