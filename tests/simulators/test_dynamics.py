"""The simulated Dynamics: what it imports, serves, and says of itself."""

import io
import zipfile

import pytest
from pyreqwest.client import ClientBuilder

from ringproof.simulators.dynamics import DynamicsOptions, DynamicsSimulator, Record
from ringproof.simulators.dynamics.solution import NotImported, import_solution

ID = "5b0c1a52-8f1e-4a35-9b53-0c8d2f6a7e01"
CUSTOMIZATIONS = f"""<ImportExportXml><WebResources><WebResource>
<WebResourceId>{{{ID}}}</WebResourceId><Name>a_/call.js</Name>
<WebResourceType>3</WebResourceType><FileName>/WebResources/acall</FileName>
</WebResource></WebResources></ImportExportXml>"""
COMMAND = f"""<appaction uniquename="a__call"><buttonlabeltext default="Call" />
<contextvalue>contact</contextvalue>
<onclickeventjavascriptfunctionname>A.call</onclickeventjavascriptfunctionname>
<onclickeventjavascriptparameters>[{{"type":5}}]</onclickeventjavascriptparameters>
<onclickeventjavascriptwebresourceid><webresourceid>{ID}</webresourceid>
</onclickeventjavascriptwebresourceid></appaction>"""
VARIABLE = '<environmentvariabledefinition schemaname="a_Address" />'
FILES = {
    "customizations.xml": CUSTOMIZATIONS,
    "WebResources/acall": "var A = {};",
    "appactions/a__call/appaction.xml": COMMAND,
    "environmentvariabledefinitions/a_Address/environmentvariabledefinition.xml": VARIABLE,
}


def zipped(files):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as package:
        for name, text in files.items():
            package.writestr(name, text)
    return content.getvalue()


@pytest.fixture
async def organisation(tmp_path):
    solution = tmp_path / "solution.zip"
    solution.write_bytes(zipped(FILES))
    options = DynamicsOptions(
        solution=solution,
        variables={"a_Address": "https://calls.bank.example", "of_another": "x"},
        records=(Record("r-1", "Amara Okafor", "+447700900101"),),
        port=0,
    )
    async with DynamicsSimulator(options).running() as running:
        yield running


async def got(organisation, path):
    async with ClientBuilder().build() as client:
        reply = await client.get(organisation.url + path).build().send()
        return reply.status, await reply.text()


async def test_it_says_on_screen_that_it_is_a_simulation(organisation):
    status, page = await got(organisation, "/main.aspx?etn=contact&id=r-1")
    assert status == 200
    assert "This is a simulation." in page


async def test_web_resources_are_served_under_their_names(organisation):
    assert await got(organisation, "/WebResources/a_/call.js") == (200, "var A = {};")
    assert (await got(organisation, "/WebResources/a_/other.js"))[0] == 404


async def test_the_library_is_where_microsofts_is(organisation):
    status, script = await got(organisation, "/webresources/Widget/msdyn_ciLibrary.js")
    assert (status, "CIFInitDone" in script) == (200, True)


async def test_commands_and_variables_are_those_of_the_solution(organisation):
    _, told = await got(organisation, "/organisation.json")
    assert '"label":"Call"' in told
    assert "calls.bank.example" in told
    assert "of_another" not in told


@pytest.mark.parametrize("missing", ["customizations.xml", "WebResources/acall"])
def test_a_solution_that_lacks_a_file_is_not_imported(missing):
    with pytest.raises(NotImported):
        import_solution(zipped({name: text for name, text in FILES.items() if name != missing}))


def test_a_command_without_its_web_resource_is_not_imported():
    files = FILES | {"customizations.xml": CUSTOMIZATIONS.replace(ID, "another")}
    with pytest.raises(NotImported):
        import_solution(zipped(files))


@pytest.mark.parametrize("content", [b"", b"no zip", zipped({"customizations.xml": "<open>"})])
def test_what_is_no_solution_is_not_imported(content):
    with pytest.raises(NotImported):
        import_solution(content)
