"""Forged announcements in the real page: none ever renders as genuine, and the bank is told why."""

import json
import time
from collections.abc import Callable

import pytest
import pytest_asyncio
from playwright.async_api import expect

from ringproof.core.keys import PublicKey
from ringproof.core.people import PushService
from ringproof.ports import KeyUse
from tests.e2e.forger import Forger, SigningKey, forger, new_key
from tests.e2e.people import agents
from tests.e2e.phone import ASK, Frame, Phone, open_phone

GENUINE = {"announced", "connected"}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def attacker(agents_bank, browser, strangers):
    async with (
        open_phone(browser, agents_bank, next(strangers)) as victim,
        forger(agents_bank, victim) as opened,
    ):
        yield opened


@pytest_asyncio.fixture(loop_scope="session")
async def victim(attacker: Forger) -> Phone:
    """The victim's phone, with nothing on it."""
    phone = attacker.victim
    phone.receipts.clear()
    phone.frames.clear()
    await phone.window.page.reload()
    await expect(phone.window.page.get_by_role("button", name=ASK)).to_be_visible()
    return phone


def by_bank(**replaced: object) -> Callable[[Forger], str]:
    """Sign with the bank's own proof key: then only the claims can give it away."""
    return lambda f: f.sealed(f.token(f.claims(**replaced), f.stolen(KeyUse.PROOF)))


def by_key(choose: Callable[[Forger], SigningKey], **header: str) -> Callable[[Forger], str]:
    return lambda f: f.sealed(f.token(f.claims(), choose(f), **header))


def own(f: Forger) -> SigningKey:
    return f.own


def proof_key(f: Forger) -> SigningKey:
    return f.stolen(KeyUse.PROOF)


def status_key(f: Forger) -> SigningKey:
    return f.stolen(KeyUse.STATUS)


def signed_with_own_key_in_the_banks_name(f: Forger) -> str:
    return f.sealed(f.token(f.claims(), f.own, kid=f.stolen(KeyUse.PROOF).kid))


def altered_after_signing(f: Forger) -> str:
    """Put another reason under the bank's signature."""
    said, key = f.claims(), f.stolen(KeyUse.PROOF)
    head, _, signature = f.token(said, key).split(".")
    altered = f.token(said | {"crn": "Please move your money"}, key).split(".")[1]
    return f.sealed(f"{head}.{altered}.{signature}")


now = int(time.time())
FORGERIES = {
    "expired": (by_bank(iat=now - 700, exp=now - 550), "expired"),
    "from the future": (by_bank(iat=now + 3_600, exp=now + 3_750), "not_yet_valid"),
    "valid for too long": (by_bank(exp=now + 86_400), "bad_claims"),
    "for another device": (by_bank(dev="6f1a3c52-4a53-4b52-9d0b-0f3f2f4c8a11"), "wrong_device"),
    "for another customer": (by_bank(dest={"tn": ["447700900999"]}), "wrong_customer_number"),
    "from another bank": (by_bank(iss="https://bank.invalid"), "wrong_bank"),
    "for another app": (by_bank(aud="com.other.app"), "wrong_app"),
    "the other way round": (by_bank(dir="you_call_bank"), "wrong_direction"),
    "from a number that is not the bank's": (by_bank(orig={"tn": "447700900666"}), "wrong_number"),
    "with a code of three digits": (by_bank(mc="471"), "bad_claims"),
    "altered after signing": (altered_after_signing, "bad_signature"),
    "signed by the attacker": (by_key(own), "unknown_kid"),
    "signed by the attacker in the bank's name": (
        signed_with_own_key_in_the_banks_name,
        "bad_signature",
    ),
    "signed by the status key": (by_key(status_key), "unknown_kid"),
    "with no algorithm": (by_key(proof_key, alg="none"), "wrong_header"),
    "with a key to be fetched": (
        by_key(proof_key, x5u="https://bank.invalid/key.pem"),
        "wrong_header",
    ),
    "of another type": (by_key(proof_key, typ="call-update+jwt"), "wrong_type"),
}


@pytest.mark.parametrize("forgery", FORGERIES)
async def test_a_forgery_never_looks_genuine_and_the_bank_is_told_why(
    attacker: Forger, victim: Phone, forgery: str
):
    forge, code = FORGERIES[forgery]
    await attacker.push(forge(attacker))
    await victim.shows("unverified", "A call notice could not be checked")
    await victim.until(lambda: victim.receipts != [])
    assert [(each["evt"], each["code"]) for each in victim.receipts] == [("unverified", code)]
    assert cards(await victim.diary()).isdisjoint(GENUINE)


