"""Write vectors/: tokens from fixed keys, right ones and every kind of wrong one."""

import argparse
import base64
import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import hashes, hmac, hpke
from cryptography.hazmat.primitives.asymmetric import ec

from ringproof.core import chain, jws, passport, receipt, seal, status, update
from ringproof.core.call import CallEvent, CallId, CallState
from ringproof.core.keys import PublicKey, b64url, sign
from ringproof.core.people import PushService
from ringproof.core.phone import E164
from ringproof.core.seal import SealedType

HERE = Path(__file__).parent.parent / "vectors"
NOW = 1_800_000_000
"""Seconds: 2027-01-15T08:00:00Z."""

Case = dict[str, Any]

STANDARD_BASE64 = base64.b64encode(b"\xff" * 2_129).decode()


def key(seed: int) -> ec.EllipticCurvePrivateKey:
    """Make a fixed test key."""
    return ec.derive_private_key(0x52494E47_50524F4F_46 * 0x10000 + seed, ec.SECP256R1())


def public(private: ec.EllipticCurvePrivateKey) -> PublicKey:
    return PublicKey.of(private.public_key())


PROOF, STATUS, STRANGER = key(1), key(2), key(3)
SEALING, RECEIPT = key(4), key(5)
KID, STATUS_KID = public(PROOF).thumbprint(), public(STATUS).thumbprint()
DEVICE, CALL = "6f1a3c52-4a53-4b52-9d0b-0f3f2f4c8a11", "0b54c7c0-3c0f-4ac0-8f0d-9c9f7f1f2a33"
HEADER = {"alg": "ES256", "kid": KID, "ppt": "rcd", "typ": "passport"}

ANNOUNCEMENT = passport.Announcement(
    iss="https://bank.example",
    aud="com.examplebank.app",
    iat=NOW,
    exp=NOW + passport.LIFETIME_SECONDS,
    jti="5e0f9f43-6d5e-4f0e-a1c5-4fe4b1c2d377",
    cid=CallId(CALL),
    dev=DEVICE,
    orig=E164("+442079460123"),
    dest=E164("+447700900123"),
    bank="Example Bank",
    agent="Ayesha, Fraud team",
    crn="About a card payment – “réservé”",
    mc="47",
    photo=("https://bank.example/photos/" + "ab" * 32, "ab" * 32),
)
CLAIMS = passport.claims_of(ANNOUNCEMENT)


def token(claims: Mapping[str, Any], header: Mapping[str, Any] = HEADER, by: Any = PROOF) -> str:
    signed = jws.signing_input(header, claims)
    return jws.compact(signed, sign(by, signed.encode()))


def raw(header: bytes, payload: bytes, by: Any = PROOF) -> str:
    signed = f"{b64url(header)}.{b64url(payload)}"
    return jws.compact(signed, sign(by, signed.encode()))


def case(name: str, text: str, expect: str, **more: Any) -> Case:
    return {"name": name, "token": text, "expect": expect, **more}


def but(**changed: Any) -> dict[str, Any]:
    return {k: v for k, v in (CLAIMS | changed).items() if v is not ...}


def passports() -> dict[str, Any]:
    good = token(CLAIMS)
    head, body, tail = good.split(".")
    return {
        "now": NOW,
        "keys": keys(PROOF),
        "expected": {
            "iss": "https://bank.example", "aud": "com.examplebank.app", "dev": DEVICE,
            "orig": ["442079460123", "442079460124"], "dest": ["447700900123"],
        },
        "seen": ["00000000-0000-4000-8000-000000000000"],
        "cases": [
            case("genuine", good, "ok"),
            case("genuine without a photo", token(but(rcd={"nam": "Example Bank"}, rcdi=...)), "ok"),
            case("genuine with an employee id", token(but(agt={"id": "E-7", "nam": "Ayesha"})), "ok"),
            case("genuine, phone 119 s slow", good, "ok", now=NOW - 119),
            case("genuine, phone 119 s fast at the end", good, "ok", now=NOW + 150 + 119),
            *_forms(good, head, body, tail),
            *_headers(),
            *_signatures(good, head, body, tail),
            *_wrong_claims(),
        ],
    }  # fmt: skip


