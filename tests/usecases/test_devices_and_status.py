import dataclasses
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from ringproof.core import jws
from ringproof.core.call import CallState, DialMode
from ringproof.core.contact_event import ContactEvent, ContactEventType
from ringproof.core.errors import Code, Refused
from ringproof.core.keys import PublicKey, sign
from ringproof.core.people import PushKind
from ringproof.core.status import Answer
from ringproof.ports import Bank
from ringproof.usecases.acknowledge import acknowledge, report
from ringproof.usecases.answer_status import answer_status
from ringproof.usecases.enrol_device import challenge, enrol_device, own_device, remove_device
from ringproof.usecases.follow_contact import follow_contact
from ringproof.usecases.place_call import CallRequest, carry_out, request_call
from tests.kit import ADA, APP, AYESHA, BOB, House, Phone


async def asked(bank: House, phone: Phone, nonce: str, **changed: Any) -> Answer:
    claims = {"aud": APP, "iat": bank.clock.now() // 1_000, "nonce": nonce, **changed}
    sealed = await answer_status(bank.desk, phone.signed("status-request+jwt", **claims))
    return await phone.read_status(sealed, nonce)


async def test_the_status_follows_the_call(bank: House) -> None:
    phone = await bank.phone(ADA, "delivered")
    await bank.store.set_covered(covered=True, by="audit", now=bank.clock.now())
    await bank.store.heard_feed(bank.clock.now())
    said = [await asked(bank, phone, "n0")]

    call = await request_call(bank.desk, CallRequest(AYESHA, ADA.id, DialMode.SERVER))
    call = await carry_out(bank.desk, call, AYESHA)
    said.append(await asked(bank, phone, "n1"))
    for kind in (ContactEventType.CONNECTED_TO_SYSTEM, ContactEventType.DISCONNECTED):
        await follow_contact(bank.desk, ContactEvent(call.contact_id or "", kind, "API"))
        said.append(await asked(bank, phone, f"n{kind}"))

    assert said == [Answer.NOT_US, Answer.CALLING_YOU, Answer.ON_CALL_WITH_YOU, Answer.NOT_US]


async def test_another_customers_call_is_not_mine(bank: House) -> None:
    await bank.phone(BOB, "delivered")
    mine = await bank.phone(ADA)
    call = await request_call(bank.desk, CallRequest(AYESHA, BOB.id, DialMode.SERVER))
    await carry_out(bank.desk, call, AYESHA)

    assert await asked(bank, mine, "n") is Answer.CANNOT_TELL


async def test_a_call_to_a_number_that_i_share_keeps_us_from_saying_not_us(bank: House) -> None:
    spouse = dataclasses.replace(BOB, phones=ADA.phones)
    await bank.store.import_bank(Bank(customers=(spouse,)))
    await bank.phone(spouse, "delivered")
    mine = await bank.phone(ADA)
    await bank.store.set_covered(covered=True, by="audit", now=bank.clock.now())
    await bank.store.heard_feed(bank.clock.now())
    assert await asked(bank, mine, "before") is Answer.NOT_US

    call = await request_call(bank.desk, CallRequest(AYESHA, BOB.id, DialMode.SERVER))
    await carry_out(bank.desk, call, AYESHA)

    assert await asked(bank, mine, "n") is Answer.CANNOT_TELL


async def test_a_question_is_answered_once(bank: House) -> None:
    phone = await bank.phone(ADA)
    await asked(bank, phone, "n")

    with pytest.raises(Refused) as refused:
        await asked(bank, phone, "n")

    assert refused.value.code is Code.REPLAYED


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"iat": 1_000_000_000}, Code.CLOCK_SKEW),
        ({"aud": "com.other"}, Code.WRONG_APP),
        ({"dev": "other"}, Code.WRONG_DEVICE),
        ({"nonce": ""}, Code.BAD_CLAIMS),
    ],
)
async def test_a_wrong_question_is_refused_with_its_own_code(
    bank: House, changed: dict[str, Any], code: Code
) -> None:
    phone = await bank.phone(ADA)

    with pytest.raises(Refused) as refused:
        await asked(bank, phone, **{"nonce": "n", **changed})

    assert refused.value.code is code


async def test_a_receipt_for_a_jti_that_was_never_issued_to_the_device_is_refused(
    bank: House,
) -> None:
    phone, other = await bank.phone(ADA, "delivered"), await bank.phone(ADA, "delivered")
    call = await request_call(bank.desk, CallRequest(AYESHA, ADA.id, DialMode.SERVER))
    await carry_out(bank.desk, call, AYESHA)
    await bank.desk.background.drain()

    for jti in ("made-up", other.cards[0].jti):
        with pytest.raises(Refused) as refused:
            await phone.receipt("declined", call.id, jti)
        assert refused.value.code is Code.UNKNOWN_ANNOUNCEMENT
    current = await bank.store.call(call.id)
    assert current is not None
    assert current.state is CallState.DIALED


