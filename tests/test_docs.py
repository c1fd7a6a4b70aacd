"""What the pages say is so: links lead somewhere, commands exist, examples run, tables are whole."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from ringproof.cli import COMMANDS
from ringproof.core.errors import Code
from ringproof.settings_page import page
from tests.cli.kit import ringproof

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
FOLDERS = ("docs", "examples", "vectors", "web", "src")
LINK = re.compile(r"\]\(([^)\s]+)\)")
EXAMPLE = re.compile(r"<!-- example: (.+?) -->\n```python\n(.*?)```", re.DOTALL)
LARGEST_PICTURE = 300 * 1024


def pages() -> list[Path]:
    """List our own pages, the README first."""
    below = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*.md")]
    ours = [path for path in below if "node_modules" not in path.parts]
    return sorted([*ROOT.glob("*.md"), *ours], key=lambda path: path.name != "README.md")


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


PAGES = {name(path): path.read_text(encoding="utf-8") for path in pages()}


@pytest.mark.parametrize("page_name", PAGES)
def test_every_link_leads_somewhere(page_name):
    links = [link for link in LINK.findall(PAGES[page_name]) if "://" not in link]
    assert [link for link in links if not leads_somewhere(ROOT / page_name, link)] == []


def leads_somewhere(page_file: Path, link: str) -> bool:
    target, _, heading = link.partition("#")
    found = (page_file.parent / target) if target else page_file
    return found.exists() and (not heading or heading in headings(found))


def headings(page_file: Path) -> set[str]:
    """Return the anchors of a page's headings, as GitHub makes them."""
    titles = re.findall(r"^#+ (.+)$", page_file.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page_name", PAGES)
def test_every_make_command_is_a_target(page_name):
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    commands = re.findall(r"(?:`|^)make ([a-z]+)", PAGES[page_name], re.MULTILINE)
    assert set(commands) <= targets


@pytest.mark.parametrize("page_name", PAGES)
def test_every_ringproof_command_exists(page_name):
    commands = re.findall(r"`ringproof ([a-z]+)", PAGES[page_name])
    assert set(commands) <= set(COMMANDS)


def test_the_readme_has_the_two_commands_before_it_has_anything_to_scroll_to():
    first_screen = README.split("\n## ")[0]
    assert "![" in first_screen
    assert re.search(r"^make demo .*\n^make test ", first_screen, re.MULTILINE)


def test_the_readme_says_of_each_command_what_its_help_says():
    table = dict(re.findall(r"^\| `ringproof (\w+)` \| (.+) \|$", README, re.MULTILINE))
    said = {command: text.replace("`", "") for command, text in table.items()}
    assert said == {command: summary for command, (_, summary) in COMMANDS.items()}


def test_the_readme_shows_what_one_call_prints():
    shown = re.search(r"```text\n(.*?)```", README, re.DOTALL)
    printed = ringproof("demo", "--once")
    assert shown
    assert told(shown[1]) == told(printed.stdout)


def told(output: str) -> set[str]:
    """Return the words in the output's cells; the times differ from call to call."""
    words = re.split(r"[│┃\n]", re.sub(r"[\d,]+ ms|\d+", "", output))
    return {" ".join(cell.split()) for cell in words}


@pytest.mark.parametrize("page_name", [name for name in PAGES if EXAMPLE.search(PAGES[name])])
def test_every_example_runs(page_name):
    for title, code in EXAMPLE.findall(PAGES[page_name]):
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, check=False, capture_output=True, text=True
        )
        assert done.returncode == 0, f"{title}: {done.stderr}"


def test_there_are_examples():
    assert any(EXAMPLE.search(text) for text in PAGES.values())


def test_every_error_code_is_explained():
    told_of = set(re.findall(r"^\| `(\w+)` \|", PAGES["docs/errors.md"], re.MULTILINE))
    assert {code.value for code in Code} <= told_of


def test_the_page_of_settings_is_the_table_of_settings():
    assert PAGES["docs/settings.md"] == page()


def test_the_glossary_is_in_order_and_every_term_is_used():
    rows = re.findall(r"^\| (.+?) \| .+ \|$", PAGES["docs/glossary.md"], re.MULTILINE)
    terms = [row.replace("`", "") for row in rows if not set(row) <= set("-| ") and row != "term"]
    assert terms == sorted(terms, key=str.casefold)
    code = [path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py")]
    others = [text for name, text in PAGES.items() if name != "docs/glossary.md"]
    used = "\n".join(others + code).replace("_", " ").casefold()
    words = [word for term in terms for word in term.split(", ")]
    assert [word for word in words if word.casefold() not in used] == []


def test_every_picture_is_small_and_says_what_it_shows():
    shown = re.findall(r"!\[(.*?)\]\((.+?)\)", "\n".join(PAGES.values()))
    assert all(text for text, _ in shown)
    pictures = list((ROOT / "docs" / "images").glob("*.png"))
    assert pictures
    assert [name(each) for each in pictures if each.stat().st_size > LARGEST_PICTURE] == []
    assert {name(each) for each in pictures} <= {path for _, path in shown}