def _forms(good: str, head: str, body: str, tail: str) -> list[Case]:
    # 64 bytes leave 4 unused bits in the last character: 15 more spellings of one signature.
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    sibling = alphabet[alphabet.index(tail[-1]) + 1]
    long = token(but(crn="x" * 1_400))
    return [
        case("empty", "", "malformed"),
        case("trailing space", good + " ", "malformed"),
        case("trailing newline", good + "\n", "malformed"),
        case("leading space", " " + good, "malformed"),
        case("padding", good + "==", "malformed"),
        case("two parts", f"{head}.{body}", "malformed"),
        case("four parts", good + ".AAAA", "malformed"),
        case("standard base64", good.replace("-", "+").replace("_", "/"), "malformed"),
        case(
            "another spelling of the signature", f"{head}.{body}.{tail[:-1]}{sibling}", "malformed"
        ),
        case("signature of 65 bytes", f"{head}.{body}.{tail}AA", "malformed"),
        case("signature of 63 bytes", f"{head}.{body}.{tail[:-2]}", "malformed"),
        case("DER signature", f"{head}.{body}.{_der(f'{head}.{body}')}", "malformed"),
        case("JSON serialisation", json.dumps({"payload": body, "signature": tail}), "malformed"),
        case("longer than 2,000 bytes", long, "malformed"),
    ]


def _der(signed: str) -> str:
    return b64url(
        PROOF.sign(signed.encode(), ec.ECDSA(hashes.SHA256(), deterministic_signing=True))
    )


def _headers() -> list[Case]:
    def header(name: str, expect: str, **changed: Any) -> Case:
        changed_header = {k: v for k, v in (HEADER | changed).items() if v is not ...}
        return case(name, token(CLAIMS, changed_header), expect)

    body = jws.canonical(CLAIMS)
    spaced = json.dumps(HEADER).encode()
    swapped = json.dumps(dict(reversed(HEADER.items())), separators=(",", ":")).encode()
    return [
        header("alg none", "wrong_header", alg="none"),
        header("alg ES384", "wrong_header", alg="ES384"),
        header("alg HS256", "wrong_header", alg="HS256"),
        header("ppt shaken", "wrong_header", ppt="shaken"),
        header("no ppt", "wrong_header", ppt=...),
        header("typ in capitals", "wrong_type", typ="PASSPORT"),
        header("typ with application/", "wrong_type", typ="application/passport"),
        header("typ of an end notice", "wrong_type", typ="call-update+jwt"),
        header("no kid", "wrong_header", kid=...),
        header("kid is a number", "wrong_header", kid=7),
        header("x5u beside kid", "wrong_header", x5u="https://attacker.example/cert.pem"),
        header("jku beside kid", "wrong_header", jku="https://attacker.example/jwks.json"),
        header("jwk beside kid", "wrong_header", jwk=public(STRANGER).jwk()),
        header("crit", "wrong_header", crit=["exp"]),
        header("unknown kid", "unknown_kid", kid=public(STRANGER).thumbprint()),
        header("kid of the status key", "unknown_kid", kid=STATUS_KID),
        case("header with white space", raw(spaced, body), "wrong_header"),
        case("header in another order", raw(swapped, body), "wrong_header"),
        case("header is a list", raw(b"[]", body), "malformed"),
        case("header is not JSON", raw(b"{", body), "malformed"),
    ]


def _signatures(good: str, head: str, body: str, tail: str) -> list[Case]:
    other = b64url(jws.canonical(but(mc="48")))
    mac = hmac.HMAC(public(PROOF).to_bytes(), hashes.SHA512())
    mac.update(f"{head}.{body}".encode())
    return [
        case("signed by a stranger", token(CLAIMS, HEADER, STRANGER), "bad_signature"),
        case("another match code under the signature", f"{head}.{other}.{tail}", "bad_signature"),
        case("signature of zeros", f"{head}.{body}.{b64url(bytes(64))}", "bad_signature"),
        case(
            "signature of another token",
            f"{good.rsplit('.', 1)[0]}.{token(but(mc='11')).rsplit('.')[-1]}",
            "bad_signature",
        ),
        case(
            "HMAC with the public key", f"{head}.{body}.{b64url(mac.finalize())}", "bad_signature"
        ),
    ]