async def test_a_receipt_of_an_unknown_device_or_with_a_foreign_key_is_refused(bank: House) -> None:
    phone = await bank.phone(ADA)
    stranger = Phone(bank.desk, ADA)
    claims = {"cid": "c", "jti": "j", "evt": "delivered", "iat": 1}

    with pytest.raises(Refused) as unknown:
        await acknowledge(bank.desk, stranger.signed("receipt+jwt", **claims))
    stranger.id = phone.id
    with pytest.raises(Refused) as forged:
        await acknowledge(bank.desk, stranger.signed("receipt+jwt", **claims))

    assert unknown.value.code is Code.UNKNOWN_DEVICE
    assert forged.value.code is Code.BAD_SIGNATURE


async def test_a_report_gets_a_reference(bank: House) -> None:
    phone = await bank.phone(ADA)
    iat = bank.clock.now() // 1_000

    assert await report(bank.desk, phone.signed("report+jwt", iat=iat, what="They wanted my PIN"))


def enrolment(challenge: str, app: str = APP, **more: str) -> bytes:
    receipt_key, sealing = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    claims = {
        "challenge": challenge, "platform": "android", "appId": app, "pushService": "fcm",
        "pushToken": "tok", "receiptKey": PublicKey.of(receipt_key.public_key()).jwk(),
        "sealingKey": PublicKey.of(sealing.public_key()).jwk(), **more,
    }  # fmt: skip
    signed = jws.signing_input({"alg": "ES256", "typ": "enrolment+jwt"}, claims)
    return jws.compact(signed, sign(receipt_key, signed.encode())).encode()


async def test_a_device_enrols_once_per_challenge(bank: House) -> None:
    given, _ = await challenge(bank.desk, ADA)
    device = await enrol_device(bank.desk, ADA, enrolment(given))
    assert (await own_device(bank.desk, ADA, device.id)).reachable

    with pytest.raises(Refused) as refused:
        await enrol_device(bank.desk, ADA, enrolment(given))

    assert refused.value.code is Code.BAD_CHALLENGE


async def test_a_challenge_is_one_customers_and_grows_old(bank: House) -> None:
    given, expires_at = await challenge(bank.desk, ADA)

    with pytest.raises(Refused):
        await enrol_device(bank.desk, BOB, enrolment(given))
    bank.clock.ahead = expires_at - bank.clock.now() + 1_000
    with pytest.raises(Refused):
        await enrol_device(bank.desk, ADA, enrolment(given))


async def test_a_foreign_app_does_not_enrol(bank: House) -> None:
    given, _ = await challenge(bank.desk, ADA)

    with pytest.raises(Refused) as refused:
        await enrol_device(bank.desk, ADA, enrolment(given, "com.attacker"))

    assert refused.value.code is Code.WRONG_APP


async def test_voip_push_is_for_the_apps_that_are_set_up_for_it(bank: House) -> None:
    given, _ = await challenge(bank.desk, ADA)
    asked = enrolment(given, pushKind="voip")

    with pytest.raises(Refused) as refused:
        await enrol_device(bank.desk, ADA, asked)
    assert refused.value.field == "pushKind"

    deployment = dataclasses.replace(bank.desk.deployment, voip_apps=frozenset({APP}))
    device = await enrol_device(dataclasses.replace(bank.desk, deployment=deployment), ADA, asked)
    assert device.push_kind is PushKind.VOIP


async def test_a_push_token_belongs_to_one_device(bank: House) -> None:
    first, _ = await challenge(bank.desk, ADA)
    former = await enrol_device(bank.desk, ADA, enrolment(first))
    second, _ = await challenge(bank.desk, BOB)

    await enrol_device(bank.desk, BOB, enrolment(second))

    assert not (await own_device(bank.desk, ADA, former.id)).reachable


async def test_a_removed_device_is_told_nothing_and_believed_nothing(bank: House) -> None:
    phone = await bank.phone(ADA, "delivered")

    await remove_device(bank.desk, ADA, phone.id)

    with pytest.raises(Refused) as refused:
        await request_call(bank.desk, CallRequest(AYESHA, ADA.id, DialMode.SERVER))
    assert refused.value.code is Code.NO_REACHABLE_DEVICE
    with pytest.raises(Refused):
        await asked(bank, phone, "n")


async def test_another_customers_device_is_not_there(bank: House) -> None:
    phone = await bank.phone(ADA)

    with pytest.raises(Refused) as refused:
        await remove_device(bank.desk, BOB, phone.id)

    assert refused.value.code is Code.NOT_FOUND
