"""A push as APNs wants it: headers and body."""

from collections.abc import Mapping
from typing import Any

import msgspec

from ringproof.adapters.push.deadline import whole_seconds
from ringproof.core.people import PushKind
from ringproof.core.seal import SealedType
from ringproof.ports import Push

_encode = msgspec.json.Encoder().encode

# Texts live in the app, in the phone's language. They are what is shown if the notification service
# extension cannot open or verify the message, so they say nothing that would need proof. An update
# takes the place of the card by its collapse id, silently: it interrupts nobody a second time.
_APS: Mapping[SealedType, Mapping[str, Any]] = {
    SealedType.CALL_VERIFICATION: {
        "alert": {"title-loc-key": "RINGPROOF_CALL_TITLE", "loc-key": "RINGPROOF_CALL_BODY"},
        "mutable-content": 1,
        "interruption-level": "time-sensitive",
    },
    SealedType.CALL_UPDATE: {
        "alert": {"title-loc-key": "RINGPROOF_UPDATE_TITLE", "loc-key": "RINGPROOF_UPDATE_BODY"},
        "mutable-content": 1,
        "interruption-level": "passive",
    },
}


def headers(message: Push) -> Mapping[str, str]:
    """
    Write the request headers, but for the credential.

    A `voip` push goes to the app's VoIP topic and is never stored (Apple's advice, so that no stale
    call rings). Warning: on iOS 13 and later an app that gets one must report a call to CallKit at
    once, or iOS ends the app and in time stops waking it. It is for apps whose calls are VoIP calls.
    """
    voip = message.kind is PushKind.VOIP
    return {
        "apns-topic": f"{message.app_id}.voip" if voip else message.app_id,
        "apns-push-type": message.kind.value,
        "apns-priority": "10",
        "apns-expiration": "0" if voip else str(whole_seconds(message.expires_at)),
        "apns-collapse-id": message.collapse,
        "apns-id": message.id,
        "content-type": "application/json",
    }


def body(message: Push) -> bytes:
    """Write the payload: generic texts, and what only the device can open."""
    aps = {} if message.kind is PushKind.VOIP else _APS[message.type]
    return _encode({"aps": aps, "type": message.type, "v": 1, "sealed": message.sealed})


def wanted(message: Push) -> bool:
    """
    False for an end notice by VoIP push, which would ring the phone for a call that is over.

    Apple: after the first VoIP push send updates over the app's own connection.
    """
    return not (message.kind is PushKind.VOIP and message.type is SealedType.CALL_UPDATE)