def _wrong_claims() -> list[Case]:
    body = jws.canonical(CLAIMS)
    wrong: list[tuple[str, str, dict[str, Any]]] = [
        ("another bank", "wrong_bank", {"iss": "https://bank.attacker.example"}),
        ("another app", "wrong_app", {"aud": "com.other.app"}),
        ("another device", "wrong_device", {"dev": "11111111-1111-4111-8111-111111111111"}),
        ("you called the bank", "wrong_direction", {"dir": "you_call_bank"}),
        ("not a number of the bank", "wrong_number", {"orig": {"tn": "442079469999"}}),
        ("another customer's number", "wrong_customer_number", {"dest": {"tn": ["447700900999"]}}),
        ("from the future", "not_yet_valid", {"iat": NOW + 121, "exp": NOW + 271}),
        ("expired", "expired", {"iat": NOW - 270, "exp": NOW - 120}),
        ("taken before", "replayed", {"jti": "00000000-0000-4000-8000-000000000000"}),
        ("lives too long", "bad_claims", {"exp": NOW + 301}),
        ("ends before it begins", "bad_claims", {"exp": NOW}),
        ("iat is text", "bad_claims", {"iat": str(NOW)}),
        ("iat is a fraction", "bad_claims", {"iat": NOW + 0.5}),
        ("iat is true", "bad_claims", {"iat": True}),
        ("no exp", "bad_claims", {"exp": ...}),
        ("no jti", "bad_claims", {"jti": ...}),
        ("no dir", "bad_claims", {"dir": ...}),
        ("no match code", "bad_claims", {"mc": ...}),
        ("match code of three digits", "bad_claims", {"mc": "471"}),
        ("match code is a number", "bad_claims", {"mc": 47}),
        ("orig with a plus", "bad_claims", {"orig": {"tn": "+442079460123"}}),
        ("two destinations", "bad_claims", {"dest": {"tn": ["447700900123", "447700900124"]}}),
        ("dest is text", "bad_claims", {"dest": {"tn": "447700900123"}}),
        ("no bank name", "bad_claims", {"rcd": {}}),
        ("photo without a digest", "bad_claims", {"rcdi": ...}),
        ("photo with a short digest", "bad_claims", {"rcdi": {"/icn": "sha256-AAAA"}}),
        ("no reason", "bad_claims", {"crn": ""}),
    ]
    return [
        *(case(name, token(but(**changed)), expect) for name, expect, changed in wrong),
        case("claims with white space", raw(jws.canonical(HEADER), body + b" "), "bad_claims"),
        case(
            "claims in another order", raw(jws.canonical(HEADER), _reversed(CLAIMS)), "bad_claims"
        ),
        case("a claim that occurs twice", raw(jws.canonical(HEADER), _twice(body)), "bad_claims"),
        case("half a surrogate pair", raw(jws.canonical(HEADER), _lone(body)), "bad_claims"),
        case("claims are a list", raw(jws.canonical(HEADER), b"[]"), "bad_claims"),
        case("claims are not JSON", raw(jws.canonical(HEADER), body[:-1]), "bad_claims"),
    ]


def _reversed(claims: Mapping[str, Any]) -> bytes:
    backwards = dict(sorted(claims.items(), reverse=True))
    return json.dumps(backwards, separators=(",", ":"), ensure_ascii=False).encode()


def _twice(body: bytes) -> bytes:
    return body.replace(b'"mc":"47"', b'"mc":"47","mc":"48"')


def _lone(body: bytes) -> bytes:
    return body.replace(b'"mc":"47"', b'"mc":"\\ud800"')


