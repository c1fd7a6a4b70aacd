"""XML as the Query protocol writes it: a list is its members, each called `member`."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias
from xml.etree import ElementTree as ET

XML: TypeAlias = "str | Mapping[str, XML] | Sequence[XML]"


def document(name: str, namespace: str, content: Mapping[str, XML]) -> bytes:
    """Write a document."""
    root = ET.Element(name, xmlns=namespace)
    _fill(root, content)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _fill(element: ET.Element, content: XML) -> None:
    if isinstance(content, str):
        element.text = content
    elif isinstance(content, Mapping):
        for name, value in content.items():
            _fill(ET.SubElement(element, name), value)
    else:
        for value in content:
            _fill(ET.SubElement(element, "member"), value)
