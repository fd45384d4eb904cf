"""From bytes to records: the same records however the file is cut, strict about every byte."""

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.intake import lines as lines_module
from pipelines.intake import records
from pipelines.intake.lines import LineReader
from pipelines.intake.numbers import MASK, mask
from pipelines.layout import source_layouts
from tests.intake.kit import NEWEST, number, wage

LAYOUTS = source_layouts("wage_report")


def read(path) -> tuple[list[tuple[int, str]], list[tuple[int, int]]]:
    """(record number, text) of what could be decoded; (record number, byte number) of what could not."""
    good, bad = [], []
    for block in LineReader(path, NEWEST):
        good += zip(block.record_no.to_pylist(), block.text.to_pylist(), strict=True)
        bad += [(record.record_no, record.byte_no) for record in block.undecodable]
    return good, bad


@pytest.mark.parametrize("block_bytes", [40, 64, 1000])
def test_the_size_of_a_block_changes_nothing(tmp_path, monkeypatch, block_bytes: int) -> None:
    path = tmp_path / "records"
    path.write_bytes(b"\r\n".join([b"a", "仙台".encode("cp932"), b"x\x81 ", "ﾐﾎﾝ".encode("cp932"), b"", b"last"]))
    whole = read(path)
    monkeypatch.setattr(lines_module, "BLOCK_BYTES", block_bytes)
    assert read(path) == whole
    assert whole == ([(1, "a"), (2, "仙台"), (4, "ﾐﾎﾝ"), (5, ""), (6, "last")], [(3, 2)])


def test_a_closing_control_z_is_no_record(tmp_path) -> None:
    path = tmp_path / "records"
    path.write_bytes(b"a\r\nb\r\n\x1a")
    assert read(path) == ([(1, "a"), (2, "b")], [])


@given(st.lists(st.sampled_from([98, 144, 147, 1, 97, 148, 300]), min_size=1, max_size=30))
def test_every_record_has_one_edition_or_is_reported(counts: list[int]) -> None:
    texts = pa.array([",".join(["315"] * count) for count in counts])
    editions: dict[int, str] = {}
    strangers: dict[int, int] = {}
    for part in records.cut(texts, pa.array(range(len(counts)), pa.int64()), LAYOUTS):
        if isinstance(part, list):
            strangers |= {record.record_no: record.found_items for record in part}
        else:
            editions |= dict.fromkeys(part.record_no.to_pylist(), part.layout.edition)
    known = {count: layout.edition for count, layout in LAYOUTS.items()}
    assert editions == {place: known[count] for place, count in enumerate(counts) if count in known}
    assert strangers == {place: count for place, count in enumerate(counts) if count not in known}


def test_every_used_item_is_cut_at_its_own_place() -> None:
    line = ",".join(f"v{place}" for place in range(1, 148))
    [_, part] = records.cut(pa.array(["315," + line.split(",", 1)[1]] * 3), pa.array([1, 2, 3], pa.int64()), LAYOUTS)
    for item in NEWEST.items[1:]:
        if item.unused is None:
            assert part.columns[item.name].to_pylist() == [f"v{item.no}"] * 3


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (f"番号{number(1)}", True),
        ("１２３４５６７８９０１２", True),
        ("1234-5678-9012", True),
        ("1234　5678　9012", True),
        ("03-1234-5678", False),
        ("仙台市青葉区１丁目２番３号４５６７", False),
        ("2026年1月1日から2026年12月31日まで", False),
    ],
)
def test_a_text_that_may_hold_a_number_is_masked(text: str, masked: bool) -> None:
    column, found = mask(pa.array([None, text]))
    assert found == masked
    assert column.to_pylist() == [None, MASK if masked else text]


def test_blank_items_are_missing_items() -> None:
    [_, part] = records.cut(pa.array([wage(1, remarks="　 ", position="")]), pa.array([1], pa.int64()), LAYOUTS)
    assert part.columns["remarks"].to_pylist() == [None]