def updates() -> dict[str, Any]:
    notice = update.CallUpdate(
        "https://bank.example", "com.examplebank.app", DEVICE, CallId(CALL),
        "9d1f1fd0-0d1d-4a5b-8a43-9d1d2c3b4a5f", NOW, NOW + 3_600, "no_answer",
    )  # fmt: skip
    header = {"alg": "ES256", "kid": KID, "typ": update.TYP}
    signed = update.signing_input(notice, KID)
    good = jws.compact(signed, sign(PROOF, signed.encode()))
    claims = jws.claims_of(jws.parse(good).payload)
    return {
        "now": NOW,
        "keys": keys(PROOF),
        "expected": {"iss": "https://bank.example", "aud": "com.examplebank.app", "dev": DEVICE},
        "cases": [
            case("genuine", good, "ok"),
            case("an hour late", good, "ok", now=NOW + 3_600),
            case("too late", good, "expired", now=NOW + 3_720),
            case("a passport", token(CLAIMS), "wrong_type"),
            case("signed by a stranger", token(claims, header, STRANGER), "bad_signature"),
            case("another device", token(claims | {"dev": "x"}, header), "wrong_device"),
            case(
                "another bank", token(claims | {"iss": "https://x.example"}, header), "wrong_bank"
            ),
            case("another app", token(claims | {"aud": "x"}, header), "wrong_app"),
            case(
                "no outcome",
                token({k: v for k, v in claims.items() if k != "outcome"}, header),
                "bad_claims",
            ),
        ],
    }


def statuses() -> dict[str, Any]:
    nonce = "q1w2e3r4t5y6"
    claims = {
        "answer": "not_us", "aud": "com.examplebank.app", "dev": DEVICE, "exp": NOW + 10,
        "iat": NOW, "iss": "https://bank.example", "nonce": nonce,
    }  # fmt: skip
    about = {name: CLAIMS[name] for name in ("agt", "cid", "crn", "mc", "orig", "rcd", "rcdi")}

    def said(
        name: str,
        expect: str,
        header: Mapping[str, Any] | None = None,
        by: Any = STATUS,
        **changed: Any,
    ) -> Case:
        head = {"alg": "ES256", "kid": STATUS_KID, "typ": status.ANSWER_TYP, **(header or {})}
        return case(name, token(claims | changed, head, by), expect)

    return {
        "now": NOW,
        "keys": keys(STATUS),
        "nonce": nonce,
        "expected": {"iss": "https://bank.example", "aud": "com.examplebank.app", "dev": DEVICE},
        "cases": [
            said("not us", "not_us"),
            said("cannot tell", "cannot_tell", answer="cannot_tell"),
            said("you called us", "you_called_us", answer="you_called_us"),
            said("calling you", "calling_you", answer="calling_you", since=NOW, **about),
            said(
                "on a call with you",
                "on_call_with_you",
                answer="on_call_with_you",
                since=NOW,
                **about,
            ),
            said("another question's answer", "wrong_nonce", nonce="other"),
            said("for another device", "wrong_device", dev="x"),
            said("from another bank", "wrong_bank", iss="https://x.example"),
            said("for another app", "wrong_app", aud="x"),
            said("an answer that there is not", "bad_claims", answer="legit"),
            said("valid for a minute", "bad_claims", exp=NOW + 60),
            said("signed by the proof key", "unknown_kid", {"kid": KID}, PROOF),
            said("signed by a stranger", "bad_signature", None, STRANGER),
            said("of another type", "wrong_type", {"typ": "passport"}),
            said("old", "expired", iat=NOW - 130, exp=NOW - 120),
        ],
    }


def receipts() -> dict[str, Any]:
    claims = {"cid": CALL, "dev": DEVICE, "evt": "delivered", "iat": NOW, "jti": ANNOUNCEMENT.jti}
    header = {"alg": "ES256", "kid": DEVICE, "typ": receipt.RECEIPT_TYP}

    def said(
        name: str,
        expect: str,
        head: Mapping[str, Any] | None = None,
        by: Any = RECEIPT,
        **changed: Any,
    ) -> Case:
        return case(name, token(claims | changed, {**header, **(head or {})}, by), expect)

    return {
        "device": DEVICE,
        "key": public(RECEIPT).jwk(),
        "cases": [
            *(said(evt, "ok", evt=evt) for evt in receipt.Evt if evt != "unverified"),
            said("unverified", "ok", evt="unverified", code="bad_signature"),
            said("an event that there is not", "bad_claims", evt="seen"),
            said("signed by a stranger", "bad_signature", None, STRANGER),
            said("another device's claim", "wrong_device", dev="x"),
            said("of another type", "wrong_type", {"typ": "report+jwt"}),
            said("under another kid", "wrong_header", {"kid": "x"}),
            said("no call", "bad_claims", cid=""),
        ],
    }


