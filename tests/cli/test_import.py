"""`ringproof import`: everything or nothing, and every error in a table."""

import asyncio
import shutil
from pathlib import Path

import pytest
from typer.testing import Result

from ringproof.adapters.store.sqlite import SqliteStore
from ringproof.core.people import Customer
from tests.cli.kit import ringproof

SAMPLE = Path("examples/bank")
HEADER = "customer_id,crm_ids,name,phones,time_zone,language\n"


@pytest.fixture
def store(tmp_path):
    return tmp_path / "store" / "ringproof.db"


def imported(folder: Path, store: Path, *options: str) -> Result:
    return ringproof("import", str(folder), *options, RINGPROOF_STORE=f"sqlite:///{store}")


def customer(store: Path, any_id: str):
    async def look() -> Customer | None:
        opened = await SqliteStore.open(store)
        try:
            return await opened.customer(any_id)
        finally:
            await opened.aclose()

    return asyncio.run(look())


def test_the_sample_bank_is_imported_whole(store):
    result = imported(SAMPLE, store)
    assert result.exit_code == 0, result.output
    found = customer(store, "C-1003")
    assert found is not None
    assert (found.name, found.language) == ("Layla Haddad", "ar")


def test_importing_twice_is_importing_once(store):
    imported(SAMPLE, store)
    assert imported(SAMPLE, store).exit_code == 0


def test_one_bad_cell_and_nothing_is_imported(store, tmp_path):
    folder = tmp_path / "bank"
    shutil.copytree(SAMPLE, folder)
    with (folder / "customers.csv").open("a") as file:
        file.write("C-9999,,Nobody,+447700900199,Europe/Atlantis,en\n")
    result = imported(folder, store)
    assert result.exit_code == 1
    assert all(word in result.output for word in ("customers.csv", "32", "Europe/Atlantis"))
    assert customer(store, "C-1003") is None


def test_a_dry_run_changes_nothing(store):
    assert imported(SAMPLE, store, "--dry-run").exit_code == 0
    assert not store.exists()


def test_a_customers_number_is_masked_in_the_report(store, tmp_path):
    (tmp_path / "customers.csv").write_text(f"{HEADER}C-1,,Amara,07700 900101,Europe/London,en\n")
    result = imported(tmp_path, store)
    assert result.exit_code == 1
    assert "900101" not in result.output


def test_a_folder_without_any_table_is_refused(store, tmp_path):
    result = imported(tmp_path, store)
    assert result.exit_code == 1
    assert "customers.csv" in result.output


def test_an_id_that_the_store_knows_as_somebody_elses_changes_nothing(store, tmp_path):
    imported(SAMPLE, store)
    row = "C-1,C-1003,Amara,+447700900101,Europe/London,en\n"
    (tmp_path / "customers.csv").write_text(HEADER + row)
    result = imported(tmp_path, store)
    assert result.exit_code == 1
    assert customer(store, "C-1") is None


def test_a_store_that_a_server_has_open_is_refused_with_a_sentence(store):
    async def held() -> Result:
        opened = await SqliteStore.open(store)
        result = await asyncio.to_thread(imported, SAMPLE, store)
        await opened.aclose()
        return result

    result = asyncio.run(held())
    assert result.exit_code == 1
    assert "in use" in result.output


def test_settings_that_are_wrong_are_named(store):
    result = ringproof("import", str(SAMPLE), RINGPROOF_PORT="many", RINGPROOF_STROE="x")
    assert result.exit_code == 1
    assert "RINGPROOF_PORT" in result.output
    assert "Did you mean RINGPROOF_STORE" in result.output
