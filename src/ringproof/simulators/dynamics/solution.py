"""What an import takes from a solution's zip; a component that it names and lacks is refused."""

import io
import json
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_TYPES = {"1": "text/html", "3": "text/javascript"}


class NotImported(Exception):  # noqa: N818
    """The zip is no solution that could be imported."""


@dataclass(frozen=True)
class WebResource:
    """A file that the organisation serves."""

    content: bytes
    media_type: str


@dataclass(frozen=True)
class Command:
    """A button on a table's form: the function of a web resource, and what it is passed."""

    table: str
    label: str
    web_resource: str
    function: str
    parameters: tuple[int, ...]


@dataclass(frozen=True)
class Solution:
    """The components of one solution."""

    web_resources: Mapping[str, WebResource]
    commands: tuple[Command, ...]
    variables: tuple[str, ...]


def import_solution(content: bytes) -> Solution:
    """Read a solution's zip."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return _import(package)
    except (zipfile.BadZipFile, ET.ParseError, KeyError, ValueError) as error:
        raise NotImported(str(error)) from error


def _import(package: zipfile.ZipFile) -> Solution:
    customizations = _xml(package, "customizations.xml")
    named = {
        _text(each, "WebResourceId").strip("{}"): each
        for each in customizations.iter("WebResource")
    }
    resources = {
        _text(each, "Name"): WebResource(
            package.read(_text(each, "FileName").removeprefix("/")),
            _TYPES[_text(each, "WebResourceType")],
        )
        for each in named.values()
    }
    names = {key: _text(each, "Name") for key, each in named.items()}
    commands = tuple(_command(each, names) for each in _components(package, "appaction"))
    variables = _components(package, "environmentvariabledefinition")
    return Solution(resources, commands, tuple(each.attrib["schemaname"] for each in variables))


def _command(root: ET.Element, names: Mapping[str, str]) -> Command:
    parameters = json.loads(_text(root, "onclickeventjavascriptparameters"))
    return Command(
        table=_text(root, "contextvalue"),
        label=root.find("buttonlabeltext").attrib["default"],  # type: ignore[union-attr]
        web_resource=names[_text(root, "onclickeventjavascriptwebresourceid/webresourceid")],
        function=_text(root, "onclickeventjavascriptfunctionname"),
        parameters=tuple(each["type"] for each in parameters),
    )


def _components(package: zipfile.ZipFile, kind: str) -> Iterator[ET.Element]:
    for name in sorted(package.namelist()):
        if name.endswith(f"/{kind}.xml"):
            yield _xml(package, name)


def _xml(package: zipfile.ZipFile, name: str) -> ET.Element:
    return ET.fromstring(package.read(name))  # noqa: S314 (our own build)


def _text(root: ET.Element, path: str) -> str:
    found = root.findtext(path)
    if not found:
        raise ValueError(f"{root.tag} has no {path}")
    return found