def keys(private: ec.EllipticCurvePrivateKey) -> dict[str, Any]:
    return {"keys": [public(private).jwk() | {"kid": public(private).thumbprint()}]}


def chains() -> dict[str, Any]:
    events = [
        CallEvent(1, NOW * 1_000, "moved", CallState.REQUESTED),
        CallEvent(2, NOW * 1_000 + 12, "push", None, DEVICE, "accepted"),
        CallEvent(3, NOW * 1_000 + 90, "receipt", None, DEVICE, "delivered"),
        CallEvent(4, NOW * 1_000 + 91, "moved", CallState.ANNOUNCED, None, "acknowledged – “ok”"),
    ]
    hashed, before = [], chain.genesis(CallId(CALL))
    for event in events:
        before = chain.link(before, event)
        fields = {"seq": event.seq, "at": event.at, "kind": event.kind, "state": event.state,
                  "device": event.device_id, "detail": event.detail}  # fmt: skip
        hashed.append({k: v for k, v in fields.items() if v is not None} | {"hash": before.hex()})
    return {"call": CALL, "genesis": chain.genesis(CallId(CALL)).hex(), "events": hashed}


def sealed() -> dict[str, Any]:
    good = token(CLAIMS)
    numbers = SEALING.private_numbers()
    private = public(SEALING).jwk() | {"d": b64url(numbers.private_value.to_bytes(32))}
    suite = hpke.Suite(hpke.KEM.P256, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)

    def made(
        name: str, expect: str, plain: bytes | None = None, to: Any = SEALING, **more: Any
    ) -> Case:
        context = seal.info(SealedType.CALL_VERIFICATION, PushService.APNS, DEVICE)
        body = good.encode().ljust(seal.PADDED) if plain is None else plain
        text = b64url(suite.encrypt(body, public(to).key, info=context))
        return {"name": name, "sealed": text, "expect": expect, **more}

    first = made("genuine", "ok")
    text = first["sealed"]
    flipped = text[:200] + ("A" if text[200] != "A" else "B") + text[201:]
    return {
        "device": DEVICE, "type": "call_verification", "service": "apns", "key": private,
        "token": good,
        "cases": [
            first,
            made("sealed for another device", "cannot_open", None, STRANGER),
            {**first, "name": "opened as FCM's", "service": "fcm", "expect": "cannot_open"},
            {**first, "name": "opened as an end notice", "type": "call_update", "expect": "cannot_open"},
            {**first, "name": "opened as another device", "device": "x", "expect": "cannot_open"},
            {**first, "name": "altered", "sealed": flipped, "expect": "cannot_open"},
            {**first, "name": "cut off", "sealed": text[:-4], "expect": "cannot_open"},
            {**first, "name": "too short for a key", "sealed": text[:80], "expect": "cannot_open"},
            {**first, "name": "standard base64", "sealed": STANDARD_BASE64, "expect": "cannot_open"},
            {**first, "name": "empty", "sealed": "", "expect": "cannot_open"},
            made("not padded", "bad_padding", good.encode()),
            made("padded with zeros", "bad_padding", good.encode().ljust(seal.PADDED, b"\0")),
            made("padded on the left", "bad_padding", good.encode().rjust(seal.PADDED)),
            made("nothing but padding", "bad_padding", b" " * seal.PADDED),
        ],
    }  # fmt: skip


STABLE: dict[str, Callable[[], dict[str, Any]]] = {
    "passport.json": passports,
    "update.json": updates,
    "status.json": statuses,
    "receipt.json": receipts,
    "chain.json": chains,
}


def written(vectors: Mapping[str, Any]) -> str:
    return json.dumps(vectors, indent=1, ensure_ascii=False) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reseal", action="store_true", help="write sealed.json anew")
    arguments = parser.parse_args()
    for name, make in STABLE.items():
        (HERE / name).write_text(written(make()))
    if arguments.reseal:
        (HERE / "sealed.json").write_text(written(sealed()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