def to_another_key(f: Forger) -> str:
    other = PublicKey.of(new_key().private.public_key()).jwk()
    return f.sealed(f.token(f.claims(), f.stolen(KeyUse.PROOF)), key=other)


def for_another_service(f: Forger) -> str:
    return f.sealed(f.token(f.claims(), f.stolen(KeyUse.PROOF)), service=PushService.FCM)


def altered_on_the_way(f: Forger) -> str:
    sealed = by_bank()(f)
    return sealed[:1_000] + ("A" if sealed[1_000] != "A" else "B") + sealed[1_001:]


def not_sealed(f: Forger) -> str:
    return f.token(f.claims(), f.stolen(KeyUse.PROOF))


@pytest.mark.parametrize(
    "forge", [to_another_key, for_another_service, altered_on_the_way, not_sealed]
)
async def test_what_cannot_be_opened_never_looks_genuine(
    attacker: Forger, victim: Phone, forge: Callable[[Forger], str]
):
    await attacker.push(forge(attacker))
    await victim.shows("unverified", "A call notice could not be checked")
    assert cards(await victim.diary()).isdisjoint(GENUINE)
    assert victim.receipts == []


async def test_a_message_of_an_unknown_type_shows_nothing(attacker: Forger, victim: Phone):
    sealed = by_bank()(attacker)
    await attacker.push(sealed, kind="call_verification_2")
    await attacker.push_body({"aps": {"alert": "You won"}, "sealed": sealed})
    await attacker.push(by_key(own)(attacker))
    await victim.shows("unverified", "A call notice could not be checked")
    assert len(victim.pushes()) >= 3
    assert cards(await victim.diary()) <= {None, "unverified"}


async def test_the_same_message_by_the_bank_itself_does_look_genuine(
    attacker: Forger, victim: Phone
):
    await attacker.push(by_bank()(attacker))
    await victim.shows("announced", "Example Bank is about to call you")


async def test_an_announcement_is_good_once(desk, attacker: Forger, victim: Phone):
    await desk.call(victim.customer)
    await victim.answer()
    await victim.shows("connected", "You are talking to us")
    await victim.press("Hang up")
    await expect(victim.card("ended")).to_be_visible()
    await victim.press("Close")
    victim.receipts.clear()
    before = len(await victim.diary())
    announcement = next(each for each in contents(victim) if each["type"] == "call_verification")
    await attacker.push_body(announcement)
    await victim.shows("unverified", "A call notice could not be checked")
    await victim.until(lambda: victim.receipts != [])
    assert victim.receipts[0]["code"] == "replayed"
    assert cards((await victim.diary())[before:]).isdisjoint(GENUINE)


async def test_another_phones_announcement_is_of_no_use(
    desk, attacker: Forger, victim: Phone, new_phone, customer
):
    other = await new_phone(customer)
    await desk.call(customer)
    await other.shows("announced", "Example Bank is about to call you")
    await attacker.push_body(contents(other)[0])
    await victim.shows("unverified", "A call notice could not be checked")
    assert cards(await victim.diary()).isdisjoint(GENUINE)
    await other.press("Decline")


async def test_a_forged_end_does_not_take_down_a_genuine_card(
    desk, attacker: Forger, victim: Phone
):
    await desk.call(victim.customer)
    await expect(victim.line("ringing")).to_be_visible()
    code, pushed = await desk.code(), len(victim.pushes())
    await attacker.push(attacker.sealed("forged"), kind="call_update")
    await victim.until(lambda: len(victim.pushes()) > pushed)
    await victim.answer()
    await victim.shows("connected", "You are talking to us")
    await expect(victim.card()).to_contain_text(f"Code {code}")
    assert "unverified" not in cards(await victim.diary())
    await victim.press("Hang up")
    await expect(victim.card("ended")).to_be_visible()


async def test_a_photo_that_was_swapped_is_not_shown(desk, phone: Phone):
    await phone.window.page.route(
        "**/photos/*", lambda route: route.fulfill(body=agents()["daniel"].photo)
    )
    async with phone.window.page.expect_response("**/photos/*"):
        await desk.call(phone.customer)
    await phone.answer()
    await phone.shows("connected", "You are talking to us")
    await expect(phone.card().locator("img")).to_have_count(0)
    await expect(phone.card().locator(".face")).to_have_text("A")
    await phone.press("Hang up")


def cards(diary: list[Frame]) -> set[str | None]:
    return {each["card"] for each in diary}


def contents(phone: Phone) -> list[dict[str, object]]:
    """Return what this phone was pushed, as anybody on the way could have copied it."""
    return [json.loads(each["payload"]) for each in phone.pushes()]
