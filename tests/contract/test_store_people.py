"""Customers, agents, numbers, reasons: found by whatever they are called, taken in whole or not at all."""

import hashlib
from dataclasses import replace

import pytest

from ringproof.core.errors import Refused
from ringproof.core.people import BankNumber
from ringproof.core.phone import E164
from ringproof.core.reasons import Reason
from ringproof.ports import Bank
from tests.contract.store_kit import ADA, BANK, BEA, JOHN, MAIN, MARY, PHOTO, SERVICE


@pytest.fixture(autouse=True)
async def _imported(store):
    await store.import_bank(BANK)


@pytest.mark.parametrize(
    "any_id", ["C-1001", "c-1001", "{A1B2C3D4-0001}", "a1b2c3d4-0001", " CRM-9 "]
)
async def test_a_customer_is_found_by_any_id_however_it_is_written(store, any_id):
    assert await store.customer(any_id) == JOHN


@pytest.mark.parametrize("unknown", ["C-1003", "", "{}", "Müller"])
async def test_another_id_is_nobodys(store, unknown):
    assert await store.customer(unknown) is None


@pytest.mark.parametrize(
    "text",
    [
        "Jörg", "jorg", "MÜLLER", "mul smi", "Smith Jö", "C-1001", "a1b2",
        "+442079460123", "020 7946 0123", "7946 0123", "0123", "+44 (0)7700", "447700900",
    ],
)  # fmt: skip
async def test_a_customer_is_found_by_part_of_a_name_an_id_or_a_number(store, text):
    assert await store.find_customers(text, 10) == [JOHN]


async def test_what_is_typed_may_fit_several_and_no_more_come_than_asked_for(store):
    assert list(await store.find_customers("smi", 10)) == [JOHN]
    assert sorted(c.id for c in await store.find_customers("C 100", 10)) == [JOHN.id, MARY.id]
    assert len(await store.find_customers("C 100", 1)) == 1


@pytest.mark.parametrize("name", ["山田 太郎", "Ωνάσης Αριστοτέλης", "محمد علي", "Łukasz Żak"])
async def test_names_of_every_script_are_found_by_their_beginnings(store, name):
    customer = replace(MARY, name=name)
    await store.import_bank(Bank(customers=[customer]))

    first, last = name.split()

    assert await store.find_customers(f"{last[:2].upper()} {first[:1]}", 10) == [customer]


async def test_an_exact_id_comes_first(store):
    await store.import_bank(Bank(customers=[replace(MARY, id="MARY", crm_ids=(), phones=())]))

    assert [c.id for c in await store.find_customers("mary", 10)] == ["MARY", MARY.id]


@pytest.mark.parametrize(
    "text", ["", "  ", "%", "𝔷𞤀 漢", "*", '"', "' OR 1=1 --", "NEAR(", "00", "zzz"]
)
async def test_text_that_fits_nobody_finds_nobody(store, text):
    assert await store.find_customers(text, 10) == []


@pytest.mark.parametrize("any_id", ["ada", "ADA", "{0A-DA}", "0a-da"])
async def test_an_agent_is_found_by_our_id_or_the_crms(store, any_id):
    assert await store.agent(any_id) == ADA


async def test_an_agent_is_found_by_subject_and_never_by_none(store):
    await store.import_bank(Bank(agents=[replace(BEA, subject="")]))

    assert await store.agent_by_subject("tid/ada") == ADA
    assert await store.agent_by_subject("tid/bea") is None
    assert await store.agent_by_subject("") is None


async def test_numbers_come_in_the_order_of_their_import(store):
    third = BankNumber(E164("+442079460000"), "New")
    renamed = BankNumber(SERVICE, "Help desk", inbound_only=True)

    await store.import_bank(Bank(numbers=[third, renamed]))

    assert await store.numbers() == [renamed, BankNumber(MAIN, "The bank"), third]


async def test_reasons_come_by_code_with_all_their_texts(store):
    assert await store.reasons() == {reason.code: reason for reason in BANK.reasons}

    await store.import_bank(Bank(reasons=[Reason("fraud", {"de": "Eine Zahlung"})]))

    assert (await store.reasons())["fraud"] == Reason("fraud", {"de": "Eine Zahlung"})


async def test_a_photo_is_found_by_its_hash(store):
    assert await store.photo(hashlib.sha256(PHOTO).hexdigest()) == PHOTO
    assert await store.photo("00") is None


async def test_an_import_replaces_the_same_ids_and_leaves_the_others(store):
    changed = replace(JOHN, name="John Miller", crm_ids=("new",), phones=JOHN.phones[:1])

    await store.import_bank(Bank(customers=[changed]))

    assert await store.customer("new") == changed
    assert await store.customer("crm-9") is None
    assert await store.find_customers("Jörg", 10) == []
    assert await store.find_customers("miller", 10) == [changed]
    assert await store.customer(MARY.id) == MARY


async def test_two_may_swap_what_they_are_known_by(store):
    swapped = [replace(ADA, subject=BEA.subject, crm_user_id=BEA.crm_user_id,
                       connect_user_arn=BEA.connect_user_arn),
               replace(BEA, subject=ADA.subject, crm_user_id=ADA.crm_user_id,
                       connect_user_arn=ADA.connect_user_arn)]  # fmt: skip

    await store.import_bank(Bank(agents=swapped))

    assert (await store.agent_by_subject(BEA.subject)).id == ADA.id
    assert (await store.agent("crm-bea")).id == ADA.id


@pytest.mark.parametrize(
    "bank",
    [
        Bank(customers=[replace(MARY, name="Changed"), replace(JOHN, id="C-9")]),
        Bank(customers=[replace(MARY, name="Changed")], agents=[replace(BEA, id="eve")]),
        Bank(customers=[replace(MARY, name="Changed")],
             agents=[replace(BEA, id="eve", crm_user_id="", subject="tid/eve")]),
    ],
    ids=["CRM id", "subject", "Connect user"],
)  # fmt: skip
async def test_an_id_that_two_would_share_is_refused_and_nothing_is_taken_in(store, bank):
    with pytest.raises(Refused):
        await store.import_bank(bank)

    assert await store.customer(MARY.id) == MARY
    assert await store.find_customers("changed", 10) == []
