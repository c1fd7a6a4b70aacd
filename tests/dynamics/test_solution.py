"""The solution for Dynamics 365, by its structure: no organisation has imported it here."""

import json
import re
import subprocess
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DIST = ROOT / "web" / "dynamics" / "solution" / "dist"
NAMES = {".//WebResource/Name": 256, ".//WebResource/DisplayName": 200}
LARGEST_WEB_RESOURCE = 5 * 1024 * 1024
CONTENT_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"


@pytest.fixture(scope="module")
def package():
    if not list(DIST.glob("*.zip")):
        subprocess.run(["npm", "run", "build", "-w", "@ringproof/dynamics"], cwd=ROOT, check=True)
    (found,) = DIST.glob("*.zip")
    with zipfile.ZipFile(found) as opened:
        yield opened


@pytest.fixture
def parts(package):
    """Every XML file of the package, parsed: one that is not well-formed fails here."""
    names = [name for name in package.namelist() if name.endswith(".xml")]
    return {name: ET.fromstring(package.read(name)) for name in names}  # noqa: S314


@pytest.fixture
def customizations(parts):
    return parts["customizations.xml"]


def commands(parts):
    return [root for root in parts.values() if root.tag == "appaction"]


def variables(parts):
    return [root for root in parts.values() if root.tag == "environmentvariabledefinition"]


def test_the_three_files_of_every_solution_are_there(parts):
    assert {"[Content_Types].xml", "solution.xml", "customizations.xml"} <= set(parts)


def test_it_is_unmanaged_and_has_a_publisher_with_a_prefix(parts):
    manifest = parts["solution.xml"].find("SolutionManifest")
    assert manifest.findtext("Managed") == "0"
    assert re.fullmatch(r"\w{1,65}", manifest.findtext("UniqueName"))
    assert re.fullmatch(r"\d+(\.\d+){3}", manifest.findtext("Version"))
    assert re.fullmatch(r"[a-z]\w{1,7}", manifest.findtext("Publisher/CustomizationPrefix"))
    assert 10_000 <= int(manifest.findtext("Publisher/CustomizationOptionValuePrefix")) <= 99_999


def test_every_component_that_is_named_is_in_the_package(parts, customizations):
    named = {
        (each.get("type"), each.get("schemaName"))
        for each in parts["solution.xml"].iter("RootComponent")
    }
    resources = {("61", each.text) for each in customizations.iterfind(".//WebResource/Name")}
    defined = {("380", each.get("schemaname")) for each in variables(parts)}
    assert named == resources | defined
    assert len(resources) == 3
    assert len(defined) == 4


def test_every_file_that_is_named_is_there_and_every_file_is_named(package, customizations):
    named = {each.text.removeprefix("/") for each in customizations.iterfind(".//FileName")}
    assert named == {name for name in package.namelist() if name.startswith("WebResources/")}


def test_every_file_has_a_content_type(package, parts):
    types = parts["[Content_Types].xml"]
    extensions = tuple(
        f".{each.get('Extension')}" for each in types.iter(f"{CONTENT_TYPES}Default")
    )
    overrides = {each.get("PartName") for each in types.iter(f"{CONTENT_TYPES}Override")}
    files = package.namelist()
    assert [
        each for each in files if not each.endswith(extensions) and f"/{each}" not in overrides
    ] == []


def test_each_customers_form_has_one_command_that_runs_the_web_resource(parts, customizations):
    scripts = {
        each.findtext("WebResourceId").strip("{}"): each
        for each in customizations.iter("WebResource")
        if each.findtext("WebResourceType") == "3"
    }
    found = commands(parts)
    assert {each.findtext("contextvalue") for each in found} == {"contact", "account", "lead"}
    for each in found:
        assert each.findtext("contextentity/logicalname") == each.findtext("contextvalue")
        assert each.findtext("location") == "0"
        assert each.findtext("onclickeventjavascriptwebresourceid/webresourceid") in scripts
        assert (
            each.findtext("onclickeventjavascriptfunctionname") == "Ringproof.initiateVerifiedCall"
        )
        assert json.loads(each.findtext("onclickeventjavascriptparameters")) == [{"type": 5}]


def test_ids_and_names_are_unique_and_within_their_limits(parts, customizations):
    for path, limit in NAMES.items():
        names = [each.text for each in customizations.iterfind(path)]
        assert len(set(names)) == len(names)
        assert max(map(len, names)) <= limit
    ids = [each.text for each in customizations.iterfind(".//WebResourceId")]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"\{[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\}", each) for each in ids)
    unique = [each.get("uniquename") for each in commands(parts)]
    unique += [each.get("schemaname") for each in variables(parts)]
    assert len(set(unique)) == len(unique)
    assert all(each.startswith("rp_") and len(each) <= 100 for each in unique)


def test_variables_are_empty_texts_that_every_environment_fills(parts):
    for each in variables(parts):
        assert each.findtext("type") == "100000000"
        assert each.find("defaultvalue") is None
        assert len(each.find("displayname").get("default")) <= 100


def test_no_web_resource_is_larger_than_dynamics_takes(package):
    sizes = [
        each.file_size for each in package.infolist() if each.filename.startswith("WebResources/")
    ]
    assert max(sizes) < LARGEST_WEB_RESOURCE


def test_the_redirect_page_finds_its_script_beside_it(package, customizations):
    files = {
        each.findtext("Name"): each.findtext("FileName")
        for each in customizations.iter("WebResource")
    }
    page = package.read(files["rp_/redirect.html"].removeprefix("/")).decode()
    assert re.findall(r'src="(.+?)"', page) == ["redirect.js"]
    assert "rp_/redirect.js" in files


def test_no_secret_and_no_date_is_in_the_package(package):
    assert {each.date_time for each in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert not any(b"rpk_" in package.read(each) for each in package.namelist())
