"""Reading CSV: what people's spreadsheets write, and what they get wrong."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from ringproof.commands.csv_rows import Cells, Fault, Row, read_rows

COLUMNS = ("id", "name")
CELL = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)


def read(text: str):
    return list(read_rows("f.csv", io.StringIO(text, newline=""), COLUMNS))


@given(st.lists(st.tuples(CELL, CELL), max_size=20))
def test_what_a_csv_writer_writes_is_read_back(pairs):
    text = io.StringIO(newline="")
    csv.writer(text).writerows([COLUMNS, *pairs])
    rows = read(text.getvalue())
    assert [tuple(row.cells) for row in rows] == pairs


@given(st.text(max_size=200))
def test_any_text_gives_rows_or_faults_and_never_raises(text):
    for each in read_rows("f.csv", io.StringIO(text, newline=""), COLUMNS):
        assert isinstance(each, Row | Fault)


def test_a_row_knows_its_line_even_after_a_cell_with_line_breaks():
    rows = read('id,name\n1,"two\nlines"\n2,plain\n')
    assert [row.line for row in rows] == [2, 4]


def test_columns_may_stand_in_any_order():
    assert [row.cells for row in read("name,id\nAmara,1\n")] == [["1", "Amara"]]


def test_a_wrong_header_is_one_fault_that_says_the_right_one():
    [fault] = read("id,nom\n1,Amara\n")
    assert isinstance(fault, Fault)
    assert (fault.line, fault.allowed) == (1, "the header id,name")


def test_a_row_with_too_few_cells_is_a_fault_and_the_next_is_read():
    fault, row = read("id,name\n1\n2,Noah\n")
    assert (fault.line, fault.found, fault.allowed) == (2, "1 cells", "2 cells")
    assert row.cells == ["2", "Noah"]


def test_an_unclosed_quote_is_a_fault():
    [fault] = read('id,name\n1,"Amara\n')
    assert "RFC 4180" in fault.allowed


def test_bytes_that_are_not_utf8_are_a_fault():
    lines = io.TextIOWrapper(io.BytesIO("id,name\n1,Zoë\n".encode("latin-1")), "utf-8")
    [fault] = read_rows("f.csv", lines, COLUMNS)
    assert isinstance(fault, Fault)
    assert fault.allowed == "text in UTF-8"


def test_all_faults_of_a_row_gather():
    def never(_: str) -> str:
        raise ValueError("something else")

    cells = Cells(Row("f.csv", 7, ["a;b", "c"]), COLUMNS)
    cells.each("id", never)
    cells.read("name", never)
    assert [(f.line, f.column, f.found) for f in cells.faults] == [
        (7, "id", "a"),
        (7, "id", "b"),
        (7, "name", "c"),
    ]
